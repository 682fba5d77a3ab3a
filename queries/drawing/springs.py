"""Places where what is joined is near: springs, boxes that do not overlap, and parts side by side.

The springs are those of T. M. J. Fruchterman, E. M. Reingold: Graph drawing by force-directed placement (Software:
Practice and Experience 21(11), 1991), by rustworkx. They know points alone, so boxes are pushed apart afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["sprung"]

_SEED = 7
_ROUNDS = 200
_GAP = (26.0, 20.0)
"""Room between two boxes, beside and above."""
_LENGTH = (150.0, 96.0)
"""How long an edge is, about: boxes are wider than high."""
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
) -> dict[str, _Point]:  # type: ignore[name-defined]  # noqa: F821
    """The places of a part in which all is joined."""
    import numpy
    import rustworkx

    names = graph.nodes()
    many = len(names)
    if many == 1:
        return {names[0]: (0.0, 0.0)}
    start = {
        at: [math.cos(2.4 * at) * math.sqrt(at + 1), math.sin(2.4 * at) * math.sqrt(at + 1)]
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
    _part_boxes(places, boxes)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}


def _part_boxes(places: numpy.ndarray, boxes: numpy.ndarray) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Push boxes apart until none overlap, each pair along the way that is shorter."""
    import numpy

    half = (boxes[:, None, :] + boxes[None, :, :]) / 2
    upper = numpy.triu(numpy.ones((len(places), len(places)), dtype=bool), k=1)
    for _ in range(_ROUNDS):
        apart = places[:, None, :] - places[None, :, :]
        over = half - numpy.abs(apart)
        one, other = numpy.nonzero((over > 0.01).all(axis=2) & upper)
        if not len(one):
            return
        amount = over[one, other]
        way = numpy.where(apart[one, other] >= 0, 1.0, -1.0)
        flat = amount[:, 0] < amount[:, 1] * 1.5
        push = numpy.where(numpy.stack([flat, ~flat], axis=1), way * (amount / 2 + 0.5), 0.0)
        numpy.add.at(places, one, push * 0.6)
        numpy.add.at(places, other, -push * 0.6)
    places *= 1.3
    _part_boxes(places, boxes)


def _packed(
    parts: Sequence[Mapping[str, _Point]], sizes: Mapping[str, tuple[float, float]]
) -> dict[str, _Point]:
    """The parts side by side on shelves, the largest first."""
    boxes = []
    for part in parts:
        left = min(x - sizes[name][0] / 2 for name, (x, _) in part.items())
        top = min(y - sizes[name][1] / 2 for name, (_, y) in part.items())
        width = max(x + sizes[name][0] / 2 for name, (x, _) in part.items()) - left
        height = max(y + sizes[name][1] / 2 for name, (_, y) in part.items()) - top
        boxes.append((-len(part), min(part), width + 2 * _GAP[0], height + 2 * _GAP[1], left, top, part))
    boxes.sort(key=lambda each: each[:2])
    area = sum(width * height for _, _, width, height, *_ in boxes)
    most = max([math.sqrt(area * _WIDE), *(width for _, _, width, *_ in boxes)])
    found: dict[str, _Point] = {}
    x = y = shelf = 0.0
    for _, _, width, height, left, top, part in boxes:
        if x and x + width > most:
            x, y, shelf = 0.0, y + shelf, 0.0
        found |= {name: (at - left + x, down - top + y) for name, (at, down) in part.items()}
        x, shelf = x + width, max(shelf, height)
    return found
