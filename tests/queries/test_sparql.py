"""What a text may not do, told before it is run."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import QueryError, QuerySyntaxError
from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.catalogue import catalogue
from privagraph.queries.sparql import check_readonly, located, unknown_terms

QUERIES = [
    "SELECT ?s { ?s ?p ?o }",
    "ask {}",
    "PREFIX insert: <http://example.org/insert#> SELECT ?s { ?s insert:service ?delete }",
    'SELECT ?s { ?s ?p "SERVICE <http://example.org/> { DELETE }" }',
    "SELECT ?s { ?s ?p '''DROP \" ALL''' } # then SERVICE",
    "# INSERT nothing\nCONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE <http://example.org/service#SERVICE>",
    "BASE <http://example.org/> PREFIX : <add#> SELECT $with { $with :service :load }",
    "SELECT ?s { ?s ?p 'it\\'s' } ORDER BY ?s",
    "SELECT ?s { ?s ?p ?o . FILTER(?o < 3 && ?o > 1) }",
]


@pytest.mark.parametrize("text", QUERIES)
def test_queries_pass(text: str) -> None:
    check_readonly(text, where="x.rq")
    assert ox.Store().query(text) is not None  # and they are queries indeed


@pytest.mark.parametrize(
    ("text", "word", "line"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT", 1),
        ("PREFIX a: <http://a/>\n# SELECT\nDELETE WHERE { ?s ?p ?o }", "DELETE", 3),
        ("CLEAR ALL", "CLEAR", 1),
        ("with <http://a/g>\ndelete { ?s ?p ?o } where { ?s ?p ?o }", "WITH", 1),
        ("load <http://localhost/x>", "LOAD", 1),
    ],
)
def test_updates_are_refused(text: str, word: str, line: int) -> None:
    with pytest.raises(QueryError, match=rf"x\.rq: line {line}: {word} is SPARQL Update") as caught:
        check_readonly(text, where="x.rq")
    assert not isinstance(caught.value, QuerySyntaxError)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT ?s {\n  SERVICE <http://localhost:8080/> { ?s ?p ?o }\n}", 2),
        ("SELECT ?s { ?s ?p ?o .\n\nservice silent ?where { ?s ?p ?o } }", 3),
        ('SELECT ?s { ?s ?p "a\\"b" SERVICE <http://a/> {} }', 1),
    ],
)
def test_services_are_refused(text: str, line: int) -> None:
    with pytest.raises(QueryError, match=f"line {line}: SERVICE asks another computer"):
        check_readonly(text, where="x.rq")


@pytest.mark.parametrize("text", ["", "  \n", "# nothing", "hello world", "PREFIX a: <http://a/>"])
def test_a_text_without_a_query_is_said_to_be_none(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="none of the words SELECT"):
        check_readonly(text, where="x.rq")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "SELECT ?s {\n  ?s ?p }",
            "line 2, column 10: the text breaks off, or something before this is missing",
        ),
        ("SELECT ?s { ?s ?p ", "line 1, column 19: the text breaks off"),
        (
            "SELECT ?s ?s { ?s a pgg:Mention }",
            "no prefix 'pgg:'; declare it with PREFIX, or use one of dpv:, pd:",
        ),
        ("SELECT ?s WHERE ?s ?p ?o", "line 1, column 17: '?s' cannot stand here"),
    ],
)
def test_the_place_of_an_error_is_said_in_words(text: str, said: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text, prefixes=dict(PREFIXES))
    error = located(QuerySyntaxError("the query text", str(caught.value.msg)), text, where="a.rq")
    assert error.where == "a.rq"
    assert said in error.reason
    assert len(error.reason) < 200


def test_an_error_without_a_place_is_said_as_it_is() -> None:
    error = located(QuerySyntaxError("the query text", "too many variables"), "SELECT", where="a.rq")
    assert error.reason == "too many variables"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("SELECT ?s { ?s pg:hasMentoin ?o }", [("pg:hasMentoin", "pg:hasMention")]),
        (
            "SELECT ?s { ?s dct:titel ?o ; a pg:Mentoin }",
            [("dct:titel", "dct:title"), ("pg:Mentoin", "pg:Mention")],
        ),
        ("SELECT ?s { ?s pg:zzzzzzzz ?o ; pg:zzzzzzzz ?x }", [("pg:zzzzzzzz", None)]),
        ("SELECT ?s { ?s oa:exakt ?o ; schema:emial ?x }", []),
        ("PREFIX pg: <http://example.org/> SELECT ?s { ?s pg:hasMentoin ?o }", []),
        ('SELECT ?s { ?s pg:hasMention "pg:hasMentoin" } # pg:hasMentoin', []),
        ("SELECT ?s { ?s a dpv:Process ; skos:prefLabel ?o }", []),
    ],
)
def test_terms_that_do_not_exist_are_told(text: str, unknown: list[tuple[str, str | None]]) -> None:
    assert unknown_terms(text) == unknown


def test_the_questions_of_the_catalogue_have_terms_that_exist() -> None:
    assert [term for query in catalogue() for term in unknown_terms(query.text)] == []
