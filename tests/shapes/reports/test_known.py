from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from privagraph.shapes.baselines import Baseline, write_baseline
from privagraph.shapes.reports import write_report
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.known import baseline_lines
from privagraph.shapes.results import ValidationReport


@pytest.fixture
def baseline(tmp_path: Path, one_policy_report: ValidationReport) -> Baseline:
    """The first three findings of the policy."""
    (policy,) = one_policy_report.policies
    path = tmp_path / "known.json"
    before = replace(policy, findings=policy.findings[:3])
    write_baseline(replace(one_policy_report, policies=(before,)), path)
    return Baseline.read(path)


def test_without_a_baseline_nothing_is_said(one_policy_report: ValidationReport) -> None:
    assert list(baseline_lines(one_policy_report, None)) == []


def test_known_and_new_findings_are_counted(one_policy_report: ValidationReport, baseline: Baseline) -> None:
    assert list(baseline_lines(one_policy_report, baseline)) == [
        f"3 of 9 findings known from {baseline.location}, 6 new"
    ]


def test_what_is_gone_is_named(one_policy_report: ValidationReport, baseline: Baseline) -> None:
    (policy,) = one_policy_report.policies
    mended = replace(one_policy_report, policies=(replace(policy, findings=policy.findings[1:2]),))
    first, second = baseline_lines(mended, baseline)
    assert first.startswith("1 of 1 finding known from ")
    assert second == (
        "2 known findings not found any more: care:period in harbour.html, care:vague in harbour.html; "
        "write the file again with --write-baseline"
    )


def test_of_many_that_are_gone_the_first_are_named(
    tmp_path: Path, one_policy_report: ValidationReport
) -> None:
    (policy,) = one_policy_report.policies
    path = tmp_path / "known.json"
    write_baseline(
        replace(one_policy_report, policies=(replace(policy, findings=policy.findings * 2),)), path
    )
    clean = replace(one_policy_report, policies=(replace(policy, findings=()),))
    *_, line = baseline_lines(clean, Baseline.read(path))
    assert line.startswith("18 known findings not found any more: ")
    assert " and 8 more; " in line


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_forms_say_it(one_policy_report: ValidationReport, baseline: Baseline, form: str) -> None:
    stream = io.StringIO()
    write_report(one_policy_report, form, stream, context=ReportContext(baseline=baseline))
    assert "3 of 9 findings known from" in stream.getvalue()
