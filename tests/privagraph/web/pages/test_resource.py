from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from fastapi.testclient import TestClient

from privagraph.mapping import map_policies
from privagraph.web import create_app

BASE = "https://w3id.org/privagraph/id/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def found(client: TestClient, pattern: str) -> list[str]:
    query = f"SELECT ?x {{ {pattern} }} ORDER BY ?x"
    rows = client.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
    assert rows, pattern
    return [row["x"]["value"] for row in rows]


def page(client: TestClient, iri: str) -> str:
    answer = client.get("/resource", params={"iri": iri}, headers=BROWSER)
    assert answer.status_code == 200, answer.text
    assert answer.headers["vary"] == "Accept"
    return answer.text


def test_a_practice_is_told_with_its_words(client: TestClient) -> None:
    (practice, *_) = found(client, '?x a pg:AffirmedPractice ; rdfs:label ?l FILTER(CONTAINS(?l, "Crash"))')
    text = page(client, practice)
    policy = practice.partition("/practice/")[0]
    assert "<h1" in text
    assert "<mark>" in text
    assert f'href="/policies/{policy.rpartition("/")[2]}?at=' in text, "the words lead to their place"
    assert f"/explorer?policy={policy.rpartition('/')[2]}&amp;node={quote(practice, safe='')}" in text
    assert f"/query?query=DESCRIBE+%3C{quote(practice, safe='')}%3E" in text
    assert "&amp;format=turtle" in text


def test_a_mention_leads_to_its_concept_and_back(client: TestClient) -> None:
    (mention, *_) = found(client, "?x a pg:Mention ; pg:concept pd:EmailAddress")
    assert f"/resource?iri={quote('https://w3id.org/dpv/pd#EmailAddress', safe='')}" in page(client, mention)
    assert f"/resource?iri={quote(mention, safe='')}" in page(client, "pd:EmailAddress")


@pytest.mark.parametrize(
    ("iri", "words"),
    [
        ("dpv:Collect", ("Concept", "dpv:Obtain", "What leads to it")),
        ("https://w3id.org/dpv#Obtain", ("Narrower", "dpv:Collect")),
        ("pg:Sell", ("dpv:Disclose", "Concept")),
        ("pg:AffirmedPractice", ("What leads to it", "type")),
        ("dpv:hasPersonalData", ("Property", "Used as a property")),
        ("oa:exact", ("Property", "Used as a property", "statements")),
    ],
)
def test_a_term_is_told_with_its_place_and_use(client: TestClient, iri: str, words: tuple[str, ...]) -> None:
    text = page(client, iri)
    assert [each for each in words if each not in text] == []


def test_an_organisation_is_told_with_who_names_it(client: TestClient) -> None:
    (agent, *_) = found(client, '?x a dpv:Organisation ; rdfs:label "Nine Otters LLC"')
    text = page(client, agent)
    assert "Nine Otters LLC</h1>" in text
    assert "has data controller" in text


def test_a_long_text_is_cut(client: TestClient) -> None:
    (policy, *_) = found(client, '?x a pg:PrivacyPolicy ; rdfs:label ?l FILTER(CONTAINS(?l, "Wörterwald"))')
    text = page(client, policy)
    assert "characters in all" in text
    assert "ask for all" in text, "it has more mentions than are shown"
    assert len(text) < 150_000


