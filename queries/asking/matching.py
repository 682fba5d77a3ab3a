"""Which question of the catalogue a person asks, and with which parameters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from privagraph.queries.asking.index import Comparison, Index
from privagraph.queries.asking.names import NamedPolicy, Names
from privagraph.queries.asking.parameters import Question, Reading, value_of_policy
from privagraph.queries.asking.phrasings import beyond, texts_of
from privagraph.queries.asking.spoken import Spoken
from privagraph.queries.asking.terms import thesaurus
from privagraph.queries.catalogue import Query, catalogue
from privagraph.queries.summaries import PolicySummary

__all__ = ["Match", "Matcher", "Near", "matcher"]

_LEAST: Final = 0.2
"""What the nearest query must reach, less what the nearest topic beyond the catalogue takes from it."""
_BEYOND: Final = 0.7
"""What such a topic takes, of its own nearness. Both were set on 350 questions written for it and 32 on other topics:
one in seventy is refused then, and fifteen in sixteen of the others."""
_SURE: Final = 0.45
_AHEAD: Final = 0.05
"""How much nearer the first query must be than the second for a sure match."""
_OPEN: Final = 0.7
"""What a query keeps of its nearness when the question does not give a parameter that it needs."""
_GIVEN: Final = 1.1
"""What a query gains when the question gives all that it needs: it is the one about that very thing."""
_OF_ALL: Final = 0.8
"""What a query about all policies keeps of it when the question names one."""
_THEY: Final = "they"
_NEAR: Final = 4
_NEAR_ENOUGH: Final = 0.5
"""How near a query must be, against the first, to be offered beside it."""


@dataclass(frozen=True, slots=True)
class Near:
    """A named query, and how near it is to what was asked.

    Attributes:
        query: The query.
        score: How near, from 0 to 1.
        readings: The values for its parameters that the question gives.
        missing: Names of the parameters that it needs and the question does not give.
    """

    query: Query
    score: float
    readings: tuple[Reading, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a question was matched to.

    Attributes:
        question: The question.
        best: The nearest query, or None when none is near enough.
        sure: Whether the nearest query is near, and nearer than all others by a margin.
        near: Other queries that come near, nearest first; where there is no best one, the nearest of all.
        policies: The policies that the question names.
        unread: Words of the question that no question of the catalogue has, and that name no policy.
        words: The terms of the question, to tell what it asks of several policies.
    """

    question: str
    best: Near | None
    sure: bool
    near: tuple[Near, ...]
    policies: tuple[NamedPolicy, ...]
    unread: tuple[str, ...]
    words: frozenset[str]


class Matcher:
    """Matches questions to named queries.

    Args:
        queries: The queries; those of the catalogue when None.

    Example:
        >>> match = Matcher().match("How long do they store my data?")
        >>> match.best.query.tags
        ('retention',)
    """

    __slots__ = ("_beyond", "_exact", "_index", "_queries")

    def __init__(self, queries: Sequence[Query] | None = None) -> None:
        self._queries = catalogue() if queries is None else tuple(queries)
        self._beyond = beyond()
        self._exact = {
            _plain(text): query.id
            for query in reversed(self._queries)
            for text in reversed(texts_of(query)[1:])
        }
        self._index = Index((*self._queries, *self._beyond))

    def match(
        self,
        question: str,
        policies: Sequence[PolicySummary] = (),
        *,
        preferred: Collection[str] | None = None,
    ) -> Match:
        """The named query that a question asks, if there is one.

        Args:
            question: The question, in plain English.
            policies: The policies that it may name.
            preferred: IRIs of those that are meant where a name fits others too, such as the current versions; None
                when none goes before others.
        """
        words = thesaurus()
        known = self._index.words
        ordinary = known | words.words
        named = _preferred(Names(policies, ordinary=ordinary).find(question), preferred)
        text = _with_they(question, named)
        terms = words.terms(text, known=known, names=True)
        spoken = Spoken.of(text, terms, asked=True)
        asked = Question(
            text,
            concepts=spoken.concepts,
            policies=named,
            called=value_of_policy(policies),
            ordinary=ordinary,
        )
        spoken = spoken.with_names((each.start, each.end) for each in asked.organisations)
        compared = self._index.compared(text, spoken)
        exact = self._exact.get(_plain(text))
        found = sorted(
            (self._near(query, asked, compared, exact=query.id == exact) for query in self._queries),
            key=lambda near: (-near.score, near.query.id),
        )
        first, second = found[0], found[1]
        other = max((self._index.nearness(topic, compared, {}) for topic in self._beyond), default=0.0)
        best = first if exact or first.score - _BEYOND * other >= _LEAST else None
        near = [each for each in found[1 if best else 0 :] if each.score > _NEAR_ENOUGH * first.score]
        return Match(
            question,
            best,
            best is not None and first.score >= _SURE and first.score - second.score >= _AHEAD,
            tuple(near[:_NEAR]),
            named,
            self._unread(text, spoken, first),
            frozenset(term.key for term in terms),
        )

    def _near(self, query: Query, asked: Question, compared: Comparison, *, exact: bool) -> Near:
        """How near one query is, with the values that the question gives its parameters."""
        readings: list[Reading] = []
        missing: list[str] = []
        for param in query.params:
            taken = {(reading.start, reading.end) for reading in readings}
            reading = next(
                (each for each in asked.readings(query, param) if (each.start, each.end) not in taken), None
            )
            if reading is not None:
                readings.append(reading)
            elif param.required:
                missing.append(param.name)
        places = {reading.param: (reading.start, reading.end) for reading in readings}
        score = self._index.nearness(query, compared, places) * _OPEN ** len(missing)
        if not missing and any(param.required for param in query.params):
            score *= _GIVEN
        if asked.policies and not any(param.type == "policy" for param in query.params):
            score *= _OF_ALL
        return Near(query, 1.0 if exact else round(min(score, 1.0), 3), tuple(readings), tuple(missing))

    def _unread(self, text: str, spoken: Spoken, first: Near) -> tuple[str, ...]:
        """The words that mean nothing to the catalogue, but for those that give a parameter its value."""
        given = [(reading.start, reading.end) for reading in first.readings]
        return tuple(
            text[unit.start : unit.end]
            for unit in spoken.units
            if not self._index.knows(unit)
            and not any(start <= unit.start and unit.end <= end for start, end in given)
        )


def _preferred(named: Sequence[NamedPolicy], preferred: Collection[str] | None) -> tuple[NamedPolicy, ...]:
    if preferred is None:
        return tuple(named)
    return tuple(
        replace(
            each,
            policies=tuple(policy for policy in each.policies if policy.iri in preferred) or each.policies,
        )
        for each in named
    )


def _with_they(question: str, named: Sequence[NamedPolicy]) -> str:
    """The question as somebody asks it who has the policy at hand, "do they sell …", all words where they were."""
    text = question
    for each in named:
        size = each.end - each.start
        they = _THEY if size >= len(_THEY) else ""
        text = text[: each.start] + they.ljust(size) + text[each.end :]
    return text


def _plain(question: str) -> str:
    """A question without case, spaces and marks at its ends."""
    return " ".join(question.casefold().split()).strip(" ?.!\"'“”")


@cache
def matcher() -> Matcher:
    """The matcher of the catalogue, made on first use."""
    return Matcher()
