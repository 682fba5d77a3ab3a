"""The questions of the catalogue, and how near each of them is to one that a person asks.

Each named query is known by several *phrasings*: its title, its question, other ways to ask it that its header has
(``asked``), and those of ``phrasings.yml``. Two figures say how near one is, both shares from 0 to 1 of what words
tell:

- *covered*: how much of what the question says the phrasings of the query say too, all taken together. A term that is
  in several phrasings counts more than one that is in a single one, with less and less gain, as in BM25 (Robertson and
  Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.4);
- *alike*: the nearest single phrasing (and a little the second), by the geometric mean of two shares: of what the
  question says, how much the phrasing says, and the other way round.

A word tells the more, the fewer queries have it; one that no query has tells most, and only words that are near to it
(:mod:`privagraph.queries.asking.vectors`) cover it, and those not wholly. So a question about something else stays far
from all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from privagraph.queries.asking.phrasings import texts_of
from privagraph.queries.asking.spoken import PLACE, Spoken, Unit, keys_of, place_of
from privagraph.queries.asking.terms import thesaurus
from privagraph.queries.asking.vectors import Array, Vectors, vectors
from privagraph.queries.catalogue import Query

__all__ = ["Comparison", "Index"]

_GAIN: Final = 0.6
"""How slowly a term that is in more phrasings counts more."""
_NEEDED: Final = 0.65
_TAKEN: Final = 0.45
"""What the words count that give a query a parameter, needed or not."""
_IN_TAGS, _IN_ID = 0.5, 0.5
"""What a term counts that is in the tags or the id of a query, against one in a phrasing."""
_TURNS: Final[Mapping[str, tuple[float, float]]] = {
    "=corpus": (0.85, 0.9),
    "=lack": (0.8, 0.95),
    "=deny": (0.8, 0.95),
    "=contradict": (0.8, 0.9),
    "=retention": (1.0, 0.85),
}
"""Terms that turn a question into another one: "which policies", "without", "deny", "how long". What a query keeps
of its nearness when most of its phrasings have the term and the question does not, and the other way round."""
_SECOND: Final = 0.2
"""What the second nearest phrasing counts, against the nearest."""
_MOST_TOLD: Final = 3.5
"""No word tells more than this: that one is new to the catalogue says little about a question of many words."""
_SOFT: Final = 0.8
"""What a word that is near to one of a query's phrasings counts, against the same word."""
_NAME_TELLS: Final = 2.0
"""How much a name tells, whichever it is."""
_ALIKE: Final = 0.5
"""What the nearest phrasing counts, against all phrasings together."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question held against all phrasings.

    Attributes:
        units: Its words and phrases.
        tell: How much each of them tells.
        best: How near each of them comes to any word of each phrasing.
        back: How much of each phrasing the question says.
    """

    units: tuple[Unit, ...]
    tell: Array
    best: Array
    back: Array


@dataclass(frozen=True, slots=True)
class _Entry:
    """A query of the catalogue.

    Attributes:
        gains: What each term counts that its phrasings have.
        turns: Those of :data:`_TURNS` that most of its phrasings have.
        phrasings: Its phrasings, from the first to behind the last of the index.
        places: The places for its parameters.
    """

    gains: Mapping[str, float]
    turns: frozenset[str]
    phrasings: slice
    places: frozenset[str]


