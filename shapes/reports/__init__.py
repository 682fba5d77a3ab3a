"""Writing a validation report in the forms that people and programs read.

Each form is a module with a function that writes a :class:`~privagraph.shapes.results.ValidationReport` to a
text stream; :data:`FORMS` names them all. They are described in docs/reports.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TextIO

from privagraph.shapes.reports.context import Form, ReportContext
from privagraph.shapes.reports.csv import write_csv
from privagraph.shapes.reports.html import write_html
from privagraph.shapes.reports.json import write_json
from privagraph.shapes.reports.junit import write_junit
from privagraph.shapes.reports.markdown import write_markdown
from privagraph.shapes.reports.sarif import write_sarif
from privagraph.shapes.reports.shacl import write_jsonld, write_turtle
from privagraph.shapes.reports.text import write_text
from privagraph.shapes.results import ValidationReport

__all__ = ["FORMS", "ReportContext", "write_report"]

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "text": write_text,
        "markdown": write_markdown,
        "html": write_html,
        "json": write_json,
        "csv": write_csv,
        "sarif": write_sarif,
        "junit": write_junit,
        "turtle": write_turtle,
        "jsonld": write_jsonld,
    }
)
"""The forms of a report, by the name that the command line takes."""


def write_report(
    report: ValidationReport, form: str, stream: TextIO, *, context: ReportContext | None = None
) -> None:
    """Write a report.

    Args:
        report: What was found.
        form: One of :data:`FORMS`.
        stream: Where to write; opened with ``newline=""``, if it is a file.
        context: What is known besides, such as the findings that a baseline holds.

    Raises:
        KeyError: There is no such form.
    """
    FORMS[form](report, stream, context or ReportContext())
