"""An observation about the words of a policy, and how it is written into a graph.

Observations are named by what they say, as all nodes are: ``<policy>/observation/{kind}/{start}-{end}``, with the
second place behind it where there are two. Their spans are written as those of mentions (see docs/graph-model.md), so
that whoever shows a mention's words can show theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from privagraph.ontology.evidence import shortened, span_iri, span_quads
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.vocabulary import vocabulary

__all__ = ["Observation", "observation_quads"]


@dataclass(frozen=True, slots=True)
class Observation:
    """Something about the words of a policy.

    Attributes:
        kind: CURIE or IRI of its class, which is below ``pg:Observation``.
        spans: Where its words stand: its own first, then those that they stand against.
        about: IRIs of the practices and mentions that it is about.
        confidence: How sure it is, from 0 to 1; None where nothing but the words themselves is judged.
        note: What a reader should know besides, in one or two sentences.
    """

    kind: str
    spans: tuple[Span, ...]
    about: tuple[str, ...] = ()
    confidence: float | None = None
    note: str = ""


def observation_quads(policy: PolicyView, observation: Observation) -> Iterator[ox.Quad]:
    """The statements of an observation.

    Args:
        policy: The policy that it is about.
        observation: What was observed.

    Raises:
        UnknownTermError: Its kind is no term of the vocabulary.
        ValueError: It has no span, or one that does not lie in the text.
    """
    if not observation.spans:
        raise ValueError(f"an observation of kind {observation.kind} has no words")
    kind = vocabulary().term(observation.kind)
    name = kind.iri.rpartition("#")[2]
    places = "-".join(f"{span.start}-{span.end}" for span in observation.spans[:2])
    graph, node = ox.NamedNode(policy.iri), ox.NamedNode(f"{policy.iri}/observation/{name}/{places}")

    def say(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(expand(predicate)), value, graph)

    first = observation.spans[0]
    words = shortened(policy.text[first.start : first.end])
    yield say(ox.NamedNode(policy.iri), "pg:hasObservation", node)
    yield say(node, "rdf:type", ox.NamedNode(expand("pg:Observation")))
    yield say(node, "rdf:type", ox.NamedNode(kind.iri))
    yield say(node, "rdfs:label", ox.Literal(f"{kind.label}: {words}"))
    if observation.confidence is not None:
        sure = Decimal(observation.confidence).quantize(Decimal("0.0001")).normalize()
        decimal = ox.NamedNode(expand("xsd:decimal"))
        yield say(node, "pg:confidence", ox.Literal(f"{sure:f}", datatype=decimal))
    if observation.note:
        yield say(node, "rdfs:comment", ox.Literal(observation.note, language="en"))
    for about in observation.about:
        yield say(node, "pg:observes", ox.NamedNode(about))
    for number, span in enumerate(observation.spans):
        target = ox.NamedNode(span_iri(policy.iri, span.start, span.end))
        yield say(node, "pg:evidence" if number == 0 else "pg:otherEvidence", target)
        yield from span_quads(policy.iri, policy.text, span.start, span.end)
