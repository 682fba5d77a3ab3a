"""Where the words of one text stand in another text that holds them among others.

The canonical text of a policy is its file without the markup, the menus and the numbers of its lists. So the words
of the one stand in the other in the same order, with gaps. They are matched as patience diff matches lines: first
runs of words that are in each text once, which cannot be mistaken; each is made as long as the texts agree; then
shorter runs, in what is left between two matches. Words that fit in two places alike are left without one.

Each round looks at every word once, so that the time grows in proportion to the texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["align"]

_ROUNDS = ((8, None), (4, None), (2, 200), (1, 40))
"""How many words a run has in each round, and how many a gap may have for it: a short run proves little in a long
gap."""


class _Gap(NamedTuple):
    """What is not matched between two matches: words ``low`` to ``high`` of each text."""

    low: int
    high: int
    other_low: int
    other_high: int


def align(words: Sequence[str], others: Sequence[str]) -> list[int]:
    """The place of each word of a text in another.

    Args:
        words: The words of the text.
        others: The words of the text that holds them.

    Returns:
        For each word its index in ``others``, or -1 where it is not there or could be in several places.

    Example:
        >>> align("we keep data".split(), "menu we do keep data here".split())
        [1, 3, 4]
    """
    numbers: dict[str, int] = {}
    known = [numbers.setdefault(word, len(numbers)) for word in words]
    held = [numbers.get(word, -1) for word in others]
    places = [-1] * len(known)
    gaps = [_Gap(0, len(known), 0, len(held))]
    for size, most in _ROUNDS:
        left: list[_Gap] = []
        for gap in gaps:
            if most is None or max(gap.high - gap.low, gap.other_high - gap.other_low) <= most:
                left.extend(_bridge(known, held, gap, size, places))
            else:
                left.append(gap)
        gaps = left
    return places


def _bridge(
    known: Sequence[int], held: Sequence[int], gap: _Gap, size: int, places: list[int]
) -> Iterator[_Gap]:
    """Match what can be matched in a gap by runs of ``size`` words; the gaps that are left."""
    low, other_low = gap.low, gap.other_low
    if known[low : gap.high] == held[other_low : gap.other_high]:
        places[low : gap.high] = range(other_low, gap.other_high)
        return
    for here, there in _increasing(_runs(known, held, gap, size)):
        if here < low or there < other_low:
            continue  # the run before has grown over it
        start, other_start = here, there
        while start > low and other_start > other_low and known[start - 1] == held[other_start - 1]:
            start, other_start = start - 1, other_start - 1
        end, other_end = here + size, there + size
        while end < gap.high and other_end < gap.other_high and known[end] == held[other_end]:
            end, other_end = end + 1, other_end + 1
        places[start:end] = range(other_start, other_end)
        if low < start and other_low < other_start:
            yield _Gap(low, start, other_low, other_start)
        low, other_low = end, other_end
    if low < gap.high and other_low < gap.other_high:
        yield _Gap(low, gap.high, other_low, gap.other_high)


def _runs(known: Sequence[int], held: Sequence[int], gap: _Gap, size: int) -> list[tuple[int, int]]:
    """Where the runs stand that each of the two texts has once in a gap, in the order of the first text."""
    here = _once(known, gap.low, gap.high, size)
    there = _once(held, gap.other_low, gap.other_high, size)
    return [(at, there[run]) for run, at in here.items() if at >= 0 and there.get(run, -1) >= 0]


def _once(numbers: Sequence[int], low: int, high: int, size: int) -> dict[tuple[int, ...], int]:
    """The place of each run; -1 for one that comes again."""
    found: dict[tuple[int, ...], int] = {}
    for at in range(low, high - size + 1):
        run = tuple(numbers[at : at + size])
        found[run] = -1 if run in found else at
    return found


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, which are in the order of their first number, where the second grows too."""
    ends: list[int] = []  # the least second number with which a chain of each length can end
    last: list[int] = []  # and which pair that is
    before = [-1] * len(pairs)
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before[number] = last[length - 1] if length else -1
        if length == len(ends):
            ends.append(there)
            last.append(number)
        else:
            ends[length], last[length] = there, number
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
