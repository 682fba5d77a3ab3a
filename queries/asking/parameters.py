"""The values of a query's parameters, read from the words of a question.

A value is read only where the words give it: a concept by the lexicon or as a CURIE, an organisation that is known or
written in quotation marks, a role by its names, a number and a day as they stand. What the words do not give is left
open, never filled with something likely.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from privagraph.ontology.dates import find_dates
from privagraph.ontology.namespaces import BASE, PREFIXES
from privagraph.ontology.organisations import OrganisationMatch, organisations
from privagraph.ontology.vocabulary import vocabulary
from privagraph.ontology.words import Words, stem
from privagraph.queries.asking.concepts import KINDS, Concept
from privagraph.queries.asking.names import NamedPolicy
from privagraph.queries.asking.terms import thesaurus
from privagraph.queries.catalogue import Param, Query
from privagraph.queries.summaries import PolicySummary

__all__ = ["AGENT", "ORGANISATIONS", "Question", "Reading", "kinds_of", "value_of_policy"]

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "category": ("data_category",),
    "data": ("data_category",),
    "subject": ("data_subject",),
    "purpose": ("purpose",),
    "recipient": ("recipient",),
    "legal_basis": ("legal_basis",),
    "right": ("right",),
    "measure": ("measure",),
    "technology": ("tracking_technology",),
    "place": ("location",),
    "country": ("location",),
    "destination": ("location",),
    "law": ("law",),
    "processing": ("processing",),
}
"""Which kinds of concepts a parameter takes, by its name; one of another name takes any."""

_ABOUT: Final = (("category of data", "data"), ("kind of recipient", "recipient"), ("a purpose", "purpose"))
"""Words of a query's question, and the parameter whose kinds its parameter ``concept`` takes then."""

AGENT: Final = BASE + "agent/"
"""Begins the IRIs of organisations, in a graph of the usual base."""
ORGANISATIONS: Final = frozenset({"recipient", "agent", "organisation", "name", "company", "controller"})
"""Names of the parameters that take an organisation where their type is text or an IRI."""

