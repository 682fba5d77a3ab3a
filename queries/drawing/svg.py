"""A scene as SVG: a picture for pages, slides and print, which says in tooltips which words stand behind it.

The text is black on white with a title and a legend. What no XML can hold becomes U+FFFD, so that the file is valid
whatever a policy says. SVG: https://www.w3.org/TR/SVG2/.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from privagraph.ontology.pages import template_environment
from privagraph.queries.drawing.curves import Box, Curve, curves_of, free_place
from privagraph.queries.drawing.looks import DENIED, LOOKS
from privagraph.queries.drawing.model import Edge, Evidence, Node, Scene
from privagraph.queries.drawing.text import lines_of, width_of, xml_text

if TYPE_CHECKING:
    import jinja2

__all__ = ["FONTS", "size_of", "svg_of"]

FONTS = "Roboto, Helvetica Neue, Helvetica, Arial, Liberation Sans, Noto Sans, DejaVu Sans, sans-serif"
"""Which font the words are set in, the first that there is."""
_MARGIN = 36.0
_LEAST_WIDTH = 560.0
_LINE, _SMALL = 15.0, 12.5
_LABELS = 80
"""Up to how many edges have their labels beside them; tooltips have all."""
_LABEL_WIDTH, _LABEL_SIZE = 132.0, 10.0
_FAINT = ((150, 0.8), (900, 0.5))
"""Up to how many edges they are drawn how strongly; more are drawn as faint as can be seen."""
_FAINTEST = 0.28
_DASHED = 4000.0
"""From which height of a picture on dashes grow with it: long lines of small ones take minutes to draw."""
_LEGEND_STEP = 24.0
_BREADTHS = {
    "similarity": "the broader, the more alike",
    "data": "the broader, the more often together",
    "data-in-policies": "the broader, the more often together",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One edge as it is drawn."""

    path: str
    head: str
    colour: str
    width: float
    dashes: str
    tooltip: str
    faint: bool
    label: tuple[str, ...] = ()
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the legend."""

    title: str
    fill: str
    line: str
    dashes: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands around a picture, and where."""

    titles: tuple[str, ...]
    notes: tuple[str, ...]
    entries: tuple[_Entry, ...]
    left: float
    top: float
    below: float
    width: float
    height: float

    @classmethod
    def of(cls, scene: Scene) -> _Sheet:
        width = max(scene.width, _LEAST_WIDTH)
        headed = any(node.kind == "policy" for node in scene.nodes)  # which says what the subtitle would
        told = scene.notes if headed or not scene.subtitle else (scene.subtitle, *scene.notes)
        notes = tuple(text for note in told for text in lines_of(note, width, _SMALL, most=9))
        titles = lines_of(scene.title, width, 22, most=3)
        top = _MARGIN + 28 * len(titles) + 18 * len(notes) + 14
        entries = tuple(_legend(scene, width))
        below = top + scene.height + 30
        legend = max((entry.y for entry in entries), default=0) + _LEGEND_STEP
        return cls(
            titles=titles,
            notes=notes,
            entries=entries,
            left=_MARGIN + (width - scene.width) / 2,
            top=top,
            below=below,
            width=width + 2 * _MARGIN,
            height=below + legend + _MARGIN - 8,
        )


def size_of(scene: Scene) -> tuple[float, float]:
    """How wide and how high the SVG of a scene is, in pixels.

    Args:
        scene: What is drawn.
    """
    sheet = _Sheet.of(scene)
    return sheet.width, sheet.height


