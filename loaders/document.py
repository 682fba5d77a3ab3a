r"""The one shape in which every policy is read: canonical text, blocks, offsets.

Whatever a policy was, a web page, a PDF, a text file, after reading it is a :class:`Document`: one Unicode string and
the blocks that lie in it in order. All offsets count Unicode code points of :attr:`Document.text`, which is what Python
strings index by and what ``oa:TextPositionSelector`` asks for.

The text is canonical: line ends are ``\n``, there are no NUL or other control characters besides ``\n``, runs of
blanks within a block are one space, blocks are separated by one ``\n`` or more and never overlap. A single ``\n``
within a block is a line break that is part of its words, as between the lines of a postal address. The text is not
normalised in any other way (no case folding, no NFC), so that a quote can be found again in the original.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Block", "BlockKind", "Document"]


class BlockKind(StrEnum):
    """What a block is in the layout of its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with a place in the layout; indices point into :attr:`Document.blocks`.

    Attributes:
        kind: What the block is.
        start: Offset of its first character, in code points.
        end: Offset after its last character.
        level: Heading level 1 to 6, or depth of a list item from 1; 0 for the rest.
        heading: Index of the nearest heading above it (for a heading: its parent heading), or None.
        intro: Index of the block that introduces the list of this item: the paragraph or heading before the list, or
            the parent item of a nested list. None outside lists.
        table: Number of the table within the document, from 0, for a cell.
        row: Row number within the table, from 0, for a cell.
        column: Column number within the row, from 0, for a cell.
        row_header: Index of the cell that heads the row, or None.
        column_header: Index of the cell that heads the column, or None.
        language: BCP 47 tag of the block's language, such as ``en``.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    heading: int | None = None
    intro: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_header: int | None = None
    column_header: int | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Document:
    """A policy as it was read.

    Attributes:
        text: The canonical text.
        blocks: The blocks in the order of the text.
        source: The file's name relative to what the user named, or the address.
        media_type: What the bytes were, such as ``text/html``.
        input_hash: SHA-256 of the bytes as read, in hexadecimal.
        title: The document's own title, or None.
        language: BCP 47 tag of the language of most of the text.
        encoding: Name of the character encoding that was found, or None for formats that fix it.
        url: The address that the bytes came from, after redirects, or None.
        collected: When the policy was retrieved or published, in ISO 8601, or None.
        notes: What reading cut or repaired, in plain sentences, for the report.
    """

    text: str
    blocks: tuple[Block, ...]
    source: str
    media_type: str
    input_hash: str
    title: str | None = None
    language: str = "en"
    encoding: str | None = None
    url: str | None = None
    collected: str | None = None
    notes: tuple[str, ...] = field(default=())

    def text_of(self, block: Block) -> str:
        """The text of one block."""
        return self.text[block.start : block.end]

    def headings_above(self, block: Block) -> tuple[Block, ...]:
        """The headings that the block stands under, the nearest first."""
        found: list[Block] = []
        index = block.heading
        while index is not None:
            found.append(self.blocks[index])
            index = self.blocks[index].heading
        return tuple(found)
