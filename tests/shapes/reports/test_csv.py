from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from privagraph.queries.store import GraphStore
from privagraph.shapes.baselines import Baseline, write_baseline
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.csv import CSV_COLUMNS, write_csv
from privagraph.shapes.results import Evidence, ValidationReport
from privagraph.shapes.validation import validate


def written(report: ValidationReport, *, baseline: Baseline | None = None) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv(report, stream, ReportContext(baseline=baseline))
    assert stream.getvalue().endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))
    assert all(tuple(row) == CSV_COLUMNS for row in rows)
    return rows


def test_a_row_for_each_finding(sample_store: GraphStore) -> None:
    report = validate(sample_store)
    rows = written(report)
    assert [row["rule"] for row in rows] == [
        finding.rule.name for finding in report.findings for _ in range(max(1, len(finding.evidence)))
    ]
    assert {row["source"] for row in rows} == {"lantern.html", "merle.txt"}
    assert {row["fingerprint"] for row in rows} == {mark for marks in fingerprints(report) for mark in marks}
    quoted = [row for row in rows if row["quote"]]
    assert quoted
    assert all(int(row["end"]) - int(row["start"]) == len(row["quote"].removeprefix("'")) for row in quoted)


def test_a_row_for_each_quote(hand_report: ValidationReport) -> None:
    clash = [row for row in written(hand_report) if row["rule"] == "care:clash"]
    assert [(row["start"], row["quote"]) for row in clash] == [
        ("40", "We never pass on your address"),
        ("900", "we pass on your address to couriers"),
    ]
    assert len({row["fingerprint"] for row in clash}) == 1


def test_what_to_do_and_how_sure(hand_report: ValidationReport) -> None:
    (row,) = [row for row in written(hand_report) if row["rule"] == "care:period"]
    assert row["remedy"] == "Mend it: how long data are kept."
    assert row["certainty"] == "0.95"
    assert row["quote"] == row["start"] == row["known"] == ""
    (row,) = [row for row in written(hand_report) if row["rule"] == "care:node"]
    assert row["certainty"] == row["remedy"] == ""


def test_what_is_known(tmp_path: Path, hand_report: ValidationReport) -> None:
    path = tmp_path / "known.json"
    write_baseline(replace(hand_report, policies=hand_report.policies[:2]), path)
    rows = written(hand_report, baseline=Baseline.read(path))
    assert {(row["source"] == "harbour.html", row["known"]) for row in rows} == {(True, "yes"), (False, "no")}


@pytest.mark.parametrize(
    ("quote", "cell"),
    [
        ('=HYPERLINK("https://evil.example")', '\'=HYPERLINK("https://evil.example")'),
        ("+1 555 0100", "'+1 555 0100"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("you may = we may", "you may = we may"),
        ("two\nlines, “quoted”", "two\nlines, “quoted”"),
        ("'tis so", "'tis so"),
    ],
)
def test_no_cell_is_a_formula(hand_report: ValidationReport, quote: str, cell: str) -> None:
    policy = hand_report.policies[3]
    found = replace(policy.findings[0], message=quote, evidence=(Evidence(1, 2, quote),))
    hostile = replace(policy, sources=(quote,), findings=(found,))
    (row,) = written(replace(hand_report, policies=(hostile,)))
    assert row["quote"] == row["source"] == row["message"] == cell
