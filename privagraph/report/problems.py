"""What a reader should know before trusting a policy: contradictions, findings, and words that no concept fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.roles import is_open
from privagraph.ontology.shown import one_line
from privagraph.report.graph_facts import GraphFacts
from privagraph.report.naming import label_of, role_name
from privagraph.report.passages import Passages
from privagraph.report.values import Ref
from privagraph.shapes.reports.wording import how_sure, is_link, node_place, under_rules
from privagraph.shapes.results import Finding, PolicyResult
from privagraph.shapes.rules import short_source

__all__ = [
    "Clash",
    "FindingGroup",
    "FindingLine",
    "Unfitted",
    "clashes",
    "finding_groups",
    "finding_spans",
    "unfitted",
]

_FIRST = 3
"""How many findings of a rule are shown at once."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two passages that contradict each other, or that only seem to."""

    kind: str
    concept: str
    real: bool
    one: tuple[str, Ref]
    other: tuple[str, Ref]
    note: str
    confidence: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: what it says, and the words that it rests on."""

    message: str
    refs: tuple[Ref, ...]
    sure: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one rule in one policy."""

    severity: str
    title: str
    name: str
    sources: tuple[tuple[str, str], ...]
    remedy: str
    first: tuple[FindingLine, ...]
    more: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class Unfitted:
    """A phrase that no concept fits, and where it stands."""

    phrase: str
    role: str
    refs: tuple[Ref, ...]


def clashes(policy: PolicyView, facts: GraphFacts, passages: Passages) -> Iterator[Clash]:
    """What the graph holds of contradictions, the real ones first."""
    for each in facts.observed():
        one, other = (
            (one_line(policy.text[span.start : span.end]), passages.ref(span))
            for span in (each.one, each.other)
        )
        sure = None if each.confidence is None else round(each.confidence * 100)
        yield Clash(
            label_of(each.kind), each.kind, each.real, one, other, one_line(each.note), sure, each.one
        )


def finding_spans(result: PolicyResult | None) -> Iterator[Span]:
    """Where the words stand that findings rest on."""
    for finding in () if result is None else result.findings:
        yield from (Span(each.start, each.end) for each in finding.evidence)


def finding_groups(result: PolicyResult | None, passages: Passages) -> Iterator[FindingGroup]:
    """What a validation found in a policy, under its rules, the gravest first."""
    for rule, findings in under_rules(() if result is None else result.findings, lambda each: each.rule):
        lines = [_line(each, passages) for each in findings]
        yield FindingGroup(
            severity=str(rule.severity),
            title=rule.title,
            name=rule.name,
            sources=tuple((short_source(each), each if is_link(each) else "") for each in rule.sources),
            remedy=one_line(rule.remedy),
            first=tuple(lines[:_FIRST]),
            more=tuple(lines[_FIRST:]),
        )


def _line(finding: Finding, passages: Passages) -> FindingLine:
    refs: dict[str, Ref] = {}
    for each in finding.evidence:
        ref = passages.ref(Span(each.start, each.end))
        refs.setdefault(ref.target, ref)
    message = one_line(finding.message)
    if not refs and (place := node_place(finding)):
        message = f"{message} ({place})"
    spans = tuple(Span(each.start, each.end) for each in finding.evidence)
    return FindingLine(message, tuple(refs.values()), how_sure(finding.certainty), spans)


def unfitted(policy: PolicyView, passages: Passages) -> tuple[Unfitted, ...]:
    """Phrases that no concept fits, the most frequent first."""
    found: dict[tuple[str, str], list[Ref]] = {}
    for each in policy.mentions:
        if is_open(each):
            key = (one_line(each.quote).casefold(), role_name(each.role))
            found.setdefault(key, []).append(passages.to_mention(each))
    ranked = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Unfitted(phrase, role, tuple(refs)) for (phrase, role), refs in ranked)
