"""The endpoint as HTTP: methods, sizes, browsers, and what it says of itself."""

from __future__ import annotations

import pytest
import rdflib
from fastapi.testclient import TestClient

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_head_is_get_without_the_body(client: TestClient) -> None:
    got, head = (getattr(client, method)("/sparql?query=ASK{}") for method in ("get", "head"))
    assert head.status_code == 200
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["content-type"] == got.headers["content-type"]


def test_options_tells_the_methods(client: TestClient) -> None:
    answer = client.options("/sparql")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_pages_elsewhere_may_not_read_answers(client: TestClient) -> None:
    answer = client.get("/sparql?query=ASK{}", headers={"Origin": "https://example.org"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_elsewhere_may_not_even_ask(client: TestClient, method: str, site: str) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "no-cors"}
    answer = client.request(method, "/sparql", params={"query": "ASK {}"}, headers=headers)
    assert answer.status_code == 403


def test_a_link_from_elsewhere_opens(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/sparql?query=ASK{}", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [("/sparql", "/query"), ("/sparql?query=ASK+%7B%7D", "/query?query=ASK+%7B%7D")],
)
def test_a_browser_is_led_to_the_editor(client: TestClient, address: str, leads_to: str) -> None:
    answer = client.get(address, headers={"Accept": BROWSER}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert answer.headers["vary"] == "Accept"


def test_a_browser_gets_the_format_that_its_link_names(client: TestClient) -> None:
    answer = client.get("/sparql?query=ASK+%7B%7D&format=csv", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.text) == (200, "true\n")


@pytest.mark.parametrize(
    ("headers", "body", "status", "words"),
    [
        (FORM, b"query=" + b"%20" * 400_000, 413, "longer than 1,000,000 bytes"),
        ({"Content-Type": "application/sparql-query"}, b"\xff\xfeASK {}", 400, "not UTF-8"),
        (FORM, b"query=ASK%20%7B%7D%20%23%FF", 400, "not percent-encoded UTF-8"),
        (FORM, "query=ASK {} # é".encode(), 400, "not percent-encoded UTF-8"),
        (FORM, b"a=1&" * 1_001, 400, "parameters"),
        (FORM, b"quarry=ASK%20%7B%7D", 400, "no field of the name query"),
        ({**FORM, "Content-Encoding": "gzip"}, b"\x1f\x8b", 415, "compressed"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--", 415, "x-www-form-urlencoded"),
    ],
)
def test_requests_that_are_none(
    client: TestClient, headers: dict[str, str], body: bytes, status: int, words: str
) -> None:
    answer = client.post("/sparql", headers=headers, content=body)
    assert answer.status_code == status, answer.text
    assert words in answer.text


def test_a_query_with_a_byte_order_mark_is_read(client: TestClient) -> None:
    body = "\ufeffASK { FILTER('ü' = 'ü') }".encode()
    answer = client.post("/sparql", content=body, headers={"Content-Type": "application/sparql-query"})
    assert answer.json()["boolean"] is True


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # in rdflib's own parsers
@pytest.mark.parametrize(
    ("accept", "parser"),
    [("*/*", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_the_service_describes_itself(client: TestClient, accept: str, parser: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    graph = rdflib.Graph().parse(data=answer.content, format=parser)
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == rdflib.URIRef("http://127.0.0.1/sparql")
    assert SD.UnionDefaultGraph in set(graph.objects(service, SD.feature))
    assert SD.BasicFederatedQuery not in set(graph.objects(service, SD.feature))
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert len(set(graph.objects(service, SD.resultFormat))) == 10
    named = set(graph.objects(graph.value(service, SD.defaultDataset), SD.namedGraph))
    assert len(named) == 4, "three policies and the vocabulary"
    sizes = [int(graph.value(graph.value(each, SD.graph), VOID.triples)) for each in named]
    whole = graph.value(graph.value(graph.value(service, SD.defaultDataset), SD.defaultGraph), VOID.triples)
    assert int(whole) == sum(sizes)


def test_the_description_comes_in_no_other_format(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text