def test_words_of_policies_stay_words(client: TestClient) -> None:
    for iri in found(client, "?x ?p ?o FILTER(ISIRI(?x) && CONTAINS(STR(?o), '<'))"):
        text = page(client, iri)
        assert "<script>document" not in text
        assert "<img src=x" not in text
        assert "<b>data" not in text
        assert "&lt;" in text


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # in rdflib's own parsers
@pytest.mark.parametrize(
    ("headers", "params", "kind", "parser"),
    [
        ({"Accept": "text/turtle"}, {}, "text/turtle; charset=utf-8", "turtle"),
        ({"Accept": "application/ld+json"}, {}, "application/ld+json", "json-ld"),
        ({"Accept": "application/n-triples"}, {}, "application/n-triples", "nt"),
        ({"Accept": "application/rdf+xml;q=0.9, text/html;q=0.2"}, {}, "application/rdf+xml", "xml"),
        (BROWSER, {"format": "turtle"}, "text/turtle; charset=utf-8", "turtle"),
        (BROWSER, {"format": "trig"}, "application/trig", "trig"),
    ],
)
def test_the_same_as_data(
    client: TestClient, headers: dict[str, str], params: dict[str, str], kind: str, parser: str
) -> None:
    (policy, *_) = found(client, "?x a pg:PrivacyPolicy")
    answer = client.get("/resource", params={"iri": policy, **params}, headers=headers)
    assert (answer.headers["content-type"], answer.headers["vary"]) == (kind, "Accept")
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=answer.content, format=parser)
    assert (rdflib.URIRef(policy), rdflib.RDF.type, None) in graph
    assert (None, None, rdflib.URIRef(policy)) in graph or parser == "trig"


def test_named_graphs_are_kept_where_the_format_has_them(client: TestClient) -> None:
    (policy, *_) = found(client, "?x a pg:PrivacyPolicy")
    text = client.get("/resource", params={"iri": policy, "format": "nquads"}).text
    assert all(line.endswith(f"<{policy}> .") for line in text.splitlines())


def test_the_local_address_leads_to_the_page(client: TestClient) -> None:
    for iri in (*found(client, "?x a pg:PrivacyPolicy")[:1], *found(client, "?x a dpv:Organisation")):
        answer = client.get(f"/id/{iri.removeprefix(BASE)}", follow_redirects=False)
        assert (answer.status_code, answer.headers["vary"]) == (303, "Accept")
        assert answer.headers["location"] == f"/resource?iri={quote(iri, safe='')}"
        assert client.get(answer.headers["location"], headers=BROWSER).status_code == 200


def test_the_local_address_of_another_base(tmp_path: Path) -> None:
    (tmp_path / "kite.txt").write_text(
        "Privacy policy of Kestrel Kites Ltd\n\nWe share your name with couriers.\n"
    )
    map_policies(tmp_path / "kite.txt", tmp_path / "graph", base="https://kites.example/kg/")
    with TestClient(create_app(str(tmp_path / "graph")), base_url="http://127.0.0.1") as client:
        for iri in (*found(client, "?x a pg:PrivacyPolicy"), *found(client, "?x a pg:Mention")):
            assert iri.startswith("https://kites.example/kg/policy/")
            answer = client.get(
                f"/id/{iri.removeprefix('https://kites.example/kg/')}", follow_redirects=False
            )
            assert answer.headers["location"] == f"/resource?iri={quote(iri, safe='')}"
        described = client.get("/void", headers={"Accept": "text/turtle"}).text
        assert 'void:uriSpace "https://kites.example/kg/"' in described


def test_the_local_address_keeps_the_format(client: TestClient) -> None:
    (policy, *_) = found(client, "?x a pg:PrivacyPolicy")
    answer = client.get(f"/id/{policy.removeprefix(BASE)}?format=nt")
    assert answer.headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize(
    "address",
    [
        "/id/",
        "/id/policy/none",
        "/id/../../etc/passwd",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/id/policy/<script>alert(1)</script>",
        "/resource?iri=https://example.org/none",
        "/resource?iri=no iri at all",
        "/resource?iri=file:///etc/passwd",
        "/resource?iri=/etc/passwd",
        "/resource?iri=<script>alert(1)</script>",
        "/resource?iri=pg:none",
        "/resource?iri=practice",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, address: str, accept: str) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert answer.status_code == 404, answer.text
    assert "<script>alert" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    ("params", "headers", "status"),
    [
        ({}, BROWSER, 400),
        ({"iri": "dpv:Collect"}, {"Accept": "image/png"}, 406),
        ({"iri": "dpv:Collect", "format": "xlsx"}, {"Accept": "image/png"}, 406),
    ],
)
def test_what_cannot_be_shown(
    client: TestClient, params: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert client.get("/resource", params=params, headers=headers).status_code == status
