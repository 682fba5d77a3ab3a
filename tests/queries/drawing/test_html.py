"""The page with a graph: whole in one file, closed against what policies say, and nothing can be fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import networkx
import pytest

from privagraph.browser import text
from privagraph.errors import MissingDependencyError
from privagraph.queries.drawing import Scene, scene

try:
    text("cytoscape.min.js")
except MissingDependencyError:
    pytest.skip(
        "cytoscape.min.js is not there; install privagraph again, editable, where npm's registry can be reached",
        allow_module_level=True,
    )

from privagraph.queries.drawing.html import html_of


class _Elements(HTMLParser):
    """The elements of a page, and the text of its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = dict(attrs).get("type") or tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open] = self.inside.get(self._open, "") + data


def _read(page: str) -> _Elements:
    parser = _Elements()
    parser.feed(page)
    return parser


def test_the_scene_is_in_the_page(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("practices")
    inside = _read(html_of(made)).inside["application/json"]
    assert json.loads(inside) == json.loads(json.dumps(made.as_json()))


def test_the_policy_for_content_allows_what_is_there_and_nothing_else(scene_of: Callable[..., Scene]) -> None:
    read = _read(html_of(scene_of("sharing")))
    (policy,) = [attrs["content"] or "" for tag, attrs in read.found if "http-equiv" in attrs]
    assert policy.startswith("default-src 'none'")
    assert "connect-src" not in policy
    for kind, name in (("module", "script-src"), ("style", "style-src")):
        digest = base64.b64encode(hashlib.sha256(read.inside[kind].encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert not [attrs for _, attrs in read.found if {"src", "href", "style", "onclick"} & attrs.keys()]


def test_hostile_words_stay_words(hostile: networkx.MultiDiGraph[str]) -> None:
    made = scene(hostile, title="</title><script>alert(1)</script>")
    page = html_of(made)
    read = _read(page)
    assert [tag for tag, _ in read.found].count("script") == 2
    assert "img" not in [tag for tag, _ in read.found]
    assert json.loads(read.inside["application/json"])["nodes"][0]["label"] == made.nodes[0].label


def test_no_module_is_left_to_be_fetched(scene_of: Callable[..., Scene]) -> None:
    script = _read(html_of(scene_of("sharing"))).inside["module"]
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)
    assert "drawGraph" in script
