"""Text cut into runs over which the same marks lie, so that marks that overlap or nest can be shown side by side.

HTML cannot say that two marks overlap without one being inside the other, so a text is cut wherever a mark begins or
ends. The runs joined are the text, whatever the marks are. Offsets count code points, as the graph's do; nothing here
or in the browser converts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TypeVar

from privagraph.ontology.reading import Span

__all__ = ["Run", "cut", "grouped", "within"]

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text over which the same marks lie.

    Attributes:
        start: Offset of its first character, in code points.
        end: Offset after its last character.
        marks: Numbers of the marks over it, the shortest mark first: it says most about these very words.
    """

    start: int
    end: int
    marks: tuple[int, ...] = ()


def cut(text: Span, marks: Sequence[Span]) -> list[Run]:
    """Cut a stretch of text into runs.

    Args:
        text: The stretch.
        marks: What lies over it; a mark that reaches beyond it counts as far as it lies in it, an empty one not at all.

    Returns:
        The runs in the order of the text; they touch, none is empty, and together they are the stretch. Neighbours
        have different marks.

    Example:
        >>> [(run.start, run.end, run.marks) for run in cut(Span(0, 9), [Span(0, 6), Span(4, 8)])]
        [(0, 4, (0,)), (4, 6, (1, 0)), (6, 8, (1,)), (8, 9, ())]
    """
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        start, end = max(mark.start, text.start), min(mark.end, text.end)
        if start < end:
            begins.setdefault(start, []).append(number)
            ends.setdefault(end, []).append(number)
    edges = sorted({text.start, text.end, *begins, *ends})
    over: set[int] = set()
    runs = []
    for start, end in pairwise(edges):
        over.difference_update(ends.get(start, ()))
        over.update(begins.get(start, ()))
        shortest_first = sorted(over, key=lambda each: (marks[each].end - marks[each].start, each))
        runs.append(Run(start, end, tuple(shortest_first)))
    return runs


def within(runs: Iterable[Run], lines: Iterable[Span]) -> Iterator[list[Run]]:
    """The runs of each line; a run that reaches over the end of one is cut there.

    Args:
        runs: Runs in the order of the text.
        lines: Stretches of the text in its order, which do not overlap.
    """
    waiting = iter(runs)
    run = next(waiting, None)
    for line in lines:
        found: list[Run] = []
        while run is not None and run.start < line.end:
            if run.end > line.start:
                found.append(Run(max(run.start, line.start), min(run.end, line.end), run.marks))
            if run.end > line.end:
                break
            run = next(waiting, None)
        yield found


def grouped(runs: Iterable[Run], key: Callable[[Run], _Key]) -> Iterator[tuple[_Key, list[Run]]]:
    """Neighbouring runs that have something in common.

    Args:
        runs: Runs in the order of the text.
        key: What they have in common.
    """
    for common, members in groupby(runs, key):
        yield common, list(members)