def svg_of(scene: Scene) -> str:
    """A picture of a scene.

    Args:
        scene: What is drawn.

    Returns:
        A whole SVG document. Its ``width`` and ``height`` are in pixels.
    """
    nodes = {node.id: node for node in scene.nodes}
    also: dict[str, list[Evidence]] = {}
    for edge in scene.edges:
        if edge.implied:
            also.setdefault(edge.source, []).extend(edge.evidence)
    sheet = _Sheet.of(scene)
    return (
        _templates()
        .get_template("graph.svg.j2")
        .render(
            scene=scene,
            titles=sheet.titles,
            notes=sheet.notes,
            nodes=[_Drawn.of(node, also.get(node.id, ())) for node in scene.nodes],
            lines=list(_lines(scene, nodes)),
            looks=LOOKS,
            entries=sheet.entries,
            denied=DENIED.line,
            fonts=FONTS,
            margin=_MARGIN,
            left=sheet.left,
            top=sheet.top,
            below=sheet.below,
            width=_number(sheet.width),
            height=_number(sheet.height),
            description=f"{len(scene.nodes)} nodes and {len(scene.edges)} edges.",
            faint=next((part for most, part in _FAINT if len(scene.edges) <= most), _FAINTEST),
            line_height=_LINE,
        )
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One node as it is drawn."""

    node: Node
    tooltip: str
    dashes: str
    fill: str
    line: str
    texts: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, node: Node, also: Iterable[Evidence]) -> _Drawn:
        """A node with the words behind it, and behind the edges that it stands for."""
        look = LOOKS[node.group]
        first = node.y - (len(node.lines) - 1) * _LINE / 2 + 4.2
        return cls(
            node=node,
            tooltip=_tooltip(node.label, (*node.evidence, *also)),
            dashes=_dashes(node.polarity, node.modality if node.kind != "phrase" else "possible"),
            fill=look.fill,
            line=look.line,
            texts=tuple((line, round(first + at * _LINE, 1)) for at, line in enumerate(node.lines)),
        )


def _lines(scene: Scene, nodes: Mapping[str, Node]) -> Iterator[_Line]:
    edges = [edge for edge in scene.edges if not edge.implied]
    curves = curves_of(nodes, edges, columns=scene.layout == "columns")
    taken: list[Box] = [
        (node.x - node.width / 2, node.y - node.height / 2, node.x + node.width / 2, node.y + node.height / 2)
        for node in scene.nodes
    ]
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    told = scene.directed and not scene.frames and len(edges) <= _LABELS
    for edge in sorted(edges, key=lambda each: (-each.weight, each.id)):
        curve = curves[edge.id]
        label: tuple[str, ...] = ()
        box: Box | None = None
        if told:
            label = lines_of(edge.label, _LABEL_WIDTH, _LABEL_SIZE, most=2)
            wide = max(width_of(line, _LABEL_SIZE) for line in label) + 8
            towards = degree[edge.source] - degree[edge.target] if scene.layout == "columns" else 0
            box = free_place(curve, wide, len(label) * 12 + 4, taken, towards=towards)
            taken += [box] if box else []
        yield _Line(
            path=_path(curve),
            head=_head(curve, edge) if scene.directed else "",
            colour=_colour(edge, scene),
            width=_width(edge),
            dashes=_dashes(edge.polarity, edge.modality, times=max(1.0, scene.height / _DASHED)),
            tooltip=_tooltip(
                f"{nodes[edge.source].label} → {nodes[edge.target].label}: {edge.label}", edge.evidence
            ),
            faint=bool(scene.frames) and nodes[edge.source].kind == "policy",
            label=label,
            box=box,
        )


def _colour(edge: Edge, scene: Scene) -> str:
    if edge.polarity == "denied":
        return DENIED.line
    return LOOKS[edge.group].line if scene.frames else "#7b8794"


def _width(edge: Edge) -> float:
    """How broad an edge is: broader the more it rests on, by ever smaller steps; a share of 1 as it is."""
    return round(min(1.3 + (0.7 * math.log2(edge.weight) if edge.weight >= 1 else 5 * edge.weight), 6.0), 2)


def _path(curve: Curve) -> str:
    pieces = (" ".join(f"{_number(x)} {_number(y)}" for x, y in piece) for piece in curve.pieces)
    return f"M{_number(curve.start[0])} {_number(curve.start[1])}C" + "C".join(pieces)


def _head(curve: Curve, edge: Edge) -> str:
    """The arrow's head as a path: no marker, since not every program draws those in the colour of their line."""
    (x, y), (right, down) = curve.end, curve.direction
    size = 6 + _width(edge) * 0.8
    points = [(x, y)]
    for side in (1, -1):
        points.append(
            (
                x - right * size - down * size * 0.45 * side,
                y - down * size + right * size * 0.45 * side,
            )
        )
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points) + "Z"


def _dashes(polarity: str, modality: str, *, times: float = 1.0) -> str:
    dashes = (6.0, 4.0) if polarity == "denied" else (1.5, 3.5) if modality == "possible" else ()
    return " ".join(_number(dash * times) for dash in dashes)


def _tooltip(label: str, evidence: Iterable[Evidence]) -> str:
    quotes = dict.fromkeys(each.quote for each in evidence)
    return "\n".join([label, *(f"“{quote}”" for quote in quotes)])


def _legend(scene: Scene, width: float) -> list[_Entry]:
    """The entries from left to right, on as many lines as they need."""
    told = [(group.title, group.fill, group.line, "") for group in scene.groups]
    items: list[Node | Edge] = [*scene.nodes, *(edge for edge in scene.edges if not edge.implied)]
    if any(item.polarity == "denied" for item in items):
        told.append(("denied", "", DENIED.line, "6 4"))
    if any(item.modality == "possible" for item in items):
        told.append(("may be done", "", "#4b5563", "1.5 3.5"))
    if any(node.kind == "phrase" for node in scene.nodes):
        told.append(("words that no concept fits", "#ffffff", "#4b5563", "1.5 3.5"))
    if len({edge.weight for edge in scene.edges if not edge.implied}) > 1:
        told.append((_BREADTHS.get(scene.view, "the broader, the more it rests on"), "", "#7b8794", ""))
    entries: list[_Entry] = []
    x = y = 0.0
    for title, fill, line, dashes in told:
        step = 30 + width_of(title, _SMALL) + 22
        if x and x + step > width:
            x, y = 0.0, y + _LEGEND_STEP
        entries.append(_Entry(title, fill, line, dashes, x, y))
        x += step
    return entries


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@cache
def _templates() -> jinja2.Environment:
    environment = template_environment(
        lambda name: (files("privagraph.queries") / "page_assets" / name).read_text("utf-8")
    )
    environment.filters["xml"] = xml_text
    environment.filters["px"] = _number
    return environment
