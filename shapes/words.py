"""The words of a policy that a node of its graph stands on, with what stands around them."""

from __future__ import annotations

import pyoxigraph as ox

from privagraph.ontology.reading import read_confidence, read_offset
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.results import Evidence, Term

__all__ = ["evidence_of"]

_AROUND = 240
"""How many characters before and after the words are kept, at most, to show them in their context."""


def evidence_of(policy: PreparedPolicy, node: Term | None) -> tuple[Evidence, ...]:
    """The words that a mention, span, selector, practice, retention period or observation stands on.

    Args:
        policy: The policy.
        node: The node; words are found for an IRI alone.

    Returns:
        In the order of the text; an observation's own words before those that they stand against.
    """
    if not isinstance(node, ox.NamedNode):
        return ()
    spans: list[Term] = [node]
    for step in ("pg:mention", "oa:hasTarget", "pg:evidence"):
        spans = [each for span in spans for each in policy.values(span, step)] or spans
    spans += policy.subjects("oa:hasSelector", node)
    confidence = read_confidence(policy.value(node, "pg:confidence"))
    own = _quoted(policy, spans, confidence)
    others = _quoted(policy, policy.values(node, "pg:otherEvidence"), confidence)
    return (*own, *(each for each in others if each not in own))


def _quoted(policy: PreparedPolicy, spans: list[Term], confidence: float | None) -> tuple[Evidence, ...]:
    """The words of spans, each once, in the order of the text."""
    found = {words for span in spans if (words := _words(policy, span, confidence)) is not None}
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.quote)))


def _words(policy: PreparedPolicy, span: Term, confidence: float | None) -> Evidence | None:
    """The words of a span, or None where it lacks them or its offsets."""
    said: dict[str, str] = {}
    for selector in policy.values(span, "oa:hasSelector"):
        for part in ("oa:start", "oa:end", "oa:exact"):
            for value in policy.values(selector, part):
                said[part] = value.value
    start, end = (read_offset(said.get(part, "")) for part in ("oa:start", "oa:end"))
    if "oa:exact" not in said or start is None or end is None:
        return None
    stands = policy.text[start:end] == said["oa:exact"]
    before, after = _context(policy.text, start, end) if stands else ("", "")
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
