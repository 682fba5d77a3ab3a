from __future__ import annotations

from dataclasses import replace

import pytest

from privagraph.shapes.baselines import Baseline, BaselineEntry
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports.wording import (
    STATUS_SIGNS,
    counts_of,
    cut,
    gravity,
    how_sure,
    is_link,
    item_profiles,
    known_marked,
    node_place,
    summary,
    under_rules,
    words_of,
)
from privagraph.shapes.results import Certainty, CertaintyKind, Evidence, ItemStatus, ValidationReport
from privagraph.shapes.rules import Severity


def test_every_state_of_an_item_has_a_sign_of_its_own() -> None:
    assert set(STATUS_SIGNS) == set(ItemStatus)
    assert len(set(STATUS_SIGNS.values())) == len(ItemStatus)


def test_the_summary_counts_findings_and_policies(hand_report: ValidationReport) -> None:
    assert summary(hand_report) == "3 errors, 9 warnings, 0 infos; 5 policies checked, 4 have findings"
    some = [each for each in hand_report.policies if each.findings]
    none = [each for each in hand_report.policies if not each.findings]
    ends = [
        (some[:1], "1 policy checked, it has findings"),
        ([*some[:1], *none[:1]], "2 policies checked, 1 has findings"),
        (none[:1], "1 policy checked, none has findings"),
        ([], "no policy checked"),
    ]
    for policies, end in ends:
        assert summary(replace(hand_report, policies=tuple(policies))).partition("; ")[2] == end
    assert counts_of(hand_report.findings) == {Severity.ERROR: 3, Severity.WARNING: 9, Severity.INFO: 0}


def test_what_the_baseline_holds_is_marked(one_policy_report: ValidationReport) -> None:
    mark = fingerprints(one_policy_report)[0][1]
    known = Baseline("known.json", {mark: BaselineEntry(mark, "care:clash", "harbour.html")})
    messages = [finding.message for finding in known_marked(one_policy_report, known).findings]
    assert messages[1] == "(known) “We never pass on” is denied by “we pass on”."
    assert sum(message.startswith("(known)") for message in messages) == 1
    assert known_marked(one_policy_report, None) is one_policy_report


def test_findings_stand_under_their_rules_the_gravest_first(one_policy_report: ValidationReport) -> None:
    (result,) = one_policy_report.policies
    grouped = [
        (rule.name, len(found)) for rule, found in under_rules(result.findings, lambda finding: finding.rule)
    ]
    assert grouped == [("care:period", 1), ("care:clash", 1), ("care:vague", 7)]


def test_the_gravity_of_a_policy_counts_errors_first(hand_report: ValidationReport) -> None:
    assert [gravity(each) for each in hand_report.policies] == [
        (0, 0, 0),
        (2, 7, 0),
        (0, 1, 0),
        (0, 1, 0),
        (1, 0, 0),
    ]


def test_profiles_with_items(hand_report: ValidationReport) -> None:
    ((profile, rules),) = item_profiles(hand_report)
    assert profile.name == "care"
    assert [rule.name for rule in rules] == ["care:keeper", "care:period", "care:guards", "care:officer"]


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        (None, ""),
        (Certainty(CertaintyKind.EXTRACTION, 1.0), "read with confidence 1.00"),
        (
            Certainty(CertaintyKind.ABSENCE, 0.95, right=19, of=20),
            "where the program found nothing in 20 annotated policies, people found nothing either in 19 of them",
        ),
        (
            Certainty(CertaintyKind.ABSENCE, 0.9),
            "nothing found, which is right with confidence 0.90",
        ),
    ],
)
def test_how_sure_a_finding_is(certainty: Certainty | None, words: str) -> None:
    assert how_sure(certainty) == words


@pytest.mark.parametrize(
    ("text", "longest", "kept"),
    [
        ("short", 5, "short"),
        ("one two three", 9, "one two…"),
        ("x" * 20, 5, "xxxx…"),
        ("a bbbbbbbbbb", 8, "a bbbbb…"),
    ],
)
def test_long_text_is_cut_between_words_where_it_can_be(text: str, longest: int, kept: str) -> None:
    assert cut(text, longest) == kept
    assert len(kept) <= longest


def test_words_keep_what_stands_around_them() -> None:
    found = words_of(Evidence(0, 1, "we sell", "In winter ", ", says Acme."), around=20, longest=20)
    assert "".join(found) == "In winter we sell, says Acme."


def test_words_in_a_long_paragraph_are_cut_on_both_sides() -> None:
    evidence = Evidence(0, 1, "we sell " * 9, "before that and " * 9, " and after that" * 9)
    found = words_of(evidence, around=20, longest=20)
    assert found.before == "…and before that and "
    assert found.quote == "we sell we sell we…"
    assert found.after == " and after that and…"


def test_a_node_is_named_only_where_it_is_not_the_policy(hand_report: ValidationReport) -> None:
    places = {finding.rule.name: node_place(finding) for finding in hand_report.findings}
    assert places == {"care:period": "", "care:clash": "", "care:vague": "", "care:node": "agent/7"}


@pytest.mark.parametrize(
    ("iri", "link"),
    [
        ("https://eur-lex.europa.eu/eli/reg/2016/679/oj", True),
        ("http://example.org/law", True),
        ("javascript:alert(1)", False),
        ("urn:isbn:1", False),
        ("data:text/html,x", False),
    ],
)
def test_only_addresses_of_the_web_are_links(iri: str, link: bool) -> None:
    assert is_link(iri) is link
