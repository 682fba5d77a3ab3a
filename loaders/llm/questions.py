"""Which passages of a document a model is asked about, and what it is told of their surroundings.

A passage is a block: a paragraph, a list item, a cell of a table; a long paragraph is cut between sentences. Headings,
introductions of lists and headers of tables are not asked about by themselves. They go with the passages below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.extraction.sentences import Sentence

__all__ = ["Question", "batches", "questions"]

_LONGEST = 2400
"""The most characters of a passage, unless one sentence is longer."""
_CONTEXT = 300
"""The most characters of each piece of context."""
_BATCH_CHARACTERS = 8000
"""The most characters of the passages of a batch, so that an answer has room."""


@dataclass(frozen=True, slots=True)
class Question:
    """A passage and what stands around it.

    Attributes:
        start: Offset of its first character in the document's text.
        end: Offset after it.
        text: Its words.
        context: Names of what surrounds it (heading, list_intro, column, row), each with its words.
    """

    start: int
    end: int
    text: str
    context: tuple[tuple[str, str], ...] = ()

    def said(self) -> dict[str, str]:
        """What the model is told."""
        return {**dict(self.context), "text": self.text}


def questions(document: Document, sentences: Sequence[Sentence]) -> tuple[Question, ...]:
    """The passages of a document, in the order of the text.

    Args:
        document: The policy as it was read.
        sentences: Its sentences, in order.
    """
    headers = {block.column_header for block in document.blocks}
    found: list[Question] = []
    for index, group in groupby(sentences, key=lambda sentence: sentence.block):
        block = document.blocks[index]
        if block.kind is BlockKind.HEADING or index in headers or block.language != document.language:
            continue
        context = tuple(_context(document, block))
        for start, end in _pieces(list(group)):
            text = document.text[start:end]
            if any(character.isalpha() for character in text):
                found.append(Question(start, end, text, context))
    return tuple(found)


def batches(asked: Sequence[Question], size: int) -> Iterator[tuple[Question, ...]]:
    """Passages in the groups in which they are asked about.

    Args:
        asked: The passages.
        size: The most passages of a group.
    """
    batch: list[Question] = []
    for question in asked:
        if batch and (
            len(batch) >= size or sum(len(q.text) for q in batch) + len(question.text) > _BATCH_CHARACTERS
        ):
            yield tuple(batch)
            batch = []
        batch.append(question)
    if batch:
        yield tuple(batch)


def _pieces(sentences: list[Sentence]) -> Iterator[tuple[int, int]]:
    """A block in stretches of whole sentences."""
    start, end = sentences[0].start, sentences[0].end
    for sentence in sentences[1:]:
        if sentence.end - start > _LONGEST:
            yield start, end
            start = sentence.start
        end = sentence.end
    yield start, end


def _context(document: Document, block: Block) -> Iterator[tuple[str, str]]:
    headings = [document.text_of(heading) for heading in reversed(document.headings_above(block))]
    around = [
        ("heading", " > ".join(headings)),
        ("list_intro", _text(document, block.intro)),
        ("column", _text(document, block.column_header)),
        ("row", _text(document, block.row_header)),
    ]
    for name, words in around:
        if words:
            yield name, words if len(words) <= _CONTEXT else f"…{words[1 - _CONTEXT :]}"


def _text(document: Document, index: int | None) -> str:
    return "" if index is None else document.text_of(document.blocks[index])
