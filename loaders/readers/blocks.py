"""From what a reader found to a :class:`Document`: offsets, parents, headers, languages.

A reader walks its format and makes :class:`Draft` values in the order of the text. References between drafts are plain
references to objects; :func:`build` cleans the words, drops drafts that are empty, lays the rest out in one text, and
turns the references into indices.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.language import document_language, language_of
from privagraph.loaders.readers.canonical import clean, clean_line
from privagraph.loaders.readers.limits import check_raw, check_text

__all__ = ["Draft", "Reading", "build"]


@dataclass(slots=True, eq=False)
class Draft:
    """A block before its place in the text is known.

    Attributes:
        kind: What the block is.
        text: Its words, not yet canonical.
        level: Heading level, or depth of a list item.
        intro: The draft that introduces the list of this item.
        table: Number of the table, for a cell.
        row: Row number, for a cell.
        column: Column number, for a cell.
        row_header: The cell that heads the row.
        column_header: The cell that heads the column.
        language: What the format says of the language; a hint that the words may overrule.
    """

    kind: BlockKind
    text: str
    level: int = 0
    intro: Draft | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_header: Draft | None = None
    column_header: Draft | None = None
    language: str | None = None


@dataclass(slots=True)
class Reading:
    """What a reader of one format found.

    Attributes:
        drafts: The blocks in the order of the text.
        title: The title that the format itself names, or None.
        language: The language that the format itself names, or None.
        notes: What was cut or repaired, in plain sentences.
    """

    drafts: list[Draft]
    title: str | None = None
    language: str | None = None
    notes: list[str] = field(default_factory=list)


def build(
    reading: Reading,
    *,
    data: bytes,
    source: str,
    media_type: str,
    encoding: str | None = None,
    url: str | None = None,
) -> Document:
    """Lay out the drafts of a reading as a document.

    Args:
        reading: What the reader of the format found.
        data: The bytes as read, for their hash.
        source: The name of the source.
        media_type: What the bytes are.
        encoding: The character encoding that was found, if there was a choice.
        url: The address the bytes came from.

    Returns:
        The document; its blocks are sorted, do not overlap and are not empty.

    Raises:
        RejectedDocumentError: There is more text than a policy has (``too-large``).
    """
    kept: list[Draft] = []
    texts: list[str] = []
    size = 0
    for draft in reading.drafts:
        check_raw(draft.text, source)
        words = clean(draft.text) if draft.kind in _MAY_HOLD_LINES else clean_line(draft.text)
        if words:
            kept.append(draft)
            texts.append(words)
            size += len(words)
            check_text(size, source)
    index = {id(draft): position for position, draft in enumerate(kept)}
    language = document_language(texts, hint=reading.language)

    pieces: list[str] = []
    blocks: list[Block] = []
    above: list[tuple[int, int]] = []  # (level, index) of the headings that are open
    at = 0
    for position, (draft, words) in enumerate(zip(kept, texts, strict=True)):
        if position:
            gap = "\n" if _close(kept[position - 1], draft) else "\n\n"
            pieces.append(gap)
            at += len(gap)
        level = draft.level
        if draft.kind is BlockKind.HEADING:
            level = min(max(level, 1), 6)
            while above and above[-1][0] >= level:
                above.pop()
        heading = above[-1][1] if above else None
        if draft.kind is BlockKind.HEADING:
            above.append((level, position))
        blocks.append(
            Block(
                kind=draft.kind,
                start=at,
                end=at + len(words),
                level=level if draft.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else 0,
                heading=heading,
                intro=_intro_index(draft, index, position),
                table=draft.table,
                row=draft.row,
                column=draft.column,
                row_header=_index_of(draft.row_header, index, position),
                column_header=_index_of(draft.column_header, index, position),
                language=language_of(words, document=language, hint=draft.language),
            )
        )
        pieces.append(words)
        at += len(words)

    return Document(
        text="".join(pieces),
        blocks=tuple(blocks),
        source=source,
        media_type=media_type,
        input_hash=hashlib.sha256(data).hexdigest(),
        title=_title(reading, kept, texts),
        language=language,
        encoding=encoding,
        url=url,
        notes=tuple(dict.fromkeys(reading.notes)),
    )


_MAY_HOLD_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL})


def _close(before: Draft, after: Draft) -> bool:
    """Whether two blocks stand on neighbouring lines: items of a list, cells of a table."""
    if before.kind is BlockKind.TABLE_CELL and after.kind is BlockKind.TABLE_CELL:
        return before.table == after.table
    return before.kind is BlockKind.LIST_ITEM and after.kind is BlockKind.LIST_ITEM


def _index_of(draft: Draft | None, index: dict[int, int], own: int) -> int | None:
    """The index of a draft that another refers to; None where it was dropped or is the block itself."""
    found = index.get(id(draft)) if draft is not None else None
    return None if found == own else found


def _intro_index(draft: Draft, index: dict[int, int], own: int) -> int | None:
    """The index of the intro; an intro that was dropped as empty hands on to its own intro."""
    intro = draft.intro
    while intro is not None:
        found = index.get(id(intro))
        if found is not None:
            return found if found < own else None
        intro = intro.intro
    return None


_TITLE_WORDS = ("privacy", "data protection", "datenschutz", "policy", "notice", "statement")


def _title(reading: Reading, kept: Sequence[Draft], texts: Iterable[str]) -> str | None:
    """The document's title: a first-level heading that sounds like one, what the format says, the first heading."""
    headings = [
        (draft.level, words)
        for draft, words in zip(kept[:40], texts, strict=False)
        if draft.kind is BlockKind.HEADING and len(words) <= 150
    ]
    for level, words in headings[:4]:
        if level == 1 and any(word in words.lower() for word in _TITLE_WORDS):
            return words
    named = clean_line(reading.title) if reading.title else ""
    if named:
        return named
    return headings[0][1] if headings else None
