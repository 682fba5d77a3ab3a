from __future__ import annotations

import time

import pytest
import rdflib
from fastapi.testclient import TestClient
from starlette.responses import Response

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def counted(client: TestClient) -> Response:
    """The page, once the numbers are there."""
    for _ in range(20):
        answer = client.get("/void", headers=BROWSER)
        if "Statements" in answer.text:
            return answer
        time.sleep(0.5)
    raise AssertionError("the numbers do not come")


def test_the_page_tells_what_the_graph_holds(client: TestClient) -> None:
    answer = counted(client)
    assert answer.headers["vary"] == "Accept"
    assert "<dt>Policies</dt><dd>3</dd>" in answer.text
    assert "<code>pg:Mention</code>" in answer.text
    assert "<code>oa:exact</code>" in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "<script>document" not in answer.text


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # in rdflib's own parsers
@pytest.mark.parametrize(
    ("accept", "parser"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_the_numbers_are_those_of_the_graph(client: TestClient, accept: str, parser: str) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    graph = rdflib.Graph().parse(data=answer.content, format=parser)
    (document,) = graph.subjects(rdflib.RDF.type, VOID.DatasetDescription)
    dataset = graph.value(document, rdflib.FOAF.primaryTopic)

    def said(name: str) -> int:
        return int(graph.value(dataset, VOID[name]))

    def count(pattern: str) -> int:
        rest = "FILTER(?g != <https://w3id.org/privagraph/ns/vocabulary>)"
        query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} {rest} }}"
        (row,) = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
        return int(row["n"]["value"])

    assert said("triples") == count("?s ?p ?o")
    parts = list(graph.objects(dataset, VOID.propertyPartition))
    assert said("properties") == len(parts)
    assert sum(int(graph.value(part, VOID.triples)) for part in parts) == said("triples")
    classes = {
        str(graph.value(part, VOID["class"])): int(graph.value(part, VOID.entities))
        for part in graph.objects(dataset, VOID.classPartition)
    }
    assert classes["https://w3id.org/privagraph/ns#Mention"] == count("?s a pg:Mention")
    subsets = list(graph.objects(dataset, VOID.subset))
    assert len(subsets) == said("documents") == 3
    assert sum(int(graph.value(part, VOID.triples)) for part in subsets) == said("triples")
    assert graph.value(dataset, VOID.sparqlEndpoint) == rdflib.URIRef("http://127.0.0.1/sparql")
    assert rdflib.URIRef("https://w3id.org/dpv#") in set(graph.objects(dataset, VOID.vocabulary))
    assert len(set(graph.objects(dataset, VOID.exampleResource))) == 3
    assert graph.value(dataset, rdflib.DCTERMS.license) is None, "nobody has given one"


def test_other_formats_are_refused(client: TestClient) -> None:
    assert client.get("/void", headers={"Accept": "image/png"}).status_code == 406


def test_a_page_beyond_the_last_is_empty(client: TestClient) -> None:
    answer = client.get("/void?page=7", headers=BROWSER)
    assert (answer.status_code, "There is no policy on this page" in answer.text) == (200, True)
