from __future__ import annotations

import io

import pytest

from privagraph.queries.store import GraphStore
from privagraph.shapes.reports import FORMS, write_report
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import ValidationReport
from privagraph.shapes.validation import validate


def written(report: ValidationReport, form: str) -> str:
    stream = io.StringIO(newline="")
    write_report(report, form, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def report(sample_store: GraphStore) -> ValidationReport:
    return validate(sample_store)


def test_the_forms() -> None:
    assert {"text", "html", "json", "csv", "sarif", "junit", "turtle", "jsonld"} <= set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_the_same_every_time(report: ValidationReport, form: str) -> None:
    assert written(report, form) == written(report, form)
    assert written(report, form).endswith("\n")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_takes_any_words(hand_report: ValidationReport, form: str) -> None:
    assert "\x1b" not in written(hand_report, form)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_takes_a_report_on_nothing(form: str) -> None:
    assert written(ValidationReport((), ()), form)


def test_an_unknown_form_is_an_error(report: ValidationReport) -> None:
    with pytest.raises(KeyError, match="pdf"):
        write_report(report, "pdf", io.StringIO(), context=ReportContext())