_CAPITALS: Final = re.compile(r"(?<![\w-])[A-Z][\w&]*[a-z][\w&]*(?:[ .-][A-Z][\w&]*)*")
_QUOTED: Final = re.compile(r"[\"“”«„]([^\"“”»„]{1,80})[\"“”»]")
_IRI: Final = re.compile(r"<?(https?://[^\s<>]+[^\s<>?.,;!)])>?")
_CURIE: Final = re.compile(r"\b([a-z][a-z-]*):[A-Za-z][\w-]*")
_NUMBER: Final = re.compile(r"(?<![\w.,/-])(\d{1,4})(?:\s*(?:%|percent\b|per cent\b))?(?![\w/-])")
_BEFORE_NO_NUMBER: Final = re.compile(
    r"(?:\bart(?:icle)?s?\.?|§|\bunder|\bsection|\bno\.?|\bover)\s*$", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<![\w.,/-])((?:19|20)\d\d)(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value for a parameter, and the words that give it.

    Attributes:
        param: The parameter's name.
        value: The value, as ``privagraph query --param`` takes it.
        words: The words of the question.
        label: What the value is called, where it does not say itself; else "".
        start: Offset of the words.
        end: Offset after them.
    """

    param: str
    value: str
    words: str
    label: str = ""
    start: int = 0
    end: int = 0


class Question:
    """What a question holds that a parameter may take.

    Args:
        text: The question, with blanks in place of the names of policies.
        concepts: The concepts that it names.
        policies: The policies that it names.
        called: How each policy is called as a value.
        ordinary: Stems of words that are no names, even where they are written as such.
    """

    def __init__(
        self,
        text: str,
        *,
        concepts: Sequence[Concept],
        policies: Sequence[NamedPolicy],
        called: Mapping[str, str],
        ordinary: Collection[str] = (),
    ) -> None:
        self.text, self.concepts, self.policies, self._called = text, concepts, policies, called
        self._ordinary = ordinary

    def readings(self, query: Query, param: Param) -> Iterator[Reading]:
        """The values that the question gives a parameter of a query, the likeliest first."""
        match param.type:
            case "policy":
                yield from self._policies(param)
            case "concept":
                yield from self._concepts(param, kinds_of(query, param))
            case "date":
                yield from self._days(param)
            case "integer":
                yield from self._numbers(param)
            case "iri":
                yield from self._iris(param)
            case "string":
                yield from self._texts(param)

    def _policies(self, param: Param) -> Iterator[Reading]:
        for named in self.policies:
            if len(named.policies) == 1:
                policy = named.policies[0]
                yield Reading(
                    param.name, self._called[policy.iri], named.words, policy.title, named.start, named.end
                )

    def _concepts(self, param: Param, kinds: Sequence[str]) -> Iterator[Reading]:
        fitting = [each for each in self.concepts if each.kind in kinds]
        fitting.sort(key=lambda each: (kinds.index(each.kind), each.start - each.end))
        for each in fitting:
            words = self.text[each.start : each.end]
            yield Reading(param.name, each.curie, words, vocabulary().label(each.iri), each.start, each.end)

    def _days(self, param: Param) -> Iterator[Reading]:
        for start, end, day in find_dates(self.text, 0, len(self.text)):
            yield Reading(param.name, day.isoformat(), self.text[start:end], "", start, end)
        for year in _YEAR.finditer(self.text):
            yield Reading(param.name, f"{year[1]}-01-01", year[1], "", *year.span())

    def _numbers(self, param: Param) -> Iterator[Reading]:
        for number in _NUMBER.finditer(self.text):
            if not _BEFORE_NO_NUMBER.search(self.text, 0, number.start()):
                yield Reading(param.name, number[1], number[0], "", *number.span())

    def _iris(self, param: Param) -> Iterator[Reading]:
        for iri in _IRI.finditer(self.text):
            yield Reading(param.name, iri[1], iri[1], "", *iri.span())
        for curie in _CURIE.finditer(self.text):
            if curie[1] in PREFIXES:
                yield Reading(param.name, curie[0], curie[0], "", *curie.span())
        if param.name in ORGANISATIONS:
            for found in self.organisations:
                yield Reading(param.name, AGENT + found.key, found.name, "", found.start, found.end)

    def _texts(self, param: Param) -> Iterator[Reading]:
        if param.name == "role":
            yield from self._roles(param)
            return
        if param.name == "source":
            for named in self.policies:
                if len(named.policies) == 1 and named.policies[0].sources:
                    yield Reading(
                        param.name, named.policies[0].sources[0], named.words, "", named.start, named.end
                    )
            return
        if param.name in ORGANISATIONS:
            for found in self.organisations:
                yield Reading(param.name, found.name, found.name, "", found.start, found.end)
        for quoted in _QUOTED.finditer(self.text):
            yield Reading(param.name, quoted[1].strip(), quoted[1].strip(), "", *quoted.span())

    def _roles(self, param: Param) -> Iterator[Reading]:
        spoken, roles = Words(self.text), thesaurus().roles
        forms = [stem(word) for word in spoken.nouns]
        for size in range(min(6, len(forms)), 0, -1):
            for first in range(len(forms) - size + 1):
                role = roles.get(" ".join(forms[first : first + size]))
                if role is not None:
                    start, end = spoken.starts[first], spoken.ends[first + size - 1]
                    yield Reading(param.name, role, self.text[start:end], "", start, end)

    def _is_name(self, words: str, *, first: bool) -> bool:
        """Whether capitals make a name: of a known organisation, or words that are not ordinary."""
        ordinary = all(stem(word) in self._ordinary for word in Words(words).nouns)
        if organisations().get(organisations().key(words)) is not None:
            return not (first and ordinary)
        return not (first or ordinary)

    @cached_property
    def organisations(self) -> tuple[OrganisationMatch, ...]:
        """The organisations that the question names: known ones, and then words that are written as names are."""
        known = organisations()
        found = known.find(self.text)
        written = [
            OrganisationMatch(run.start(), run.end(), known.key(run[0]), run[0])
            for run in _CAPITALS.finditer(self.text)
            if self._is_name(run.group(), first=not run.start())
            and not any(each.start < run.end() and run.start() < each.end for each in found)
            and not any(each.start < run.end() and run.start() < each.end for each in self.concepts)
        ]
        return (*found, *sorted(written, key=lambda each: known.get(each.key) is None))


def kinds_of(query: Query, param: Param) -> tuple[str, ...]:
    """The kinds of concepts that a parameter takes, those named by CURIE first."""
    name = param.name
    if name == "concept":
        name = next((kind for words, kind in _ABOUT if words in query.question), name)
    return ("", *_KINDS.get(name, KINDS))


def value_of_policy(policies: Sequence[PolicySummary]) -> dict[str, str]:
    """How each policy is called as a parameter's value, by its IRI: by a file's name or a title that no other has."""
    counts: dict[str, int] = {}
    for policy in policies:
        for name in {*policy.sources, policy.title}:
            counts[name] = counts.get(name, 0) + 1
    return {
        policy.iri: next((name for name in (*policy.sources, policy.title) if counts[name] == 1), policy.iri)
        for policy in policies
    }
