"""How edges run between boxes, flat between columns and straight elsewhere, and where their labels have room."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from privagraph.queries.drawing.model import Edge, Node

__all__ = ["Box", "Curve", "curves_of", "free_place"]

_Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

_BOW = 18.0
"""How far edges between the same two nodes are apart."""
_BESIDE = 60.0
"""How far an edge between two boxes of one column swings out."""
_LOOP = 34.0
_TRIED = (0.5, 0.56, 0.44, 0.62, 0.68, 0.38, 0.74, 0.8, 0.32, 0.26, 0.86, 0.2)
"""Where along an edge its label may stand, the best place first."""
_TRIED_NEAR_END = (0.74, 0.68, 0.8, 0.62, 0.86, 0.56, 0.5, 0.44, 0.38, 0.32, 0.26, 0.2)
"""The same for an edge that is one of many at its start, and alone at its end."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Cubic Bézier curves one after the other, from box to box.

    Attributes:
        start: Where it begins.
        pieces: For each piece two points that bend it, and its end.
    """

    start: _Point
    pieces: tuple[tuple[_Point, _Point, _Point], ...]

    def at(self, part: float) -> _Point:
        """The point after a part of the way, from 0 to 1; all pieces are taken as equally long."""
        place = min(int(part * len(self.pieces)), len(self.pieces) - 1)
        part = part * len(self.pieces) - place
        points = (self.pieces[place - 1][2] if place else self.start, *self.pieces[place])
        rest = 1 - part
        weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
        x = sum(weight * x for weight, (x, _) in zip(weights, points, strict=True))
        y = sum(weight * y for weight, (_, y) in zip(weights, points, strict=True))
        return x, y

    @property
    def end(self) -> _Point:
        """Where it ends."""
        return self.pieces[-1][2]

    @property
    def direction(self) -> _Point:
        """Which way it runs at its end, as a step of length one."""
        (x, y), (x_end, y_end) = self.pieces[-1][1:]
        length = math.hypot(x_end - x, y_end - y) or 1
        return (x_end - x) / length, (y_end - y) / length


def curves_of(nodes: Mapping[str, Node], edges: Sequence[Edge], *, columns: bool) -> dict[str, Curve]:
    """The curve of each edge, by its id.

    Args:
        nodes: The nodes in their places.
        edges: The edges that are drawn.
        columns: Whether nodes stand in columns.
    """
    between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        between[min(edge.source, edge.target), max(edge.source, edge.target)].append(edge)
    middle = (
        (min(node.x for node in nodes.values()) + max(node.x for node in nodes.values())) / 2 if nodes else 0
    )
    found: dict[str, Curve] = {}
    for together in between.values():
        for at, edge in enumerate(together):
            bow = (at - (len(together) - 1) / 2) * min(_BOW, 120 / len(together))
            source, target = nodes[edge.source], nodes[edge.target]
            if edge.source == edge.target:
                found[edge.id] = _loop(source, bow)
            elif columns:
                found[edge.id] = _flat(source, target, bow, edge.by, middle)
            else:
                found[edge.id] = _straight(source, target, bow if edge.source < edge.target else -bow)
    return found


def free_place(
    curve: Curve, width: float, height: float, taken: Iterable[Box], *, towards: int = 0
) -> Box | None:
    """Where the label of an edge has room; None where it has none.

    Args:
        curve: The edge.
        width: How wide the label is.
        height: How high it is.
        taken: What stands there already: nodes, and labels of other edges.
        towards: Where other edges are further away: more than 0 near its end, less than 0 near its start.
    """
    taken = list(taken)
    parts = _TRIED_NEAR_END if towards else _TRIED
    for part in parts if towards >= 0 else (1 - part for part in parts):
        x, y = curve.at(part)
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _flat(source: Node, target: Node, bow: float, by: Sequence[_Point], middle: float) -> Curve:
    """A curve that leaves and reaches boxes at their sides; in one column, on the side away from the middle."""
    half, other = source.width / 2, target.width / 2
    beside = abs(target.x - source.x) < half + other
    way = 1 if target.x >= source.x else -1
    out = -1 if source.x < middle else 1
    leave, reach = (out, out) if beside else (way, -way)
    start = source.x + leave * half, source.y + _within(bow, source)
    end = target.x + reach * other, target.y + _within(bow, target)
    if beside:
        bend = (max if out > 0 else min)(start[0], end[0]) + out * (_BESIDE + abs(bow) / 4)
        return Curve(start, (((bend, start[1]), (bend, end[1]), end),))
    stops = [start, *((x, y + bow) for x, y in by), end]
    pieces = []
    for one, next_ in pairwise(stops):
        bend = (one[0] + next_[0]) / 2
        pieces.append(((bend, one[1]), (bend, next_[1]), next_))
    return Curve(start, tuple(pieces))


def _within(bow: float, node: Node) -> float:
    """A shift that stays on the side of a box."""
    most = node.height / 2 - 7
    return max(-most, min(most, bow / 2))


def _straight(source: Node, target: Node, bow: float) -> Curve:
    """A line from border to border; one of several is bent."""
    across = target.x - source.x, target.y - source.y
    length = math.hypot(*across) or 1
    aside = -across[1] / length * bow * 2, across[0] / length * bow * 2
    middle = (source.x + target.x) / 2 + aside[0], (source.y + target.y) / 2 + aside[1]
    start, end = _border(source, middle), _border(target, middle)
    if not bow:
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    first = (start[0] + 2 * middle[0]) / 3, (start[1] + 2 * middle[1]) / 3
    second = (end[0] + 2 * middle[0]) / 3, (end[1] + 2 * middle[1]) / 3
    return Curve(start, ((first, second, end),))


def _border(node: Node, towards: _Point) -> _Point:
    """Where the line from the middle of a box to a point leaves the box."""
    across = towards[0] - node.x, towards[1] - node.y
    parts = [
        half / abs(step) for half, step in zip((node.width / 2, node.height / 2), across, strict=True) if step
    ]
    part = min([*parts, 1.0])
    return node.x + across[0] * part, node.y + across[1] * part


def _loop(node: Node, bow: float) -> Curve:
    right, far = node.x + node.width / 2, _LOOP + abs(bow)
    bends = (right + far, node.y - far), (right + far, node.y + far)
    return Curve((right, node.y - 6), ((*bends, (right, node.y + 6)),))
