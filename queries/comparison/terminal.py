"""A comparison for a terminal: side by side where it fits, else with a sign for each policy."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from privagraph.ontology.shown import one_line
from privagraph.queries.comparison.matrix import Cell, Comparison, Row, State, Topic
from privagraph.queries.tables import columns_of

__all__ = ["text"]

_SIGNS = {
    State.YES: "yes",
    State.CONDITIONAL: "if",
    State.DENIED: "no",
    State.BOTH: "y/n",
    State.NOT_STATED: "·",
}
_LEGEND = (
    "yes: stated   if: under a condition, or possible   no: denied   y/n: stated and denied   ·: not stated"
)
_LABEL = 34
"""How wide the labels are at most."""
_NARROWEST = 16
"""How wide a policy is at least where cells show more than a sign."""
_SIGN = 4
_LINES = 3
"""The most lines that a cell takes."""


def text(comparison: Comparison, *, every: bool = False, words: bool = False, width: int = 100) -> str:
    """The comparison as lines.

    Args:
        comparison: The comparison.
        every: Whether to show what is below each group.
        words: Whether to show the words behind each cell.
        width: How many characters fit side by side.
    """
    names = [one_line(each.name) for each in comparison.policies]
    lines = [f"{len(names)} policies side by side", ""]
    lines += [_cut(f"[{number}] {name}", width) for number, name in enumerate(names, start=1)]
    lines += ["", *textwrap.wrap(_LEGEND, width)]
    for topic in comparison.topics:
        lines += ["", *_topic(topic, len(names), every=every, words=words, width=width)]
    if any(comparison.only):
        lines += ["", "WHAT ONLY ONE SAYS"]
    for number, only in enumerate(comparison.only, start=1):
        if only:
            lines.append(_cut(f"[{number}] {names[number - 1]}", width))
        for topic_name in dict.fromkeys(each for each, _ in only):
            said = ", ".join(one_line(label) for each, label in only if each == topic_name)
            lines += textwrap.wrap(
                f"{topic_name}: {said}", width, initial_indent="    ", subsequent_indent="      "
            )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _topic(topic: Topic, number: int, *, every: bool, words: bool, width: int) -> Iterator[str]:
    label = min(_LABEL, width // 3)
    noted = any(each.note for row in topic.rows for each in row.cells)
    room = (width - label - 2) // number - 2
    if noted and room < _NARROWEST:
        yield topic.name.upper()
        for row, _ in _levels(topic.rows, every=every):
            yield from _listed(row, width)
        return
    column = min(room, 26) if noted else _SIGN
    heads = [f"[{each}]" for each in range(1, number + 1)]
    per_line = max(1, (width - label - 2) // (column + 2))
    for first in range(0, number, per_line):  # twenty policies take more than one line of a narrow terminal
        part = slice(first, first + per_line)
        yield _line(topic.name.upper(), heads[part], label, column)
        for row, below in _levels(topic.rows, every=every):
            yield from _row(row, below, part, label, column, noted=noted)
            if words:
                yield from _words(row.cells[part], first + 1, width)


def _row(row: Row, below: int, part: slice, label: int, column: int, *, noted: bool) -> Iterator[str]:
    cells = [_wrapped(_said(each) if noted else _SIGNS[each.state], column) for each in row.cells[part]]
    head = _wrapped("  " * below + one_line(row.label), label)
    for number in range(max(len(head), *map(len, cells))):
        yield _line(
            head[number] if number < len(head) else "",
            [cell[number] if number < len(cell) else "" for cell in cells],
            label,
            column,
        )


def _said(cell: Cell) -> str:
    if not cell.note:
        return _SIGNS[cell.state]
    return cell.note if cell.state is State.YES else f"{_SIGNS[cell.state]}: {cell.note}"


def _words(cells: Sequence[Cell], first: int, width: int) -> Iterator[str]:
    for number, cell in enumerate(cells, start=first):
        for passage in dict.fromkeys(one_line(each.passage) for each in cell.words):
            yield from textwrap.wrap(
                f"“{passage}”",
                max(width, 40),
                initial_indent=f"    [{number}] ",
                subsequent_indent="        ",
            )


def _listed(row: Row, width: int) -> Iterator[str]:
    """A row whose cells stand below each other."""
    yield _cut(one_line(row.label), width)
    for number, cell in enumerate(row.cells, start=1):
        if cell.state is not State.NOT_STATED:
            yield _cut(f"  [{number}] {one_line(_said(cell))}", width)


def _levels(rows: Sequence[Row], *, every: bool) -> Iterator[tuple[Row, int]]:
    for row in rows:
        yield row, 0
        if every:
            yield from ((below, 1) for below in row.below)


def _line(head: str, cells: Sequence[str], label: int, column: int) -> str:
    return "  ".join([_filled(head, label), *(_filled(cell, column) for cell in cells)])


def _filled(words: str, width: int) -> str:
    return words + " " * (width - columns_of(words))


def _wrapped(words: str, width: int) -> list[str]:
    indent = " " * (len(words) - len(words.lstrip()))
    lines = textwrap.wrap(one_line(words), width, initial_indent=indent, subsequent_indent=indent) or [""]
    kept = lines[:_LINES]
    if len(lines) > _LINES:
        kept[-1] = _cut(f"{kept[-1]}…", width) if columns_of(kept[-1]) < width else f"{kept[-1][:-1]}…"
    return [_cut(line, width) for line in kept]


def _cut(words: str, width: int) -> str:
    while columns_of(words) > width:
        words = f"{words[: max(0, len(words) - 2)]}…"
    return words
