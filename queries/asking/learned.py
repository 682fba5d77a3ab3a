"""Which query a question asks, learned from the phrasings of all of them.

Each phrasing is an example of its query. A question is told by its words, pairs of neighbouring words, the terms and
concepts that it says (:mod:`privagraph.queries.asking.spoken`), and each two of its terms. Small words count here,
alone and in pairs: "who gets", "how long is" and "which of the" tell sister questions from each other. What each of
these speaks for is found by ridge regression (Hoerl and Kennedy, Ridge Regression, Technometrics 12(1), 1970), in its
dual form: there are fewer phrasings than words and pairs. That is done anew when a matcher is made, so that no file can
be out of date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from math import log, sqrt
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from privagraph.ontology.words import Words
from privagraph.queries.asking.spoken import Spoken, keys_of

__all__ = ["Array", "Learned", "features"]

Array: TypeAlias = NDArray[np.float32]

_RIDGE: Final = 0.3
"""How much large weights are held back."""
_WORD: Final = 0.7
_PAIR: Final = 0.7
_BOTH: Final = 0.5
"""What a word, a pair of neighbours and two terms anywhere in the question count, against a term."""
_KINDS: Final = ("data_category", "purpose", "recipient", "data_subject", "location", "tracking_technology")
"""The kinds of concepts of which one may stand in a question for another."""
_START, _END = "^", "$"


def features(text: str, forms: Sequence[str], spoken: Spoken) -> dict[str, float]:
    """What a question is told by, each with how much it counts.

    Args:
        text: The question.
        forms: The stems of its words.
        spoken: Its terms and concepts.
    """
    found = {f"said {key}": weight for key, weight in keys_of(spoken).items()}
    found.update((f"word {form}", _WORD) for form in forms)
    for words in (forms, _with_kinds(text, forms, spoken)):
        found.update((f"pair {one} {other}", _PAIR) for one, other in pairwise((_START, *words, _END)))
    main = sorted({max(unit.keys, key=lambda key: unit.keys[key]) for unit in spoken.units if unit.keys})
    found.update((f"both {one} {other}", _BOTH) for one, other in combinations(main, 2))
    return found


def _with_kinds(text: str, forms: Sequence[str], spoken: Spoken) -> list[str]:
    """The stems with the kind of a concept in place of the words for it, so that one example stands for its like."""
    words = Words(text)
    told: list[str] = []
    for start, end, form in zip(words.starts, words.ends, forms, strict=True):
        kind = next(
            (
                f"<{c.kind}>"
                for c in spoken.concepts
                if c.kind in _KINDS and c.start <= start and end <= c.end
            ),
            form,
        )
        if kind == form or told[-1:] != [kind]:
            told.append(kind)
    return told


class Learned:
    """What words speak for, learned from examples.

    Args:
        examples: What each example is told by, from :func:`features`, and the query that it is an example of.
    """

    __slots__ = ("_at", "_names", "_rarity", "_weights")

    def __init__(self, examples: Sequence[tuple[Mapping[str, float], str]]) -> None:
        counts: dict[str, int] = {}
        for found, _ in examples:
            for name in found:
                counts[name] = counts.get(name, 0) + 1
        self._at = {name: number for number, name in enumerate(name for name, n in counts.items() if n > 1)}
        self._rarity = {name: sqrt(log(len(examples) / counts[name])) for name in self._at}
        self._names = {name: number for number, name in enumerate(dict.fromkeys(of for _, of in examples))}
        rows = np.stack([self._row(found) for found, _ in examples])
        right = np.zeros((len(examples), len(self._names)), dtype=np.float32)
        for number, (_, of) in enumerate(examples):
            right[number, self._names[of]] = 1.0
        inner = rows @ rows.T
        inner[np.diag_indices_from(inner)] += _RIDGE
        self._weights: Array = rows.T @ np.linalg.solve(inner, right)

    def of(self, found: Mapping[str, float]) -> dict[str, float]:
        """How much a question speaks for each query: 1 for one like its examples, about 0 for one unlike them.

        Args:
            found: What the question is told by.
        """
        speaks = self._row(found) @ self._weights
        return {name: float(speaks[number]) for name, number in self._names.items()}

    def _row(self, found: Mapping[str, float]) -> Array:
        row = np.zeros(len(self._at), dtype=np.float32)
        for name, weight in found.items():
            if name in self._at:
                row[self._at[name]] = weight * self._rarity[name]
        length = float(np.linalg.norm(row))
        return row / length if length else row
