"""Pictures as exports: of every view, with what was left out said."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from privagraph.errors import MissingDependencyError
from privagraph.queries.drawing import Drawing
from privagraph.queries.export import export
from privagraph.queries.networks import VIEWS, Filters
from privagraph.queries.store import GraphStore


@pytest.mark.parametrize("name", list(VIEWS))
def test_every_view_is_a_picture(network_store: GraphStore, tmp_path: Path, name: str) -> None:
    written = export(network_store, "svg", tmp_path / "graph.svg", view=name)
    root = ET.parse(tmp_path / "graph.svg").getroot()
    assert root.tag.endswith("svg")
    assert written.nodes > 0
    assert f"{written.nodes} nodes" in "".join(root.itertext())


def test_a_picture_has_the_nodes_that_were_asked_for(network_store: GraphStore, tmp_path: Path) -> None:
    written = export(network_store, "svg", tmp_path / "graph.svg", drawing=Drawing(most=12))
    assert written.nodes == 12
    assert any("12 of" in note for note in written.notes)


def test_png_is_as_wide_as_asked(network_store: GraphStore, tmp_path: Path) -> None:
    export(network_store, "png", tmp_path / "graph.png", view="flows", drawing=Drawing(width=640))
    assert int.from_bytes((tmp_path / "graph.png").read_bytes()[16:20]) == 640


def test_filters_narrow_a_picture(network_store: GraphStore, tmp_path: Path) -> None:
    whole = export(network_store, "svg", tmp_path / "whole.svg", view="practices")
    part = export(
        network_store, "svg", tmp_path / "part.svg", view="practices", filters=Filters(polarity="denied")
    )
    assert 0 < part.nodes < whole.nodes


def test_html_is_one_file(network_store: GraphStore, tmp_path: Path) -> None:
    try:
        export(network_store, "html", f"{tmp_path}/out/", view="sharing")
    except MissingDependencyError as error:
        pytest.skip(str(error))
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["graph.html"]


@pytest.mark.parametrize("wrong", [{"most": 0}, {"width": 0}])
def test_a_picture_of_nothing_cannot_be_asked_for(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="one node and one pixel at least"):
        Drawing(**wrong)
