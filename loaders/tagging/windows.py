"""Stretches of a document that the tagger reads at once.

A window is a passage: a paragraph with the headings right above it and the items or cells that follow it, so that a
list stands beside the line that introduces it; what is too long for one window goes on in the next. Each block begins
with a marker of its kind. Before them, as the first segment, stands what the window does not hold itself: the nearest
heading and the line that introduces the first item. A window depends on nothing else, not even on the document's title,
in which its company is named. So a passage that many policies share is read the same in all of them, and once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from privagraph.loaders.document import Block, BlockKind, Document

__all__ = ["LONGEST", "Encoding", "Tokenizer", "Window", "tokenizer_of", "windows"]

LONGEST = 256
"""Word pieces in a window, context and separators included."""

_HEADING_PIECES = 16
_INTRO_PIECES = 32
_CLS, _SEP = 101, 102
_MARKERS = {  # entries of the vocabulary of BERT that its authors left unused
    BlockKind.HEADING: 1,
    BlockKind.PARAGRAPH: 2,
    BlockKind.LIST_ITEM: 3,
    BlockKind.TABLE_CELL: 4,
}
_BEGINNINGS = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH})
"""Kinds of blocks with which a passage begins."""
_NOWHERE = (-1, -1)


class Encoding(Protocol):
    """Word pieces of a text: what ``tokenizers.Encoding`` is."""

    @property
    def ids(self) -> list[int]:
        """Number of each word piece in the vocabulary."""

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Place of each word piece in the text, in code points."""


class Tokenizer(Protocol):
    """What cuts texts into word pieces: what ``tokenizers.Tokenizer`` is."""

    def encode_batch(self, texts: Sequence[str], /, *, add_special_tokens: bool) -> Sequence[Encoding]:
        """The word pieces of each text."""


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces for the tagger, with their places in the document.

    Attributes:
        ids: Numbers of the word pieces, at most :data:`LONGEST`.
        segments: 0 for context, 1 for the text that is tagged; as long as ``ids``.
        offsets: Place of each piece in the document's text, in code points; (-1, -1) for what is not tagged.
        blocks: Index of the block of each piece, -1 for what is not tagged.
    """

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    blocks: tuple[int, ...]


def tokenizer_of(text: str) -> Tokenizer:
    """A tokenizer from its JSON; it neither cuts a text off nor fills it up, for windows see to both."""
    from tokenizers import Tokenizer as WordPieces

    pieces = WordPieces.from_str(text)
    pieces.no_padding()
    pieces.no_truncation()
    return pieces


def windows(document: Document, tokenizer: Tokenizer, *, start: int = 0) -> Iterator[Window]:
    """The windows of a document, in the order of its text.

    Args:
        document: The document; blocks in other languages than its own are passed over.
        tokenizer: The tagger's tokenizer.
        start: Index of the first block to take; training varies it to see the same text in other windows.

    Yields:
        Windows; every word piece of every block from ``start`` on is in exactly one.
    """
    encoded = tokenizer.encode_batch(
        [document.text_of(block) for block in document.blocks], add_special_tokens=False
    )
    numbers = [encoding.ids for encoding in encoded]  # once: an encoding makes a new list of them each time
    title = _title(document)
    # A window opens with room for its context, and closes when the next piece of text does not fit.
    room = LONGEST - 2
    filled: list[_Unit] = []
    context: list[int] = []
    used = 0
    headings = False  # whether it holds nothing else yet
    for index in range(start, len(document.blocks)):
        block = document.blocks[index]
        if block.language != document.language:
            continue
        for unit in _units(document, index, block, encoded[index]):
            begins = block.kind in _BEGINNINGS and not headings
            if filled and (begins or used + len(unit.ids) > room):
                yield _window(context, filled)
                filled = []
            if not filled:
                context = _context(document, unit, numbers, title)
                used = len(context)
                headings = True
            headings = headings and block.kind is BlockKind.HEADING
            filled.append(unit)
            used += len(unit.ids)
    if filled:
        yield _window(context, filled)


def _title(document: Document) -> int | None:
    """Index of the first heading; None where there is no heading."""
    headings = (index for index, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING)
    return next(headings, None)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block, or a part of a long one, as word pieces with a marker before them."""

    block: int
    first: bool
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


_LONGEST_UNIT = 174
"""Word pieces of a block, or of a part of one, its marker included: there is room for context beside it."""


def _units(document: Document, index: int, block: Block, encoding: Encoding) -> Iterator[_Unit]:
    """The block in one unit, or in several that end with sentences where that can be."""
    ids, offsets = encoding.ids, encoding.offsets
    begin = 0
    while begin < len(ids):
        end = min(len(ids), begin + _LONGEST_UNIT - 1)
        if end < len(ids):
            end = _sentence_end(document.text, block.start, offsets, begin, end)
        yield _Unit(
            index,
            begin == 0,
            (_MARKERS[block.kind], *ids[begin:end]),
            (_NOWHERE, *((block.start + s, block.start + e) for s, e in offsets[begin:end])),
        )
        begin = end


def _sentence_end(text: str, at: int, offsets: list[tuple[int, int]], begin: int, end: int) -> int:
    """The last place in the second half of the pieces after which a sentence may begin, else ``end``."""
    for place in range(end, (begin + end) // 2, -1):
        if text[at + offsets[place - 1][0]] in ".;:!?\n":
            return place
    return end


def _context(
    document: Document, first: _Unit, numbers: Sequence[Sequence[int]], title: int | None
) -> list[int]:
    """Pieces of the heading above a window's first block, and of the line that introduces it.

    A later part of a block too long for one window is shown the end of that block: so the shipped model has learnt it.
    """
    block = document.blocks[first.block]
    pieces: list[int] = []
    heading = block.heading if block.heading != title else None
    if heading is not None:
        pieces += [_MARKERS[BlockKind.HEADING], *numbers[heading][: _HEADING_PIECES - 1]]
    before = block.intro if block.intro is not None else block.column_header
    if before is None and not first.first:
        before = first.block
    if before is not None and before != heading:
        pieces += [_MARKERS[document.blocks[before].kind], *numbers[before][-(_INTRO_PIECES - 1) :]]
    return pieces


def _window(context: list[int], units: list[_Unit]) -> Window:
    ids = [_CLS, *context, _SEP]
    segments = [0] * len(ids)
    offsets = [_NOWHERE] * len(ids)
    blocks = [-1] * len(ids)
    for unit in units:
        ids += unit.ids
        segments += [1] * len(unit.ids)
        offsets += unit.offsets
        blocks += [-1, *[unit.block] * (len(unit.ids) - 1)]
    return Window(tuple(ids), tuple(segments), tuple(offsets), tuple(blocks))
