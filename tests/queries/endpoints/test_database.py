from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from privagraph import KnowledgeGraph
from privagraph.errors import GraphError, QueryError, QuerySyntaxError, ServiceError
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.answers import run
from privagraph.queries.catalogue import catalogue, load
from privagraph.queries.dataset import to_dataset
from privagraph.queries.endpoints import database as database_module
from privagraph.queries.endpoints.addresses import AUTHORIZATION
from privagraph.queries.endpoints.connection import Patience
from privagraph.queries.endpoints.database import EndpointDatabase
from privagraph.queries.endpoints.loading import load_graph
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    from tests.queries.endpoints.conftest import Troubled

QUICK = Patience(attempts=3, first_pause=0.01, longest_pause=1.0, step_seconds=20)
UNION = "SELECT ?label { ?policy a pg:PrivacyPolicy ; dct:language ?l . dpv:Collect skos:prefLabel ?label }"


def open_quickly(url: str) -> GraphStore:
    server = EndpointDatabase(url, patience=QUICK)
    return GraphStore(None, server.location, writable=False, server=server)


def test_every_named_query_has_the_answer_that_a_store_gives(loaded: str, sample_store: GraphStore) -> None:
    needed = {"concept": expand("pd:EmailAddress"), "date": "2025-01-01", "string": "a.example"}
    asked = 0
    with GraphStore.open(loaded) as remote:
        policy = remote.policies()[0]
        for query in catalogue():
            params = {
                param.name: policy
                if param.type == "policy"
                else needed.get(param.type, expand("pd:EmailAddress"))
                for param in query.params
                if param.required
            }
            assert run(remote, query, params).rows == run(sample_store, query, params).rows, query.id
            asked += 1
    assert asked > 140


def test_the_quads_of_a_server_are_those_of_the_store(loaded: str, sample_store: GraphStore) -> None:
    with GraphStore.open(loaded) as remote:
        assert len(remote) == len(sample_store)
        assert remote.policies() == sample_store.policies()
        assert list(remote.quads()) == list(sample_store.quads())
        first = remote.policies()[0]
        assert set(remote.unsorted_quads(first)) == set(sample_store.quads(first))
        assert set(remote.matching(subject=first)) == set(sample_store.matching(subject=first))
        concept = expand("dpv:Collect")
        assert set(remote.matching(target=concept)) == set(sample_store.matching(target=concept))
        source = remote.named_by_source("merle.txt")
        assert source == sample_store.named_by_source("merle.txt")
        assert list(remote.reviewed(first, "merle.txt")) == []
        with pytest.raises(GraphError, match="holds no policy urn:other"):
            list(remote.quads("urn:other"))


def test_a_question_about_some_policies_sees_those_alone(loaded: str, sample_store: GraphStore) -> None:
    text = (
        "SELECT ?g (COUNT(*) AS ?n) { ?m a pg:Mention GRAPH ?g { ?m a pg:Mention } } GROUP BY ?g ORDER BY ?g"
    )
    with GraphStore.open(loaded) as remote:
        for policies in (None, sample_store.policies()[:1]):
            rows = [
                [tuple(row) for row in store.query(text, policies=policies)]
                for store in (remote, sample_store)
            ]
            assert rows[0] == rows[1]
            assert len(rows[0]) == (2 if policies is None else 1)


