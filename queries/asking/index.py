"""The questions of the catalogue, and how near each of them is to one that a person asks.

Each named query is known by several *phrasings*: its title, its question and, where its header has them, other ways to
ask it (``asked``). Two figures say how near one is, both shares from 0 to 1 of what words tell:

- *covered*: how much of what the question says the phrasings of the query say too, all taken together. A term that is
  in several phrasings counts more than one that is in a single one, with less and less gain, as in BM25 (Robertson and
  Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.4);
- *alike*: the nearest single phrasing, by the geometric mean of two shares: of what the question says, how much the
  phrasing says, and the other way round.

A word tells the more, the fewer queries have it; one that no query has tells most, and nothing covers it. So a question
about something else stays far from all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from privagraph.queries.asking.concepts import Concept, concepts_in
from privagraph.queries.asking.terms import Term, thesaurus
from privagraph.queries.catalogue import Query

__all__ = ["Index", "Spoken", "Unit"]

_GAIN: Final = 0.6
"""How slowly a term that is in more phrasings counts more."""
_NEEDED: Final = 3.0
_TAKEN: Final = 1.5
"""How often the phrasings of a query count as having the words that give it a parameter, needed or not."""
_IN_TAGS: Final = 0.5
_IN_ID: Final = 0.5
_TURNS: Final[Mapping[str, tuple[float, float]]] = {
    "=corpus": (0.85, 0.9),
    "=lack": (0.8, 0.95),
    "=deny": (0.8, 0.95),
    "=contradict": (0.8, 0.9),
}
"""Terms that turn a question into another one: "which policies", "without", "deny". What a query keeps of its nearness
when most of its phrasings have the term and the question does not, and the other way round."""
_PLACE: Final = ":"
_NAME: Final = ":name of an organisation"
_NAME_TELLS: Final = 2.0
_ALIKE: Final = 0.5
"""What the nearest phrasing counts, against all phrasings together."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase, with all that it may say.

    Attributes:
        start: Offset of its first character.
        end: Offset after it.
        keys: What it may say: terms, concepts and places for parameters, each with how much it counts.
    """

    start: int
    end: int
    keys: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question, or a phrasing of one, as it is compared.

    Attributes:
        units: Its words and phrases that tell something, in order.
        concepts: The concepts of the vocabulary that it names.
    """

    units: tuple[Unit, ...]
    concepts: tuple[Concept, ...]

    @classmethod
    def of(cls, text: str, terms: Iterable[Term], *, asked: bool) -> Spoken:
        """A text with its terms and concepts.

        Args:
            text: The text.
            terms: Its terms.
            asked: Whether a person asks it; the concepts above the ones that are named count then too.
        """
        concepts = concepts_in(text)
        places: dict[tuple[int, int], dict[str, float]] = {}
        for term in terms:
            keys = places.setdefault((term.start, term.end), {})
            keys[term.key] = max(term.weight, keys.get(term.key, 0.0))
        for (start, end), keys in places.items():
            for concept in concepts:
                if concept.start <= start and end <= concept.end:
                    keys.update(concept.keys if asked else {concept.iri: 1.0})
        units = tuple(Unit(start, end, keys) for (start, end), keys in sorted(places.items()))
        return cls(units, concepts)

    def filled(self, places: Mapping[str, tuple[int, int]]) -> Spoken:
        """The same, with the words marked that give a parameter its value.

        Args:
            places: Where the words of each parameter stand, by its name.
        """
        units = self.units
        for name, (start, end) in places.items():
            units = tuple(
                Unit(unit.start, unit.end, {**unit.keys, _place(name): 1.0})
                if start <= unit.start and unit.end <= end
                else unit
                for unit in units
            )
        return Spoken(units, self.concepts)

    def with_names(self, names: Iterable[tuple[int, int]]) -> Spoken:
        """The same, with the words of some names taken as one each.

        Args:
            names: Where the names stand.
        """
        units = self.units
        for start, end in names:
            others = [unit for unit in units if unit.end <= start or end <= unit.start]
            units = tuple(sorted((*others, Unit(start, end, {_NAME: 1.0})), key=lambda unit: unit.start))
        return Spoken(units, self.concepts)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A query of the catalogue: its phrasings, and how often they hold each term."""

    phrasings: tuple[tuple[Spoken, Mapping[str, float]], ...]
    counts: Mapping[str, float]
    gains: Mapping[str, float]
    turns: frozenset[str]


class Index:
    """The phrasings of some queries.

    Args:
        queries: The queries, such as those of :func:`privagraph.queries.catalogue.catalogue`.
    """

    __slots__ = ("_entries", "_rarity", "_unknown", "words")

    def __init__(self, queries: Sequence[Query]) -> None:
        self._entries = {query.id: _entry(query) for query in queries}
        counts: dict[str, int] = {}
        for entry in self._entries.values():
            for key in entry.counts:
                counts[key] = counts.get(key, 0) + 1
        size = len(self._entries)
        self._rarity = {key: log(1.0 + size / count) for key, count in counts.items()}
        self._unknown = log(1.0 + size)
        self.words = frozenset(key for key in counts if key.isalnum())
        """The stems that the phrasings have."""

    def nearness(self, query: Query, question: Spoken) -> float:
        """How near a query is to a question, from 0 to 1.

        Args:
            query: One of the index's queries.
            question: The question, with the words marked that give the query's parameters their values.
        """
        entry = self._entries[query.id]
        covered = self._share(question, entry.gains)
        if not covered:
            return 0.0
        said = _keys(question)
        places = {key: 1.0 for key in entry.gains if key.startswith(_PLACE)}
        alike = max(
            sqrt(self._share(question, phrasing_keys | places) * self._share(phrasing, said))
            for phrasing, phrasing_keys in entry.phrasings
        )
        score = (1.0 - _ALIKE) * covered + _ALIKE * alike
        for turn, (unasked, unanswered) in _TURNS.items():
            if turn in entry.turns and said.get(turn, 0.0) < 1.0:
                score *= unasked
            elif turn not in entry.turns and said.get(turn, 0.0) == 1.0:
                score *= unanswered
        return score

    def knows(self, unit: Unit) -> bool:
        """Whether any query has something of what a word or phrase says."""
        return not self._rarity.keys().isdisjoint(unit.keys)

    def _share(self, spoken: Spoken, there: Mapping[str, float]) -> float:
        """How much of what a text tells is there."""
        whole = found = 0.0
        for unit in spoken.units:
            tells = self._tells(unit)
            whole += tells
            found += tells * max((weight * there.get(key, 0.0) for key, weight in unit.keys.items()))
        return found / whole if whole else 0.0

    def _tells(self, unit: Unit) -> float:
        """How much a word or phrase tells: the mean over all that it may say, concepts and places left out."""
        if not any(unit.keys.values()):
            return 0.0
        keys = [key for key, weight in unit.keys.items() if weight and ":" not in key]
        if not keys:
            return _NAME_TELLS
        return sum(self._rarity.get(key, self._unknown) for key in keys) / len(keys)


def _entry(query: Query) -> _Entry:
    read = thesaurus().terms
    texts = (query.title, query.question, *query.asked)
    phrasings = tuple(Spoken.of(text, read(text), asked=False) for text in texts)
    counts = {_place(param.name): _NEEDED if param.required else _TAKEN for param in query.params}
    for phrasing in phrasings:
        for key, weight in _keys(phrasing).items():
            counts[key] = counts.get(key, 0.0) + weight
    for words, weight in ((query.id, _IN_ID), (" ".join(query.tags), _IN_TAGS)):
        for term in read(words.replace("-", " ")):
            counts[term.key] = counts.get(term.key, 0.0) + weight * term.weight
    said = [_keys(phrasing) for phrasing in phrasings]
    return _Entry(
        phrasings=tuple(zip(phrasings, said, strict=True)),
        counts=counts,
        gains={key: count / (count + _GAIN) for key, count in counts.items()},
        turns=frozenset(turn for turn in _TURNS if 2 * sum(turn in keys for keys in said) >= len(said)),
    )


def _place(param: str) -> str:
    return _PLACE + param


def _keys(spoken: Spoken) -> dict[str, float]:
    keys: dict[str, float] = {}
    for unit in spoken.units:
        for key, weight in unit.keys.items():
            keys[key] = max(weight, keys.get(key, 0.0))
    return keys
