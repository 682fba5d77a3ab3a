"""The paragraphs, headings, lists and tables of a policy, seen again in the text that the graph keeps.

The graph has one text in which every block is a line (:mod:`privagraph.ontology.layout`); what kind of block a line was
is told from how the lines stand, and what was a row of a table from the passages that practices rest on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from privagraph.ontology.layout import Layout, Line
from privagraph.ontology.reading import Span

__all__ = ["Block", "Kind", "blocks_of"]

Kind = Literal["heading", "paragraph", "list", "numbered", "lines", "table"]
"""What a block is. A numbered list has its numbers in the text; lines are set below each other, as in an address."""

_MARKER = re.compile(r"\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-z])[.)](?:\s|$)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_VALUE = re.compile(r"[^\d:]+:\s+\S|.*\b(?:19|20)\d\d\b")
"""A line that is a name and its value, or has a date in it: short and alone as headings are, but none."""
_DEEPEST = 3
_SHORT = 60
"""Lines of an address have no more characters."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together.

    Attributes:
        kind: What they are.
        lines: Where they stand; one line unless it is a list, lines or a table, whose cells they are, row by row.
        level: Depth of a heading, from 1; 0 for the rest.
        columns: How many cells a row of the table has; 0 for the rest.
        has_head: Whether the first row of the table says what is in the others: no practice rests on it.
    """

    kind: Kind
    lines: tuple[Span, ...]
    level: int = 0
    columns: int = 0
    has_head: bool = False


def blocks_of(text: str, passages: Collection[Span] = ()) -> Iterator[Block]:
    """The blocks of a text.

    Args:
        text: The text of a policy.
        passages: What its practices rest on; a passage over several lines is a row of a table.

    Yields:
        Blocks in the order of the text; every line that is not empty is in one of them.
    """
    above = ""
    for _, group in groupby(Layout(text).lines(), lambda line: line.group):
        lines = tuple(group)
        yield _block(text, lines, passages, above)
        last = lines[-1].span
        above = text[last.start : last.end].rstrip()


def _block(text: str, lines: Sequence[Line], passages: Collection[Span], above: str) -> Block:
    spans = tuple(line.span for line in lines)
    words = [text[each.start : each.end].strip() for each in spans]
    if len(lines) == 1:
        if lines[0].is_heading and not _VALUE.match(words[0]):
            return Block("heading", spans, level=_depth(words[0]))
        return Block("paragraph", spans)
    columns = _columns(spans, passages)
    if columns:
        return Block(
            "table",
            spans,
            columns=columns,
            has_head=len(spans) > columns
            and all(each.start >= spans[columns].start or each.end <= spans[0].start for each in passages),
        )
    if sum(bool(_MARKER.match(each)) for each in words) * 2 > len(words):
        return Block("numbered", spans)
    is_address = all(len(each) <= _SHORT for each in words) and any(
        character.isdigit() or character == "@" for each in words for character in each
    )
    return Block("lines" if is_address and not above.endswith(":") else "list", spans)


def _depth(heading: str) -> int:
    """How deep a heading is by its number, such as 2 of "3.1 Cookies"; 1 where it has none."""
    number = _NUMBER.match(heading)
    return min(number[0].count(".") + 1, _DEEPEST) if number else 1


def _columns(lines: Sequence[Span], passages: Collection[Span]) -> int:
    """How many cells each row has of the table that lines are; 0 where they are none."""
    starts = {line.start: number for number, line in enumerate(lines)}
    ends = {line.end: number for number, line in enumerate(lines)}
    rows = [
        (starts[each.start], ends[each.end] - starts[each.start] + 1)
        for each in passages
        if each.start in starts and each.end in ends and ends[each.end] > starts[each.start]
    ]
    if not rows:
        return 0
    columns, _ = Counter(cells for _, cells in rows).most_common(1)[0]
    even = len(lines) % columns == 0 and all(
        start % columns == 0 and cells == columns for start, cells in rows
    )
    return columns if even else 0
