"""What of a large network is drawn."""

from __future__ import annotations

from collections.abc import Callable

import networkx

from privagraph.queries.drawing.choosing import chosen, strongest
from privagraph.queries.networks import view
from privagraph.queries.store import GraphStore


def test_a_small_network_is_whole(star: Callable[[int], networkx.MultiDiGraph[str]]) -> None:
    network = star(5)
    assert chosen(network, 6) == (network, ())


def test_the_first_policies_stay_whole(sample_store: GraphStore) -> None:
    network = view(sample_store, "practices")
    made, notes = chosen(network, len(network) - 1)
    policies = [node for node, data in made.nodes(data=True) if data["kind"] == "policy"]
    assert policies == [min(node for node, data in network.nodes(data=True) if data["kind"] == "policy")]
    assert set(network.successors(policies[0])) <= set(made)
    assert len(notes) == 1
    assert "1 of 2 policies" in notes[0]


def test_of_a_policy_that_is_too_large_the_most_joined_stay(sample_store: GraphStore) -> None:
    network = view(sample_store, "practices")
    made, notes = chosen(network, 6)
    assert len(made) == 6
    assert "most joined" in notes[0]
    assert any(data["kind"] == "policy" for _, data in made.nodes(data=True))


def test_of_edges_without_direction_the_strongest_of_each_node_stay() -> None:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(symmetric=True)
    names = [f"n{number:02}" for number in range(20)]
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            network.add_edge(one, other, "together", weight=9 if other == "n19" else 1)
    made, notes = strongest(network)
    assert set(made) == set(network)
    assert made.number_of_edges() <= 60
    assert all(made.has_edge(name, "n19") for name in names[:-1])
    assert notes == (f"Shown are the {made.number_of_edges()} strongest of 190 edges.",)


def test_few_edges_stay() -> None:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(symmetric=True)
    network.add_edge("a", "b", "together", weight=1)
    assert strongest(network) == (network, ())