@pytest.mark.parametrize("ways", [database_module._UNIONS, ()], ids=["in its own way", "by naming graphs"])
def test_patterns_see_all_graphs_together(
    ways: tuple[tuple[str, str], ...], loaded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_UNIONS", ways)
    with GraphStore.open(loaded) as remote:
        assert len(run(remote, UNION).rows) == 2
        assert run(remote, f"SELECT ?s FROM <{VOCABULARY_GRAPH}> {{ ?s a pg:PrivacyPolicy }}").rows == ()


def test_more_graphs_than_a_request_may_name_are_refused(
    loaded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_MOST_GRAPHS", 1)
    monkeypatch.setattr(database_module, "_UNIONS", ())
    with GraphStore.open(loaded) as remote, pytest.raises(QueryError, match="a request may name 1;"):
        run(remote, UNION)


def test_all_kinds_of_answers_come(loaded: str, sample_store: GraphStore) -> None:
    policy = sample_store.policies()[0]
    with KnowledgeGraph.open(loaded) as graph:
        assert graph.query("ASK { ?policy pg:deniesPractice ?practice }").truth
        made = graph.query("CONSTRUCT { ?p a ?t } WHERE { ?p a ?t }", p=policy)
        assert {triple.subject.value for triple in made.triples} == {policy}
        assert graph.query("DESCRIBE dpv:Collect").triples
        assert [each.sources for each in graph.policies] == [("lantern.html",), ("merle.txt",)]
        assert graph.validate(["structure"]).conforms
        assert len(graph.to_rdflib()) == len(to_dataset([*sample_store.quads()]))


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("SELECT ?s { ?s ?p", QuerySyntaxError, "line 1, column"),
        ("DELETE WHERE { ?s ?p ?o }", QueryError, "SPARQL Update"),
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryError, "SERVICE asks another computer"),
    ],
)
def test_what_is_refused_in_a_store_is_refused_here(
    text: str, error: type[Exception], said: str, loaded: str
) -> None:
    with GraphStore.open(loaded) as remote:
        with pytest.raises(error, match=said):
            run(remote, text)
        with pytest.raises(QueryError, match="SERVICE"):
            remote.query("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
        with pytest.raises(QueryError, match="cannot be run"):
            remote.query("ASK { ?s ?p ?o }", bindings={"other": policy_of(remote)})


def policy_of(store: GraphStore) -> str:
    return store.policies()[0]


def test_a_server_that_serves_the_pages_can_be_asked(server: str, served_graph: Path) -> None:
    query = load("recipients-by-data")
    with GraphStore.open(f"{server}/sparql") as remote, GraphStore.open(served_graph) as store:
        assert run(remote, query).rows == run(store, query).rows
        assert run(remote, "SELECT (COUNT(*) AS ?n) { ?s a pg:Mention }").rows == (
            run(store, "SELECT (COUNT(*) AS ?n) { ?s a pg:Mention }").rows
        )
        first = store.policies()[0]
        assert list(remote.quads(first)) == list(store.quads(first))


def test_a_page_is_not_taken_for_a_server_of_sparql(server: str) -> None:
    with pytest.raises(ServiceError, match=r"name the address that takes queries, such as .../query"):
        GraphStore.open(f"{server}/policies")


def test_nobody_at_an_address_is_said_at_once(sparql_server: str) -> None:
    nobody = re.sub(r":\d+/", ":1/", sparql_server)
    with pytest.raises(ServiceError, match=r"127\.0\.0\.1:1: cannot be reached \(.*\); check the address"):
        open_quickly(nobody)


def test_a_server_without_our_graph_says_how_one_gets_there(
    sparql_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_HOLDS", "ASK { GRAPH <urn:nowhere> { ?s ?p ?o } }")
    with pytest.raises(GraphError, match=f"put one there: privagraph load GRAPH --endpoint {sparql_server}"):
        GraphStore.open(sparql_server)


@pytest.mark.parametrize("fault", ["503", "429", "drop", "mute", "half"])
def test_trouble_that_passes_is_waited_for(fault: str, troubled: Troubled) -> None:
    with open_quickly(troubled.url) as remote:
        troubled.faults = [fault, fault]
        assert remote.policies() == []
        assert len(troubled.seen) == 4


def test_trouble_that_stays_is_said(troubled: Troubled) -> None:
    with open_quickly(troubled.url) as remote:
        troubled.faults = ["500"] * 9
        with pytest.raises(ServiceError, match=r"fails \(HTTP 500: busy\)"):
            remote.policies()
        troubled.faults = ["302"]
        with pytest.raises(ServiceError, match="sends on to another address"):
            remote.policies()
        troubled.faults = ["400"]
        with pytest.raises(QueryError, match="refuses what it was sent"):
            remote.policies()


def test_who_one_is_is_told_to_the_server_and_to_nobody_else(
    troubled: Troubled, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubled.password = "Bearer right"
    with pytest.raises(ServiceError, match=f"wants to know who asks .*; set {AUTHORIZATION}"):
        open_quickly(troubled.url)
    monkeypatch.setenv(AUTHORIZATION, "Bearer wrongsecret")
    with pytest.raises(ServiceError, match=r"HTTP 401: not you: \.\.\.") as caught:  # it repeats the header
        open_quickly(troubled.url)
    assert "wrongsecret" not in str(caught.value)
    monkeypatch.setenv(AUTHORIZATION, "Bearer right")
    with open_quickly(troubled.url) as remote:
        assert remote.policies() == []


def test_a_larger_answer_than_is_borne_is_refused(loaded: str) -> None:
    server = EndpointDatabase(loaded, patience=Patience(attempts=1, largest=1000))
    remote = GraphStore(None, "there", writable=False, server=server)
    with remote, pytest.raises(ServiceError, match="sends more than 1,000 bytes; ask for less"):
        list(remote.quads())


def test_a_closed_server_is_said(loaded: str) -> None:
    remote = GraphStore.open(loaded)
    remote.close()
    with pytest.raises(GraphError, match="the graph is closed; open it again"):
        remote.policies()


def test_blank_nodes_and_texts_come_as_they_are(sparql_server: str, tmp_path: Path) -> None:
    graph, odd = ox.NamedNode("urn:p"), ox.Literal('tab\t "quote" \\ 🪅\n', language="en")
    quads = [
        ox.Quad(graph, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy")), graph),
        ox.Quad(graph, ox.NamedNode(expand("rdfs:label")), odd, graph),
    ]
    place = tmp_path / "odd.nq"
    place.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    load_graph(place, endpoint=sparql_server)
    with GraphStore.open(sparql_server) as remote:
        assert set(remote.quads("urn:p")) == set(quads)
        rows = remote.query("SELECT ?label { GRAPH ?g { ?s rdfs:label ?label ; a pg:PrivacyPolicy } }")
        assert [row["label"] for row in rows] == [odd]
