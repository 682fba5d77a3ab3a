"""Edges that nobody could tell apart are drawn as one, with all their words."""

from __future__ import annotations

from collections.abc import Callable

import networkx

from privagraph.queries.drawing import scene


def test_a_few_edges_run_side_by_side(side_by_side: Callable[[int], networkx.MultiDiGraph[str]]) -> None:
    made = scene(side_by_side(4))
    assert len(made.edges) == 4
    assert made.notes == ()


def test_many_edges_become_one(side_by_side: Callable[[int], networkx.MultiDiGraph[str]]) -> None:
    made = scene(side_by_side(7))
    (edge,) = made.edges
    assert edge.label == "data 0, data 1 +5"
    assert [each.quote for each in edge.evidence] == [f"words {number}" for number in range(7)]
    assert ("data 6", "for Marketing") in edge.facts
    assert made.notes == ("7 edges that run side by side are drawn together, as 1.",)


def test_what_is_denied_is_never_joined_with_what_is_done(
    side_by_side: Callable[[int], networkx.MultiDiGraph[str]],
) -> None:
    network = side_by_side(8)
    for number in range(0, 8, 2):
        network.edges["urn:a", "urn:b", str(number)]["polarity"] = "denied"
    assert [edge.polarity for edge in scene(network).edges].count("denied") == 4
