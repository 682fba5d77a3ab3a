from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest

from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.results import Evidence, Finding, PolicyResult, Term, ValidationReport
from privagraph.shapes.rules import Rule, Severity
from privagraph.shapes.validation import validate

POLICY = "https://w3id.org/privagraph/id/policy/0123456789abcdef"


def rule(name: str = "clarity:vague-term", *, stated_by: str = "") -> Rule:
    return Rule(
        iri=f"https://w3id.org/privagraph/shapes/{name.replace(':', '#')}",
        name=name,
        profile=name.partition(":")[0],
        title="Words say what they mean",
        reason="People should know.",
        message="They do not.",
        severity=Severity.WARNING,
        sources=("https://example.org/law",),
        stated_by=stated_by,
    )


def finding(*quotes: str, start: int = 10, of: Rule | None = None, value: Term | None = None) -> Finding:
    evidence = tuple(Evidence(start + n * 50, start + n * 50 + len(q), q) for n, q in enumerate(quotes))
    return Finding(POLICY, of or rule(), "They do not.", ox.NamedNode(POLICY), None, value, "urn:c", evidence)


def marks(*findings: Finding, policy: str = POLICY, sources: tuple[str, ...] = ("a.md",)) -> tuple[str, ...]:
    report = ValidationReport((), (PolicyResult(policy, sources, "A", findings),))
    (found,) = fingerprints(report)
    return found


def test_a_fingerprint_is_a_short_name_in_ascii() -> None:
    (mark,) = marks(finding("trusted partners"))
    assert len(mark) == 32
    assert set(mark) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(finding("our partners"), finding("our partners", start=900), id="moved"),
        pytest.param(finding("our  partners"), finding("Our\npartners"), id="wrapped anew"),
        pytest.param(finding("our partners"), finding("our “partners”,"), id="punctuation"),
        pytest.param(finding("our ﬁles"), finding("our files"), id="ligature"),
        pytest.param(
            finding("our partners"),
            replace(finding("our partners"), message="It says otherwise.", component="urn:d"),
            id="message",
        ),
    ],
)
def test_what_a_fingerprint_does_not_rest_on(one: Finding, other: Finding) -> None:
    assert marks(one) == marks(other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(finding("our trusted partners"), id="words"),
        pytest.param(finding("our partners", "your partners"), id="second quote"),
        pytest.param(finding("our partners", of=rule("clarity:open-list")), id="rule"),
        pytest.param(finding(), id="nothing quoted"),
    ],
)
def test_what_a_fingerprint_rests_on(other: Finding) -> None:
    assert marks(finding("our partners")) != marks(other)


def test_the_file_counts_and_the_hash_of_the_policy_does_not() -> None:
    found = finding("our partners")
    assert marks(found) == marks(replace(found, policy=f"{POLICY}0"), policy=f"{POLICY}0")
    assert marks(found) != marks(found, sources=("b.md",))
    assert marks(found, sources=("a.md",)) == marks(found, sources=("a.md", "copy-of-a.md"))


def test_equal_findings_are_told_apart_by_their_order() -> None:
    one, two = finding("our partners"), finding("our partners", start=400)
    first, second = marks(one, two)
    assert first != second
    assert marks(one) == (first,)
    assert marks(finding("such as", start=1), one, two)[1:] == (first, second)


def test_policies_of_one_file_name_do_not_hide_each_other() -> None:
    result = PolicyResult(POLICY, ("index.html",), "A", (finding("our partners"),))
    other = replace(result, policy=f"{POLICY}0")
    (one,), (two,) = fingerprints(ValidationReport((), (result, other)))
    assert one != two


def test_an_item_is_the_same_whatever_shows_that_it_is_due() -> None:
    asked = rule("gdpr:right-withdraw-consent", stated_by="SELECT ?value WHERE {}")
    assert marks(finding("you agree", of=asked)) == marks(finding("with your consent", of=asked))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (f"{POLICY}/mention/179-187-recipient", f"{POLICY}/mention/5-9-right", True),
        (f"{POLICY}/mention/179-187-recipient", f"{POLICY}/practice/00ff", False),
        ("https://w3id.org/privagraph/id/agent/a", "https://w3id.org/privagraph/id/agent/b", False),
    ],
)
def test_without_words_the_kind_of_the_node_counts(one: str, other: str, same: bool) -> None:
    first, second = (marks(finding(value=ox.NamedNode(node))) for node in (one, other))
    assert (first == second) is same


def test_a_literal_is_told_by_its_value() -> None:
    assert marks(finding(value=ox.Literal("12x"))) != marks(finding(value=ox.Literal("13x")))


def test_all_findings_of_a_graph_have_names_of_their_own(
    case_quads: Callable[[str], list[ox.Quad]], sample_quads: tuple[ox.Quad, ...]
) -> None:
    quads = [quad for quad in sample_quads if not quad.predicate.value.endswith("#role")]
    report = validate(quads)
    found = [mark for each in fingerprints(report) for mark in each]
    assert len(found) == len(report.findings) > 20
    assert len(set(found)) == len(found)
