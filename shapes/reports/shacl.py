"""The SHACL validation report, for tools that read SHACL."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import ValidationReport

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["write_turtle"]


def write_turtle(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """The SHACL validation report of all policies together (SHACL, section 3.6)."""
    import rdflib
    from rdflib import RDF, SH

    from privagraph.ontology.namespaces import PREFIXES
    from privagraph.shapes.store import to_rdflib
    from privagraph.shapes.validation import shapes_graph

    shapes = shapes_graph(report.profiles)
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    node = rdflib.BNode("report")
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, rdflib.Literal(report.conforms)))
    for number, finding in enumerate(report.findings):
        result, shape = rdflib.BNode(f"result{number:06}"), rdflib.URIRef(finding.rule.iri)
        graph.add((node, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.sourceShape, shape))
        graph.add((result, SH.resultSeverity, rdflib.URIRef(finding.severity.iri)))
        graph.add((result, SH.sourceConstraintComponent, rdflib.URIRef(finding.component)))
        graph.add((result, SH.resultMessage, rdflib.Literal(finding.message, lang="en")))
        graph.add((result, SH.focusNode, to_rdflib(finding.focus)))
        if finding.value is not None:
            graph.add((result, SH.value, to_rdflib(finding.value)))
        declared = shapes.value(shape, SH.path)
        if isinstance(declared, rdflib.BNode):
            graph.add((result, SH.resultPath, declared))
            _copy(declared, shapes, graph)
        elif finding.path is not None:
            graph.add((result, SH.resultPath, rdflib.URIRef(finding.path)))
    stream.write(graph.serialize(format="turtle"))


def _copy(node: Node, origin: rdflib.Graph, target: rdflib.Graph) -> None:
    """Copy what a graph says of a blank node, and of the blank nodes that it leads to."""
    import rdflib

    for predicate, value in origin.predicate_objects(node):
        target.add((node, predicate, value))
        if isinstance(value, rdflib.BNode):
            _copy(value, origin, target)
