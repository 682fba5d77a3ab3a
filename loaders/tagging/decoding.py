"""From the tagger's probabilities to spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privagraph.loaders.tagging.labels import LABELS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Pieces", "Tagged", "decode"]

_BRIDGE = 2  # pieces that a span may step over
_BEGINS = 0.5  # probability from which a piece begins a span of its own within another
_EDGES = re.compile(r"^[\s,;:.()\"'“”‘’•*–—-]+|[\s,;:(\"“‘•*–—-]+$")
_COLUMNS = {label: column for column, label in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words that the tagger labelled: ``text[start:end]``.

    Attributes:
        start: Offset of the first character, in code points.
        end: Offset after the last.
        label: One of :data:`~privagraph.loaders.tagging.labels.LABELS`.
        score: Mean probability of its word pieces, from 0 to 1; not calibrated.
    """

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The word pieces of a document, in the order of its text, with the tagger's probabilities.

    Attributes:
        starts: Offset of each piece's first character, in code points.
        ends: Offset after its last.
        blocks: Index of the block that it lies in.
        probabilities: One row a piece, columns as :func:`~privagraph.loaders.tagging.marks.marks` orders them.
    """

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    blocks: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float32]

    def support(self, start: int, end: int, label: str) -> float | None:
        """Mean probability that the words from ``start`` to ``end`` carry a label; None where no piece lies."""
        first = int(self.ends.searchsorted(start, side="right"))
        last = int(self.starts.searchsorted(end, side="left"))
        return float(self.probabilities[first:last, _COLUMNS[label]].mean()) if first < last else None


def decode(text: str, pieces: Pieces, thresholds: Mapping[str, float]) -> Iterator[Tagged]:
    """The spans of a document.

    A span is a run of word pieces of one block whose probability of being inside reaches the label's threshold; short gaps
    are bridged, a piece that begins a span begins a new one, and a span holds whole words only.

    Args:
        text: The document's text.
        pieces: Its word pieces.
        thresholds: The threshold of each label, from 0 to 1.

    Yields:
        Spans, label by label, each in the order of the text; spans of different labels may overlap.
    """
    for column, label in enumerate(LABELS):
        inside = pieces.probabilities[:, column]
        begins = pieces.probabilities[:, len(LABELS) + column]
        first = last = -1
        for piece in map(int, (inside >= thresholds[label]).nonzero()[0]):
            goes_on = (
                first >= 0
                and piece - last <= _BRIDGE + 1
                and pieces.blocks[piece] == pieces.blocks[last]
                and begins[piece] <= _BEGINS
            )
            if not goes_on:
                if first >= 0:
                    yield from _span(text, pieces, first, last, column)
                first = piece
            last = piece
        if first >= 0:
            yield from _span(text, pieces, first, last, column)


def _span(text: str, pieces: Pieces, first: int, last: int, column: int) -> Iterator[Tagged]:
    """The span of some pieces, without punctuation at its edges; none when nothing else is left."""
    start, end = int(pieces.starts[first]), int(pieces.ends[last])
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    words = text[start:end]
    bare = _EDGES.sub("", words)
    if any(char.isalnum() for char in bare):
        start += words.find(bare)
        score = float(pieces.probabilities[first : last + 1, column].mean())
        yield Tagged(start, start + len(bare), LABELS[column], score)
