from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH
from rdflib.compare import to_canonical_graph

from privagraph.queries.store import GraphStore
from privagraph.shapes.graphs import data_graph
from privagraph.shapes.reports import FORMS, write_report
from privagraph.shapes.reports.csv import CSV_COLUMNS
from privagraph.shapes.results import ValidationReport
from privagraph.shapes.rules import profile
from privagraph.shapes.validation import shapes_graph, validate


def written(report: ValidationReport, form: str) -> str:
    stream = io.StringIO(newline="")
    write_report(report, form, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def report(sample_store: GraphStore) -> ValidationReport:
    return validate(sample_store)


@pytest.fixture
def broken(case_quads: Callable[[str], list[ox.Quad]]) -> ValidationReport:
    return validate(case_quads("structure/decision-policy/fail"), profiles=["structure"])


def test_the_forms() -> None:
    assert list(FORMS) == ["text", "json", "turtle", "csv"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_the_same_every_time(report: ValidationReport, form: str) -> None:
    assert written(report, form) == written(report, form)
    assert written(report, form).endswith("\n")


def test_an_unknown_form_is_an_error(report: ValidationReport) -> None:
    with pytest.raises(KeyError, match="sarif"):
        write_report(report, "sarif", io.StringIO())


def test_json_holds_everything(report: ValidationReport) -> None:
    content = json.loads(written(report, "json"))
    assert list(content) == ["conforms", "counts", "profiles", "rules", "policies"]
    assert content["conforms"] is False
    assert content["counts"] == {
        "error": sum(found.severity == "error" for found in report.findings),
        "warning": sum(found.severity == "warning" for found in report.findings),
        "info": sum(found.severity == "info" for found in report.findings),
    }
    assert [each["name"] for each in content["profiles"]] == ["structure", "gdpr"]
    assert sum(each["findings"] for each in content["rules"]) == len(report.findings)
    assert [each["policy"] for each in content["policies"]] == [each.policy for each in report.policies]
    for shown, result in zip(content["policies"], report.policies, strict=True):
        assert shown["sources"] == list(result.sources)
        for entry, finding in zip(shown["findings"], result.findings, strict=True):
            assert entry["rule"] == finding.rule.name
            assert entry["message"] == finding.message
            assert entry["sources"] == list(finding.rule.sources)
            assert entry["focus"] == {"type": "uri", "value": finding.focus.value}
            assert [each["quote"] for each in entry["evidence"]] == [each.quote for each in finding.evidence]


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
def test_json_writes_values_as_sparql_results_do(
    case_quads: Callable[[str], list[ox.Quad]], case: str, value: dict[str, str] | None
) -> None:
    made = validate(case_quads(f"structure/{case}"), profiles=["structure"])
    (entry,) = json.loads(written(made, "json"))["policies"][0]["findings"]
    if value is None:
        assert entry["value"] is None
    else:
        assert value.items() <= entry["value"].items()


def test_csv_has_a_row_for_each_finding(report: ValidationReport) -> None:
    rows = list(csv.DictReader(io.StringIO(written(report, "csv"), newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["rule"] for row in rows] == [finding.rule.name for finding in report.findings]
    assert {row["source"] for row in rows} == {"lantern.html", "merle.txt"}
    quoted = [row for row in rows if row["quote"]]
    assert [(row["rule"], row["quote"]) for row in quoted] == [("gdpr:right-withdraw-consent", "you agree")]
    assert int(quoted[0]["end"]) - int(quoted[0]["start"]) == len("you agree")


def results(graph: rdflib.Graph) -> list[rdflib.Graph]:
    """Each result with all that hangs on it, but for its message and the query that found it."""
    found = []
    for node in graph.subjects(RDF.type, SH.ValidationResult):
        part = graph.cbd(node)
        for predicate in (SH.resultMessage, SH.sourceConstraint):
            part.remove((None, predicate, None))
        own = rdflib.Graph()
        for triple in part:
            if triple[0] == node or triple[1] in (SH.inversePath, SH.alternativePath, RDF.first, RDF.rest):
                own.add(triple)
        found.append(to_canonical_graph(own))
    return sorted(found, key=sorted)


@pytest.mark.parametrize(
    "case", ["mention-policy/fail", "practice-policy/fail", "mention-role/fail-two", "policy-text/fail-empty"]
)
def test_turtle_is_the_report_that_pyshacl_makes(
    case_quads: Callable[[str], list[ox.Quad]], case: str
) -> None:
    quads = case_quads(f"structure/{case}")
    ours = rdflib.Graph().parse(data=written(validate(quads, profiles=["structure"]), "turtle"))
    _, theirs, _ = pyshacl.validate(data_graph(quads), shacl_graph=shapes_graph((profile("structure"),)))
    assert [set(each) for each in results(ours)] == [set(each) for each in results(theirs)]
    assert len(results(ours)) == 1


def test_turtle_is_one_report_on_all_policies(report: ValidationReport) -> None:
    graph = rdflib.Graph().parse(data=written(report, "turtle"))
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms) == rdflib.Literal(False)
    assert len(list(graph.objects(node, SH.result))) == len(report.findings)
    for result in graph.objects(node, SH.result):
        for needed in (SH.focusNode, SH.sourceShape, SH.resultSeverity, SH.sourceConstraintComponent):
            assert graph.value(result, needed) is not None


def test_turtle_of_a_property_path(broken: ValidationReport) -> None:
    (finding,) = broken.findings
    assert finding.path == "^pg:hasDecision"
    graph = rdflib.Graph().parse(data=written(broken, "turtle"))
    assert [str(each) for each in graph.objects(None, SH.inversePath)] == [
        "https://w3id.org/privagraph/ns#hasDecision"
    ]
