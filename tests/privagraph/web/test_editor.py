"""The page of the SPARQL editor, without a browser."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.catalogue import load
from privagraph.queries.sparql import unknown_terms
from privagraph.web.answering.examples import EXAMPLES, Example

SLIP = "dpv:" + "hasProces"
"""A term with a letter missing."""


def whole(client: TestClient, query: str, **state: str) -> str:
    """The page with the answer to a query in it, without the marks of HTML for what is said."""
    answer = client.get("/query", params={"query": query, "whole": "1", **state})
    assert answer.status_code == 200
    return unescape(answer.text)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_has_an_answer(client: TestClient, example: Example) -> None:
    page = whole(client, example.query)
    assert 'class="notice' not in page
    assert unknown_terms(example.query.split("\n\n")[1]) == []
    assert re.search(r"<strong>(Yes|No|Rows 1|\d+ (row|triple)s?)", page)
    assert "No rows" not in page


def test_without_a_query_there_is_an_example(client: TestClient) -> None:
    page = unescape(client.get("/query").text)
    assert EXAMPLES[0].query in page
    assert '<section aria-labelledby="answer-title" id="result" hidden>' in page


def test_the_text_field_keeps_the_query(client: TestClient) -> None:
    query = 'ASK { ?s ?p "</textarea><script>alert(1)</script>" }'
    page = client.get("/query", params={"query": query}).text
    assert "<script>alert" not in page
    assert query in unescape(page)


def test_rows_have_short_names_links_and_kinds_of_values(client: TestClient) -> None:
    page = whole(client, 'SELECT (pd:EmailAddress AS ?a) ("x"@en AS ?b) (1.5 AS ?c) (<urn:a:b> AS ?d) {}')
    assert (
        '<a href="/resource?iri=https%3A%2F%2Fw3id.org%2Fdpv%2Fpd%23EmailAddress">pd:EmailAddress</a>' in page
    )
    assert '<span class="note">Email Address</span>' in page
    assert '<span class="note">@en</span>' in page
    assert '<span class="note">xsd:decimal</span>' in page
    assert ">urn:a:b</a>" in page


def test_words_lead_to_their_place(client: TestClient) -> None:
    query = "SELECT ?policy ?sentence { GRAPH ?policy { ?p pg:evidence/oa:hasSelector/oa:exact ?sentence } }"
    assert re.search(r'href="/policies/\w+\?at=\d+-\d+#at"', whole(client, query))


def test_html_in_a_policy_stays_text(client: TestClient) -> None:
    query = 'SELECT ?text { ?policy pg:text ?text FILTER(CONTAINS(?text, "<script>")) }'
    page = client.get("/query", params={"query": query, "whole": "1"}).text
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("query", "told", "place"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "line 1, column 26: the text breaks off", ("1", "26")),
        ("SELECT ?s\nWHERE { ?s nope:x ?o }", "no prefix 'nope:'", ("2", "18")),
        ("nothing", "none of the words SELECT, ASK, CONSTRUCT and DESCRIBE", None),
        ("DELETE WHERE { ?s ?p ?o }", "queries here only read", None),
        ("SELECT * { SERVICE <http://a> { ?s ?p ?o } }", "queries here use no network", None),
    ],
)
def test_what_cannot_be_asked_is_told(
    client: TestClient, query: str, told: str, place: tuple[str, str] | None
) -> None:
    page = whole(client, query)
    assert told in page
    found = re.search(r'data-line="(\d+)" data-column="(\d+)"', page)
    assert (found.groups() if found else None) == place


def test_a_slip_in_a_term_is_told(client: TestClient) -> None:
    page = whole(client, f"SELECT ?p {{ ?p {SLIP} ?q }}")
    assert (
        f"<code>{SLIP}</code> is no term of its vocabulary; did you mean <code>dpv:hasProcess</code>?" in page
    )


def test_yes_or_no(client: TestClient) -> None:
    assert "<strong>Yes</strong>" in whole(client, "ASK { ?s a pg:PrivacyPolicy }")
    assert "<strong>No</strong>" in whole(client, "ASK { ?s a pg:PrivacyPolicy, pg:DeniedPractice }")


def test_answers_come_page_by_page(client: TestClient) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1234"
    assert "Rows 1–100 of 1,234" in whole(client, query)
    page = whole(client, query, page="13")
    assert "Rows 1,201–1,234 of 1,234" in page
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page
    assert "no page 99" in whole(client, query, page="99")


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT * { ?s a pg:PrivacyPolicy }", ["json", "xml", "csv", "tsv"]),
        ("CONSTRUCT WHERE { ?s a pg:PrivacyPolicy }", ["turtle", "json-ld", "n-triples"]),
    ],
)
def test_the_whole_answer_can_be_saved(client: TestClient, query: str, kinds: list[str]) -> None:
    links = re.findall(r'<a href="(/sparql\?[^"]+)" download="answer.([\w-]+)"', whole(client, query))
    assert {kind.replace("-", "") for kind in kinds} <= {kind.replace("-", "") for _, kind in links}
    for address, _ in links:
        answer = client.get(address, headers={"Accept": "text/html,*/*"})
        assert answer.status_code == 200
        assert "html" not in answer.headers["content-type"]


def test_a_named_question_can_be_put_into_the_editor(client: TestClient) -> None:
    page = unescape(client.get("/query?question=recipients").text)
    assert load("recipients").text.partition("\nPREFIX")[2] in page
    assert "#+ id" not in page
    assert client.get("/query?question=nothing").status_code == 404


def test_a_question_opens_with_its_values(client: TestClient) -> None:
    page = unescape(client.get("/questions/recipients-of?concept=pd:Name").text)
    address = re.search(r'href="(/query\?query=[^"]+)">Open in the editor', page)
    assert address is not None
    opened = unescape(client.get(address[1] + "&whole=1").text)
    asked = unescape(client.get("/questions/recipients-of?concept=pd:Name&whole=1").text)
    count = re.compile(r"<strong>(\d+ rows?)</strong>")
    assert count.findall(opened) == count.findall(asked) != []


def test_the_page_knows_the_prefixes(client: TestClient) -> None:
    page = unescape(client.get("/query").text)
    assert all(f'"{prefix}": "{space}"' in page for prefix, space in PREFIXES.items())


@pytest.mark.parametrize(
    ("query", "labels", "edges"),
    [
        (
            "CONSTRUCT { pd:EmailAddress skos:broader pd:Contact ; rdfs:label 'x' } {}",
            {"Email Address", "Contact"},
            [("broader", 1)],
        ),
        ("SELECT (pd:EmailAddress AS ?a) (pd:Name AS ?b) {}", {"Email Address", "Name"}, [("b", 1)]),
        ("ASK {}", set(), []),
    ],
)
def test_an_answer_can_be_drawn(
    client: TestClient, query: str, labels: set[str], edges: list[tuple[str, int]]
) -> None:
    scene = client.get("/query/picture", params={"query": query}).json()
    assert {node["label"] for node in scene["nodes"]} >= labels
    assert [(edge["label"], edge["weight"]) for edge in scene["edges"]] == edges


def test_rows_are_drawn_as_the_graph_joins_them(client: TestClient) -> None:
    query = "SELECT ?policy ?practice ?data { ?policy dpv:hasProcess ?practice . ?practice dpv:hasPersonalData ?data }"
    scene = client.get("/query/picture", params={"query": query}).json()
    assert {edge["property"] for edge in scene["edges"]} >= {"dpv:hasProcess", "dpv:hasPersonalData"}
    assert all(edge["property"] for edge in scene["edges"])
    assert {"policy", "practice", "concept"} <= {node["kind"] for node in scene["nodes"]}


def test_a_picture_of_a_broken_query_says_why(client: TestClient) -> None:
    told = client.get("/query/picture", params={"query": "SELECT"}).json()
    assert "not a SPARQL query" in told["problem"]
