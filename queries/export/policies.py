"""The policies of an export as plain values, for formats that hold practices, not triples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from privagraph.ontology.namespaces import PREFIXES, compact, expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, read_policy
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.export.source import Source

__all__ = ["Policy", "parts_of", "policies_of", "says_purpose"]

_LEGAL_BASES = (expand("dpv:LegitimateInterest"), PREFIXES["eu-gdpr"])


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy of an export.

    Attributes:
        view: What it says, as values.
        said: Its whole graph: subject, then property, to IRIs and the text of literals, sorted.
    """

    view: PolicyView
    said: Mapping[str, Mapping[str, tuple[str, ...]]]

    def values(self, node: str | None, *properties: str) -> tuple[str, ...]:
        """What is said of a node by some properties (CURIEs), in their order; nothing of None."""
        about = self.said.get(node or "", {})
        return tuple(value for each in properties for value in about.get(expand(each), ()))

    def value(self, node: str | None, *properties: str) -> str:
        """The first of :meth:`values`; empty where there is none."""
        return next(iter(self.values(node, *properties)), "")

    @property
    def controller(self) -> str | None:
        """The organisation whose policy it is; None where the text does not say."""
        return self.value(self.view.iri, "dpv:hasDataController") or None

    def actor(self, practice: PracticeView) -> str | None:
        """The organisation that does a practice, as a controller or as a processor; None where that is not known."""
        return self.value(practice.iri, "dpv:hasDataController", "dpv:hasDataProcessor") or None

    def name(self, iri: str | None) -> str:
        """What people call a concept or an organisation; empty for None."""
        if iri is None:
            return ""
        known = vocabulary()
        if iri in known:
            return known.label(iri)
        label = self.view.label_of(iri)
        return label if label != iri else _readable(iri)

    def named(self, mention: MentionView) -> str:
        """What a mention states: the organisation, else the concept, else its words."""
        return self.name(mention.agent or mention.concept) or mention.quote

    def duration(self, mention: MentionView) -> str:
        """The length of time that a mention of retention gives (ISO 8601); empty where it gives none."""
        stated_by = expand("pg:mention")
        periods = [node for node, about in self.said.items() if mention.iri in about.get(stated_by, ())]
        return next((found for node in periods if (found := self.value(node, "pg:duration"))), "")


def policies_of(source: Source) -> Iterator[Policy]:
    """The policies of an export, in the order of their IRIs, each with the practices that were chosen."""
    chosen = set(source.store.policies())
    for graph, group in groupby(source.quads, key=lambda quad: quad.graph_name):
        if isinstance(graph, ox.NamedNode) and graph.value in chosen:
            quads = list(group)
            yield Policy(read_policy(graph.value, quads), _said(quads))


def parts_of(practice: PracticeView) -> tuple[list[MentionView], list[MentionView]]:
    """What a practice is about, each once, and what it excepts ("with couriers, but not with advertisers")."""
    seen: set[tuple[str, str, bool]] = set()
    stated: list[MentionView] = []
    excepted: list[MentionView] = []
    for each in practice.arguments:
        against = each.denied and not practice.denied
        key = (each.role, each.agent or each.concept or each.quote, against)
        if key not in seen or each.role == "retention":
            (excepted if against else stated).append(each)
        seen.add(key)
    return stated, excepted


def says_purpose(mention: MentionView) -> bool:
    """Whether a mention says what something is for; the mere name of legitimate interests is a legal basis."""
    if mention.role == "legitimate_interest":
        return not (mention.concept or "").startswith(_LEGAL_BASES)
    return mention.role == "purpose"


def _said(quads: list[ox.Quad]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for subject, predicate, value, _ in quads:
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            found.setdefault(subject.value, {}).setdefault(predicate.value, set()).add(value.value)
    return {
        node: {step: tuple(sorted(values)) for step, values in about.items()} for node, about in found.items()
    }


def _readable(iri: str) -> str:
    """The end of an IRI that has no label, as words."""
    name = re.split(r"[#/:]", compact(iri))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name) or iri
