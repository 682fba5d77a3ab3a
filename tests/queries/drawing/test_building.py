"""Scenes: every node has its place, none lies on another, and what is left out is said."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import networkx
import pytest

from privagraph.queries.drawing import Scene, scene
from privagraph.queries.drawing.looks import LOOKS
from privagraph.queries.networks import VIEWS, view
from privagraph.queries.store import GraphStore


def _overlaps(made: Scene) -> list[tuple[str, str]]:
    return [
        (one.label, other.label)
        for at, one in enumerate(made.nodes)
        for other in made.nodes[at + 1 :]
        if abs(one.x - other.x) < (one.width + other.width) / 2 - 0.2
        and abs(one.y - other.y) < (one.height + other.height) / 2 - 0.2
    ]


@pytest.mark.parametrize("name", list(VIEWS))
def test_every_node_has_a_place_of_its_own(scene_of: Callable[..., Scene], name: str) -> None:
    made = scene_of(name)
    assert made.nodes
    for node in made.nodes:
        assert math.isfinite(node.x + node.y)
        assert node.width / 2 - 0.2 <= node.x <= made.width - node.width / 2 + 0.2
        assert node.height / 2 - 0.2 <= node.y <= made.height - node.height / 2 + 0.2
    assert _overlaps(made) == []


@pytest.mark.parametrize("layout", ["columns", "flow", "springs"])
def test_any_network_can_have_any_layout(scene_of: Callable[..., Scene], layout: str) -> None:
    made = scene_of("sharing", layout=layout)
    assert _overlaps(made) == []
    assert {edge.source for edge in made.edges} | {edge.target for edge in made.edges} <= {
        n.id for n in made.nodes
    }


@pytest.mark.parametrize("name", list(VIEWS))
def test_the_same_network_gives_the_same_scene(scene_of: Callable[..., Scene], name: str) -> None:
    assert json.dumps(scene_of(name).as_json()) == json.dumps(scene_of(name).as_json())


def test_practices_stand_between_data_and_purposes_in_the_frame_of_their_policy(
    scene_of: Callable[..., Scene],
) -> None:
    made = scene_of("practices")
    across = {group: [node.x for node in made.nodes if node.group == group] for group in LOOKS}
    practices = [*across["practice"], *across["denied"]]
    assert max(across["data"]) < min(practices) <= max(practices) < min(across["purpose"])
    frames = [frame for frame in made.frames if frame.group == "policy"]
    assert len(frames) == sum(node.kind == "policy" for node in made.nodes) == 2
    for node in made.nodes:
        if node.kind == "practice":
            assert [
                frame
                for frame in frames
                if frame.x < node.x < frame.x + frame.width and frame.y < node.y < frame.y + frame.height
            ]


def test_what_a_frame_or_a_label_shows_is_implied_but_not_lost(
    sample_store: GraphStore, scene_of: Callable[..., Scene]
) -> None:
    made = scene_of("practices")
    implied = {edge.property for edge in made.edges if edge.implied}
    assert {"dpv:hasProcess", "pg:deniesPractice"} <= implied
    assert "dpv:hasPersonalData" not in implied
    network = view(sample_store, "practices")
    quotes = {quote for *_, data in network.edges(data=True) for quote in data["quotes"]}
    items = [*made.nodes, *made.edges]
    assert quotes == {each.quote for item in items for each in item.evidence}


def test_a_policy_is_headed_by_its_controller(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("practices")
    heads = [" ".join(node.lines) for node in made.nodes if node.kind == "policy"]
    assert any("Controller: Lantern Books Ltd" in head for head in heads), heads


def test_where_a_graph_came_from_is_not_drawn_and_that_is_said(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("full")
    assert not {"activity", "software", "source"} & {node.kind for node in made.nodes}
    assert any("where the graph came from" in note for note in made.notes)


def test_flows_run_from_left_to_right(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("flows")
    place = {node.id: node.x for node in made.nodes}
    assert all(place[edge.source] <= place[edge.target] for edge in made.edges)
    assert any(place[edge.source] < place[edge.target] for edge in made.edges)


def test_a_long_edge_passes_others_by(star: Callable[[int], networkx.MultiDiGraph[str]]) -> None:
    network = star(2)
    attributes = network.edges["urn:middle", "urn:leaf:0000", "x"]
    network.add_edge("urn:leaf:0000", "urn:leaf:0001", "x", **attributes)
    made = scene(network, layout="flow")
    direct = next(edge for edge in made.edges if edge.source == "urn:middle" and edge.target.endswith("1"))
    between = next(node for node in made.nodes if node.id == "urn:leaf:0000")
    assert [x for x, _ in direct.by] == [between.x]
    assert abs(direct.by[0][1] - between.y) > between.height / 2


def test_denied_and_possible_are_marked(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("practices")
    denied = {node.id for node in made.nodes if node.group == "denied"}
    assert denied
    assert all(edge.polarity == "denied" for edge in made.edges if edge.source in denied)
    assert "possible" in {node.modality for node in made.nodes}
    assert any("(may)" in " ".join(node.lines) for node in made.nodes)


def test_the_legend_has_the_groups_that_are_there(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("practices")
    assert [group.name for group in made.groups] == [
        name for name in LOOKS if name in {n.group for n in made.nodes}
    ]
    assert sum(group.count for group in made.groups) == len(made.nodes)


def test_a_large_network_is_cut_and_says_so(star: Callable[[int], networkx.MultiDiGraph[str]]) -> None:
    made = scene(star(60), most=20)
    assert len(made.nodes) == 20
    assert "urn:middle" in {node.id for node in made.nodes}
    assert made.notes == (
        "Shown are 20 of 61 nodes: those with the most neighbours. The others are left out.",
    )
    assert _overlaps(made) == []


def test_many_nodes_do_not_overlap(star: Callable[[int], networkx.MultiDiGraph[str]]) -> None:
    assert _overlaps(scene(star(300), most=400)) == []


def test_nothing_gives_an_empty_scene_that_says_so() -> None:
    made = scene(networkx.MultiDiGraph(), view="practices")
    assert (made.nodes, made.edges, made.width, made.notes) == ((), (), 0.0, ("There is nothing to draw.",))


def test_titles_of_policies_are_those_that_were_given(scene_of: Callable[..., Scene]) -> None:
    policy = next(iter(scene_of("flows").policies))
    assert scene_of("flows", titles={policy: "Ours"}).policies[policy] == "Ours"
