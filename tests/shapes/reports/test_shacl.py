from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH
from rdflib.compare import isomorphic, to_canonical_graph

from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.queries.store import GraphStore
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.graphs import with_terms
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.shacl import report_triples, write_jsonld, write_turtle
from privagraph.shapes.results import ValidationReport
from privagraph.shapes.rules import profile
from privagraph.shapes.validation import shapes_graph, validate

DCT, OA, PG = (rdflib.Namespace(PREFIXES[prefix]) for prefix in ("dct", "oa", "pg"))


def turtle(report: ValidationReport) -> rdflib.Graph:
    stream = io.StringIO()
    write_turtle(report, stream, ReportContext())
    return rdflib.Graph().parse(data=stream.getvalue(), format="turtle")


def results(graph: rdflib.Graph) -> list[rdflib.Graph]:
    """Each result as SHACL defines it, without its message and the query that found it."""
    found = []
    for node in graph.subjects(RDF.type, SH.ValidationResult):
        own = rdflib.Graph()
        for triple in graph.cbd(node):
            kept = triple[1] == RDF.type or str(triple[1]).startswith(PREFIXES["sh"])
            if kept and triple[0] == node and triple[1] not in (SH.resultMessage, SH.sourceConstraint):
                own.add(triple)
            if triple[1] in (SH.inversePath, SH.alternativePath, RDF.first, RDF.rest):
                own.add(triple)
        found.append(to_canonical_graph(own))
    return sorted(found, key=sorted)


@pytest.mark.parametrize(
    "case",
    [
        "mention-policy/fail",
        "practice-policy/fail",
        "decision-policy/fail",
        "mention-role/fail-two",
        "policy-text/fail-empty",
    ],
)
def test_it_is_the_report_that_pyshacl_makes(case_quads: Callable[[str], list[ox.Quad]], case: str) -> None:
    quads = case_quads(f"structure/{case}")
    ours = turtle(validate(quads, profiles=["structure"]))
    graph = PreparedPolicy("urn:case", with_terms(quads)).graph
    _, theirs, _ = pyshacl.validate(graph, shacl_graph=shapes_graph((profile("structure"),)))
    assert [set(each) for each in results(ours)] == [set(each) for each in results(theirs)]
    assert len(results(ours)) == 1


def test_it_is_one_report_on_all_policies(sample_store: GraphStore) -> None:
    report = validate(sample_store, on=date(2026, 6, 1))
    graph = turtle(report)
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms) == rdflib.Literal(False)
    assert graph.value(node, DCT.date) == rdflib.Literal(date(2026, 6, 1))
    found = list(graph.objects(node, SH.result))
    assert len(found) == len(report.findings)
    for result in found:
        for needed in (SH.focusNode, SH.sourceShape, SH.resultSeverity, SH.sourceConstraintComponent):
            assert graph.value(result, needed) is not None
    assert {str(each) for each in graph.objects(None, DCT.identifier)} == {
        mark for marks in fingerprints(report) for mark in marks
    }


def test_a_report_without_findings_conforms(clean_report: ValidationReport) -> None:
    graph = turtle(clean_report)
    assert list(graph.objects(None, SH.conforms)) == [rdflib.Literal(True)]
    assert not list(graph.subjects(RDF.type, SH.ValidationResult))


def test_messages_are_in_english_where_the_shape_is_ours(
    sample_quads: Sequence[ox.Quad], hand_report: ValidationReport
) -> None:
    ours = turtle(validate(sample_quads, profiles=["gdpr"]))
    languages = {
        each.language for each in ours.objects(None, SH.resultMessage) if isinstance(each, rdflib.Literal)
    }
    assert languages == {"en"}
    others = turtle(hand_report)
    languages = {
        each.language for each in others.objects(None, SH.resultMessage) if isinstance(each, rdflib.Literal)
    }
    assert languages == {None}


def test_the_words_are_the_nodes_of_the_graph(sample_quads: Sequence[ox.Quad]) -> None:
    quads = [quad for quad in sample_quads if not quad.predicate.value.endswith("#role")]
    graph = turtle(validate(quads, profiles=["structure"]))
    spans = set(graph.objects(None, PG.evidence))
    assert len(spans) > 5
    known = PreparedPolicy("urn:known", with_terms(quads)).graph
    for span in spans:
        assert (span, RDF.type, OA.SpecificResource) in graph
        for triple in graph.cbd(span):
            assert triple in known
        for selector in graph.objects(span, OA.hasSelector):
            said = set(graph.predicate_objects(selector))
            assert said <= set(known.predicate_objects(selector))
            assert len(said) in (2, 3)


def test_a_property_path_is_described(case_quads: Callable[[str], list[ox.Quad]]) -> None:
    broken = validate(case_quads("structure/decision-policy/fail"), profiles=["structure"])
    (finding,) = broken.findings
    assert finding.path == "^pg:hasDecision"
    graph = turtle(broken)
    assert list(graph.objects(None, SH.inversePath)) == [PG.hasDecision]


def test_a_path_of_shapes_of_ones_own(hand_report: ValidationReport) -> None:
    shapes = b"""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
        @prefix pg: <https://w3id.org/privagraph/ns#> .
        ex:S a sh:NodeShape ;
            sh:property [ sh:path ( pg:role [ sh:zeroOrMorePath pg:concept ] ) ] , [ sh:path pg:agent ] .
    """
    policy = hand_report.policies[4]
    one = replace(policy.findings[0], path="(pg:role/pg:concept*)")
    other = replace(policy.findings[0], path=expand("pg:agent"))
    report = replace(
        hand_report,
        profiles=(replace(hand_report.profiles[0], turtle=shapes),),
        policies=(replace(policy, findings=(one, other)),),
    )
    graph = turtle(report)
    paths = list(graph.objects(None, SH.resultPath))
    assert PG.agent in paths
    (path,) = [each for each in paths if isinstance(each, rdflib.BNode)]
    first, second = rdflib.collection.Collection(graph, path)
    assert first == PG.role
    assert graph.value(second, SH.zeroOrMorePath) == PG.concept


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # rdflib's own use of it
def test_jsonld_is_the_same_report(hand_report: ValidationReport) -> None:
    stream = io.StringIO()
    write_jsonld(hand_report, stream, ReportContext())
    graph = rdflib.Graph().parse(data=stream.getvalue(), format="json-ld")
    assert isomorphic(graph, turtle(hand_report))
    assert len(graph) == len(set(report_triples(hand_report)))
    content = json.loads(stream.getvalue())
    assert content["@context"]["sh"] == PREFIXES["sh"]
    assert "sh:ValidationReport" in content["@graph"][0]["@type"]
