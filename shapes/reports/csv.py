"""The CSV form (RFC 4180), for spreadsheets: a row for each finding and each quote that it rests on."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from privagraph.ontology.spreadsheets import safe
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import Evidence, Finding, PolicyResult, ValidationReport

__all__ = ["CSV_COLUMNS", "write_csv"]

CSV_COLUMNS = (
    "policy",
    "source",
    "profile",
    "rule",
    "severity",
    "title",
    "message",
    "legal_source",
    "focus",
    "path",
    "value",
    "start",
    "end",
    "quote",
    "remedy",
    "certainty",
    "fingerprint",
    "known",
)
"""The columns of the CSV form; one row for each finding and each quote that it rests on."""

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def write_csv(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as CSV."""
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(CSV_COLUMNS)
    known = None if context.baseline is None else context.baseline.known(report)
    for result, marks in zip(report.policies, fingerprints(report), strict=True):
        for finding, mark in zip(result.findings, marks, strict=True):
            told = "" if known is None else "yes" if mark in known else "no"
            rows.writerows(_rows(result, finding, mark, told))


def _rows(result: PolicyResult, finding: Finding, mark: str, known: str) -> Iterable[list[str | int]]:
    rule, certainty = finding.rule, finding.certainty
    places: Iterable[Evidence | None] = finding.evidence or (None,)
    for place in places:
        start, end, quote = ("", "", "") if place is None else (place.start, place.end, place.quote)
        yield [
            _safe(result.policy),
            _safe(result.name),
            _safe(rule.profile),
            _safe(rule.name),
            str(rule.severity),
            _safe(rule.title),
            _safe(finding.message),
            _safe(" ".join(rule.sources)),
            _safe(finding.focus.value),
            _safe(finding.path or ""),
            _safe("" if finding.value is None else finding.value.value),
            start,
            end,
            _safe(quote),
            _safe(rule.remedy),
            "" if certainty is None else f"{certainty.value:.2f}",
            mark,
            known,
        ]


def _safe(text: str) -> str:
    """The text as a cell: nothing that steers a terminal, and an apostrophe before what looks like a formula."""
    kept = _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)
    return safe(kept)
