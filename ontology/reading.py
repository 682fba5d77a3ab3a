"""A policy's graph as plain values, for whoever compares sentences with each other.

Shapes and queries look at a graph node by node; what contradicts itself (:mod:`privagraph.shapes.derivation`), what
differs between two versions or two policies, is told from what is said as it is said: text, mentions, practices. Nodes
that lack what every node of their kind has, or whose words do not stand where they should, are left out here; the
profile ``structure`` reports them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand

__all__ = [
    "PROPERTIES",
    "MentionView",
    "PolicyView",
    "PracticeView",
    "Span",
    "read_confidence",
    "read_offset",
    "read_policy",
]

PROPERTIES = frozenset(
    map(
        expand,
        (
            "dct:language",
            "dpv:hasDataController",
            "dpv:hasProcess",
            "oa:end",
            "oa:exact",
            "oa:hasSelector",
            "oa:hasTarget",
            "oa:start",
            "pg:agent",
            "pg:concept",
            "pg:condition",
            "pg:conditionSpan",
            "pg:confidence",
            "pg:deniesPractice",
            "pg:effectiveDate",
            "pg:evidence",
            "pg:fileName",
            "pg:hasArgument",
            "pg:hasMention",
            "pg:hasReference",
            "pg:lastUpdated",
            "pg:modality",
            "pg:polarity",
            "pg:processing",
            "pg:role",
            "pg:text",
            "pg:value",
            "prov:wasDerivedFrom",
        ),
    )
)
"""IRIs of the properties that :func:`read_policy` looks at, but for ``rdfs:label``; half of what a graph says."""

_READ = {ox.NamedNode(iri): iri for iri in (*PROPERTIES, expand("rdfs:label"))}
"""All that is read, as terms of quads and as IRIs; the other half of a graph is passed over without a further look."""

_DIGITS = 18
"""How many digits an offset has at most; no text is longer."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the policy's text.

    Attributes:
        start: Offset of its first character, in code points.
        end: Offset after its last character.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionView:
    """Words of a role.

    Attributes:
        iri: The mention.
        role: Local name of its role, such as ``data_category``.
        denied: Whether the policy denies what the words are about.
        concept: IRI of the concept that the words were grounded to; None where none fits.
        agent: IRI of the organisation that they name; None where they name none.
        value: The normalised value, such as a duration; empty where there is none.
        confidence: How sure the extractor is, from 0 to 1.
        span: Where the words stand.
        quote: The words.
        is_reference: Whether they only refer to data ("your personal data") without saying which.
    """

    iri: str
    role: str
    denied: bool
    concept: str | None
    agent: str | None
    value: str
    confidence: float
    span: Span
    quote: str
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class PracticeView:
    """What is done with which data, or is not.

    Attributes:
        iri: The practice.
        processing: IRI of the operation.
        denied: Whether the policy says that it does not take place.
        modality: ``asserted``, ``possible`` or ``required``.
        condition: The words of its condition ("if you consent"); empty where it has none.
        condition_span: Where they stand.
        evidence: Where the sentence, list item or row stands that states it.
        quote: Its words.
        confidence: How sure the extractor is, from 0 to 1.
        controller: IRI of the organisation that does it; None where that is not known.
        arguments: The words that the practice is about, in the order of the text.
    """

    iri: str
    processing: str
    denied: bool
    modality: str
    condition: str
    condition_span: Span | None
    evidence: Span
    quote: str
    confidence: float
    controller: str | None
    arguments: tuple[MentionView, ...]

    def arguments_of(self, *roles: str) -> tuple[MentionView, ...]:
        """The arguments of some roles, in the order of the text."""
        return tuple(each for each in self.arguments if each.role in roles)


@dataclass(frozen=True, slots=True)
class PolicyView:
    """One policy.

    Attributes:
        iri: The policy.
        text: The canonical text that all offsets count in.
        language: Its BCP 47 tag; empty where it is not said.
        label: What it is called.
        sources: Names of the files that it was read from, sorted.
        effective: The day from which it says it holds.
        updated: The day on which it says it was changed last.
        mentions: All its mentions, in the order of the text, references not among them.
        practices: Its practices and denials, in the order of the text.
        labels: Labels of the organisations and other nodes of the graph, by IRI.
    """

    iri: str
    text: str
    language: str = ""
    label: str = ""
    sources: tuple[str, ...] = ()
    effective: date | None = None
    updated: date | None = None
    mentions: tuple[MentionView, ...] = ()
    practices: tuple[PracticeView, ...] = ()
    labels: Mapping[str, str] | None = None

    def label_of(self, iri: str) -> str:
        """The label that the graph has for a node; its IRI where it has none."""
        return (self.labels or {}).get(iri, iri)

    def mentions_of(self, *roles: str) -> tuple[MentionView, ...]:
        """The mentions of some roles, in the order of the text."""
        return tuple(each for each in self.mentions if each.role in roles)


