from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import pytest

from privagraph import __version__
from privagraph.queries.store import GraphStore
from privagraph.shapes.baselines import Baseline, write_baseline
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.json import report_schema, write_json
from privagraph.shapes.results import ValidationReport
from privagraph.shapes.rules import DEFAULT_PROFILES
from privagraph.shapes.validation import validate

VALIDATOR = jsonschema.Draft202012Validator(
    report_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def written(report: ValidationReport, *, baseline: Baseline | None = None) -> dict[str, Any]:
    """The report, which keeps to its schema."""
    stream = io.StringIO()
    write_json(report, stream, ReportContext(baseline=baseline))
    content: dict[str, Any] = json.loads(stream.getvalue())
    VALIDATOR.validate(content)
    return content


@pytest.fixture(scope="module")
def report(sample_store: GraphStore) -> ValidationReport:
    return validate(sample_store, on=date(2026, 6, 1))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())


def test_the_schema_says_what_everything_is() -> None:
    def undescribed(schema: object, where: str = "") -> list[str]:
        if isinstance(schema, list):
            return [each for part in schema for each in undescribed(part, where)]
        if not isinstance(schema, dict):
            return []
        missing = [
            f"{where}/{name}"
            for name, each in schema.get("properties", {}).items()
            if not {"description", "$ref", "const", "enum"} & each.keys()
        ]
        return missing + [
            each for name, part in schema.items() for each in undescribed(part, f"{where}/{name}")
        ]

    assert undescribed(report_schema()) == []


@pytest.mark.parametrize(
    "change",
    [{"counts": {}}, {"format": 2}, {"extra": 1}, {"checked_on": "soon"}],
    ids=lambda each: next(iter(each)),
)
def test_the_schema_refuses_what_is_not_in_it(
    hand_report: ValidationReport, change: dict[str, object]
) -> None:
    content = written(hand_report) | change
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(content)


def test_the_head_says_what_was_checked(report: ValidationReport) -> None:
    content = written(report)
    assert content["$schema"] == report_schema()["$id"]
    assert content["program"] == {"name": "privagraph", "version": __version__}
    assert content["checked_on"] == "2026-06-01"
    assert content["conforms"] is False
    assert content["baseline"] is None
    assert content["counts"] == {
        "error": sum(found.severity == "error" for found in report.findings),
        "warning": sum(found.severity == "warning" for found in report.findings),
        "info": sum(found.severity == "info" for found in report.findings),
    }
    assert [each["name"] for each in content["profiles"]] == list(DEFAULT_PROFILES)
    assert [each["name"] for each in content["rules"]] == [rule.name for rule in report.rules]
    assert sum(each["findings"] for each in content["rules"]) == len(report.findings)


def test_a_rule_says_all_that_its_shape_says(report: ValidationReport) -> None:
    (shown,) = [each for each in written(report)["rules"] if each["name"] == "gdpr:right-access"]
    (rule,) = [each for each in report.rules if each.name == "gdpr:right-access"]
    assert shown["remedy"] == rule.remedy
    assert shown["citations"][0] == "GDPR Art. 13(2)(b)"
    assert shown["page"] == "https://w3id.org/privagraph/docs/rules/gdpr/right-access"


def test_the_findings_are_those_of_the_report(report: ValidationReport) -> None:
    content = written(report)
    assert [each["policy"] for each in content["policies"]] == [each.policy for each in report.policies]
    for shown, result, marks in zip(content["policies"], report.policies, fingerprints(report), strict=True):
        assert shown["sources"] == list(result.sources)
        assert [each["fingerprint"] for each in shown["findings"]] == list(marks)
        for entry, finding in zip(shown["findings"], result.findings, strict=True):
            assert entry["rule"] == finding.rule.name
            assert entry["message"] == finding.message
            assert entry["remedy"] == finding.rule.remedy
            assert entry["sources"] == list(finding.rule.sources)
            assert entry["focus"] == {"type": "uri", "value": finding.focus.value}
            assert [each["quote"] for each in entry["evidence"]] == [each.quote for each in finding.evidence]


def test_items_and_their_counts(hand_report: ValidationReport) -> None:
    harbour = written(hand_report)["policies"][1]
    (counts,) = harbour["completeness"]
    assert counts == {"profile": "care", "met": 1, "missing": 1, "open": 1, "not_applicable": 1}
    statuses = [(each["rule"], each["status"]) for each in harbour["items"]]
    assert statuses[1:] == [
        ("care:period", "missing"),
        ("care:guards", "not applicable"),
        ("care:officer", "open"),
    ]
    (words,) = harbour["items"][0]["evidence"]
    assert words["quote"] == "Harbour Mail"
    assert words["after"] == " is who we are."
    assert words["confidence"] == 0.99


def test_how_sure_a_finding_is(hand_report: ValidationReport) -> None:
    absent, clash = written(hand_report)["policies"][1]["findings"][:2]
    assert absent["certainty"] == {"kind": "absence", "value": 0.95, "right": 19, "of": 20}
    assert clash["certainty"] == {"kind": "extraction", "value": 0.834, "right": None, "of": None}
    assert [each["start"] for each in clash["evidence"]] == [40, 900]
    assert written(hand_report)["policies"][4]["findings"][0]["certainty"] is None


def test_what_a_baseline_knows(tmp_path: Path, hand_report: ValidationReport) -> None:
    harbour = hand_report.policies[1]
    path = tmp_path / "known.json"
    write_baseline(replace(hand_report, policies=(replace(harbour, findings=harbour.findings[:2]),)), path)
    later = replace(hand_report, policies=(replace(harbour, findings=harbour.findings[1:4]),))
    content = written(later, baseline=Baseline.read(path))
    assert [each["known"] for each in content["policies"][0]["findings"]] == [True, False, False]
    assert content["baseline"]["file"] == str(path)
    assert content["baseline"]["known"] == 1
    assert [(each["rule"], each["source"]) for each in content["baseline"]["gone"]] == [
        ("care:period", "harbour.html")
    ]


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("policy-label/fail", None),
        (
            "policy-content-hash/fail-form",
            {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#string"},
        ),
        ("policy-text/fail-empty", {"type": "literal", "xml:lang": "en", "value": ""}),
        ("mention-role/fail-unknown", {"type": "uri", "value": "https://w3id.org/privagraph/ns#affirmed"}),
    ],
)
def test_values_are_written_as_sparql_results_are(
    case_quads: Callable[[str], list[ox.Quad]], case: str, value: dict[str, str] | None
) -> None:
    made = validate(case_quads(f"structure/{case}"), profiles=["structure"])
    (entry,) = written(made)["policies"][0]["findings"]
    if value is None:
        assert entry["value"] is None
    else:
        assert value.items() <= entry["value"].items()


def test_a_blank_node_is_told_from_an_iri(hand_report: ValidationReport) -> None:
    policy = hand_report.policies[4]
    found = replace(policy.findings[0], focus=ox.BlankNode("b0"), path="^pg:hasDecision")
    content = written(replace(hand_report, policies=(replace(policy, findings=(found,)),)))
    (entry,) = content["policies"][0]["findings"]
    assert entry["focus"] == {"type": "bnode", "value": "b0"}
    assert entry["path"] == "^pg:hasDecision"


def test_a_report_on_nothing(clean_report: ValidationReport) -> None:
    assert written(clean_report)["conforms"] is True
    assert written(clean_report)["checked_on"] is None
    assert written(ValidationReport((), ()))["policies"] == []
