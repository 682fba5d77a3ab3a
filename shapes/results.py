"""What a validation found: plain frozen values that reports are written from.

Not conforming is a result, not an exception.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from privagraph.shapes.rules import Profile, Rule, Severity

__all__ = ["Evidence", "Finding", "PolicyResult", "Term", "ValidationReport"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal
"""A node of the graph, as pyoxigraph has it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the policy that a finding rests on.

    Attributes:
        start: Offset of the first character in the policy's text, in code points.
        end: Offset after the last character.
        quote: The words.
    """

    start: int
    end: int
    quote: str


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
    """

    policy: str
    rule: Rule
    message: str
    focus: Term
    path: str | None
    value: Term | None
    component: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.rule.severity


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """What was found in one policy.

    Attributes:
        policy: Its IRI.
        sources: Names of the files that it was read from.
        label: What it is called.
        findings: In the order of the rules; empty when it conforms.
    """

    policy: str
    sources: tuple[str, ...]
    label: str
    findings: tuple[Finding, ...]

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
    """

    profiles: tuple[Profile, ...]
    policies: tuple[PolicyResult, ...]

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