def read_offset(text: str) -> int | None:
    """The offset that a literal gives; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def read_confidence(text: str) -> float | None:
    """The confidence that a literal gives; None where it is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def read_policy(policy: str, quads: Iterable[ox.Quad]) -> PolicyView:
    """Read one policy.

    Args:
        policy: The policy's IRI.
        quads: The quads of its graph; which named graph they are in does not matter.
    """
    return _Reader(policy, quads).read()


class _Reader:
    """The values of the nodes of one graph."""

    def __init__(self, policy: str, quads: Iterable[ox.Quad]) -> None:
        self._policy = policy
        self._said: dict[str, dict[str, list[str]]] = {}
        for quad in quads:
            named = _READ.get(quad.predicate)
            if named is None:
                continue
            subject, value = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                self._said.setdefault(subject.value, {}).setdefault(named, []).append(value.value)
        self._text = self._one(policy, "pg:text")

    def read(self) -> PolicyView:
        """The policy with all that is said of it."""
        policy = self._policy
        names = [self._one(each, "pg:fileName") for each in self._all(policy, "prov:wasDerivedFrom")]
        mentions = self._mentions(self._all(policy, "pg:hasMention"), is_reference=False)
        references = self._mentions(self._all(policy, "pg:hasReference"), is_reference=True)
        known = {each.iri: each for each in (*mentions, *references)}
        practices = [
            practice
            for denied, step in ((False, "dpv:hasProcess"), (True, "pg:deniesPractice"))
            for iri in self._all(policy, step)
            if (practice := self._practice(iri, known, denied=denied)) is not None
        ]
        label = expand("rdfs:label")
        return PolicyView(
            iri=policy,
            text=self._text,
            language=self._one(policy, "dct:language"),
            label=min(self._all(policy, "rdfs:label"), default=""),
            sources=tuple(sorted({name for name in names if name})),
            effective=_day(self._one(policy, "pg:effectiveDate")),
            updated=_day(self._one(policy, "pg:lastUpdated")),
            mentions=tuple(mentions),
            practices=tuple(sorted(practices, key=lambda each: (each.evidence, each.iri))),
            labels={iri: min(said[label]) for iri, said in self._said.items() if label in said},
        )

    def _mentions(self, iris: Iterable[str], *, is_reference: bool) -> list[MentionView]:
        found = [self._mention(iri, is_reference=is_reference) for iri in iris]
        return sorted((each for each in found if each is not None), key=lambda each: (each.span, each.iri))

    def _mention(self, iri: str, *, is_reference: bool) -> MentionView | None:
        placed = self._place(self._one(iri, "oa:hasTarget"))
        role = self._one(iri, "pg:role")
        if placed is None or not role:
            return None
        return MentionView(
            iri=iri,
            role=role.rpartition("#")[2],
            denied=self._one(iri, "pg:polarity") == expand("pg:denied"),
            concept=self._one(iri, "pg:concept") or None,
            agent=self._one(iri, "pg:agent") or None,
            value=self._one(iri, "pg:value"),
            confidence=read_confidence(self._one(iri, "pg:confidence")) or 0.0,
            span=placed[0],
            quote=placed[1],
            is_reference=is_reference,
        )

    def _practice(self, iri: str, known: Mapping[str, MentionView], *, denied: bool) -> PracticeView | None:
        placed = self._place(self._one(iri, "pg:evidence"))
        if placed is None:
            return None
        condition = self._place(self._one(iri, "pg:conditionSpan"))
        arguments = (known[each] for each in self._all(iri, "pg:hasArgument") if each in known)
        return PracticeView(
            iri=iri,
            processing=self._one(iri, "pg:processing"),
            denied=denied,
            modality=self._one(iri, "pg:modality").rpartition("#")[2],
            condition=self._one(iri, "pg:condition"),
            condition_span=None if condition is None else condition[0],
            evidence=placed[0],
            quote=placed[1],
            confidence=read_confidence(self._one(iri, "pg:confidence")) or 0.0,
            controller=self._one(iri, "dpv:hasDataController") or None,
            arguments=tuple(sorted(arguments, key=lambda each: (each.span, each.iri))),
        )

    def _place(self, span: str) -> tuple[Span, str] | None:
        """Where the words of a span stand, and the words; None where the graph does not say so soundly."""
        said: dict[str, str] = {}
        for selector in self._all(span, "oa:hasSelector"):
            for part in ("oa:start", "oa:end", "oa:exact"):
                if value := self._one(selector, part):
                    said[part] = value
        start, end = (read_offset(said.get(part, "")) for part in ("oa:start", "oa:end"))
        if start is None or end is None or start >= end or self._text[start:end] != said.get("oa:exact"):
            return None
        return Span(start, end), said["oa:exact"]

    def _all(self, subject: str, predicate: str) -> list[str]:
        return self._said.get(subject, {}).get(expand(predicate), [])

    def _one(self, subject: str, predicate: str) -> str:
        """The value, the first in the alphabet of several, or nothing."""
        return min(self._all(subject, predicate), default="")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
