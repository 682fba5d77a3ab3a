"""What a text may not do, told before it is run."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import QueryError, QuerySyntaxError
from privagraph.queries.sparql import check_readonly, located

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


def test_the_place_of_an_error_is_said_in_words() -> None:
    error = located(QuerySyntaxError("the query text", "error at 3:14: expected }"), where="a.rq")
    assert error.where == "a.rq"
    assert error.reason == "line 3, column 14: expected }"
