"""The questions of the catalogue, and how near each of them is to one that a person asks.

Each named query is known by several *phrasings*: its title, its question, other ways to ask it that its header has
(``asked``), and those of ``phrasings.yml``. Two figures say how near one is:

- *covered*: how much of what the question says the phrasings of the query say too, all taken together, from 0 to 1. A
  term that is in several phrasings counts more than one that is in a single one, with less and less gain, as in BM25
  (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.4). A word tells the more, the fewer
  queries have it; one that no query has tells most, so a question about something else stays far from all of them;
- *learned*: how much the question is like the phrasings of this query and unlike those of the others
  (:mod:`privagraph.queries.asking.learned`), which tells sister questions apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from math import log
from typing import Final

from privagraph.queries.asking.learned import Learned, features
from privagraph.queries.asking.parameters import kinds_of
from privagraph.queries.asking.phrasings import texts_of
from privagraph.queries.asking.spoken import PLACE, Spoken, Unit, keys_of, place_of
from privagraph.queries.asking.terms import thesaurus
from privagraph.queries.catalogue import Query

__all__ = ["Comparison", "Index"]

_GAIN: Final = 0.6
"""How slowly a term that is in more phrasings counts more."""
_NEEDED: Final = 0.65
_TAKEN: Final = 0.45
"""What the words count that give a query a parameter, needed or not."""
_IN_TAGS, _IN_ID = 0.5, 0.5
"""What a term counts that is in the tags or the id of a query, against one in a phrasing."""
_MOST_TOLD: Final = 3.5
"""No word tells more than this: that one is new to the catalogue says little about a question of many words."""
_NAME_TELLS: Final = 2.0
"""How much a name tells, whichever it is."""
_LEARNED: Final = 0.5
"""What is learned counts, against what is covered."""

_OTHERS: Final = (
    *(
        "bank details",
        "browsing history",
        "medical records",
        "exact location",
        "IP addresses",
        "fingerprints",
    ),
    *(
        "contact list",
        "e-mail address",
        "photos",
        "passwords",
        "school records",
        "phone number",
        "messages",
        "name",
    ),
)
"""Categories of data, one for each query that is about some of them."""
_VARIED: Final = 4
"""With how many of them a phrasing is learned that names another."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question, ready to be held against each query.

    Attributes:
        units: Its words and phrases.
        tell: How much each of them tells.
        learned: How much it speaks for each query.
    """

    units: tuple[Unit, ...]
    tell: tuple[float, ...]
    learned: Mapping[str, float]


class Index:
    """The phrasings of some queries.

    Args:
        queries: The queries, such as those of :func:`privagraph.queries.catalogue.catalogue`.
    """

    __slots__ = ("_gains", "_learned", "_rarity", "_unknown", "words")

    def __init__(self, queries: Sequence[Query]) -> None:
        words = thesaurus()
        said = {query.id: _phrasings(query) for query in queries}
        counts = {query.id: _counts(query, [spoken for _, spoken in said[query.id]]) for query in queries}
        frequency: dict[str, int] = {}
        for found in counts.values():
            for key in found:
                frequency[key] = frequency.get(key, 0) + 1
        self._rarity = {key: log(1.0 + len(queries) / count) for key, count in frequency.items()}
        self._unknown = log(1.0 + len(queries))
        self.words = frozenset(key for key in frequency if key.isalnum())
        """The stems that the phrasings have."""
        self._gains: dict[str, dict[str, float]] = {}
        """What each term counts that the phrasings of a query have."""
        for query in queries:
            keys = [keys_of(spoken) for _, spoken in said[query.id]]
            self._gains[query.id] = {
                key: count
                if key.startswith(PLACE)
                else count / (count + _GAIN) * max(_IN_TAGS, *(each.get(key, 0.0) for each in keys))
                for key, count in counts[query.id].items()
            }
        self._learned = Learned(
            [
                (features(text, words.forms(text), spoken), query.id)
                for query in queries
                for text, spoken in (*said[query.id], *_varied(query, said[query.id]))
            ]
        )

    def compared(self, text: str, question: Spoken) -> Comparison:
        """A question, ready to be held against each query.

        Args:
            text: The text of the question.
            question: The same as words and phrases.
        """
        forms = thesaurus().forms(text, known=self.words)
        tell = tuple(self._tells(unit) for unit in question.units)
        return Comparison(question.units, tell, self._learned.of(features(text, forms, question)))

    def nearness(self, query: Query, question: Comparison, places: Mapping[str, tuple[int, int]]) -> float:
        """How near a query is to a question, from 0 to 1.

        Args:
            query: One of the index's queries.
            question: The question, from :meth:`compared`.
            places: Where the words stand that give the query's parameters their values, by the parameter's name.
        """
        whole = sum(question.tell)
        if not whole:
            return 0.0
        gains = self._gains[query.id]
        covered = sum(
            tell * max(_said(gains, unit), _filled(gains, unit, places))
            for unit, tell in zip(question.units, question.tell, strict=True)
        )
        learned = min(1.0, max(0.0, question.learned[query.id]))
        return (1.0 - _LEARNED) * covered / whole + _LEARNED * learned

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


def _said(gains: Mapping[str, float], unit: Unit) -> float:
    """What a word counts that the phrasings of a query have."""
    return max((weight * gains.get(key, 0.0) for key, weight in unit.keys.items()), default=0.0)


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


def _varied(query: Query, phrasings: Sequence[tuple[str, Spoken]]) -> Iterator[tuple[str, Spoken]]:
    """Phrasings of a query that needs a concept with others in the place of theirs, for it may be any."""
    kinds = {kind for param in query.params if param.required for kind in kinds_of(query, param)}
    others = cycle(_OTHERS)
    for text, spoken in phrasings:
        taken = next((c for c in spoken.concepts if c.kind == "data_category" and c.kind in kinds), None)
        if taken is not None:
            for other in islice(others, _VARIED):
                varied = text[: taken.start] + other + text[taken.end :]
                yield varied, Spoken.of(varied, thesaurus().terms(varied), asked=False)


def _counts(query: Query, phrasings: Sequence[Spoken]) -> dict[str, float]:
    """How often the phrasings of a query have each term."""
    counts = {place_of(param.name): _NEEDED if param.required else _TAKEN for param in query.params}
    for phrasing in phrasings:
        for key, weight in keys_of(phrasing).items():
            counts[key] = counts.get(key, 0.0) + weight
    for words, weight in ((query.id, _IN_ID), (" ".join(query.tags), _IN_TAGS)):
        for term in thesaurus().terms(words.replace("-", " ")):
            counts[term.key] = counts.get(term.key, 0.0) + weight * term.weight
    return counts
