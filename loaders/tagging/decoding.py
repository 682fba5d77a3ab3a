"""From the tagger's probabilities to spans."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privagraph.loaders.tagging.labels import COLUMNS, LABELS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Pieces", "Tagged", "decode"]

_START = 1.5
"""What a span costs, in units of log odds: weak evidence makes no span, and a weak piece does not cut one in two."""
_BEGIN = 0.6
"""How much the evidence that a piece begins a span counts beside the evidence that it is in one."""
_SUREST = 5.0
"""No single piece counts for more than this."""
_TRAIL = 0.12
"""Probability with which the next piece still belongs to the phrase whose span ended, unless another begins there."""
_NOT_BEGUN = 0.3
_APART = 10
"""Pieces of little probability after which a span is over in any case."""
_BEFORE = " \n,;:.()\"'“”‘’•*–—-"
"""Characters with which no span begins; fewer end none: "Inc." and "(optional)" are whole."""
_AFTER = ' \n,;:("“‘•*–—-'
_PAIRS = (("(", ")"), ("“", "”"))
_LOOSE = frozenset(
    (
        "and or to of for with by the a an your our their its from as such that which who whose if is are be this "
        "these"
    ).split()
)
"""Words with which no phrase ends."""


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
        return float(self.probabilities[first:last, COLUMNS[label]].mean()) if first < last else None


def decode(text: str, pieces: Pieces, thresholds: Mapping[str, float]) -> Iterator[Tagged]:
    """The spans of a document.

    For each label the likeliest sequence of pieces outside and inside of spans is found (Viterbi 1967). A piece
    inside counts by how far the log odds of its probability exceed those of the label's threshold; the first piece of
    a span pays for it, less when the model says that a span begins there. A span stays within one block and holds
    whole words.

    Args:
        text: The document's text.
        pieces: Its word pieces.
        thresholds: For each label the probability above which a piece speaks for a span, from 0 to 1.

    Yields:
        Spans, label by label, each in the order of the text; spans of different labels may overlap.
    """
    import numpy as np

    for column, label in enumerate(LABELS):
        threshold = thresholds[label]
        likely = (pieces.probabilities[:, column] > min(0.1, threshold / 2)).nonzero()[0]
        if not len(likely):
            continue
        inside = _odds(pieces.probabilities[:, column]) - math.log(threshold / (1 - threshold))
        inside = np.clip(inside, -_SUREST, _SUREST)
        begin = _odds(pieces.probabilities[:, len(LABELS) + column])
        begin = _BEGIN * np.clip(begin, -_SUREST, _SUREST) - _START
        cuts = (np.diff(likely) > _APART) | (np.diff(pieces.blocks[likely]) != 0)
        spans: list[Tagged] = []
        for run in np.split(likely, cuts.nonzero()[0] + 1):
            first, last = int(run[0]), int(run[-1])
            found = _best(inside[first : last + 1].tolist(), begin[first : last + 1].tolist())
            limits = [*(start - 1 for start, _ in found[1:]), last - first][: len(found)]
            for (start, end), limit in zip(found, limits, strict=True):
                trail = _trail(pieces, first + end, first + limit, column)
                place = _words(text, int(pieces.starts[first + start]), int(pieces.ends[trail]))
                if place is None:
                    continue
                score = float(pieces.probabilities[first + start : first + end + 1, column].mean())
                span = Tagged(*place, label, score)
                if spans and span.start < spans[-1].end:  # the one ended and the next began within a word
                    before = spans.pop()
                    span = Tagged(before.start, span.end, label, max(before.score, span.score))
                spans.append(span)
        yield from spans


def _trail(pieces: Pieces, end: int, last: int, column: int) -> int:
    """The last piece of a span whose end trails off: phrases end less surely than they begin."""
    inside, begins = pieces.probabilities[:, column], pieces.probabilities[:, len(LABELS) + column]
    while end < last and inside[end + 1] >= _TRAIL and begins[end + 1] < _NOT_BEGUN:
        end += 1
    return end


def _odds(probabilities: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The logarithm of the odds."""
    import numpy as np

    bounded = np.clip(probabilities, 1e-4, 1 - 1e-4)
    odds: npt.NDArray[np.float32] = np.log(bounded / (1 - bounded))
    return odds


def _best(inside: Sequence[float], begin: Sequence[float]) -> list[tuple[int, int]]:
    """First and last piece of each span of the likeliest sequence, in order."""
    # For each piece and state: whether the piece before it is inside, and for "inside" whether a span begins.
    steps: list[tuple[bool, bool, bool]] = []
    outside_score, inside_score = 0.0, -math.inf
    for here, starts in zip(inside, begin, strict=True):
        was_inside = inside_score > outside_score
        best = max(inside_score, outside_score)
        begins = best + starts >= inside_score
        steps.append((was_inside, was_inside if begins else True, begins))
        outside_score, inside_score = best, here + (best + starts if begins else inside_score)
    spans: list[tuple[int, int]] = []
    state, last = inside_score > outside_score, len(steps) - 1
    for place in range(len(steps) - 1, -1, -1):
        from_outside, from_inside, begins = steps[place]
        if not state:
            state, last = from_outside, place - 1
        elif begins:
            spans.append((place, last))
            state, last = from_inside, place - 1
    return spans[::-1]


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a span's whole words stand, without punctuation or loose small words at its edges; None for no word."""
    while start > 0 and _in_word(text[start - 1]) and _in_word(text[start]):
        start -= 1
    while end < len(text) and _in_word(text[end]) and _in_word(text[end - 1]):
        end += 1
    words = text[start:end].rstrip(_AFTER)
    while True:
        shorter = _without_loose_end(words).rstrip(_AFTER)
        if shorter == words:
            break
        words = shorter
    bare = words.lstrip(_BEFORE)
    if not any(char.isalnum() for char in bare):
        return None
    return start + len(words) - len(bare), start + len(words)


def _without_loose_end(words: str) -> str:
    """The words without one word or bracket at their end that belongs to what follows or went before."""
    for opening, closing in _PAIRS:
        if words.endswith(closing) and words.count(opening) < words.count(closing):
            return words[:-1]
        if words.count(opening) > words.count(closing):
            return words[: words.rindex(opening)]
    before, space, last = words.rpartition(" ")
    return before if space and last.lower() in _LOOSE else words


def _in_word(char: str) -> bool:
    """Whether a character is part of a word; accents that stand for themselves are."""
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")
