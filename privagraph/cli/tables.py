"""Rows of text in aligned columns, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["aligned"]


def aligned(rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> str:
    """Rows with their columns under each other, two blanks apart.

    Args:
        rows: The rows, all of one length.
        right: Indices of the columns that hold numbers, which end under each other.

    Returns:
        The lines, without blanks or a line end at the end of the last.

    Example:
        >>> print(aligned([("dpv:Use", "7"), ("pg:Sell", "12")], right=[1]))
        dpv:Use   7
        pg:Sell  12
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    ends = set(right)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if index in ends else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    )
