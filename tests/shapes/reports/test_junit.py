from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import junitparser
import pytest

from privagraph.shapes.baselines import Baseline, write_baseline
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.junit import write_junit
from privagraph.shapes.results import ValidationReport
from privagraph.shapes.rules import Severity

# What build servers read, https://github.com/testmoapp/junitxml: the attributes and children of each element.
READ = {
    "testsuites": ({"name", "tests", "failures", "errors", "skipped", "time"}, ["testsuite"]),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time", "timestamp"}, ["testcase"]),
    "testcase": ({"name", "classname", "time"}, ["skipped", "failure", "system-out"]),
    "skipped": ({"message"}, []),
    "failure": ({"message", "type"}, []),
    "system-out": (set[str](), []),
}


def written(
    report: ValidationReport, *, baseline: Baseline | None = None, fail_on: Severity = Severity.ERROR
) -> Element:
    """The report, which holds nothing but what build servers read, in the order in which they want it."""
    stream = io.StringIO()
    write_junit(report, stream, ReportContext(baseline=baseline, fail_on=fail_on))
    text = stream.getvalue()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    root = fromstring(text)
    for element in root.iter():
        attributes, children = READ[element.tag]
        assert set(element.attrib) <= attributes
        places = [children.index(child.tag) for child in element]
        assert places == sorted(places)
    return root


def cases(root: Element, suite: int) -> dict[str, Element]:
    return {case.attrib["name"]: case for case in root[suite]}


def test_a_suite_for_each_policy_and_a_case_for_each_rule(hand_report: ValidationReport) -> None:
    root = written(replace(hand_report, checked_on=date(2026, 6, 1)))
    assert [suite.attrib["name"] for suite in root][:2] == ["lantern.md", "harbour.html"]
    assert len(root) == len(hand_report.policies)
    for suite in root:
        assert [case.attrib["name"] for case in suite] == [rule.name for rule in hand_report.rules]
        assert suite.attrib["timestamp"] == "2026-06-01T00:00:00"
    assert root[1][0].attrib["classname"] == "care.harbour_html"


def test_the_counts_are_right(hand_report: ValidationReport) -> None:
    root = written(hand_report)
    for element in (root, *root):
        assert int(element.attrib["tests"]) == len(list(element.iter("testcase")))
        assert int(element.attrib["failures"]) == len(list(element.iter("failure")))
        assert int(element.attrib["skipped"]) == len(list(element.iter("skipped")))
    assert int(root.attrib["failures"]) == 3


def test_a_finding_that_fails_the_build_is_a_failure(hand_report: ValidationReport) -> None:
    clash = cases(written(hand_report), 1)["care:clash"].find("failure")
    assert clash is not None
    assert clash.attrib == {"message": "“We never pass on” is denied by “we pass on”.", "type": "error"}
    assert clash.text is not None
    assert "“we pass on your address to couriers” (characters 900 to 940)" in clash.text
    assert "Mend it: no statement contradicts another." in clash.text
    assert "Source: GDPR Art. 13(1)(a)" in clash.text


@pytest.mark.parametrize(
    ("fail_on", "fails"), [(Severity.ERROR, False), (Severity.WARNING, True), (Severity.INFO, True)]
)
def test_others_are_told_in_passing(hand_report: ValidationReport, fail_on: Severity, fails: bool) -> None:
    vague = cases(written(hand_report, fail_on=fail_on), 1)["care:vague"]
    assert (vague.find("failure") is not None) is fails
    assert (vague.find("system-out") is not None) is not fails
    (told,) = vague
    assert told.text is not None
    assert told.text.count("“from time to time”") == 14


def test_a_rule_that_does_not_apply_is_skipped(hand_report: ValidationReport) -> None:
    found = cases(written(hand_report), 1)
    (skipped,) = found["care:guards"]
    assert skipped.attrib == {"message": "does not apply to this policy"}
    assert list(found["care:officer"]) == []


def test_known_findings_do_not_fail(tmp_path: Path, hand_report: ValidationReport) -> None:
    path = tmp_path / "known.json"
    write_baseline(hand_report, path)
    root = written(hand_report, baseline=Baseline.read(path), fail_on=Severity.INFO)
    assert root.attrib["failures"] == "0"
    clash = cases(root, 1)["care:clash"]
    assert [child.tag for child in clash] == ["skipped", "system-out"]


def test_a_new_finding_beside_a_known_one_fails(tmp_path: Path, one_policy_report: ValidationReport) -> None:
    path = tmp_path / "known.json"
    (policy,) = one_policy_report.policies
    write_baseline(
        replace(one_policy_report, policies=(replace(policy, findings=policy.findings[:4]),)), path
    )
    root = written(one_policy_report, baseline=Baseline.read(path), fail_on=Severity.WARNING)
    vague = cases(root, 0)["care:vague"]
    assert [child.tag for child in vague] == ["failure", "system-out"]
    assert vague[0].text is not None
    assert vague[0].text.count("(characters") == 5
    assert vague[1].text is not None
    assert vague[1].text.count("(characters") == 2


@pytest.mark.parametrize("bad", ["\0", "\x1b[31m", "\ud83e", "\uffff", "]]>", "<!--", "&amp;", '"', "\x0b"])
def test_any_words_make_well_formed_xml(hand_report: ValidationReport, bad: str) -> None:
    policy = hand_report.policies[1]
    hostile = replace(
        policy, sources=(f"a{bad}b.md",), findings=(replace(policy.findings[0], message=f"a{bad}b"),)
    )
    root = written(replace(hand_report, policies=(hostile,)))
    (failure,) = root.iter("failure")
    seen = failure.attrib["message"]
    assert seen[0] + seen[-1] == "ab"
    assert seen in (f"a{bad}b", f"a\ufffd{bad[1:]}b")


def test_a_reader_of_junit_reads_it(tmp_path: Path, hand_report: ValidationReport) -> None:
    path = tmp_path / "report.xml"
    with path.open("w", encoding="utf-8") as stream:
        write_junit(hand_report, stream, ReportContext())
    read = junitparser.JUnitXml.fromfile(str(path))
    assert (read.tests, read.failures, read.errors) == (35, 3, 0)
    harbour = list(read)[1]
    (clash,) = [case for case in harbour if case.name == "care:clash"]
    assert [type(each) for each in clash.result] == [junitparser.Failure]
