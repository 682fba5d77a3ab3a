"""Boxes that lie on each other, moved apart without losing who is near whom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["spread"]

_ROUNDS = 40
_ROOM = 3.4
"""How many times the room of its boxes a crowded picture takes."""
_EVEN = 0.55
"""How evenly a crowded picture is filled: 0 leaves each box where it is, 1 fills every row and column alike."""
_SQUARE = 6.0
"""How wide a square of the paper is."""
_STEPS, _FAR = 6000, 9.0
"""How many places on the spiral are tried, and how far apart its arms are."""
_GOLDEN = 2.399963
"""The golden angle: points of a spiral by it lie evenly (H. Vogel, Mathematical Biosciences 44, 1979)."""


def spread(places: NDArray[Any], boxes: NDArray[Any]) -> NDArray[Any]:
    """Places at which no two boxes overlap.

    A crowded picture is first filled more evenly; then boxes push each other apart, each pair along the way that is
    shorter; what still overlaps moves to the nearest free place.

    Args:
        places: Where the middles of the boxes would be.
        boxes: How wide and how high they are, with the room that they want around them.
    """
    import numpy

    places = _evened(places, boxes)
    half_x, half_y = ((boxes[:, None, axis] + boxes[None, :, axis]) / 2 for axis in (0, 1))
    upper = numpy.triu(numpy.ones_like(half_x, dtype=bool), k=1)
    for _ in range(_ROUNDS):
        x, y = places[:, 0], places[:, 1]
        near = (numpy.abs(x[:, None] - x[None, :]) < half_x - 0.01) & upper
        near &= numpy.abs(y[:, None] - y[None, :]) < half_y - 0.01
        one, other = numpy.nonzero(near)
        if not len(one):
            return places
        apart = places[one] - places[other]
        over = numpy.stack([half_x[one, other], half_y[one, other]], axis=1) - numpy.abs(apart)
        flat = over[:, 0] < over[:, 1] * 2
        push = numpy.where(apart >= 0, 0.5, -0.5) * (over + 1)
        push *= numpy.stack([flat, ~flat], axis=1)
        numpy.add.at(places, one, push)
        numpy.add.at(places, other, -push)
    return _freed(places, boxes)


def _evened(places: NDArray[Any], boxes: NDArray[Any]) -> NDArray[Any]:
    """The places, where boxes are crowded, with the crowd drawn out over the whole picture."""
    import numpy

    size = numpy.ptp(places, axis=0)
    need = float(boxes.prod(axis=1).sum()) * _ROOM
    x, y = places[:, 0], places[:, 1]
    covered = (numpy.abs(x[:, None] - x[None, :]) < boxes[:, 0]) & (
        numpy.abs(y[:, None] - y[None, :]) < boxes[:, 1]
    )
    if covered.sum() < 2.2 * len(places):  # each box lies on itself, and on one more at most
        return places
    wide = (need * 1.5) ** 0.5
    target = numpy.array([wide, need / wide])
    even = numpy.empty_like(places)
    for axis in (0, 1):
        order = numpy.argsort(places[:, axis], kind="stable")
        even[order, axis] = numpy.linspace(0, 1, len(places))
    own = (places - places.min(axis=0)) / numpy.maximum(size, 1e-9)
    evened: NDArray[Any] = (even * _EVEN + own * (1 - _EVEN)) * target
    return evened


def _freed(places: NDArray[Any], boxes: NDArray[Any]) -> NDArray[Any]:
    """Each box where it is, or at the nearest place that the boxes before it leave free; from the middle outwards.

    What is taken is marked on squared paper, so that a place is looked up and not compared with every box.
    """
    import numpy

    margin = 1.6 * _FAR * math.sqrt(_STEPS) + float(boxes.max())
    first = (places - boxes / 2).min(axis=0) - margin
    last = (places + boxes / 2).max(axis=0) + margin
    taken = numpy.zeros(tuple(int(side) for side in (last - first) // _SQUARE + 2), dtype=bool)
    order = numpy.argsort(((places - places.mean(axis=0)) ** 2).sum(axis=1), kind="stable")
    made = places.copy()
    for each in order:
        start = (places[each] - boxes[each] / 2 - first).tolist()
        wide, high = boxes[each].tolist()
        for step in range(_STEPS):
            angle, far = step * _GOLDEN, math.sqrt(step) * _FAR
            aside, down = math.cos(angle) * far * 1.6, math.sin(angle) * far
            x, y = start[0] + aside, start[1] + down
            room = (
                slice(int(x // _SQUARE), int((x + wide) // _SQUARE) + 1),
                slice(int(y // _SQUARE), int((y + high) // _SQUARE) + 1),
            )
            if not taken[room].any():
                taken[room] = True
                made[each] = places[each] + (aside, down)
                break
    return made
