"""Columns whose edges cross little: what stands in which order, and how high.

The order is found by sweeps that move each box to the median of its neighbours, as in K. Sugiyama, S. Tagawa, M. Toda:
Methods for visual understanding of hierarchical system structures (IEEE Transactions on Systems, Man, and Cybernetics
11(2), 1981) with the medians of P. Eades, N. C. Wormald: Edge crossings in drawings of bipartite graphs (Algorithmica
11, 1994); the best order that was seen is kept. Then the blocks of each column move as near to their neighbours as
their order and heights allow: least squares under an order, by pooling adjacent violators (M. Ayer and others: An
empirical distribution function for sampling with incomplete information, Annals of Mathematical Statistics 26(4),
1955).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

__all__ = ["Block", "arranged"]

_SWEEPS = 12
_SETTLE = 4
"""How often each column is moved towards its neighbours."""


@dataclass(frozen=True, slots=True)
class Block:
    """Boxes of a column that stay together, such as those of one policy.

    Attributes:
        name: What it is called.
        members: The boxes, one at least, in the order that is best where nothing else decides.
        above: Room above the first box, for a heading.
        below: Room below the last.
    """

    name: str
    members: tuple[str, ...]
    above: float = 0
    below: float = 0


def arranged(
    columns: Sequence[Sequence[Block]],
    heights: Mapping[str, float],
    links: Iterable[tuple[str, str]],
    *,
    gap: float,
    between: float,
) -> dict[str, float]:
    """Where the middle of each box is, from the top.

    Args:
        columns: The columns from left to right.
        heights: How high each box is.
        links: The edges that count, by their ends.
        gap: Room between two boxes.
        between: Room between two blocks.
    """
    near: dict[str, list[str]] = {box: [] for column in columns for block in column for box in block.members}
    for one, other in sorted(set(links)):
        near[one].append(other)
        near[other].append(one)
    found = _ordered([list(column) for column in columns], near)
    return _settled(found, heights, near, gap=gap, between=between)


def _ordered(columns: list[list[Block]], near: Mapping[str, Sequence[str]]) -> list[list[Block]]:
    """The columns in the order with the fewest crossings that was seen."""
    best, fewest = columns, _crossings(columns, near)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        places = range(len(columns)) if sweep % 2 else reversed(range(len(columns)))
        columns = list(columns)
        for place in places:
            columns[place] = _sorted(columns, place, near)
        crossed = _crossings(columns, near)
        if crossed < fewest:
            best, fewest = columns, crossed
    return best


def _heights_of(columns: Sequence[Sequence[Block]]) -> dict[str, float]:
    """How far down each box is in its column, from 0 to 1."""
    found: dict[str, float] = {}
    for column in columns:
        boxes = [box for block in column for box in block.members]
        found |= {box: (at + 0.5) / len(boxes) for at, box in enumerate(boxes)}
    return found


def _sorted(columns: Sequence[Sequence[Block]], place: int, near: Mapping[str, Sequence[str]]) -> list[Block]:
    """One column, its boxes by the medians of their neighbours, and its blocks by the means of those."""
    down = _heights_of(columns)
    own = {box for block in columns[place] for box in block.members}

    def wanted(box: str) -> float:
        others = [down[other] for other in near[box] if other not in own]
        return median(others) if others else down[box]

    blocks: list[tuple[float, int, Block]] = []
    for at, block in enumerate(columns[place]):
        aims = {box: wanted(box) for box in block.members}
        members = tuple(sorted(block.members, key=aims.__getitem__))
        blocks.append(
            (
                mean(aims.values()) if aims else at,
                at,
                Block(block.name, members, block.above, block.below),
            )
        )
    return [block for _, _, block in sorted(blocks, key=lambda each: each[:2])]


def _crossings(columns: Sequence[Sequence[Block]], near: Mapping[str, Sequence[str]]) -> int:
    """How many pairs of edges cross between columns that are side by side."""
    ranks = [
        {box: at for at, box in enumerate(box for block in column for box in block.members)}
        for column in columns
    ]
    crossed = 0
    for left, right in pairwise(ranks):
        ends = sorted((at, right[other]) for box, at in left.items() for other in near[box] if other in right)
        seen: list[int] = []
        for _, end in ends:
            crossed += len(seen) - bisect_right(seen, end)
            insort(seen, end)
    return crossed


def _settled(
    columns: Sequence[Sequence[Block]],
    heights: Mapping[str, float],
    near: Mapping[str, Sequence[str]],
    *,
    gap: float,
    between: float,
) -> dict[str, float]:
    """The middles of boxes, the highest column packed and the others moved towards it."""
    steps = [_steps(column, heights, gap=gap, between=between) for column in columns]
    tall = [sum(step for _, step in column) for column in steps]
    middles: dict[str, float] = {}
    for column, height in zip(steps, tall, strict=True):
        at = (max(tall) - height) / 2
        for box, step in column:
            at += step
            middles[box] = at
    order = sorted(range(len(columns)), key=lambda place: (-tall[place], place))[1:]
    for _ in range(_SETTLE):
        for place in order:
            middles |= _moved(columns[place], dict(steps[place]), middles, near)
    tops = (
        middles[block.members[0]] - heights[block.members[0]] / 2 - block.above
        for column in columns
        for block in column
    )
    top = min(tops, default=0.0)
    return {box: middle - top for box, middle in middles.items()}


def _moved(
    column: Sequence[Block],
    steps: Mapping[str, float],
    middles: Mapping[str, float],
    near: Mapping[str, Sequence[str]],
) -> dict[str, float]:
    """The middles of the boxes of a column, each block moved as a whole as near to its neighbours as can be."""
    aims: list[float] = []
    strides: list[float] = []
    inside = 0.0
    for block in column:
        wanted = []
        offset = 0.0
        for at, box in enumerate(block.members):
            offset += steps[box] if at else 0.0
            wanted += [middles[other] - offset for other in near[box] if other not in steps]
        aims.append(mean(wanted) if wanted else middles[block.members[0]])
        strides.append(inside + steps[block.members[0]])
        inside = offset
    found: dict[str, float] = {}
    for block, first in zip(column, _pooled(aims, strides), strict=True):
        middle = first
        for place, box in enumerate(block.members):
            middle += steps[box] if place else 0.0
            found[box] = middle
    return found


def _steps(
    column: Sequence[Block], heights: Mapping[str, float], *, gap: float, between: float
) -> list[tuple[str, float]]:
    """For each box of a column, how far its middle is at least from the middle of the one above."""
    found: list[tuple[str, float]] = []
    below = 0.0
    for block in column:
        room = (between if found else 0) + block.above
        for box in block.members:
            found.append((box, below + room + heights[box] / 2))
            below, room = heights[box] / 2, gap
        below += block.below
    return found


def _pooled(aims: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Places as near as can be to those aimed at, each at least a step below the one before."""
    offsets: list[float] = []
    offset = 0.0
    for at, step in enumerate(steps):
        offset += step if at else 0
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for aim, offset in zip(aims, offsets, strict=True):
        pools.append((aim - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, some), (other, more) = pools[-2:]
            pools[-2:] = [((one * some + other * more) / (some + more), some + more)]
    levels = [level for level, many in pools for _ in range(many)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]
