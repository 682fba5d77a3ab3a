"""The text of a policy as its page shows it, as values for a template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from privagraph.web.blocks import Kind

__all__ = ["PolicyText", "ShownBlock", "ShownLine", "ShownPractice"]

_LONG = 200
"""More blocks than that make a long text."""


@dataclass(frozen=True, slots=True)
class ShownPractice:
    """A practice beside its words.

    Attributes:
        name: The end of its IRI.
        phrase: What is done or not, such as ``may share``.
        looks: Names of classes, such as ``denied possible``.
        condition: The words of its condition.
        url: The page with it chosen.
        chosen: Whether it is chosen.
    """

    name: str
    phrase: str
    looks: str
    condition: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the text.

    Attributes:
        start: Offset of its first character.
        words: Its words with marks.
        practices: The practices whose passage begins in it.
    """

    start: int
    words: Markup
    practices: tuple[ShownPractice, ...]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A heading, paragraph, list or table.

    Attributes:
        kind: What it is.
        lines: Its lines; the cells of a table, row by row.
        level: Depth of a heading.
        columns: How many cells a row has.
        has_head: Whether the first row of a table says what is in the others.
        title: The words of a heading, without marks.
    """

    kind: Kind
    lines: tuple[ShownLine, ...]
    level: int = 0
    columns: int = 0
    has_head: bool = False
    title: str = ""

    @property
    def rows(self) -> Iterator[tuple[ShownLine, ...]]:
        """The rows of a table."""
        for first in range(0, len(self.lines), self.columns):
            yield self.lines[first : first + self.columns]


@dataclass(frozen=True, slots=True)
class PolicyText:
    """The text of a policy, to show.

    Attributes:
        blocks: Its blocks.
        hits: How many places have the words that were looked for.
        shown: How many mentions are marked.
    """

    blocks: tuple[ShownBlock, ...]
    hits: int
    shown: int

    @property
    def is_long(self) -> bool:
        """Whether a browser had better lay out only what is in sight."""
        return len(self.blocks) > _LONG

    @property
    def headings(self) -> tuple[ShownBlock, ...]:
        """Its headings."""
        return tuple(block for block in self.blocks if block.kind == "heading")
