"""Programs that people ask endpoints with, against a real server."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Iterator
from io import StringIO
from typing import Any

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

SPARQLWrapper = pytest.importorskip("SPARQLWrapper", reason="pip install SPARQLWrapper")

ROWS = """
PREFIX pg: <https://w3id.org/privagraph/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?policy ?label { ?policy a pg:PrivacyPolicy ; rdfs:label ?label } ORDER BY ?policy
"""
GRAPH = ROWS[: ROWS.index("SELECT")] + "CONSTRUCT WHERE { ?policy a pg:PrivacyPolicy ; rdfs:label ?label }"
TITLE = "Wörterwald privacy notice"


@pytest.fixture(autouse=True)
def old_clients() -> Iterator[None]:
    """What these programs warn of in their own code is theirs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def wrapper(server: str, query: str, form: str, method: str) -> Any:
    client = SPARQLWrapper.SPARQLWrapper(f"{server}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    return client


@pytest.mark.parametrize("method", ["GET", "POST"])
class TestSparqlWrapper:
    def test_json(self, server: str, method: str) -> None:
        found = wrapper(server, ROWS, "json", method).queryAndConvert()
        assert TITLE in [row["label"]["value"] for row in found["results"]["bindings"]]

    def test_xml(self, server: str, method: str) -> None:
        found = wrapper(server, ROWS, "xml", method).queryAndConvert()
        assert TITLE in [each.firstChild.data for each in found.getElementsByTagName("literal")]

    @pytest.mark.parametrize("form", ["csv", "tsv"])
    def test_tables(self, server: str, method: str, form: str) -> None:
        assert TITLE in wrapper(server, ROWS, form, method).queryAndConvert().decode()

    @pytest.mark.parametrize("form", ["xml", "rdf", "rdf+xml", "json-ld"])
    def test_graphs(self, server: str, method: str, form: str) -> None:
        found = wrapper(server, GRAPH, form, method).queryAndConvert()
        assert (None, rdflib.RDFS.label, rdflib.Literal(TITLE)) in found

    @pytest.mark.parametrize("form", ["turtle", "n3"])
    def test_turtle(self, server: str, method: str, form: str) -> None:
        found = wrapper(server, GRAPH, form, method).queryAndConvert()
        parsed = rdflib.Graph().parse(data=found, format="turtle")
        assert (None, rdflib.RDFS.label, rdflib.Literal(TITLE)) in parsed

    def test_ask(self, server: str, method: str) -> None:
        found = wrapper(server, "ASK { ?s ?p ?o }", "json", method).queryAndConvert()
        assert found["boolean"] is True

    def test_a_malformed_query_is_told(self, server: str, method: str) -> None:
        with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="line 1"):
            wrapper(server, "SELECT * {", "json", method).query()

    def test_one_graph(self, server: str, method: str) -> None:
        (first, *_) = wrapper(server, ROWS, "json", method).queryAndConvert()["results"]["bindings"]
        client = wrapper(server, ROWS, "json", method)
        client.addDefaultGraph(first["policy"]["value"])
        assert client.queryAndConvert()["results"]["bindings"] == [first]


def test_posted_as_it_is_with_sparqlwrapper(server: str) -> None:
    client = wrapper(server, ROWS, "json", "POST")
    client.setRequestMethod(SPARQLWrapper.POSTDIRECTLY)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 3


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_asks(server: str, method: str, form: str) -> None:
    store = SPARQLStore(f"{server}/sparql", method=method, returnFormat=form)
    graph = rdflib.Graph(store)
    assert TITLE in [str(row.label) for row in graph.query(ROWS)]


def test_rdflib_walks_the_graph(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql"))
    (policy,) = graph.subjects(rdflib.RDFS.label, rdflib.Literal(TITLE))
    assert rdflib.URIRef("https://w3id.org/dpv#PrivacyNotice") in set(graph.objects(policy, rdflib.RDF.type))
    assert (policy, None, None) in graph


def test_rdflib_reads_one_named_graph(server: str) -> None:
    store = SPARQLStore(f"{server}/sparql", context_aware=True)
    dataset = rdflib.ConjunctiveGraph(store)
    policies = [row.policy for row in dataset.query(ROWS)]
    one = dataset.get_context(policies[0])
    policy = rdflib.URIRef("https://w3id.org/privagraph/ns#PrivacyPolicy")
    assert list(one.subjects(rdflib.RDF.type, policy)) == [policies[0]]


def test_rdflib_asks_for_a_graph(server: str) -> None:
    found = rdflib.Graph(SPARQLStore(f"{server}/sparql")).query(GRAPH)
    assert rdflib.Literal(TITLE) in {value for _, _, value in found}


def test_rdflib_reads_a_node_by_its_local_address(server: str) -> None:
    with httpx.Client(base_url=server, follow_redirects=True) as client:
        (first, *_) = client.get("/sparql", params={"query": ROWS}).json()["results"]["bindings"]
    iri = first["policy"]["value"]
    graph = rdflib.Graph().parse(f"{server}/id/{iri.removeprefix('https://w3id.org/privagraph/id/')}")
    assert rdflib.Literal(first["label"]["value"]) in set(
        graph.objects(rdflib.URIRef(iri), rdflib.RDFS.label)
    )


def test_pandas_reads_a_table(server: str) -> None:
    pandas = pytest.importorskip("pandas")
    answer = httpx.post(f"{server}/sparql", data={"query": ROWS}, headers={"Accept": "text/csv"})
    frame = pandas.read_csv(StringIO(answer.text))
    assert list(frame.columns) == ["policy", "label"]
    assert TITLE in list(frame["label"])


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(
    ("query", "accept", "begins"),
    [
        (ROWS, "application/sparql-results+json", '{"head":{"vars":["policy","label"]}'),
        (ROWS, "application/sparql-results+xml", "<?xml"),
        (ROWS, "text/csv", "policy,label\r\n"),
        (ROWS, "text/tab-separated-values", "?policy\t?label\n"),
        (GRAPH, "text/turtle", "@prefix"),
        (GRAPH, "application/n-triples", "<https://"),
        (GRAPH, "application/rdf+xml", "<?xml"),
        (GRAPH, "application/ld+json", "{"),
        (GRAPH, "application/trig", "@prefix"),
        (GRAPH, "application/n-quads", "<https://"),
    ],
)
@pytest.mark.parametrize("form", [("--get", "--data-urlencode"), ("--data-urlencode",)])
def test_curl(server: str, query: str, accept: str, begins: str, form: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["curl", "-sS", "-D", "-", "-H", f"Accept: {accept}", *form, f"query={query}", f"{server}/sparql"],
        capture_output=True,
        check=True,
        timeout=30,
    )
    head, _, body = done.stdout.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200")
    assert f"content-type: {accept}" in head
    assert body.startswith(begins)
