"""Annotated documents as the arrays that training goes through."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privagraph.loaders.extraction.extractor import findings
from privagraph.loaders.tagging.extractor import hints
from privagraph.loaders.tagging.labels import ITEMS, LABELS, TRANSFER
from privagraph.loaders.tagging.marks import marks
from privagraph.loaders.tagging.windows import Tokenizer, Window, windows
from privagraph.loaders.training.corpus import Annotated

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Example", "Examples"]

_SHIFTS = (0, 0, 1, 2, 3, 4, 5, 6, 7)
"""Blocks by which an epoch shifts the windows of a long policy, so that the same words stand in other company."""

_OWN_WEIGHT = 0.5
"""What the project's own passages weigh where the corpus teaches the same label: how words are marked is the
corpus's."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window, what people labelled in it, and what the rules found.

    Attributes:
        window: The window.
        target: Zeros and ones, as :func:`~privagraph.loaders.tagging.marks.marks` makes them.
        hints: The same of the rules' findings.
        weights: How much each output counts; 0 for labels that nobody looked for.
    """

    window: Window
    target: npt.NDArray[np.float32]
    hints: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]


class Examples:
    """The windows of annotated documents, made once.

    Args:
        documents: The documents.
        tokenizer: Cuts their texts into word pieces.
    """

    def __init__(self, documents: Iterable[Annotated], tokenizer: Tokenizer) -> None:
        self._documents = tuple(documents)
        self._tokenizer = tokenizer
        self._hints = [hints(findings(each.document).mentions) for each in self._documents]
        self._made: dict[tuple[int, int], tuple[Example, ...]] = {}

    def all(self) -> list[Example]:
        """Every window once."""
        return [example for number in range(len(self._documents)) for example in self._of(number, 0)]

    def epoch(self, chance: random.Random, *, forget: float, shifted: bool) -> list[Example]:
        """The windows of an epoch, in an order of chance.

        Args:
            chance: Where chance comes from.
            forget: Share of the rules' findings that the network is not shown, so that it learns to do without.
            shifted: Whether the windows of long policies begin elsewhere than at the first block.
        """
        examples: list[Example] = []
        for number, each in enumerate(self._documents):
            shift = chance.choice(_SHIFTS) if shifted and len(each.document.blocks) > 20 else 0
            examples += (_forgetful(example, chance, forget) for example in self._of(number, shift))
        chance.shuffle(examples)
        return examples

    def _of(self, number: int, shift: int) -> tuple[Example, ...]:
        if (number, shift) not in self._made:
            annotated, found = self._documents[number], self._hints[number]
            spans = [(span.start, span.end, span.label) for span in annotated.spans]
            weights = _weights(annotated)
            self._made[number, shift] = tuple(
                Example(window, marks(window, spans), marks(window, found), weights)
                for window in windows(annotated.document, self._tokenizer, start=shift)
            )
        return self._made[number, shift]


def _weights(annotated: Annotated) -> npt.NDArray[np.float32]:
    import numpy as np

    own = TRANSFER not in annotated.judged
    weights = [
        0.0 if label not in annotated.judged else _OWN_WEIGHT if own and label in ITEMS else 1.0
        for label in LABELS
    ]
    return np.array([*weights, *weights], dtype=np.float32)


def _forgetful(example: Example, chance: random.Random, share: float) -> Example:
    """The example without some of the rules' findings."""
    import numpy as np

    shown = example.hints.copy()
    size = len(LABELS)
    for column in np.nonzero(shown[:, :size].any(axis=0))[0]:
        for run in _runs(np.nonzero(shown[:, column])[0], shown[:, size + column]):
            if chance.random() < share:
                shown[run, column] = 0
                shown[run, size + column] = 0
    return replace(example, hints=shown)


def _runs(pieces: npt.NDArray[np.int64], begins: npt.NDArray[np.float32]) -> Sequence[npt.NDArray[np.int64]]:
    """Word pieces that are marked, cut where there is a gap or another finding begins."""
    import numpy as np

    cuts = np.nonzero((np.diff(pieces) > 1) | (begins[pieces[1:]] > 0))[0] + 1
    return np.split(pieces, cuts)
