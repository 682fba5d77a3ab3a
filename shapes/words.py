"""The words of a policy that a node of its graph stands on, with what stands around them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from privagraph.ontology.namespaces import expand
from privagraph.shapes.results import Evidence

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["evidence_of"]

_AROUND = 240
"""How many characters before and after the words are kept, at most, to show them in their context."""


def evidence_of(graph: rdflib.Graph, policy: str, node: Node | None) -> tuple[Evidence, ...]:
    """The words that a mention, span, selector, practice, retention period or observation stands on.

    Args:
        graph: The graph of the policy.
        policy: The policy's IRI.
        node: The node; words are found for an IRI alone.

    Returns:
        In the order of the text; an observation's own words before those that they stand against.
    """
    from rdflib import URIRef

    if not isinstance(node, URIRef):
        return ()
    found = _words(graph, policy, node, "pg:evidence")
    others = (
        each for each in _words(graph, policy, node, "pg:otherEvidence", follow=False) if each not in found
    )
    return (*found, *others)


def _words(
    graph: rdflib.Graph, policy: str, node: Node, evidence: str, *, follow: bool = True
) -> tuple[Evidence, ...]:
    """The words behind one property, in the order of the text.

    Args:
        graph: The graph of the policy.
        policy: The policy's IRI.
        node: Where to start.
        evidence: The property that leads to a span.
        follow: Whether the other ways to words are gone as well.
    """
    confidence = _number(graph.value(node, _iri("pg:confidence")))
    spans: list[Node] = [node]
    if follow:
        for step in ("pg:mention", "oa:hasTarget", evidence):
            spans = [each for span in spans for each in graph.objects(span, _iri(step))] or spans
        spans += graph.subjects(_iri("oa:hasSelector"), node)
    else:
        spans = list(graph.objects(node, _iri(evidence)))
    text = str(graph.value(_iri_of(policy), _iri("pg:text")) or "")
    found = {quoted for span in spans if (quoted := _quoted(graph, span, text, confidence))}
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.quote)))


def _quoted(graph: rdflib.Graph, span: Node, text: str, confidence: float | None) -> Evidence | None:
    """The words of a span, or None where it lacks them or its offsets."""
    said = {
        part: str(value)
        for selector in graph.objects(span, _iri("oa:hasSelector"))
        for part in ("oa:start", "oa:end", "oa:exact")
        for value in graph.objects(selector, _iri(part))
    }
    offsets = [said.get(part, "") for part in ("oa:start", "oa:end")]
    if "oa:exact" not in said or not all(each.isascii() and each.isdigit() for each in offsets):
        return None
    start, end = int(offsets[0]), int(offsets[1])
    before, after = _context(text, start, end) if text[start:end] == said["oa:exact"] else ("", "")
    return Evidence(start, end, said["oa:exact"], before, after, confidence)


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after within the same paragraph, cut at words."""
    before = text[max(0, start - _AROUND) : start]
    if "\n" in before:
        before = before.rpartition("\n")[2]
    elif start > _AROUND:
        before = before.partition(" ")[2] if " " in before else before
    after = text[end : end + _AROUND]
    if "\n" in after:
        after = after.partition("\n")[0]
    elif end + _AROUND < len(text):
        after = after.rpartition(" ")[0] if " " in after else after
    return before, after


def _number(value: Node | None) -> float | None:
    try:
        return None if value is None else float(str(value))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _iri(curie: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(expand(curie))


def _iri_of(iri: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(iri)
