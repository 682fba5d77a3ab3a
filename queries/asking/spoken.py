"""A question, or a phrasing of one, as it is compared: its words and phrases, and all that they may say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from privagraph.queries.asking.concepts import Concept, concepts_in
from privagraph.queries.asking.terms import Term

__all__ = ["NAME", "PLACE", "Spoken", "Unit", "keys_of", "place_of"]

PLACE: Final = ":"
"""Begins the keys of what is no word: names and the places of parameters."""
NAME: Final = ":name of an organisation"
"""The key of the name of an organisation."""


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

    def with_names(self, names: Iterable[tuple[int, int]]) -> Spoken:
        """The same, with the words of some names taken as one each.

        Args:
            names: Where the names stand.
        """
        units = self.units
        for start, end in names:
            others = [unit for unit in units if unit.end <= start or end <= unit.start]
            units = tuple(sorted((*others, Unit(start, end, {NAME: 1.0})), key=lambda unit: unit.start))
        return Spoken(units, self.concepts)


def place_of(param: str) -> str:
    """The key of the place for a parameter."""
    return PLACE + param


def keys_of(spoken: Spoken) -> dict[str, float]:
    """All that a question may say, each with the most that it counts."""
    keys: dict[str, float] = {}
    for unit in spoken.units:
        for key, weight in unit.keys.items():
            keys[key] = max(weight, keys.get(key, 0.0))
    return keys
