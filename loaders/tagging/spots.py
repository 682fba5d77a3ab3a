"""Spots of a text by what they are, so that a long document takes no longer for each of its words than a short one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Protocol

__all__ = ["Spot", "Spots"]

_CELL = 256  # characters


class Spot(Protocol):
    """Some words of a text."""

    @property
    def start(self) -> int:
        """Where they start."""

    @property
    def end(self) -> int:
        """Where they end."""


class Spots:
    """Numbered spots of some kinds.

    Args:
        spots: Kind, number and place of each.
    """

    __slots__ = ("_cells",)

    def __init__(self, spots: Iterable[tuple[Hashable, int, Spot]] = ()) -> None:
        self._cells: dict[tuple[Hashable, int], list[tuple[int, Spot]]] = defaultdict(list)
        for kind, number, spot in spots:
            self.add(kind, number, spot)

    def add(self, kind: Hashable, number: int, spot: Spot) -> None:
        """One more.

        Args:
            kind: What it is.
            number: Its number.
            spot: Where it is.
        """
        for cell in _cells(spot):
            self._cells[kind, cell].append((number, spot))

    def overlapping(self, kind: Hashable, spot: Spot) -> list[int]:
        """Which of a kind share words with a spot.

        Args:
            kind: The kind.
            spot: Any spot.

        Returns:
            Their numbers, in order.
        """
        numbers = {
            number
            for cell in _cells(spot)
            for number, other in self._cells.get((kind, cell), ())
            if other.start < spot.end and spot.start < other.end
        }
        return sorted(numbers)


def _cells(spot: Spot) -> range:
    return range(spot.start // _CELL, spot.end // _CELL + 1)
