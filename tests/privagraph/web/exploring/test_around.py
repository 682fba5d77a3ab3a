"""The surroundings of nodes: exact where they fit, cut and counted where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import to_networkx
from privagraph.queries.store import GraphStore
from privagraph.web.exploring.around import around
from privagraph.web.exploring.links import BROADER

EMAIL = expand("pd:EmailAddress")


@pytest.fixture(scope="module")
def store(graph_folder: Path) -> Iterator[GraphStore]:
    with GraphStore.open(graph_folder) as opened:
        yield opened


@pytest.mark.parametrize("hops", [1, 2])
def test_surroundings_are_a_part_of_the_whole_network(store: GraphStore, hops: int) -> None:
    whole = to_networkx(store)
    near = {EMAIL}
    for _ in range(hops):
        near |= {end for node in near for end in (*whole.predecessors(node), *whole.successors(node))}
    if hops == 1:
        found = around(store, (EMAIL,), each=1000, most=1000)
        kin = {end for *edge, key in found.network.edges(keys=True) if key == BROADER for end in edge}
        assert set(found.network) - kin - near == set()
        assert near <= set(found.network)
    else:
        found = around(store, (EMAIL,), hops=2, each=1000, most=5000)
        assert near <= set(found.network)
    assert not found.cut
    inside = whole.subgraph(near)
    expected = {(*edge, key) for *edge, key in inside.edges(keys=True)}
    edges = {(*edge, key) for *edge, key in found.network.subgraph(near).edges(keys=True) if key != BROADER}
    assert edges == expected
    for source, target, key in expected:
        quotes = whole.edges[source, target, key]["quotes"]
        assert found.network.edges[source, target, key]["quotes"] == quotes


def test_a_node_shows_as_many_neighbours_of_a_kind_as_wished(store: GraphStore) -> None:
    few, more = (around(store, (EMAIL,), each=each) for each in (1, 3))
    counts = {way.name: (way.shown, way.total) for way in few.ways if not way.outward}
    assert counts["dpv:hasPersonalData"][0] >= 1
    assert counts["dpv:hasPersonalData"][0] < counts["dpv:hasPersonalData"][1]
    assert len(few.network) < len(more.network)
    assert [way.total for way in few.ways] == [way.total for way in more.ways]


def test_there_are_no_more_nodes_than_wished(store: GraphStore) -> None:
    found = around(store, (EMAIL,), hops=2, most=9)
    assert len(found.network) == 9
    assert found.cut
    assert EMAIL in found.network


def test_denials_alone(store: GraphStore) -> None:
    policy = next(
        each
        for each in store.policies()
        if any(True for _ in store.matching(subject=each, predicate=expand("pg:deniesPractice")))
    )
    found = around(store, (policy,), polarity="denied")
    practices = [data for _, data in found.network.nodes(data=True) if data["kind"] == "practice"]
    assert practices
    assert {data["polarity"] for data in practices} == {"denied"}
    done = around(store, (policy,), polarity="affirmed").network
    assert {data["polarity"] for _, data in done.nodes(data=True) if data["kind"] == "practice"} == {
        "affirmed"
    }


def test_statements_of_the_chosen_policies_come_first(store: GraphStore) -> None:
    for policy in store.policies():
        found = around(store, (EMAIL,), each=1, first={policy}).network
        practices = [node for node, data in found.nodes(data=True) if data["kind"] == "practice"]
        if any(node.startswith(policy) for node in around(store, (EMAIL,), each=1000).network):
            assert any(node.startswith(policy) for node in practices)


def test_policies_are_told_apart_by_whose_they_are(store: GraphStore) -> None:
    labels = {
        str(data["label"])
        for policy in store.policies()
        for _, data in around(store, (policy,), most=1).network.nodes(data=True)
    }
    assert "Wörterwald privacy notice: Kranichfeder Learning GmbH" in labels
    assert len(labels) == 3


def test_what_is_not_there_has_no_surroundings(store: GraphStore) -> None:
    found = around(store, ("https://example.org/nothing",))
    assert len(found.network) == 0
    assert found.ways == ()


def test_the_same_nodes_give_the_same_network(store: GraphStore) -> None:
    one, other = (around(store, (EMAIL,), hops=2, most=40).network for _ in range(2))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
