from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.shapes.results import Finding, PolicyResult, ValidationReport
from privagraph.shapes.rules import Severity, profile

POLICY = "https://example.org/policy"


def found(rule: str) -> Finding:
    return Finding(
        policy=POLICY,
        rule=profile("gdpr").rule(rule),
        message="…",
        focus=ox.NamedNode(POLICY),
        path=None,
        value=None,
        component="http://www.w3.org/ns/shacl#SPARQLConstraintComponent",
    )


def report(*rules: str) -> ValidationReport:
    result = PolicyResult(POLICY, ("acme.txt",), "Acme", tuple(map(found, rules)))
    return ValidationReport((profile("gdpr"),), (result,))


def test_a_report_without_findings_conforms() -> None:
    empty = report()
    assert empty.conforms
    assert not empty.reaches(Severity.INFO)
    assert empty.by_rule() == ()
    assert len(empty.rules) >= 36


@pytest.mark.parametrize(
    ("rule", "reached"),
    [
        ("dpo-contact", [Severity.INFO]),
        ("recipients", [Severity.WARNING, Severity.INFO]),
        ("purposes", [Severity.ERROR, Severity.WARNING, Severity.INFO]),
    ],
)
def test_what_a_finding_reaches(rule: str, reached: list[Severity]) -> None:
    made = report(rule)
    assert not made.conforms
    assert [severity for severity in Severity if made.reaches(severity)] == reached


def test_rules_are_counted_the_gravest_first() -> None:
    made = report("dpo-contact", "recipients", "purposes", "recipients", "legal-basis")
    assert [(rule.name, count) for rule, count in made.by_rule()] == [
        ("gdpr:purposes", 1),
        ("gdpr:legal-basis", 1),
        ("gdpr:recipients", 2),
        ("gdpr:dpo-contact", 1),
    ]
    assert [made.count(severity) for severity in Severity] == [2, 2, 1]


@pytest.mark.parametrize(
    ("sources", "label", "name"),
    [(("a.txt", "b.html"), "Acme", "a.txt, b.html"), ((), "Acme", "Acme"), ((), "", POLICY)],
)
def test_a_policy_is_called_by_what_people_know_it_by(
    sources: tuple[str, ...], label: str, name: str
) -> None:
    assert PolicyResult(POLICY, sources, label, ()).name == name
