"""Who gives data to whom: a small network by heart, and weights as SPARQL counts them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from privagraph.graph import KnowledgeGraph
from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import Filters, view
from privagraph.queries.store import GraphStore

SHARED = Path(os.environ.get("PRIVAGRAPH_SHARED", Path(__file__).parents[4] / "shared"))
AGENT = "https://w3id.org/privagraph/id/agent/"
HERON, POSTRIDER = AGENT + "heron-bikes", AGENT + "postrider"
EMAIL, NAME = expand("pd:EmailAddress"), expand("pd:Name")


def told(store: GraphStore, name: str = "flows", **chosen: str) -> set[tuple[str, str, str, int]]:
    """Source, target, key and weight of each edge, by labels."""
    network = view(store, name, filters=Filters(**chosen))  # type: ignore[arg-type]  # by name
    label = network.nodes(data="label")
    return {
        (label[u], label[v], key, data["weight"]) for u, v, key, data in network.edges(keys=True, data=True)
    }


def test_the_flows_of_a_small_graph(birds: GraphStore) -> None:
    assert told(birds) == {
        ("Data Subject", "Heron Bikes Ltd", "dpv:hasDataSubject", 2),
        ("Third Party as Data Source", "Heron Bikes Ltd", "dpv:hasDataSource", 1),
        ("Heron Bikes Ltd", "Postrider", "dpv:hasRecipient", 1),
        ("Heron Bikes Ltd", "Service Provider", "dpv:hasRecipient", 1),
        ("Heron Bikes Ltd", "Norway", "dpv:hasLocation", 1),
        ("Student", "Postrider", "dpv:hasDataSubject", 1),
        ("Postrider", "Mapwright", "dpv:hasRecipient", 1),
        ("Data in this game (merrow.txt)", "Service Provider", "dpv:hasRecipient", 1),
        ("Data Subject", "Third Party", "dpv:hasDataSubject", 1),
    }


def test_denied_flows_come_only_when_asked_for(birds: GraphStore) -> None:
    denied = {("Heron Bikes Ltd", "Third Party", "pg:deniedRecipient", 1)}
    assert told(birds, polarity="denied") == denied
    assert told(birds, polarity="both") == told(birds) | denied


def test_edges_say_what_they_carry(birds: GraphStore) -> None:
    edge = view(birds, "flows").edges[expand("dpv:DataSubject"), HERON, "dpv:hasDataSubject"]
    assert edge["data"] == [EMAIL, NAME]
    assert edge["data_labels"] == ["Email Address", "Name"]
    assert edge["label"] == "Email Address, Name"
    assert edge["purposes"] == [expand("dpv:DirectMarketing")]
    assert edge["processing"] == [expand("dpv:Collect")]
    assert edge["property"] == expand("dpv:hasDataSubject")
    assert edge["quotes"] == [
        "We collect your email address and your name to send news.",
        "We collect your email address at the till.",
    ]
    assert [record["modality"] for record in edge["evidence"]] == ["asserted", "asserted"]
    place = view(birds, "flows").edges[HERON, expand("loc:NO"), "dpv:hasLocation"]
    assert place["locations_labels"] == ["Norway"]


def test_each_category_and_purpose_can_have_its_edge(birds: GraphStore) -> None:
    keys = {
        (source, key, weight)
        for source, target, key, weight in told(birds, "flows-by-data")
        if target == "Heron Bikes Ltd"
    }
    assert keys == {
        ("Data Subject", "dpv:hasDataSubject pd:EmailAddress", 1),
        ("Data Subject", "dpv:hasDataSubject pd:EmailAddress for dpv:DirectMarketing", 1),
        ("Data Subject", "dpv:hasDataSubject pd:Name for dpv:DirectMarketing", 1),
        ("Third Party as Data Source", "dpv:hasDataSource pd:Name", 1),
    }


def test_a_filter_narrows_what_an_edge_tells(birds: GraphStore) -> None:
    network = view(birds, "flows", filters=Filters(data=NAME))
    edge = network.edges[expand("dpv:DataSubject"), HERON, "dpv:hasDataSubject"]
    assert (edge["data"], edge["weight"]) == ([NAME], 1)
    assert told(birds, recipient=POSTRIDER) == {("Heron Bikes Ltd", "Postrider", "dpv:hasRecipient", 1)}


def test_a_policy_stands_for_whom_it_does_not_name(birds: GraphStore) -> None:
    (policy,) = [node for node, kind in view(birds, "flows").nodes(data="kind") if kind == "policy"]
    assert policy in birds.policies()


def test_nodes_say_who_they_are(birds: GraphStore) -> None:
    nodes = view(birds, "flows").nodes
    assert (nodes[HERON]["kind"], nodes[expand("dpv:Student")]["kind"]) == ("agent", "concept")
    assert "dpv:DataProcessor" in nodes[POSTRIDER]["types"]


COUNTS = """
SELECT ?from ?to (COUNT(DISTINCT ?practice) AS ?n) WHERE {
  GRAPH ?policy {
    ?policy dpv:hasProcess ?practice .
    ?practice dpv:hasRecipient ?to ; pg:processing ?processing .
    OPTIONAL { ?practice dpv:hasDataController ?controller }
    OPTIONAL { ?practice dpv:hasDataProcessor ?processor }
    OPTIONAL { ?policy dpv:hasDataController ?stated }
  }
  BIND(COALESCE(?controller, ?processor, ?policy) AS ?holder)
  BIND(COALESCE(?stated, ?policy) AS ?company)
  BIND(EXISTS {
    GRAPH <https://w3id.org/privagraph/ns/vocabulary> { ?processing skos:broader* ?top }
    FILTER(?top IN (dpv:Disclose, dpv:Transfer))
  } AS ?moves)
  BIND(IF(?moves || ?holder IN (?company, ?policy), ?holder, ?company) AS ?from)
  FILTER(?from != ?to)
  FILTER NOT EXISTS {
    GRAPH <https://w3id.org/privagraph/ns/vocabulary> { ?processing skos:broader* dpv:Obtain }
  }
} GROUP BY ?from ?to
"""


def _as_sparql_counts(store: GraphStore) -> int:
    counted = {(row["from"].value, row["to"].value): int(row["n"].value) for row in store.query(COUNTS)}
    found = {
        (source, target): data["weight"]
        for source, target, key, data in view(store, "flows").edges(keys=True, data=True)
        if key == "dpv:hasRecipient"
    }
    assert found == counted
    return len(found)


def test_weights_are_what_sparql_counts(birds: GraphStore, sample_store: GraphStore) -> None:
    assert (_as_sparql_counts(birds), _as_sparql_counts(sample_store)) == (4, 3)


@pytest.mark.shared
@pytest.mark.slow
def test_weights_are_what_sparql_counts_in_real_policies() -> None:
    if not (SHARED / "policies").is_dir():
        pytest.skip("the real policies are not at hand; set PRIVAGRAPH_SHARED to the folder of policies/")
    with KnowledgeGraph.map(SHARED / "policies") as graph:
        assert _as_sparql_counts(graph.store) > 10
        assert all(data["quotes"] for *_, data in graph.flows().edges(data=True))
