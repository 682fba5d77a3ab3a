"""The W3C's tests of the SPARQL 1.1 Protocol, by their names, as far as they apply to an endpoint that only reads.

Source: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/. Their data files are policies of our graph
here; a test of an update must fail here whatever it asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
BOOLEAN = ("application/sparql-results+json", "application/sparql-results+xml")
ROWS = (*BOOLEAN, "text/csv", "text/tab-separated-values")
RDF = ("text/turtle", "application/rdf+xml", "application/n-triples")


@dataclass(frozen=True)
class Case:
    """A request; ``data1`` and the like stand for policies.

    Attributes:
        kinds: The media types that an answer may have; none where the request must be refused.
        true: Whether the answer is yes.
    """

    method: str = "GET"
    params: Iterable[tuple[str, str]] = ()
    body: bytes | str = b""
    content_type: str = ""
    kinds: tuple[str, ...] = ()
    true: bool = False
    refused: set[int] = field(default_factory=set)


ONE, TWO, THREE = "<data1>", "<data2>", "<data3>"
BOTH = f"ASK {{ {ONE} a ?type . {TWO} a ?type . }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ {ONE} a ?type }} GRAPH ?g2 {{ {TWO} a ?type }} }}"
FULL = f"ASK {{ {THREE} a ?type GRAPH ?g1 {{ {ONE} a ?type }} GRAPH ?g2 {{ {TWO} a ?type }} }}"
TWO_DEFAULT = [("default-graph-uri", "data1"), ("default-graph-uri", "data2")]
TWO_NAMED = [("named-graph-uri", "data1"), ("named-graph-uri", "data2")]


def yes(method: str, params: Iterable[tuple[str, str]] = (), body: str = "", content_type: str = "") -> Case:
    return Case(method, params, body, content_type, BOOLEAN, true=True)


def bad(
    *refused: int,
    method: str = "POST",
    params: Iterable[tuple[str, str]] = (),
    body: bytes | str = "",
    content_type: str = "",
) -> Case:
    return Case(method, params, body, content_type, refused=set(refused))


CASES = {
    "query_get": yes("GET", [("query", "ASK {}"), ("default-graph-uri", "data1")]),
    "query_post_form": yes("POST", [("default-graph-uri", "data1")], "query=ASK%20%7B%7D", FORM),
    "query_post_direct": yes("POST", [("default-graph-uri", "data1")], "ASK {}", QUERY),
    "query_dataset_default_graphs_get": yes("GET", [("query", BOTH), *TWO_DEFAULT]),
    "query_dataset_default_graphs_post": yes("POST", TWO_DEFAULT, BOTH, QUERY),
    "query_dataset_named_graphs_get": yes("GET", [("query", NAMED), *TWO_NAMED]),
    "query_dataset_named_graphs_post": yes("POST", TWO_NAMED, NAMED, QUERY),
    "query_dataset_full": yes("POST", [("default-graph-uri", "data3"), *TWO_NAMED], FULL, QUERY),
    "query_multiple_dataset": yes("POST", TWO_NAMED, NAMED.replace("ASK", f"ASK FROM {THREE}"), QUERY),
    "query_content_type_select": Case("POST", (), "SELECT (1 AS ?value) {}", QUERY, ROWS),
    "query_content_type_ask": Case("POST", (), "ASK {}", QUERY, BOOLEAN),
    "query_content_type_describe": Case("POST", (), "DESCRIBE <http://example.org/>", QUERY, RDF),
    "query_content_type_construct": Case("POST", (), "CONSTRUCT { <s> <p> 1 } WHERE {}", QUERY, RDF),
    "bad_query_method": bad(405, method="PUT", params=[("query", "ASK {}")]),
    "bad_multiple_queries": bad(400, method="GET", params=[("query", "ASK {}"), ("query", "SELECT * {}")]),
    "bad_query_wrong_media_type": bad(415, body="ASK {}", content_type="text/plain"),
    "bad_query_missing_form_type": bad(415, body="query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": bad(415, body="ASK {}"),
    "bad_query_non_utf8": bad(415, body="ASK {}".encode("utf-16"), content_type=f"{QUERY}; charset=UTF-16"),
    "bad_query_syntax": bad(400, method="GET", params=[("query", "ASK {")]),
    "bad_update_get": bad(403, method="GET", params=[("update", "CLEAR ALL")]),
    "bad_multiple_updates": bad(403, body="update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", content_type=FORM),
    "bad_update_wrong_media_type": bad(415, body="CLEAR NAMED", content_type="text/plain"),
    "bad_update_missing_form_type": bad(415, body="update=CLEAR%20NAMED"),
    "bad_update_non_utf8": bad(
        403, body="CLEAR NAMED".encode("utf-16"), content_type=f"{UPDATE}; charset=UTF-16"
    ),
    "bad_update_syntax": bad(403, body="update=CLEAR%20XYZ", content_type=FORM),
    "bad_update_dataset_conflict": bad(
        403,
        body=urlencode(
            {
                "using-named-graph-uri": "http://example/people",
                "update": "WITH <http://example/addresses> DELETE { ?person a ?o } WHERE { ?person a ?o }",
            }
        ),
        content_type=FORM,
    ),
    # those that would succeed where there is something to update
    "update_post_form": bad(403, body="update=CLEAR%20ALL", content_type=FORM),
    "update_post_direct": bad(403, body="CLEAR ALL", content_type=UPDATE),
    "update_base_uri": bad(403, body="INSERT DATA { <a> <b> <c> }", content_type=UPDATE),
    "update_dataset_default_graph": bad(
        403, params=[("using-graph-uri", "data1")], body="CLEAR ALL", content_type=UPDATE
    ),
    "update_dataset_default_graphs": bad(
        403,
        params=[("using-graph-uri", "data1"), ("using-graph-uri", "data2")],
        body="CLEAR ALL",
        content_type=UPDATE,
    ),
    "update_dataset_named_graphs": bad(
        403, params=[("using-named-graph-uri", "data1")], body="CLEAR ALL", content_type=UPDATE
    ),
    "update_dataset_full": bad(
        403,
        params=[("using-graph-uri", "data1"), ("using-named-graph-uri", "data2")],
        body="CLEAR ALL",
        content_type=UPDATE,
    ),
}


def test_all_of_the_suite_is_here() -> None:
    assert len(CASES) == 34


@pytest.fixture(scope="module")
def policies(client: TestClient) -> list[str]:
    answer = client.get("/sparql", params={"query": "SELECT ?p { ?p a pg:PrivacyPolicy } ORDER BY ?p"})
    return [row["p"]["value"] for row in answer.json()["results"]["bindings"]]


@pytest.mark.parametrize("name", CASES)
def test_protocol(name: str, client: TestClient, policies: list[str]) -> None:
    case = CASES[name]

    def filled(text: str) -> str:
        for number, policy in enumerate(policies, start=1):
            text = text.replace(f"data{number}", policy)
        return text

    answer = client.request(
        case.method,
        "/sparql",
        params=[(key, filled(value)) for key, value in case.params],
        content=filled(case.body) if isinstance(case.body, str) else case.body,
        headers={"Content-Type": case.content_type} if case.content_type else {},
    )
    if case.refused:
        assert answer.status_code in case.refused, answer.text
        assert len(answer.text) > 20, "the reason is told"
        return
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] in case.kinds
    if case.true:
        assert answer.json()["boolean"] is True
    elif name == "query_content_type_select":
        assert answer.json()["results"]["bindings"] == [
            {
                "value": {
                    "type": "literal",
                    "value": "1",
                    "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                }
            }
        ]


@pytest.mark.parametrize("name", ["query_post_form", "query_get", "bad_query_syntax"])
def test_the_address_with_a_slash_leads_on(name: str, client: TestClient, policies: list[str]) -> None:
    case = CASES[name]
    answer = client.request(
        case.method,
        "/sparql/",
        params=[(key, value.replace("data1", policies[0])) for key, value in case.params],
        content=case.body,
        headers={"Content-Type": case.content_type} if case.content_type else {},
    )
    assert answer.status_code == (400 if case.refused else 200)
