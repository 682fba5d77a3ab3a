"""What the forms for people say in the same words: counts, certainty, the state of an item, words in context.

Text of a policy is whatever somebody published: characters that steer a terminal or turn the direction of the
lines around them are taken out here, before any form writes it; marking up and escaping is each form's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pyoxigraph as ox

from privagraph.ontology.namespaces import compact
from privagraph.ontology.shown import one_line
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.results import (
    Certainty,
    CertaintyKind,
    Evidence,
    Finding,
    ItemStatus,
    PolicyResult,
    ValidationReport,
)
from privagraph.shapes.rules import Profile, Rule, Severity

if TYPE_CHECKING:
    from privagraph.shapes.baselines import Baseline

__all__ = [
    "SEVERITY_SIGNS",
    "STATUS_MEANINGS",
    "STATUS_SIGNS",
    "Words",
    "at_characters",
    "counted",
    "counts_of",
    "cut",
    "gravity",
    "how_sure",
    "is_link",
    "item_profiles",
    "known_marked",
    "node_place",
    "summary",
    "sure_besides",
    "title_of",
    "under_rules",
    "words_of",
]

SEVERITY_SIGNS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.INFO: "●"}
)
"""A sign of its own for each severity, so that nobody has to tell them apart by colour."""

STATUS_SIGNS: Mapping[ItemStatus, str] = MappingProxyType(
    {
        ItemStatus.MET: "✓",
        ItemStatus.MISSING: "✗",
        ItemStatus.OPEN: "?",
        ItemStatus.NOT_APPLICABLE: "–",
    }
)
"""A sign for each state of an item."""

STATUS_MEANINGS: Mapping[ItemStatus, str] = MappingProxyType(
    {
        ItemStatus.MET: "it is stated",
        ItemStatus.MISSING: "it applies and is not stated",
        ItemStatus.OPEN: "it is not stated, and the text cannot show whether it has to be",
        ItemStatus.NOT_APPLICABLE: "nothing in the text makes it apply",
    }
)
"""What each state of an item means."""

Entry = TypeVar("Entry")

_ELLIPSIS = "…"
"""Unicode's explicit directional formatting characters (UAX #9, section 2)."""


