"""What the graph says of a policy beside its sentences: its files, its hash, its laws, what was observed in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import Span, read_confidence, read_offset
from privagraph.ontology.vocabulary import vocabulary

__all__ = ["GraphFacts", "Observed", "SourceFile"]

_PROPERTIES = frozenset(
    map(
        expand,
        (
            "pg:contentHash", "pg:inputHash", "pg:fileName", "pg:namesRegulation", "pg:extractor", "pg:operatedBy",
            "pg:kindOfService", "pg:duration", "pg:mention", "pg:hasObservation", "pg:evidence", "pg:otherEvidence",
            "pg:confidence", "rdf:type", "rdfs:comment", "rdfs:label", "dct:format", "dct:date", "schema:url",
            "schema:email", "schema:telephone", "schema:address", "dpv:hasDataController",
            "dpv:hasDataProtectionOfficer", "prov:wasDerivedFrom", "prov:wasGeneratedBy", "oa:hasSelector", "oa:start",
            "oa:end",
        ),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a policy was read from."""

    name: str
    format: str
    hash: str
    address: str
    collected: str


@dataclass(frozen=True, slots=True)
class Observed:
    """A contradiction, or a narrowing, that the graph holds.

    Attributes:
        kind: IRI of its class.
        real: Whether it is a contradiction; a narrowing only seems to be one.
        one: Where its words stand.
        other: Where the words stand that they are against.
        note: What a reader should know besides.
        confidence: From 0 to 1; None where it says none.
    """

    kind: str
    real: bool
    one: Span
    other: Span
    note: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class GraphFacts:
    """The nodes of one policy's graph with those of their properties that a report shows."""

    policy: str
    said: Mapping[str, Mapping[str, list[str]]] = field(repr=False)

    @classmethod
    def read(cls, policy: str, quads: Iterable[ox.Quad]) -> GraphFacts:
        """Read a policy's graph.

        Args:
            policy: Its IRI.
            quads: Its quads.
        """
        said: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value, _ in quads:
            if (
                predicate.value in _PROPERTIES
                and isinstance(subject, ox.NamedNode)
                and isinstance(value, ox.NamedNode | ox.Literal)
            ):
                said.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
        return cls(policy, said)

    def all(self, node: str, curie: str) -> list[str]:
        """The values of a property, sorted."""
        return sorted(self.said.get(node, {}).get(expand(curie), ()))

    def one(self, node: str, curie: str) -> str:
        """The first value in the alphabet, or nothing."""
        return min(self.said.get(node, {}).get(expand(curie), ()), default="")

    @property
    def company(self) -> str | None:
        """IRI of the organisation whose policy it is; None where it is not known."""
        return self.one(self.policy, "dpv:hasDataController") or None

    def sources(self) -> tuple[SourceFile, ...]:
        """The files that it was read from, sorted by name."""
        found = (
            SourceFile(
                self.one(each, "pg:fileName"),
                self.one(each, "dct:format"),
                self.one(each, "pg:inputHash"),
                self.one(each, "schema:url"),
                self.one(each, "dct:date"),
            )
            for each in self.all(self.policy, "prov:wasDerivedFrom")
        )
        return tuple(sorted((each for each in found if each.name), key=lambda each: (each.name, each.hash)))

    def durations(self) -> dict[str, str]:
        """The length of time (ISO 8601) that each mention of retention gives, by the mention's IRI."""
        return {
            mention: self.one(node, "pg:duration")
            for node in sorted(self.said)
            for mention in self.all(node, "pg:mention")
            if self.one(node, "pg:duration")
        }

    def observed(self) -> tuple[Observed, ...]:
        """The contradictions and narrowings that mapping wrote into the graph, in the order of the text."""
        found = []
        words = vocabulary()
        for node in self.all(self.policy, "pg:hasObservation"):
            for kind in self.all(node, "rdf:type"):
                if kind not in words or kind == expand("pg:Observation"):
                    continue
                real = words.is_a(kind, "pg:Contradiction")
                one, other = (
                    self._span(self.one(node, step)) for step in ("pg:evidence", "pg:otherEvidence")
                )
                if one is not None and other is not None and (real or words.is_a(kind, "pg:Narrowing")):
                    note, sure = (
                        self.one(node, "rdfs:comment"),
                        read_confidence(self.one(node, "pg:confidence")),
                    )
                    found.append(Observed(kind, real, one, other, note, sure))
        return tuple(sorted(found, key=lambda each: (not each.real, each.one, each.other, each.kind)))

    def _span(self, node: str) -> Span | None:
        for selector in self.all(node, "oa:hasSelector"):
            start, end = (read_offset(self.one(selector, part)) for part in ("oa:start", "oa:end"))
            if start is not None and end is not None and start < end:
                return Span(start, end)
        return None
