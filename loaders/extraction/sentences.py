"""Sentences of a document, each within one block."""

from __future__ import annotations

from dataclasses import dataclass

from privagraph.loaders.document import Document
from privagraph.ontology.sentences import pieces

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
        for start, end in pieces(text):
            found.append(Sentence(block.start + start, block.start + end, index))
    return tuple(found)
