"""The JUnit form, for build servers that list tests: a suite for each policy, a test case for each rule.

There is no standard. This keeps to the elements and attributes that Apache Ant wrote first and that Jenkins, GitLab and
Azure Pipelines read: https://github.com/testmoapp/junitxml. A finding that is grave enough to fail the build is a
failure; others are told in the case's output, so that a build server does not call the build broken when the command
does not. A rule that does not apply is skipped, and so is one all of whose findings are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from privagraph.shapes.fingerprints import fingerprints, source_of
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import Finding, ItemStatus, PolicyResult, ValidationReport
from privagraph.shapes.rules import Rule, short_source

__all__ = ["write_junit"]

# What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets): most control characters, half characters.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DOTS = re.compile(r"[.\s/\\]+")


def write_junit(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as JUnit XML."""
    known = frozenset[str]() if context.baseline is None else context.baseline.known(report)
    root = Element("testsuites", {"name": "privagraph"})
    day = None if report.checked_on is None else report.checked_on.isoformat()
    for result, marks in zip(report.policies, fingerprints(report), strict=True):
        found: dict[Rule, list[tuple[Finding, bool]]] = {}
        for finding, mark in zip(result.findings, marks, strict=True):
            found.setdefault(finding.rule, []).append((finding, mark in known))
        suite = SubElement(root, "testsuite", {"name": _clean(source_of(result))})
        if day:
            suite.set("timestamp", f"{day}T00:00:00")
        spared = {item.rule for item in result.items if item.status is ItemStatus.NOT_APPLICABLE}
        for rule in report.rules:
            case = SubElement(suite, "testcase", _named(rule, result))
            if rule in found:
                _tell(case, found[rule], context)
            elif rule in spared:
                SubElement(case, "skipped", {"message": "does not apply to this policy"})
        _count(suite)
    _count(root)
    indent(root)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(tostring(root, encoding="unicode"))
    stream.write("\n")


def _named(rule: Rule, result: PolicyResult) -> dict[str, str]:
    """The name of the case; build servers tell cases apart by it and show the class by what stands before a dot."""
    policy = _DOTS.sub("_", _clean(source_of(result)))
    return {"classname": f"{_clean(rule.profile)}.{policy}", "name": _clean(rule.name), "time": "0"}


def _tell(case: Element, found: Sequence[tuple[Finding, bool]], context: ReportContext) -> None:
    """What was found: as a failure, as known, or in passing."""
    failing: list[Finding] = []
    others: list[Finding] = []
    for finding, known in found:
        fails = not known and finding.severity.reaches(context.fail_on)
        (failing if fails else others).append(finding)
    if failing:
        first = failing[0]
        failure = SubElement(case, "failure", {"message": _clean(first.message), "type": str(first.severity)})
        failure.text = _clean("\n\n".join(_told(finding) for finding in failing))
    elif all(known for _, known in found):
        SubElement(case, "skipped", {"message": "known: the baseline has all findings of this rule"})
    if others:
        SubElement(case, "system-out").text = _clean("\n\n".join(_told(finding) for finding in others))


def _told(finding: Finding) -> str:
    """A finding in full: what is wrong, where, what to do, which clause asks for it."""
    lines = [f"{finding.severity}: {finding.message}"]
    lines += [
        f"“{' '.join(each.quote.split())}” (characters {each.start} to {each.end})"
        for each in finding.evidence
    ]
    lines += [finding.rule.remedy] * bool(finding.rule.remedy)
    lines += [f"Source: {'; '.join(map(short_source, finding.rule.sources))}"] * bool(finding.rule.sources)
    return "\n".join(lines)


def _count(element: Element) -> None:
    """Set the attributes that tell how many cases there are, and of which kind."""
    cases = list(element.iter("testcase"))
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": 0,
        "skipped": sum(case.find("skipped") is not None for case in cases),
        "time": 0,
    }
    for name, number in counts.items():
        element.set(name, str(number))


def _clean(text: str) -> str:
    """The text without what XML has no way to write."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
