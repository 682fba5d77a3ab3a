"""Sentences of a document, each within one block.

The segmenter is sentencex (Wikimedia), which knows abbreviations. Three of its cuts are taken back: before a piece that
goes on in lower case ("pursuant to Art. 6 (1) lit. | f GDPR") and one that holds no letter at all (a number of a
clause, a lone bracket), both common in legal English, and within an address of the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.loaders.document import Document

__all__ = ["LONGEST", "Sentence", "sentences"]

_IN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
"""Before a cut, that it would fall within an address of the web."""

LONGEST = 2000
"""The most characters that are read as one sentence.

The patterns of the finders look ahead within a sentence; a bound keeps their time in proportion to the text, whatever
the text is. Fewer than one real sentence in ten thousand is longer.
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, by its place.

    Attributes:
        start: Offset of its first character, in code points of the document's text.
        end: Offset after its last character, white space cut.
        block: Index of its block in the document.
    """

    start: int
    end: int
    block: int


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of the document in the order of the text; a heading or a cell is at least one sentence."""
    found: list[Sentence] = []
    for index, block in enumerate(document.blocks):
        text = document.text_of(block)
        for start, end in _pieces(text):
            found.append(Sentence(block.start + start, block.start + end, index))
    return tuple(found)


def _pieces(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences within one block's text."""
    import sentencex

    pieces: list[tuple[int, int]] = []
    at = 0
    # Lone surrogates cannot cross into the segmenter; a stand-in of the same length keeps the offsets.
    for piece in sentencex.segment("en", text.encode("utf-8", "replace").decode("utf-8")):
        start, end = at, at + len(piece)
        at = end
        stripped = text[start:end].strip()
        if not stripped:
            continue
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(stripped)
        goes_on = (
            stripped[0].islower()
            or bool(_IN_ADDRESS.search(text[max(0, start - 80) : start]))
            or not any(c.isalpha() for c in stripped)
        )
        if (pieces and goes_on) or (
            pieces and not any(c.isalpha() for c in text[pieces[-1][0] : pieces[-1][1]])
        ):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return [part for start, end in pieces for part in _bounded(text, start, end)]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in parts of at most :data:`LONGEST` characters, cut between words where there are any."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
    if start < end:
        yield start, end
