"""Boxes that lie on each other, moved apart without losing who is near whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["spread"]

_ROUNDS = 40
_ROOM = 3.4
"""How many times the room of its boxes a crowded picture takes."""
_EVEN = 0.55
"""How evenly a crowded picture is filled: 0 leaves each box where it is, 1 fills every row and column alike."""
_STEPS = 4000
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
    return (even * _EVEN + own * (1 - _EVEN)) * target


def _freed(places: NDArray[Any], boxes: NDArray[Any]) -> NDArray[Any]:
    """Each box where it is, or at the nearest place that the boxes before it leave free; from the middle outwards."""
    import numpy

    order = numpy.argsort(((places - places.mean(axis=0)) ** 2).sum(axis=1), kind="stable")
    angle, far = numpy.arange(_STEPS) * _GOLDEN, numpy.sqrt(numpy.arange(_STEPS)) * 9
    spiral = numpy.stack([numpy.cos(angle) * far * 1.6, numpy.sin(angle) * far], axis=1)
    done: list[int] = []
    for each in order:
        fixed = numpy.array(done, dtype=int)
        half = (boxes[fixed] + boxes[each]) / 2
        for at in range(0, _STEPS, 200):
            tried = places[each] + spiral[at : at + 200]
            taken = (
                (numpy.abs(tried[:, None, :] - places[fixed][None, :, :]) < half - 0.01)
                .all(axis=2)
                .any(axis=1)
            )
            free = numpy.flatnonzero(~taken)
            if len(free):
                places[each] = tried[free[0]]
                break
        done.append(int(each))
    return places
