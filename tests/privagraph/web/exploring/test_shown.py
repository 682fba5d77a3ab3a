"""What is hidden of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privagraph.queries.drawing import Scene
from privagraph.queries.store import GraphStore
from privagraph.web.exploring.choice import Hidden, Wanted
from privagraph.web.exploring.drawn import drawn
from privagraph.web.exploring.shown import edge_kinds, shown


@pytest.fixture(scope="module")
def scene(graph_folder: Path) -> Iterator[Scene]:
    with GraphStore.open(graph_folder) as store:
        yield drawn(store, Wanted(policies=(store.policies()[0],))).scene


def test_nothing_hidden_is_the_same_picture(scene: Scene) -> None:
    assert shown(scene, Hidden()) is scene


def test_a_kind_of_node_goes_with_its_edges_and_its_frame(scene: Scene) -> None:
    left = shown(scene, Hidden(groups=frozenset({"data"})))
    assert any(node.group == "data" for node in scene.nodes)
    assert not any(node.group == "data" for node in left.nodes)
    assert not any(group.name == "data" for group in left.groups)
    assert not any(frame.group == "data" for frame in left.frames)
    names = {node.id for node in left.nodes}
    assert all({edge.source, edge.target} <= names for edge in left.edges)
    assert {node.id for node in scene.nodes if node.group != "data"} == names


def test_nodes_go_that_only_hidden_edges_lead_to(scene: Scene) -> None:
    kinds = {kind.name: kind.count for kind in edge_kinds(scene)}
    assert kinds["dpv:hasPurpose"] == sum(edge.property == "dpv:hasPurpose" for edge in scene.edges)
    left = shown(scene, Hidden(edges=frozenset({"dpv:hasPurpose"})))
    assert not any(edge.property == "dpv:hasPurpose" for edge in left.edges)
    gone = {node.id for node in scene.nodes} - {node.id for node in left.nodes}
    assert gone
    for edge in scene.edges:
        if gone & {edge.source, edge.target}:
            assert edge.property == "dpv:hasPurpose"


def test_a_modality_goes_with_its_practices(scene: Scene) -> None:
    assert any(node.modality == "possible" for node in scene.nodes)
    left = shown(scene, Hidden(modalities=frozenset({"possible"})))
    assert not any(each.modality == "possible" for each in (*left.nodes, *left.edges))
    assert any(node.modality == "asserted" for node in left.nodes)
