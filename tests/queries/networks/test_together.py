"""Which data are named together, against figures worked out by hand and by SPARQL."""

from __future__ import annotations

import math

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import Filters, view
from privagraph.queries.store import GraphStore

EMAIL, NAME, UID = expand("pd:EmailAddress"), expand("pd:Name"), expand("pd:UID")

COUNTS = """
SELECT ?one ?other (COUNT(DISTINCT ?practice) AS ?practices) (COUNT(DISTINCT ?policy) AS ?policies) WHERE {
  GRAPH ?policy {
    ?policy dpv:hasProcess ?practice . ?practice dpv:hasPersonalData ?one , ?other
  }
  FILTER(STR(?one) < STR(?other))
} GROUP BY ?one ?other
"""


def test_lift_and_mutual_information(birds: GraphStore) -> None:
    network = view(birds, "data")
    # Ten practices name data: six the e-mail address, four the name, one of them both.
    edge = network.edges[EMAIL, NAME, "together"]
    assert edge["weight"] == 1
    assert edge["lift"] == pytest.approx(1 * 10 / (6 * 4), abs=1e-4)
    assert edge["pmi"] == pytest.approx(math.log2(10 / 24), abs=1e-4)
    assert not edge["narrower"]
    assert edge["quotes"] == ["We collect your email address and your name to send news."]
    assert network.nodes[EMAIL]["in_practices"] == 6
    assert network.graph == {"symmetric": True}


def test_together_in_policies(birds: GraphStore) -> None:
    network = view(birds, "data-in-policies")
    edge = network.edges[EMAIL, UID, "together"]
    # All three policies name the e-mail address, one the identifier.
    assert (edge["weight"], edge["lift"], edge["pmi"]) == (1, 1.0, 0.0)
    assert edge["quotes"] == [
        "The email address goes to couriers.",
        "Advertisers may collect the device identifier.",
    ]
    assert network.nodes[EMAIL]["in_policies"] == 3
    assert network.number_of_edges() == 2


@pytest.mark.parametrize("store", ["birds", "sample_store"])
def test_weights_are_what_sparql_counts(store: str, request: pytest.FixtureRequest) -> None:
    graph: GraphStore = request.getfixturevalue(store)
    counted = {
        (row["one"].value, row["other"].value): int(row["practices"].value) for row in graph.query(COUNTS)
    }
    found = {(u, v): data["weight"] for u, v, data in view(graph, "data").edges(data=True)}
    assert found == counted


def test_a_filter_on_data_leaves_the_pairs_with_them(birds: GraphStore) -> None:
    chosen = view(birds, "data-in-policies", filters=Filters(data=expand("pd:Contact")))
    every = view(birds, "data-in-policies")
    assert chosen.edges[EMAIL, NAME, "together"] == every.edges[EMAIL, NAME, "together"]
    none = view(birds, "data", filters=Filters(data=UID))
    assert len(none) == 0


def test_denials_are_counted_apart(birds: GraphStore) -> None:
    network = view(birds, "data", filters=Filters(polarity="both"))
    assert network.nodes[EMAIL]["in_practices_denied"] == 1
    assert network.nodes[EMAIL]["in_practices"] == 6