class Index:
    """The phrasings of some queries.

    Args:
        queries: The queries, such as those of :func:`privagraph.queries.catalogue.catalogue`.
    """

    __slots__ = ("_entries", "_postings", "_rarity", "_starts", "_tell", "_unknown", "_vectors", "words")

    def __init__(self, queries: Sequence[Query]) -> None:
        said = {query.id: _phrasings(query) for query in queries}
        counts = {query.id: _counts(query, said[query.id]) for query in queries}
        frequency: dict[str, int] = {}
        for found in counts.values():
            for key in found:
                frequency[key] = frequency.get(key, 0) + 1
        self._rarity = {key: log(1.0 + len(queries) / count) for key, count in frequency.items()}
        self._unknown = log(1.0 + len(queries))
        self.words = frozenset(key for key in frequency if key.isalnum())
        """The stems that the phrasings have."""
        self._entries: dict[str, _Entry] = {}
        self._postings: dict[str, list[tuple[int, float]]] = {}
        starts: list[int] = []
        tell: list[float] = []
        rows: list[Array] = []
        known = vectors()
        for query in queries:
            phrasings = said[query.id]
            keys = [keys_of(phrasing) for _, phrasing in phrasings]
            self._entries[query.id] = _Entry(
                gains={
                    key: count
                    if key.startswith(PLACE)
                    else count / (count + _GAIN) * max(_IN_TAGS, *(each.get(key, 0.0) for each in keys))
                    for key, count in counts[query.id].items()
                },
                turns=frozenset(
                    turn
                    for turn in _TURNS
                    if 2 * sum(each.get(turn, 0.0) > 0.5 for each in keys) >= len(keys)
                ),
                phrasings=slice(len(starts), len(starts) + len(phrasings)),
                places=frozenset(key for key in counts[query.id] if key.startswith(PLACE)),
            )
            for text, phrasing in phrasings:
                starts.append(len(tell))
                for unit in phrasing.units or (Unit(0, 0, {}),):
                    for key, weight in unit.keys.items():
                        self._postings.setdefault(key, []).append((len(tell), weight))
                    tell.append(self._tells(unit) if unit.keys else 0.0)
                    rows.append(known.of(text[unit.start : unit.end]))
        self._starts, self._tell, self._vectors = (
            np.array(starts),
            np.array(tell, dtype=np.float32),
            np.stack(rows),
        )

    def compared(self, text: str, question: Spoken) -> Comparison:
        """A question, ready to be held against each query.

        Args:
            text: The text of the question.
            question: The same as units.
        """
        units = question.units
        known = vectors()
        said = (
            np.stack([known.of(text[unit.start : unit.end]) for unit in units])
            if units
            else self._vectors[:0]
        )
        near = Vectors.nearness(said, self._vectors)
        for row, unit in enumerate(units):
            if not any(weight for key, weight in unit.keys.items() if ":" not in key):  # a name is no word
                near[row] = 0.0
            for key, weight in unit.keys.items():
                for column, other in self._postings.get(key, ()):
                    near[row, column] = max(near[row, column], weight * other)
        tell = np.array([self._tells(unit) for unit in units], dtype=np.float32)
        if units:
            best = np.maximum.reduceat(near, self._starts, axis=1)
            back = np.add.reduceat(near.max(axis=0) * self._tell, self._starts)
        else:
            size = len(self._starts)
            best, back = np.zeros((0, size), dtype=np.float32), np.zeros(size, dtype=np.float32)
        whole = np.add.reduceat(self._tell, self._starts)
        said_share: Array = (back / np.maximum(whole, 1e-6)).astype(np.float32)
        return Comparison(units, tell, best, said_share)

    def nearness(self, query: Query, question: Comparison, places: Mapping[str, tuple[int, int]]) -> float:
        """How near a query is to a question, from 0 to 1.

        Args:
            query: One of the index's queries.
            question: The question, from :meth:`compared`.
            places: Where the words stand that give the query's parameters their values, by the parameter's name.
        """
        entry = self._entries[query.id]
        whole = float(question.tell.sum())
        if not whole:
            return 0.0
        best = question.best[:, entry.phrasings]
        filled = np.array(
            [_filled(entry.gains, unit, places) for unit in question.units],
            dtype=np.float32,
        )
        hard = np.array(
            [
                max((weight * entry.gains.get(key, 0.0) for key, weight in unit.keys.items()), default=0.0)
                for unit in question.units
            ],
            dtype=np.float32,
        )
        soft = best.max(axis=1) * _SOFT
        covered = float((np.maximum(np.maximum(hard, soft), filled) * question.tell).sum()) / whole
        there = (np.maximum(best, filled[:, None]) * question.tell[:, None]).sum(axis=0) / whole
        near = np.sort(np.sqrt(there * question.back[entry.phrasings]))
        alike = float(near[-1] * (1 - _SECOND) + near[-2] * _SECOND)
        score = (1.0 - _ALIKE) * covered + _ALIKE * alike
        for turn, (unasked, unanswered) in _TURNS.items():
            asked = any(
                unit.keys.get(turn, 0.0) > 0.5 and not value
                for unit, value in zip(question.units, filled, strict=True)
            )
            if (turn in entry.turns) != asked:
                score *= unanswered if asked else unasked
        return score

    def knows(self, unit: Unit) -> bool:
        """Whether any query has something of what a word or phrase says."""
        return not self._rarity.keys().isdisjoint(unit.keys)

    def _tells(self, unit: Unit) -> float:
        """How much a word or phrase tells: the mean over all that it may say, concepts and places left out."""
        if not any(unit.keys.values()):
            return 0.0
        keys = [key for key, weight in unit.keys.items() if weight and ":" not in key]
        keys = [key for key in keys if key[0] == "=" and unit.keys[key] > 0.5] or keys
        if not keys:
            return _NAME_TELLS
        return min(_MOST_TOLD, sum(self._rarity.get(key, self._unknown) for key in keys) / len(keys))


def _filled(gains: Mapping[str, float], unit: Unit, places: Mapping[str, tuple[int, int]]) -> float:
    """What a word counts that gives a parameter its value."""
    return max(
        (
            gains.get(place_of(name), 0.0)
            for name, (start, end) in places.items()
            if start <= unit.start and unit.end <= end
        ),
        default=0.0,
    )


def _phrasings(query: Query) -> list[tuple[str, Spoken]]:
    return [(text, Spoken.of(text, thesaurus().terms(text), asked=False)) for text in texts_of(query)]


def _counts(query: Query, phrasings: Sequence[tuple[str, Spoken]]) -> dict[str, float]:
    """How often the phrasings of a query have each term."""
    counts = {place_of(param.name): _NEEDED if param.required else _TAKEN for param in query.params}
    for _, phrasing in phrasings:
        for key, weight in keys_of(phrasing).items():
            counts[key] = counts.get(key, 0.0) + weight
    for words, weight in ((query.id, _IN_ID), (" ".join(query.tags), _IN_TAGS)):
        for term in thesaurus().terms(words.replace("-", " ")):
            counts[term.key] = counts.get(term.key, 0.0) + weight * term.weight
    return counts
