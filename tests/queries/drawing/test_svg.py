"""SVG: valid whatever a policy says, and all that stands behind a line can be read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import networkx
import pytest

from privagraph.queries.drawing import Scene, scene
from privagraph.queries.drawing.looks import DENIED
from privagraph.queries.drawing.svg import size_of, svg_of
from privagraph.queries.drawing.text import xml_text
from privagraph.queries.networks import VIEWS

SVG = "{http://www.w3.org/2000/svg}"


def _read(text: str) -> ET.Element:
    return ET.fromstring(text.encode())


@pytest.mark.parametrize("name", list(VIEWS))
def test_every_word_of_every_view_is_there(scene_of: Callable[..., Scene], name: str) -> None:
    made = scene_of(name)
    root = _read(svg_of(made))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert all(line in texts for node in made.nodes for line in node.lines)
    tooltips = "\n".join(element.text or "" for element in root.iter(f"{SVG}title"))
    items = [*made.nodes, *made.edges]
    assert all(xml_text(each.quote) in tooltips for item in items for each in item.evidence)
    assert all(node.label in tooltips for node in made.nodes)


def test_it_says_what_it_is_to_those_who_do_not_see_it(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("sharing")
    root = _read(svg_of(made))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert set((root.get("aria-labelledby") or "").split()) == named.keys()
    assert made.title in (named["title"] or "")
    assert str(len(made.nodes)) in (named["description"] or "")


def test_hostile_words_stay_words(hostile: networkx.MultiDiGraph[str]) -> None:
    text = svg_of(scene(hostile))
    root = _read(text)
    assert "<script" not in text
    assert "<img" not in text
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "rect", "g", "path", "text"),
    }
    assert any("<b>we & \ufffd never</b>" in (element.text or "") for element in root.iter(f"{SVG}title"))


def test_what_is_denied_is_red_and_dashed_and_in_the_legend(hostile: networkx.MultiDiGraph[str]) -> None:
    root = _read(svg_of(scene(hostile)))
    lines = [
        path
        for group in root.iter(f"{SVG}g")
        if group.get("stroke") == DENIED.line
        for path in group.iter(f"{SVG}path")
    ]
    assert [path.get("stroke-dasharray") for path in lines] == ["6 4", None]  # the line, and its arrow's head
    assert "denied" in [element.text for element in root.iter(f"{SVG}text")]


def test_views_without_direction_have_no_arrows(scene_of: Callable[..., Scene]) -> None:
    assert not scene_of("data").directed
    assert "Z" not in "".join(
        path.get("d") or "" for path in _read(svg_of(scene_of("data"))).iter(f"{SVG}path")
    )
    assert "Z" in "".join(path.get("d") or "" for path in _read(svg_of(scene_of("flows"))).iter(f"{SVG}path"))


def test_notes_stand_above_the_picture(star: Callable[[int], networkx.MultiDiGraph[str]]) -> None:
    made = scene(star(30), most=10)
    assert made.notes[0] in [element.text for element in _read(svg_of(made)).iter(f"{SVG}text")]


def test_an_empty_scene_is_a_picture_too() -> None:
    made = scene(networkx.MultiDiGraph())
    root = _read(svg_of(made))
    assert (float(root.get("width", 0)), float(root.get("height", 0))) == pytest.approx(
        size_of(made), abs=0.1
    )
    assert "There is nothing to draw." in [element.text for element in root.iter(f"{SVG}text")]
