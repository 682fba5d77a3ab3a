"""A document as tying sees it: its blocks with their statements, its lists and tables.

A list item has a line that introduces it; so have paragraphs after a colon that read like items, which is how lists
look after their marks were lost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from privagraph.loaders.document import BlockKind, Document
from privagraph.loaders.extraction.assignment import read_statement
from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.groups import Statement
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.facts import Mention

__all__ = ["FINITE", "Outline"]

FINITE = pattern(
    r"\b(?:is|are|was|were|will|may|can|have|has|do|does|must|shall|should|would|we|you|means)\b"
)
"""Words that a full sentence has, and a bare name of data has not."""

_LIKE_ITEM = pattern(
    r"""
    \s*(?: [•*▪◦·–—-]\s | [(\[]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)\]]\s | (?:to|for|in\s+order\s+to|by|with)\s+\w
        | (?-i:[a-z]) | \w+ing\s )
    """
)
"""How a paragraph begins that is an item of a list without marks."""

_NUMBERED = pattern(
    r"""
    \W*(?:(?:section|article|part|clause|paragraph)\s+)?
    (?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|(?-i:[A-Z])(?=[.):])|(?-i:[IVX]{1,5})(?=[.):]))[.):]?\s+(?P<title>\S.*)
    """
)
"""A heading with its number."""

_MOST_WORDS = 12
"""A paragraph of more words than this, with nothing else to show for it, is no item."""


class Outline:
    """The blocks of a document in order, with what was read in them.

    Attributes:
        document: The document.
        statements: The statements of each block, in order.
        intros: For each block the block that introduces it as a list item, or None.
        rows: The cells of each row of each table, in order.
        before_tables: For each block the last one up to it that is no cell of a table, or -1.
    """

    def __init__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> None:
        self.document = document
        self.blocks = document.blocks
        self.intros = _intros(document)
        self._firsts = _firsts(self.intros)
        self.statements: dict[int, list[Statement]] = defaultdict(list)
        self.rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.before_tables: list[int] = []
        self._cells: dict[int | None, list[int]] = defaultdict(list)
        self._sections: dict[str, int] = {}
        self._ends: dict[int, int] = {}
        ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.role.value))
        starts = [m.start for m in ordered]
        for sentence in sentences:
            inside = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            self.statements[sentence.block].append(read_statement(document.text, sentence, inside))
        before = -1
        for index, block in enumerate(document.blocks):
            before = before if block.kind is BlockKind.TABLE_CELL else index
            self.before_tables.append(before)
            if block.kind is BlockKind.TABLE_CELL and block.table is not None and block.row is not None:
                self.rows[(block.table, block.row)].append(index)
                self._cells[block.table].append(index)
            elif block.kind is BlockKind.HEADING:
                self._name_section(index, document.text_of(block))

    def _name_section(self, index: int, text: str) -> None:
        """Keeps a heading under its number and under its title; the first of a name stays."""
        match = _NUMBERED.match(text)
        number, title = match.group("number", "title") if match else (None, text)
        for name in (number, title):
            if name:
                self._sections.setdefault(name.casefold().strip(" .,:?"), index)

    def section(self, named: str) -> range:
        """The blocks of the section with a number ("2", "2.1", "B") or a title, none when there is no such section."""
        heading = self._sections.get(named.casefold().strip(" .,:"))
        if heading is None:
            return range(0)
        if heading not in self._ends:
            level = self.blocks[heading].level
            after = range(heading + 1, len(self.blocks))
            headings = (i for i in after if self.blocks[i].kind is BlockKind.HEADING)
            self._ends[heading] = next((i for i in headings if self.blocks[i].level <= level), after.stop)
        return range(heading + 1, self._ends[heading])

    def cells_of(self, table: int | None) -> list[int]:
        """All cells of a table, row by row."""
        return self._cells.get(table, [])

    def list_until(self, last: int) -> range:
        """The items of the whole list that ends with a block, nested ones included, in order."""
        first = self._firsts[last]
        return range(0) if first is None else range(first, last + 1)


def _firsts(intros: Sequence[int | None]) -> list[int | None]:
    """For each item the first of its whole list: of those right before it with the same introducing line."""
    roots: list[int | None] = []
    found: list[int | None] = []
    for index, intro in enumerate(intros):
        above = None if intro is None else roots[intro]
        roots.append(intro if above is None else above)
        goes_on = index > 0 and roots[index] is not None and roots[index - 1] == roots[index]
        found.append(None if intro is None else found[index - 1] if goes_on else index)
    return found


def _intros(document: Document) -> list[int | None]:
    """The block that introduces each block, always an earlier one, or None."""
    blocks = document.blocks
    found: list[int | None] = []
    for index, block in enumerate(blocks):
        intro = block.intro if block.kind is BlockKind.LIST_ITEM and (block.intro or 0) < index else None
        if block.kind is BlockKind.PARAGRAPH and index and blocks[index - 1].kind is BlockKind.PARAGRAPH:
            ended = document.text_of(blocks[index - 1]).rstrip().endswith(":")
            opener = index - 1 if ended else found[index - 1]
            if (
                opener is not None
                and blocks[opener].heading == block.heading
                and _is_like_item(document.text_of(block))
            ):
                intro = opener
        found.append(intro)
    return found


def _is_like_item(text: str) -> bool:
    if _LIKE_ITEM.match(text):
        return True
    return len(text.split()) <= _MOST_WORDS and not FINITE.search(text) and not text.endswith(":")
