"""The named queries keep the rules of their headers, and a header that breaks one is said to, with its line."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Variable

from privagraph import __version__
from privagraph.errors import QueryMetadataError, UnknownQueryError
from privagraph.ontology.namespaces import PREFIXES, VOCABULARY_GRAPH
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.catalogue import Query, catalogue, load, parse

QUERIES = catalogue()
HEADER = """\
#+ id: a-query
#+ title: A query
#+ question: What is asked?
#+ kind: answer
#+ params: {policy: optional policy, concept: concept}
#+ columns: [source, words]
#+ tags: [overview]
#+ since: 0.1.0
SELECT ?source ?words WHERE { ?source ?policy ?words }
"""
CONTRACTS = {
    "mentions": "source policy role quote prefix suffix start end concept polarity confidence",
    "practices": "source practice processing polarity modality role concept quote prefix suffix sentence",
}
ASKED_FOR = (
    "mentions practices policies controllers data-by-category recipients-by-data purposes-by-legal-basis denials "
    "retention transfers rights shared-for-advertising ungrounded legal-bases security-measures tracking children "
    "third-party-services conditional-practices special-categories data-sources evidence-of coverage"
).split()

prepared = cache(prepareQuery)
"""A query as rdflib parses it."""

each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)


def body(query: Query) -> str:
    """A query without its comments, strings and prefixes."""
    lines = (line for line in query.text.splitlines() if not line.startswith(("#", "PREFIX ")))
    return re.sub(r'"[^"]*"', '""', "\n".join(lines))


# -- the queries


def test_all_that_were_asked_for_are_there() -> None:
    assert set(ASKED_FOR) <= {query.id for query in QUERIES}
    assert len(QUERIES) >= 26


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_contracts_hold(name: str) -> None:
    assert " ".join(load(name).columns) == CONTRACTS[name]


def test_every_file_is_in_the_catalogue_under_its_name() -> None:
    names = {file.name for file in files("privagraph.queries.rq").iterdir() if file.name.endswith(".rq")}
    assert names == {f"{query.id}.rq" for query in QUERIES}
    assert len(names) == len(QUERIES)


@each_query
def test_columns_are_what_is_selected(query: Query) -> None:
    assert [str(variable) for variable in prepared(query.text).algebra.PV] == list(query.columns)
    results = ox.Store().query(query.text)
    assert isinstance(results, ox.QuerySolutions)
    assert [variable.value for variable in results.variables] == list(query.columns)


@each_query
def test_rows_are_in_an_order_that_every_column_has_a_part_in(query: Query) -> None:
    order = body(query).rpartition("ORDER BY")[2]
    assert set(re.findall(r"\?(\w+)", order)) == set(query.columns)


@each_query
def test_nothing_is_selected_unnamed(query: Query) -> None:
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*", body(query))


@each_query
def test_parameters_are_columns_that_a_pattern_binds(query: Query) -> None:
    """So both engines can bind them, and an answer says what it was asked for; BIND and OPTIONAL would not do."""
    text = body(query)
    patterns = re.sub(r"OPTIONAL\s*\{[^{}]*\}", "", text.partition("WHERE")[2].rpartition("ORDER BY")[0])
    for param in query.params:
        assert param.name in query.columns
        assert re.search(rf"\?{param.name}\b", patterns)
        assert not re.search(rf"AS \?{param.name}\)", text)


@each_query
def test_prefixes_are_the_project_s_and_all_are_used(query: Query) -> None:
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <([^>]*)>$", query.text, re.MULTILINE))
    assert {prefix: PREFIXES[prefix] for prefix in declared} == declared
    used = set(re.findall(r"(?<![\w?#-])([a-z][\w-]*):\w", body(query)))
    assert used == set(declared)


@each_query
def test_terms_are_in_the_vocabulary(query: Query) -> None:
    terms = re.findall(r"(?<![\w?#-])((?:dpv|pd|eu-gdpr|tech|loc|legal-us|pg):[\w-]+)", body(query))
    assert [term for term in terms if term not in vocabulary()] == []


@each_query
def test_patterns_name_their_graph(query: Query) -> None:
    """Queries run on any engine, whatever its default graph is; several policies have a name each."""
    others = {"?graph", "?older", "?newer", "?other", "?own"}
    assert set(re.findall(r"GRAPH (\S+)", body(query))) <= {"?policy", f"<{VOCABULARY_GRAPH}>", *others}
    assert "GRAPH ?policy" in body(query)
    with_default = prepared(query.text).algebra
    assert Variable("policy") in with_default.p._vars or "policy" not in query.columns


@each_query
def test_headers_are_said_well(query: Query) -> None:
    assert query.question.endswith("?")
    assert query.question[0].isupper()
    assert not query.title.endswith(".")
    assert query.since <= __version__
    for sentence in filter(None, (query.problem, query.fix)):
        assert sentence.endswith(".")


def test_a_tag_narrows_the_list() -> None:
    assert {query.id for query in catalogue(tag="contract")} == set(CONTRACTS)
    assert catalogue(tag="no-such-tag") == ()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("mention", "mentions"),
        ("recipients_by_data", "recipients-by-data"),
        ("Transfers", "transfers"),
        ("for-advertising", "shared-for-advertising"),
    ],
)
def test_an_unknown_name_gets_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UnknownQueryError) as caught:
        load(name)
    assert near in caught.value.near
    assert near in str(caught.value)


def test_a_name_like_none_points_at_the_list() -> None:
    with pytest.raises(UnknownQueryError, match="--list") as caught:
        load("zzzzzzzz")
    assert caught.value.near == ()


# -- the parser


def test_a_header_is_read() -> None:
    query = parse(HEADER, file="a-query.rq")
    assert (query.id, query.kind, query.columns, query.since) == (
        "a-query",
        "answer",
        ("source", "words"),
        "0.1.0",
    )
    assert [(param.name, param.type, param.required) for param in query.params] == [
        ("policy", "policy", False),
        ("concept", "concept", True),
    ]
    assert query.text == HEADER
    assert query.param("words") is None


def test_a_check_has_a_problem_and_a_fix() -> None:
    text = HEADER.replace(
        "kind: answer", "kind: check\n#+ problem: It is so.\n#+ fix: Make it otherwise.\n#+ level: warn"
    )
    query = parse(text, file="a-query.rq")
    assert (query.kind, query.problem, query.fix, query.level) == (
        "check",
        "It is so.",
        "Make it otherwise.",
        "warn",
    )


def test_other_ways_to_ask_are_read() -> None:
    asked = 'asked: ["Who, then?", "What is it about?"]'
    assert parse(HEADER.replace("kind:", f"{asked}\n#+ kind:"), file="a-query.rq").asked == (
        "Who, then?",
        "What is it about?",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (HEADER, "SELECT ?s { ?s ?p ?o }", 1, "does not begin with a header"),
        ("#+ title: A query", "#+ titel: A query", 2, "unknown key 'titel'; did you mean 'title'?"),
        ("#+ title: A query\n", "", 1, "no 'title' in the header"),
        ("#+ tags", "#+ title: Again\n#+ tags", 7, "'title' stands twice"),
        ("kind: answer", "kind: question", 4, "kind 'question' is not one of answer, check"),
        ("kind: answer", "kind: check", 1, "no 'problem' in the header"),
        ("kind: answer", "kind: answer\n#+ level: warn", 5, "'level' belongs to checks"),
        ("id: a-query", "id: A_Query", 1, "is not lower-case words"),
        ("since: 0.1.0", "since: soon", 8, "is not a version"),
        ("title: A query", "title: ", 2, "title must be text"),
        ("title: A query", "title: 7", 2, "title must be text"),
        ("columns: [source, words]", "columns: source", 6, "columns must be a list"),
        ("columns: [source, words]", "columns: []", 6, "columns must be a list"),
        ("columns: [source, words]", "columns: [source, Words]", 6, "'Words' cannot stand in columns"),
        ("columns: [source, words]", "columns: [source, source]", 6, "twice"),
        ("tags: [overview]", "tags: [Over View]", 7, "cannot stand in tags"),
        ("concept: concept", "concept: word", 5, "type 'word' of 'concept' is not one of"),
        ("concept: concept", "Concept: concept", 5, "cannot name a parameter"),
        ("params: {policy", "params: [policy", 5, "not YAML"),
        ("{policy: optional policy, concept: concept}", "none", 5, "params must be a mapping"),
        ("#+ since", "#+ asked: Which?\n#+ since", 8, "asked must be a list of sentences"),
        ("#+ since", "#+ asked: []\n#+ since", 8, "asked must be a list of sentences"),
        ("#+ since", "#+ asked: [3]\n#+ since", 8, "asked must hold sentences"),
        ("#+ since", "#+ asked: ['Who?', 'who?']\n#+ since", 8, "asked says one thing twice"),
        ("#+ title: A query", "#+ - title", 2, "not YAML"),
        ("SELECT", "#+ id: again\nSELECT", 9, "twice"),
        ("SELECT", "\n#+ id: again\nSELECT", 10, "after the header's end"),
    ],
)
def test_a_broken_header_is_said_with_file_and_line(old: str, new: str, line: int, said: str) -> None:
    assert old in HEADER
    with pytest.raises(QueryMetadataError, match=re.escape(said)) as caught:
        parse(HEADER.replace(old, new, 1), file="a-query.rq")
    assert (caught.value.file, caught.value.line) == ("a-query.rq", line)
    assert str(caught.value).startswith(f"a-query.rq:{line}: ")
