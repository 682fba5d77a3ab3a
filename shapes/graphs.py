"""One policy at a time: the graph that the shapes are checked on.

A store is cut into policies, so that a thousand of them need no more memory than the largest. Each gets the
types and the ``skos:broader`` hierarchy of the vocabulary's terms that it uses, and of these alone: a term of
the vocabulary then has a type and a way up, and one that does not exist has neither.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

import pyoxigraph as ox

from privagraph.ontology.namespaces import DPV_PREFIXES, PREFIXES, VOCABULARY_GRAPH, expand
from privagraph.ontology.vocabulary import TermKind, Vocabulary, vocabulary

__all__ = [
    "PolicySource",
    "policy_graphs",
    "quiet_literals",
    "whole_graph",
    "with_terms",
    "without_observations",
]

_TYPE, _BROADER = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("skos:broader"))
_POLICY = ox.NamedNode(expand("pg:PrivacyPolicy"))
_OBSERVATION = ox.NamedNode(expand("pg:hasObservation"))
_MARKS = frozenset(map(expand, ("pg:hasMention", "pg:text", "pg:deniesPractice", "dpv:hasProcess")))
_VOCABULARIES = tuple(PREFIXES[prefix] for prefix in (*DPV_PREFIXES, "pg"))
_TYPES = {
    TermKind.CLASS: ox.NamedNode(expand("skos:Concept")),
    TermKind.PROPERTY: ox.NamedNode(expand("rdf:Property")),
    TermKind.INDIVIDUAL: ox.NamedNode(expand("owl:NamedIndividual")),
}


@runtime_checkable
class PolicySource(Protocol):
    """What hands out policies: a store of ``privagraph.queries``, or anything else with these two methods.

    Attributes:
        location: Where it is, for messages.
    """

    location: str

    def policies(self) -> list[str]:
        """The IRIs of all policies."""

    def unsorted_quads(self, policy_iri: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one policy, or of all graphs, one graph after the other; their order does not matter."""


def policy_graphs(
    source: PolicySource | Iterable[ox.Quad], *, only: Collection[str] | None = None
) -> Iterator[tuple[str, list[ox.Quad]]]:
    """The policies of a source, one after the other.

    Args:
        source: A store, which is read one policy at a time; or quads, which are read at once.
        only: IRIs of the policies to take; None takes all.

    Returns:
        The IRI of each policy, and its quads.
    """
    found: Iterator[tuple[str, list[ox.Quad]]]
    if not isinstance(source, PolicySource):
        graphs: dict[str | None, list[ox.Quad]] = {}
        for quad in source:
            graphs.setdefault(_graph_name(quad), []).append(quad)
        found = itertools.chain.from_iterable(_policies_of(name, held) for name, held in graphs.items())
    elif only is not None:
        found = ((iri, list(source.unsorted_quads(iri))) for iri in source.policies() if iri in only)
    else:
        runs = itertools.groupby(source.unsorted_quads(), key=_graph_name)
        found = itertools.chain.from_iterable(_policies_of(name, list(held)) for name, held in runs)
    return ((iri, quads) for iri, quads in found if only is None or iri in only)


def _graph_name(quad: ox.Quad) -> str | None:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None


def _policies_of(name: str | None, quads: list[ox.Quad]) -> Iterator[tuple[str, list[ox.Quad]]]:
    """The policies of one named graph, which is one, or of the quads in none, where there may be several."""
    if name == VOCABULARY_GRAPH:
        return
    policies = _policies_in(quads)
    if name is not None:
        if policies:
            yield name, quads
    elif len(policies) == 1:
        yield policies[0], quads
    else:
        yield from ((policy, _part(policy, policies, quads)) for policy in policies)


def _policies_in(quads: Iterable[ox.Quad]) -> list[str]:
    """The nodes that are policies, or are used as one, sorted."""
    found: set[str] = set()
    for subject, predicate, value, _ in quads:
        is_one = value == _POLICY if predicate == _TYPE else predicate.value in _MARKS
        if is_one and isinstance(subject, ox.NamedNode):
            found.add(subject.value)
    return sorted(found)


def _part(policy: str, policies: Collection[str], quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """What belongs to one of several policies: the nodes under its IRI, and all that they lead to."""
    others = {f"<{each}>" for each in policies if each != policy}
    by_subject: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        by_subject.setdefault(str(quad.subject), []).append(quad)
    waiting = [node for node in by_subject if node == f"<{policy}>" or node.startswith(f"<{policy}/")]
    seen = set(waiting)
    taken: list[ox.Quad] = []
    while waiting:
        for quad in by_subject[waiting.pop()]:
            taken.append(quad)
            node = str(quad.object)
            if node in by_subject and node not in seen and node not in others:
                seen.add(node)
                waiting.append(node)
    return taken


def whole_graph(source: PolicySource | Iterable[ox.Quad]) -> tuple[str, list[ox.Quad]]:
    """All that a source holds but the vocabulary, as if it were one policy.

    Args:
        source: A store, or quads.

    Returns:
        What to call it, as an IRI, and its quads.
    """
    if isinstance(source, PolicySource):
        name, quads = source.location, source.unsorted_quads()
    else:
        name, quads = "the-quads", iter(source)
    held = [quad for quad in quads if _graph_name(quad) != VOCABULARY_GRAPH]
    return Path(name).absolute().as_uri(), held


def without_observations(policy: str, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads without the observations that the graph holds, so that new ones can take their place."""
    start = f"{policy}/observation/"
    return [
        quad
        for quad in quads
        if quad.predicate != _OBSERVATION
        and not (isinstance(subject := quad.subject, ox.NamedNode) and subject.value.startswith(start))
    ]


def with_terms(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads, and what the vocabulary says of the terms that they use.

    Args:
        quads: The quads of one policy; which named graphs they are in does not matter.
    """
    stated = list(quads)
    used = {
        term.value: None
        for quad in stated
        for term in (quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(_VOCABULARIES)
    }
    return [*stated, *_described(used, vocabulary())]


def _described(used: Iterable[str], words: Vocabulary) -> Iterator[ox.Quad]:
    """The types of the terms and of all above them, and the steps up; nothing for one that does not exist."""
    known = [iri for iri in used if iri in words]
    for iri in dict.fromkeys(each for start in known for each in (start, *words.broader(start))):
        term, node = words.term(iri), ox.NamedNode(iri)
        yield ox.Quad(node, _TYPE, _TYPES[term.kind])
        for above in term.broader:
            yield ox.Quad(node, _BROADER, ox.NamedNode(above))


@contextlib.contextmanager
def quiet_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for a literal that does not fit its type; a shape reports it."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before
