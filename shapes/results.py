"""What a validation found: plain frozen values that reports are written from.

Not conforming is a result, not an exception.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyoxigraph as ox

from privagraph.shapes.rules import Profile, Rule, Severity

__all__ = [
    "Certainty",
    "CertaintyKind",
    "Completeness",
    "Evidence",
    "Finding",
    "Item",
    "ItemStatus",
    "PolicyResult",
    "Term",
    "ValidationReport",
]

Term = ox.NamedNode | ox.BlankNode | ox.Literal
"""A node of the graph, as pyoxigraph has it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the policy that a finding rests on.

    Attributes:
        start: Offset of the first character in the policy's text, in code points.
        end: Offset after the last character.
        quote: The words.
        before: What stands right before them in the same paragraph, to show them in context.
        after: What stands right after them.
        confidence: How sure the extraction of the mention or practice is, from 0 to 1; None where the words were
            not found by one.
    """

    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    confidence: float | None = None


class CertaintyKind(StrEnum):
    """What a certainty rests on."""

    EXTRACTION = "extraction"
    """The calibrated confidence of the mentions and practices that the finding rests on: the least of them."""
    ABSENCE = "absence"
    """How often, on annotated policies, people too found nothing where the program found nothing."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the extraction below a finding is; it says nothing of how grave the finding is.

    Attributes:
        kind: What it rests on.
        value: From 0 to 1.
        right: For an absence: in how many annotated policies people found nothing either.
        of: For an absence: in how many annotated policies the program found nothing.
    """

    kind: CertaintyKind
    value: float
    right: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One SHACL validation result.

    Attributes:
        policy: IRI of the policy that was checked.
        rule: The rule that does not hold.
        message: What is wrong and what to do, with the names of the nodes filled in.
        focus: The node that was checked.
        path: The property that was looked at: its IRI, or a SPARQL property path; None when the rule is about
            the node.
        value: The node or literal that breaks the rule, where there is one.
        component: IRI of the SHACL constraint component that found it.
        evidence: The words of the policy that it rests on, in the order of the text; empty when something is
            missing.
        certainty: How sure the extraction below it is; None where that is not known.
    """

    policy: str
    rule: Rule
    message: str
    focus: Term
    path: str | None
    value: Term | None
    component: str
    evidence: tuple[Evidence, ...] = ()
    certainty: Certainty | None = None

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.rule.severity


class ItemStatus(StrEnum):
    """Whether a policy states an item that a profile asks for."""

    MET = "met"
    MISSING = "missing"
    OPEN = "open"
    """It is not stated, and the text cannot show whether it has to be (is there a data protection officer?)."""
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Item:
    """One item that a profile asks a policy to state, and what became of it.

    Attributes:
        rule: The rule that asks for it.
        status: Whether it is stated.
        evidence: The words that state it, or that show that it applies; the first few of them.
    """

    rule: Rule
    status: ItemStatus
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many items of a profile a policy states: a count, not a grade.

    Attributes:
        profile: The profile's name.
        met: Items that apply and are stated.
        missing: Items that apply and are not.
        open: Items that are not stated, where the text cannot show whether they apply.
        not_applicable: Items that do not apply.
    """

    profile: str
    met: int
    missing: int
    open: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """What was found in one policy.

    Attributes:
        policy: Its IRI.
        sources: Names of the files that it was read from.
        label: What it is called.
        findings: In the order of the rules; empty when it conforms.
        items: The items of the profiles, in the order of the rules, whether stated or not.
    """

    policy: str
    sources: tuple[str, ...]
    label: str
    findings: tuple[Finding, ...]
    items: tuple[Item, ...] = ()

    def completeness(self) -> tuple[Completeness, ...]:
        """The counts of the items, for each profile that has some, in the order of the profiles."""
        counts: dict[str, Counter[ItemStatus]] = {}
        for item in self.items:
            counts.setdefault(item.rule.profile, Counter())[item.status] += 1
        return tuple(
            Completeness(
                profile,
                met=count[ItemStatus.MET],
                missing=count[ItemStatus.MISSING],
                open=count[ItemStatus.OPEN],
                not_applicable=count[ItemStatus.NOT_APPLICABLE],
            )
            for profile, count in counts.items()
        )

    @property
    def name(self) -> str:
        """What to call it in a report: its files, else its label, else its IRI."""
        return ", ".join(self.sources) or self.label or self.policy


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What was checked, and what was found.

    Attributes:
        profiles: The profiles that were checked.
        policies: One result for each policy, in the order in which they were checked.
        checked_on: The day for which they were checked; None where nobody said.
    """

    profiles: tuple[Profile, ...]
    policies: tuple[PolicyResult, ...]
    checked_on: date | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, policy by policy."""
        return tuple(finding for result in self.policies for finding in result.findings)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that were checked, in the order of the profiles."""
        return tuple(rule for profile in self.profiles for rule in profile.rules)

    @property
    def conforms(self) -> bool:
        """Whether nothing at all was found, as SHACL has it."""
        return not any(result.findings for result in self.policies)

    def reaches(self, threshold: Severity) -> bool:
        """Whether there is a finding at least as grave as a severity."""
        return any(finding.severity.reaches(threshold) for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """The number of findings of exactly this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def by_rule(self) -> tuple[tuple[Rule, int], ...]:
        """The rules that do not hold somewhere, each with the number of its findings, the gravest first."""
        counts = Counter(finding.rule for finding in self.findings)
        grave = list(Severity)
        found = [(rule, counts[rule]) for rule in self.rules if counts[rule]]
        return tuple(sorted(found, key=lambda pair: grave.index(pair[0].severity)))
