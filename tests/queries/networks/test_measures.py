"""Measures of small networks that are known by heart."""

from __future__ import annotations

from typing import Any

import networkx
import pytest

from privagraph.errors import QueryError
from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import (
    MEASURES,
    articulation_recipients,
    measured,
    measures,
    view,
    with_measures,
)
from privagraph.queries.store import GraphStore


def made(*edges: tuple[str, str, int], symmetric: bool = False) -> Any:
    """A view with edges of some weights."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    if symmetric:
        network.graph["symmetric"] = True
    for number, (source, target, weight) in enumerate(edges):
        records = [{"practice": f"p{number}-{count}"} for count in range(weight)]
        network.add_edge(source, target, f"k{number}", weight=weight, evidence=records)
    return network


LINE = made(("a", "b", 2), ("b", "c", 3), ("a", "b", 1))
"""a -> b -> c, with two edges from a to b."""
BOW = made(*((u, v, 1) for u, v in ("ab", "bc", "ca", "cd", "de", "ef", "fd")))
"""Two triangles, joined by c -> d."""


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("degree", {"a": 1, "b": 2, "c": 1}),
        ("strength", {"a": 3, "b": 6, "c": 3}),
        ("in_strength", {"a": 0, "b": 3, "c": 3}),
        ("out_strength", {"a": 3, "b": 3, "c": 0}),
        ("betweenness", {"a": 0, "b": 0.5, "c": 0}),
        ("clustering", {"a": 0, "b": 0, "c": 0}),
        ("articulation", {"a": False, "b": True, "c": False}),
        ("community", {"a": 1, "b": 1, "c": 1}),
    ],
)
def test_a_line(name: str, values: dict[str, float]) -> None:
    assert measured(LINE, [name]) == {name: values}


def test_pagerank_is_what_its_equations_say() -> None:
    # p(a) = t, p(b) = t + 0.85 p(a), p(c) = t + 0.85 p(b), with t so that they add up to one.
    share = 1 / (1 + 1.85 + 1 + 0.85 * 1.85)
    expected = {"a": share, "b": 1.85 * share, "c": (1 + 0.85 * 1.85) * share}
    assert measured(LINE, ["pagerank"])["pagerank"] == pytest.approx(expected, abs=1e-4)


def test_two_triangles() -> None:
    found = measured(BOW)
    assert list(found) == list(MEASURES)
    assert found["community"] == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}
    assert {node for node, cut in found["articulation"].items() if cut} == {"c", "d"}
    assert found["clustering"]["a"] == 1.0
    assert found["clustering"]["c"] == pytest.approx(1 / 3, abs=1e-5)
    assert found["degree"] == {"a": 2, "b": 2, "c": 3, "d": 3, "e": 2, "f": 2}


def test_networks_without_direction() -> None:
    line = made(("a", "b", 2), ("b", "c", 3), symmetric=True)
    found = measured(line)
    assert found["strength"] == found["in_strength"] == found["out_strength"] == {"a": 2, "b": 5, "c": 3}
    assert found["betweenness"] == {"a": 0, "b": 1, "c": 0}


def test_parallel_edges_on_the_same_practice_count_it_once() -> None:
    network = made(("a", "b", 1), ("a", "b", 1))
    for *_, data in network.edges(data=True):
        data["evidence"] = [{"practice": "one"}]
    assert measured(network, ["strength"])["strength"] == {"a": 1, "b": 1}


def test_flows_have_the_same_strength_in_both_forms(birds: GraphStore) -> None:
    whole, parted = (measured(view(birds, name), ["strength"]) for name in ("flows", "flows-by-data"))
    assert whole == parted


def test_loops_do_not_disturb() -> None:
    network = made(("a", "b", 1), ("b", "b", 1))
    assert measured(network)["clustering"] == {"a": 0, "b": 0}


def test_a_large_network_is_sampled_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    network = made(*((f"{n:03}", f"{n + 1:03}", 1) for n in range(120)))
    exact = measured(network, ["betweenness"])["betweenness"]
    monkeypatch.setattr(measures, "_SAMPLED_ABOVE", 50)
    monkeypatch.setattr(measures, "_SAMPLE", 20)
    once, again = (measured(network, ["betweenness"])["betweenness"] for _ in range(2))
    assert once == again != exact
    assert once["060"] > once["003"]


def test_an_empty_network_has_no_values() -> None:
    assert measured(made()) == {name: {} for name in MEASURES}


def test_measures_become_attributes_of_a_copy() -> None:
    copy = with_measures(LINE, ["degree", "articulation"])
    assert copy.nodes["b"] == {"degree": 2, "articulation": True}
    assert LINE.nodes["b"] == {}
    assert networkx.utils.edges_equal(list(copy.edges(keys=True)), list(LINE.edges(keys=True)), directed=True)


def test_recipients_that_hold_a_network_together(birds: GraphStore) -> None:
    assert articulation_recipients(LINE) == ("b",)
    couriers = expand("dpv:ServiceProvider")
    found = articulation_recipients(view(birds, "sharing"))
    assert couriers in found
    assert "https://w3id.org/privagraph/id/agent/mapwright" not in found


def test_an_unknown_measure_is_named_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="no measure 'page-rank'; did you mean 'pagerank'"):
        measured(LINE, ["page-rank"])
    with pytest.raises(QueryError, match="choose some of degree, strength"):
        measured(LINE, ["x"])
