"""The CSV form, for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import Evidence, ValidationReport

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
)
"""The columns of the CSV form; one row for each finding and each quote that it rests on."""


def write_csv(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as CSV (RFC 4180)."""
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(CSV_COLUMNS)
    for result in report.policies:
        for finding in result.findings:
            rule = finding.rule
            start = (result.policy, result.name, rule.profile, rule.name, str(rule.severity), rule.title)
            nodes = (
                finding.focus.value,
                finding.path or "",
                "" if finding.value is None else finding.value.value,
            )
            places: Iterable[Evidence | None] = finding.evidence or (None,)
            for place in places:
                quoted = ("", "", "") if place is None else (place.start, place.end, place.quote)
                rows.writerow((*start, finding.message, " ".join(rule.sources), *nodes, *quoted))
