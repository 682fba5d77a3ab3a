"""A report made by hand, with every kind of finding and policy that a form has to show.

The profile ``care`` and its policies were invented: a clean policy; one with a contradiction, an absence and one
vague term in many places; one whose words try to break out of every form; one in Hebrew; and one that has no
name, where the graph itself is at fault.
"""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from privagraph.shapes.results import (
    Certainty,
    CertaintyKind,
    Evidence,
    Finding,
    Item,
    ItemStatus,
    PolicyResult,
    Term,
    ValidationReport,
)
from privagraph.shapes.rules import Profile, Rule, Severity

HOSTILE = (
    "</script><script>alert(1)</script> | `code` *bold* [link](https://evil.example) <b onclick=x> "
    "@somebody #12 \x1b[31mred\x1b[0m \u202ereversed &lt; ~~gone~~ https://evil.example $x$"
)
COMPONENT = "http://www.w3.org/ns/shacl#SPARQLConstraintComponent"


def made_rule(name: str, title: str, severity: Severity, *, item: bool = False) -> Rule:
    return Rule(
        iri=f"https://example.org/shapes/care#{name}",
        name=f"care:{name}",
        profile="care",
        title=title,
        reason=f"Why {title.lower()} matters.",
        message="…",
        severity=severity,
        sources=("https://eur-lex.europa.eu/eli/reg/2016/679/art_13/par_1/pnt_a/oj",),
        remedy=f"Mend it: {title.lower()}.",
        stated_by="SELECT ?value WHERE {}" if item else "",
    )


KEEPER = made_rule("keeper", "Who keeps the data", Severity.ERROR, item=True)
PERIOD = made_rule("period", "How long data are kept", Severity.ERROR, item=True)
GUARDS = made_rule("guards", "How transferred data are guarded", Severity.WARNING, item=True)
OFFICER = made_rule("officer", "How to reach the officer", Severity.INFO, item=True)
CLASH = made_rule("clash", "No statement contradicts another", Severity.ERROR)
VAGUE = made_rule("vague", "What happens is said plainly", Severity.WARNING)
NODE = replace(
    made_rule("node", "Agents have names", Severity.ERROR),
    sources=("javascript:alert(1)", "urn:example:rulebook"),
    remedy="",
    reason="",
)
CARE = Profile(
    name="care",
    title="Care with data",
    description="What a careful policy says.",
    since="0.2.0",
    rules=(KEEPER, PERIOD, GUARDS, OFFICER, CLASH, VAGUE, NODE),
    turtle=b"",
)
READ = Certainty(CertaintyKind.EXTRACTION, 0.834)
ABSENT = Certainty(CertaintyKind.ABSENCE, 0.95, right=19, of=20)


def made_finding(
    policy: str,
    rule: Rule,
    message: str,
    *evidence: Evidence,
    certainty: Certainty | None = READ,
    focus: str = "",
    value: Term | None = None,
) -> Finding:
    node = ox.NamedNode(focus or policy)
    return Finding(policy, rule, message, node, None, value, COMPONENT, evidence, certainty)


def made_policy(
    name: str,
    *findings: Finding,
    label: str = "",
    items: tuple[Item, ...] = (),
    policy: str = "",
) -> PolicyResult:
    sources = (name,) if name else ()
    return PolicyResult(policy or f"https://example.org/{name}", sources, label, findings, items)


def items(*states: ItemStatus, words: Evidence) -> tuple[Item, ...]:
    pairs = zip((KEEPER, PERIOD, GUARDS, OFFICER), states, strict=True)
    return tuple(Item(rule, state, (words,) if state is ItemStatus.MET else ()) for rule, state in pairs)


def clean_policy() -> PolicyResult:
    words = Evidence(0, 15, "Lantern Books Ltd", "", " sells books and keeps what it must.", 0.97)
    met = ItemStatus.MET
    return made_policy("lantern.md", label="Privacy at Lantern", items=items(met, met, met, met, words=words))


def harbour_policy() -> PolicyResult:
    iri = "https://example.org/harbour.html"
    never = Evidence(40, 70, "We never pass on your address", "Trust matters. ", ". Ask us anything.", 0.9)
    passes = Evidence(
        900, 940, "we pass on your address to couriers", "To deliver, ", " and to nobody else.", 0.83
    )
    vague = [
        Evidence(
            start, start + 17, "from time to time", "We may change this ", f" as we like, part {start}.", 0.9
        )
        for start in range(1000, 1700, 100)
    ]
    return made_policy(
        "harbour.html",
        made_finding(iri, PERIOD, "The policy does not say how long data are kept.", certainty=ABSENT),
        made_finding(iri, CLASH, "“We never pass on” is denied by “we pass on”.", never, passes),
        *(made_finding(iri, VAGUE, "“from time to time” does not say when.", each) for each in vague),
        items=items(
            ItemStatus.MET,
            ItemStatus.MISSING,
            ItemStatus.NOT_APPLICABLE,
            ItemStatus.OPEN,
            words=Evidence(0, 12, "Harbour Mail", "", " is who we are.", 0.99),
        ),
    )


def hostile_policy() -> PolicyResult:
    iri = "https://example.org/hostile"
    words = Evidence(5, 5 + len(HOSTILE), HOSTILE, f"before {HOSTILE} ", f" after {HOSTILE}", 0.5)
    return made_policy(
        f"{HOSTILE}.md",
        made_finding(iri, VAGUE, f"{HOSTILE} is vague.", words),
        label=f"Label {HOSTILE}",
        policy=iri,
        items=items(ItemStatus.MET, ItemStatus.MET, ItemStatus.OPEN, ItemStatus.OPEN, words=words),
    )


def hebrew_policy() -> PolicyResult:
    iri = "https://example.org/mikhtav.txt"
    words = Evidence(10, 20, "מעת לעת", "אנו עשויים לשנות את המסמך ", " לפי הצורך.", 0.7)
    return made_policy("mikhtav.txt", made_finding(iri, VAGUE, "“מעת לעת” does not say when.", words))


def nameless_policy() -> PolicyResult:
    iri = "https://example.org/policy/nameless"
    broken = made_finding(iri, NODE, "An agent has no name.", certainty=None, focus=f"{iri}/agent/7")
    return made_policy("", broken, policy=iri)


@pytest.fixture
def hand_report() -> ValidationReport:
    """Five policies of every kind."""
    policies = (clean_policy(), harbour_policy(), hostile_policy(), hebrew_policy(), nameless_policy())
    return ValidationReport((CARE,), policies)


@pytest.fixture
def one_policy_report() -> ValidationReport:
    """One policy: a contradiction, an absence, a term that is vague in seven places."""
    return ValidationReport((CARE,), (harbour_policy(),))


@pytest.fixture
def clean_report() -> ValidationReport:
    """One policy, in which nothing was found."""
    return ValidationReport((CARE,), (clean_policy(),))


@pytest.fixture
def many_policies_report() -> ValidationReport:
    """A hundred and twenty policies with the same findings under names of their own; the last is the worst."""
    one = harbour_policy()
    copies = [
        replace(one, policy=f"https://example.org/{number}", sources=(f"policy-{number:03}.md",))
        for number in range(119)
    ]
    worst = replace(one, policy="https://example.org/worst", sources=("worst.md",), findings=one.findings * 2)
    return ValidationReport((CARE,), (*copies, worst))
