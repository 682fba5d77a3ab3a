"""Places where what is joined is near: springs, boxes that do not overlap, and parts side by side.

The springs are those of T. M. J. Fruchterman, E. M. Reingold: Graph drawing by force-directed placement (Software:
Practice and Experience 21(11), 1991), by rustworkx. They know points alone, so boxes are pushed apart afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rustworkx

from privagraph.queries.drawing.spreading import spread

__all__ = ["sprung"]

_SEED = 7
_GAP = (26.0, 20.0)
"""Room between two boxes, beside and above."""
_LENGTH = (185.0, 104.0)
"""How long an edge is, about: boxes are wider than high."""
_APART = 46.0
"""Room between two parts."""
_WIDE = 1.6
"""How much wider than high a picture of several parts is."""

_Point = tuple[float, float]


def sprung(
    sizes: Mapping[str, tuple[float, float]], links: Iterable[tuple[str, str, float]]
) -> dict[str, _Point]:
    """Where the middle of each box is; the same boxes and edges give the same places.

    Args:
        sizes: How wide and how high each box is.
        links: The edges by their ends, and how strongly they pull.
    """
    import rustworkx

    graph: rustworkx.PyGraph[str, float] = rustworkx.PyGraph()
    names = sorted(sizes)
    index = dict(zip(names, graph.add_nodes_from(names), strict=True))
    for one, other, pull in sorted(links):
        graph.add_edge(index[one], index[other], pull)
    parts: list[dict[str, _Point]] = []
    for members in rustworkx.connected_components(graph):
        parts.append(_part(graph.subgraph(sorted(members)), sizes))
    return _packed(parts, sizes)


def _part(
    graph: rustworkx.PyGraph[str, float], sizes: Mapping[str, tuple[float, float]]
) -> dict[str, _Point]:
    """The places of a part in which all is joined."""
    import numpy
    import rustworkx

    names = graph.nodes()
    many = len(names)
    if many == 1:
        return {names[0]: (0.0, 0.0)}
    start = {
        at: (math.cos(2.4 * at) * math.sqrt(at + 1), math.sin(2.4 * at) * math.sqrt(at + 1))
        for at in range(many)
    }
    found = rustworkx.spring_layout(
        graph,
        pos=start,
        num_iter=100 if many < 800 else 60,
        weight_fn=float,
        seed=_SEED,
        k=1 / math.sqrt(many),
    )
    places = numpy.array([found[at] for at in range(many)], dtype=float)
    ends = numpy.array([(one, other) for one, other in graph.edge_list()])
    lengths = numpy.hypot(*(places[ends[:, 0]] - places[ends[:, 1]]).T)
    places *= numpy.array(_LENGTH) / max(float(numpy.median(lengths)), 1e-6)
    boxes = numpy.array([sizes[name] for name in names]) + numpy.array(_GAP)
    places = spread(places, boxes)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}


def _packed(
    parts: Sequence[Mapping[str, _Point]], sizes: Mapping[str, tuple[float, float]]
) -> dict[str, _Point]:
    """The parts side by side, the largest first, each where the whole grows least; single nodes in rows below."""
    found: dict[str, _Point] = {}
    boxes: list[tuple[float, float, float, float]] = []
    for part in sorted((part for part in parts if len(part) > 1), key=lambda each: (-len(each), min(each))):
        left = min(x - sizes[name][0] / 2 for name, (x, _) in part.items())
        top = min(y - sizes[name][1] / 2 for name, (_, y) in part.items())
        width = max(x + sizes[name][0] / 2 for name, (x, _) in part.items()) - left + _APART
        height = max(y + sizes[name][1] / 2 for name, (_, y) in part.items()) - top + _APART
        x, y = _free(boxes, width, height)
        boxes.append((x, y, x + width, y + height))
        found |= {name: (at - left + x, down - top + y) for name, (at, down) in part.items()}
    single = sorted(name for part in parts if len(part) == 1 for name in part)
    area = sum((sizes[name][0] + _GAP[0]) * (sizes[name][1] + _GAP[1]) for name in single)
    most = max([math.sqrt(area * _WIDE), *(right for _, _, right, _ in boxes)])
    x, y, row = 0.0, max((bottom for *_, bottom in boxes), default=0.0), 0.0
    for name in single:
        width, height = sizes[name]
        if x and x + width > most:
            x, y, row = 0.0, y + row + _GAP[1], 0.0
        found[name] = x + width / 2, y + height / 2
        x, row = x + width + _GAP[0], max(row, height)
    return found


def _free(boxes: Sequence[tuple[float, float, float, float]], width: float, height: float) -> _Point:
    """A corner where a box fits, such that the whole stays small and has the shape that is wanted."""
    all_right = max((right for _, _, right, _ in boxes), default=0.0)
    all_bottom = max((bottom for *_, bottom in boxes), default=0.0)
    corners = [
        (0.0, 0.0),
        *((x, y) for left, top, right, bottom in boxes for x, y in ((right, top), (left, bottom))),
    ]
    best = (math.inf, 0.0, 0.0)
    for x, y in corners:
        clear = all(
            x + width <= left or x >= right or y + height <= top or y >= bottom
            for left, top, right, bottom in boxes
        )
        if clear:
            best = min(best, (max(all_right, x + width, _WIDE * max(all_bottom, y + height)), y, x))
    return best[2], best[1]
