"""The label that shares most of its telling words with a phrase, in whatever order and with whatever between them.

"sale or merger of our company" holds no label as it stands, but has the words of "merger or sale of company". A phrase
and a label are as near as the geometric mean of two shares: of what the phrase says, how much the label says too; and
of what the label says, how much the phrase says too. A word weighs the more, the fewer labels have it, and less in a
clause behind the head of the phrase.

Static word vectors, which would also bring near each other words that are not the same, were measured in its place;
the documentation has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from privagraph.ontology.matching import Index, Label
from privagraph.ontology.words import nouns_of

__all__ = ["Near", "Nearest"]


_SHARED = 2
"""How many telling words a label must share with a phrase: "size" alone is no "company size"."""


class Near(NamedTuple):
    """The label that is nearest to a phrase.

    Attributes:
        label: The label.
        nearness: From 0, no telling word in common, to 1, the same telling words.
    """

    label: Label
    nearness: float


class Nearest:
    """The labels of one kind, by the words that they have.

    Args:
        labels: The labels that stand for a concept. Those with a number are left out: "Article 9 (2) i" is not nearly
            "Article 9 (2) f".
        index: Brings words to the forms in which they are compared, and knows how rare each is.
        fillers: Words that tell nothing.
    """

    __slots__ = ("_fillers", "_forms", "_index", "_labels", "_postings", "_totals")

    def __init__(self, labels: Iterable[Label], index: Index, fillers: frozenset[str]) -> None:
        self._index, self._fillers = index, fillers
        self._labels: list[Label] = []
        self._forms: list[frozenset[str]] = []
        self._totals: list[float] = []
        self._postings: dict[str, list[int]] = {}
        form_of, rarity = index.form, index.rarity
        for label in labels:
            forms = frozenset(form_of(word) for word in nouns_of(label.text) if word not in fillers)
            if len(forms) >= _SHARED and not any(form.isdigit() for form in forms):
                for form in forms:
                    self._postings.setdefault(form, []).append(len(self._labels))
                self._labels.append(label)
                self._forms.append(forms)
                self._totals.append(sum(rarity(form, unknown=True) for form in forms))

    def find(self, nouns: Sequence[str], places: Sequence[float], *, least: float) -> Near | None:
        """The nearest label, the earlier one of two that are equally near; None when no label is near enough.

        Args:
            nouns: The words of the phrase, each in its noun form.
            places: How much each of them counts for where it stands.
            least: How near a label must be.
        """
        rarities: dict[str, float] = {}
        weights: dict[str, float] = {}
        for word, place in zip(nouns, places, strict=True):
            if word not in self._fillers:
                form = self._index.form(word)
                rarities[form] = rarity = self._index.rarity(form, unknown=True)
                weights[form] = max(weights.get(form, 0.0), place * rarity)
        if len(weights) < _SHARED:
            return None
        total = sum(weights.values())
        said, totals = weights.keys(), self._totals
        best, nearest = -1, least * least * total
        for at in self._candidates(weights, nearest):
            shared = said & self._forms[at]
            if len(shared) < _SHARED:
                continue
            of_phrase = of_label = 0.0
            for form, weight in weights.items():  # in one order, so that sums are the same each time
                if form in shared:
                    of_phrase += weight
                    of_label += rarities[form]
            near = of_phrase * of_label / totals[at]
            if near > nearest or (near == nearest and (at < best or best < 0)):
                best, nearest = at, near
        return Near(self._labels[best], sqrt(nearest / total)) if best >= 0 else None

    def _candidates(self, weights: Mapping[str, float], least: float) -> set[int]:
        """The labels that may share as much weight with a phrase as they must.

        A label that has none of the words that weigh most cannot, once the rest of the words weigh less than that.
        """
        found: set[int] = set()
        rest = sum(weights.values())
        for form in sorted(weights, key=lambda form: (-weights[form], form)):
            if rest < least:
                break
            found.update(self._postings.get(form, ()))
            rest -= weights[form]
        return found
