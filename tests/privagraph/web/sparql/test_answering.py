from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
import rdflib
from fastapi.testclient import TestClient
from starlette.responses import Response

ROWS = "SELECT ?policy ?label { ?policy a pg:PrivacyPolicy ; rdfs:label ?label } ORDER BY ?policy"
GRAPH = "CONSTRUCT { ?policy rdfs:label ?label } { ?policy a pg:PrivacyPolicy ; rdfs:label ?label }"


def ask(client: TestClient, query: str, accept: str | None = None, **params: str) -> Response:
    headers = {} if accept is None else {"Accept": accept}
    return client.get("/sparql", params={"query": query, **params}, headers=headers)


def columns(answer: Response) -> list[str]:
    """The labels in an answer, whatever its format."""
    kind = answer.headers["content-type"]
    if "json" in kind:
        return [row["label"]["value"] for row in answer.json()["results"]["bindings"]]
    if "xml" in kind:
        space = "{http://www.w3.org/2005/sparql-results#}"
        root = ElementTree.fromstring(answer.content)
        return [each.text or "" for each in root.iter(f"{space}literal")]
    if "csv" in kind:
        return [row["label"] for row in csv.DictReader(io.StringIO(answer.text, newline=""))]
    terms = [line.split("\t")[1] for line in answer.text.splitlines()[1:]]
    return [rdflib.util.from_n3(term).value for term in terms]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_format_that_is_wanted(
    client: TestClient, accept: str | None, expected: str
) -> None:
    answer = ask(client, ROWS, accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == expected
    assert answer.headers["vary"] == "Accept"
    assert "Wörterwald privacy notice" in columns(answer)
    assert sum("<script>" in label for label in columns(answer)) == 1, "words stay data"


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # in rdflib's own parsers
@pytest.mark.parametrize(
    ("accept", "expected", "parser"),
    [
        (None, "text/turtle; charset=utf-8", "turtle"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/json", "application/json", "json-ld"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("text/plain", "text/plain; charset=utf-8", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/trig", "application/trig", "trig"),
        ("application/n-quads", "application/n-quads", "nquads"),
    ],
)
def test_graphs_come_in_the_format_that_is_wanted(
    client: TestClient, accept: str | None, expected: str, parser: str
) -> None:
    answer = ask(client, GRAPH, accept)
    assert answer.headers["content-type"] == expected
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=answer.content, format=parser)
    assert len({str(label) for label in dataset.objects(None, rdflib.RDFS.label)}) == 3


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (ROWS, "csv", "text/csv; charset=utf-8"),
        (ROWS, "xml", "application/sparql-results+xml"),
        (ROWS, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ROWS, "turtle", "application/sparql-results+json"),
        (GRAPH, "json", "application/ld+json"),
        (GRAPH, "xml", "application/rdf+xml"),
        (GRAPH, "n3", "text/turtle; charset=utf-8"),
        ("ASK {}", "csv", "text/csv; charset=utf-8"),
    ],
)
def test_a_format_can_be_named_in_the_address(
    client: TestClient, query: str, name: str, expected: str
) -> None:
    assert ask(client, query, format=name).headers["content-type"] == expected


def test_a_truth_value_in_each_format(client: TestClient) -> None:
    assert ask(client, "ASK { ?s a pg:PrivacyPolicy }").json()["boolean"] is True
    assert ask(client, "ASK { ?s a <urn:none> }", "text/csv").text == "false\n"
    assert "<boolean>false</boolean>" in ask(client, "ASK { ?s a <urn:none> }", format="xml").text


@pytest.mark.parametrize(
    ("query", "accept", "format_", "status", "words"),
    [
        (ROWS, "image/png", "", 406, "text/csv"),
        (ROWS, "text/turtle", "", 406, "an answer in rows"),
        (GRAPH, "text/csv", "", 406, "makes a graph"),
        (ROWS, None, "xlsx", 400, "no format 'xlsx'"),
        ("SELECT * {", None, "", 400, "line 1"),
        ("", None, "", 400, "SELECT, ASK, CONSTRUCT and DESCRIBE"),
        ("SELECT ?x { ?x foo:bar 1 }", None, "", 400, "no prefix 'foo:'"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", None, "", 400, "SERVICE asks another"),
        ("SELECT * { ?s ?p 1SERVICE<http://127.0.0.1/>{ } }", None, "", 400, "SERVICE asks another"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", None, "", 400, "SPARQL Update"),
        ("LOAD <http://127.0.0.1/>", None, "", 400, "SPARQL Update"),
        ("SELECT * FROM <http://example.org/none> { ?s ?p ?o }", None, "", 400, "no graph <http://example"),
        ("SELECT * FROM NAMED pg:none { ?s ?p ?o }", None, "", 400, "ns#none> here"),
        ("SELECT (<urn:f>(1) AS ?x) {}", None, "", 400, "urn:f"),
        ("CONSTRUCT { <urn:a> <http://example.org/1> 2 } {}", "application/rdf+xml", "", 400, "Turtle"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(
    client: TestClient, query: str, accept: str | None, format_: str, status: int, words: str
) -> None:
    answer = ask(client, query, accept, **({"format": format_} if format_ else {}))
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert words in answer.text


def test_the_graph_that_a_query_sees(client: TestClient) -> None:
    def count(query: str, **params: str) -> int:
        (row,) = ask(client, query, **params).json()["results"]["bindings"]
        return int(row["n"]["value"])

    every = "SELECT (COUNT(*) AS ?n) { ?p a pg:PrivacyPolicy }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p a pg:PrivacyPolicy } }"
    policies = [
        row["policy"]["value"] for row in json.loads(ask(client, ROWS).content)["results"]["bindings"]
    ]
    one, two = policies[:2]
    assert count(every) == count(named) == 3
    assert count(every.replace("{", f"FROM <{one}> {{", 1)) == 1
    assert count(named.replace("{", f"FROM <{one}> {{", 1)) == 0, "FROM alone leaves no named graph"
    assert count(named.replace("{", f"FROM NAMED <{one}> {{", 1)) == 1
    assert count(every, **{"default-graph-uri": one}) == 1
    assert count(every, **{"named-graph-uri": one}) == 0
    assert count(named, **{"named-graph-uri": one}) == 1
    described = f"SELECT (COUNT(*) AS ?n) FROM <{one}> {{ <{two}> a pg:PrivacyPolicy }}"
    assert count(described) == 0
    assert count(described, **{"default-graph-uri": two}) == 1, "the request comes before the query"


def test_the_same_query_gives_the_same_bytes(client: TestClient) -> None:
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/trig"):
        first = ask(client, GRAPH, accept)
        assert len(first.content) > 300
        assert first.content == ask(client, GRAPH, accept).content


def test_the_prefixes_that_are_used_are_declared(client: TestClient) -> None:
    text = ask(client, "DESCRIBE dpv:Collect").text
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == [
        "dpv:",
        "rdf:",
        "rdfs:",
        "skos:",
    ]
    assert 'skos:prefLabel "Collect"@en' in text


def test_triples_come_once(client: TestClient) -> None:
    text = ask(client, "CONSTRUCT { <urn:a> <urn:b> 1 } { ?s a pg:Mention }", "application/n-triples").text
    assert text.count("\n") == 1