class Words(NamedTuple):
    """Words of a policy on one line, between what stands around them."""

    before: str
    quote: str
    after: str


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun.

    Example:
        >>> counted(1, "policy", "policies"), counted(1200, "error")
        ('1 policy', '1,200 errors')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def counts_of(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the gravest first."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def summary(report: ValidationReport) -> str:
    """What was found, in a few words.

    Example:
        >>> summary(ValidationReport((), ()))
        '0 errors, 0 warnings, 0 infos; no policy checked'
    """
    counts = ", ".join(counted(number, severity) for severity, number in counts_of(report.findings).items())
    number, touched = len(report.policies), sum(bool(result.findings) for result in report.policies)
    if not number:
        return f"{counts}; no policy checked"
    has = "it has findings" if number == 1 else f"{touched:,} {'has' if touched == 1 else 'have'} findings"
    return f"{counts}; {counted(number, 'policy', 'policies')} checked, {has if touched else 'none has findings'}"


def known_marked(report: ValidationReport, baseline: Baseline | None) -> ValidationReport:
    """The report with "(known)" before what findings say that the baseline holds; unchanged without one."""
    if baseline is None:
        return report
    known = baseline.known(report)
    policies = []
    for result, marks in zip(report.policies, fingerprints(report), strict=True):
        findings = tuple(
            replace(finding, message=f"(known) {finding.message}") if mark in known else finding
            for finding, mark in zip(result.findings, marks, strict=True)
        )
        policies.append(replace(result, findings=findings))
    return replace(report, policies=tuple(policies))


def title_of(result: PolicyResult) -> str:
    """The name of a policy, and its label where that says more."""
    name, label = one_line(result.name), one_line(result.label)
    return name if label in ("", name) else f"{name} ({label})"


def under_rules(entries: Iterable[Entry], rule_of: Callable[[Entry], Rule]) -> list[tuple[Rule, list[Entry]]]:
    """What is said of some rules, such as findings, under each rule: the gravest first, else in their order."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(rule_of(entry).iri, []).append(entry)
    grave = list(Severity)
    found = [(rule_of(group[0]), group) for group in grouped.values()]
    return sorted(found, key=lambda pair: grave.index(pair[0].severity))


def gravity(result: PolicyResult) -> tuple[int, ...]:
    """How many errors, warnings and infos a policy has, to put those with the most first."""
    return tuple(counts_of(result.findings).values())


def item_profiles(report: ValidationReport) -> list[tuple[Profile, list[Rule]]]:
    """The profiles that ask for items, each with these rules, in the order of the profiles."""
    found = ((profile, [rule for rule in profile.rules if rule.is_item]) for profile in report.profiles)
    return [(profile, rules) for profile, rules in found if rules]


def how_sure(certainty: Certainty | None) -> str:
    """How sure the extraction below a finding is; empty where that is not known.

    Example:
        >>> how_sure(Certainty(CertaintyKind.EXTRACTION, 0.834))
        'read with confidence 0.83'
    """
    if certainty is None:
        return ""
    if certainty.kind is CertaintyKind.EXTRACTION:
        return f"read with confidence {certainty.value:.2f}"
    if certainty.right is None or certainty.of is None:
        return f"nothing found, which is right with confidence {certainty.value:.2f}"
    return (
        f"where the program found nothing in {counted(certainty.of, 'annotated policy', 'annotated policies')}, "
        f"people found nothing either in {certainty.right:,} of them"
    )


def sure_besides(finding: Finding) -> str:
    """How sure a finding is, where its words do not say that already."""
    told = any(evidence.confidence is not None for evidence in finding.evidence)
    return "" if told else how_sure(finding.certainty)


def cut(text: str, longest: int) -> str:
    """The start of the text, which ends with an ellipsis where something is left out.

    Example:
        >>> cut("for as long as necessary", 14)
        'for as long…'
    """
    if len(text) <= longest:
        return text
    start, blank, _ = text[:longest].rpartition(" ")
    kept = start if blank and len(start) > longest // 2 else text[: longest - 1]
    return kept.rstrip() + _ELLIPSIS


def words_of(evidence: Evidence, *, around: int, longest: int) -> Words:
    """The words of an evidence in their context.

    Args:
        evidence: The words and their paragraph.
        around: How many characters to keep of what stands before them, and as many of what stands after.
        longest: How many characters of the words themselves to keep.
    """
    before, after = one_line(evidence.before), one_line(evidence.after)
    if len(before) > around:
        _, blank, end = before[-around:].partition(" ")
        before = _ELLIPSIS + (end if blank else before[-around:])
    before += " " * (bool(before) and evidence.before[-1:].isspace())
    after = " " * (bool(after) and evidence.after[:1].isspace()) + cut(after, around)
    return Words(before, cut(one_line(evidence.quote), longest), after)


def at_characters(evidence: Evidence) -> str:
    """Where the words stand in the text of the policy, and how sure it is that they were read rightly.

    Example:
        >>> at_characters(Evidence(40, 70, "We never share", confidence=0.9))
        'characters 40 to 70, read with confidence 0.90'
    """
    sure = "" if evidence.confidence is None else f", read with confidence {evidence.confidence:.2f}"
    return f"characters {evidence.start} to {evidence.end}{sure}"


def node_place(finding: Finding) -> str:
    """The node that a finding is about, shortened; empty where that is the policy itself."""
    node = finding.value if isinstance(finding.value, ox.NamedNode) else finding.focus
    if isinstance(node, ox.NamedNode) and node.value != finding.policy:
        return one_line(compact(node.value.removeprefix(f"{finding.policy}/")))
    return ""


def is_link(iri: str) -> bool:
    """Whether a browser may follow it: a shapes file of one's own can name any IRI as a source."""
    return iri.startswith(("https://", "http://"))
