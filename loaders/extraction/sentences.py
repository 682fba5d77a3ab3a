"""Sentences of a document, each within one block.

The segmenter is sentencex (Wikimedia), which knows abbreviations. Two of its cuts are taken back, because legal English
is full of them: a piece that goes on in lower case ("pursuant to Art. 6 (1) lit. | f GDPR"), and a piece that holds no
letter at all (a number of a clause, a lone bracket).
"""

from __future__ import annotations

from dataclasses import dataclass

from privagraph.loaders.document import Document

__all__ = ["Sentence", "sentences"]


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
        goes_on = stripped[0].islower() or not any(c.isalpha() for c in stripped)
        if pieces and goes_on:
            pieces[-1] = (pieces[-1][0], end)
        elif pieces and not any(c.isalpha() for c in text[pieces[-1][0] : pieces[-1][1]]):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces
