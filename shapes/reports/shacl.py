"""The SHACL validation report (SHACL, section 3.6), for tools that read SHACL: in Turtle and in JSON-LD.

Besides what SHACL defines, a result says by ``dct:identifier`` its fingerprint and by ``pg:evidence`` the words that
it rests on. These are the very nodes that a policy's graph has for its words, so that a report can be read alone or
added to the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, TextIO

import pyoxigraph as ox

from privagraph._version import __version__
from privagraph.ontology.evidence import span_iri
from privagraph.ontology.jsonld import compacted
from privagraph.ontology.namespaces import BASE, PREFIXES, expand
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.paths import written_path
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import Evidence, Finding, ValidationReport

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["report_triples", "write_jsonld", "write_turtle"]

_SHORT = {
    name: PREFIXES[name] for name in ("sh", "dct", "oa", "pg", "dpv", "pd", "eu-gdpr", "rdf", "rdfs", "xsd")
}
_Node = ox.NamedNode | ox.BlankNode | ox.Literal
_Paths = dict[str, tuple[ox.BlankNode, list[ox.Triple]]]
"""By the path as SPARQL writes it: the node that stands for it, and what describes that."""


def write_turtle(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the SHACL report of all policies together as Turtle."""
    stream.write(_serialized(report, ox.RdfFormat.TURTLE).decode())


def write_jsonld(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the SHACL report of all policies together as JSON-LD, with the prefixes as its context."""
    stream.write(compacted(_serialized(report, ox.RdfFormat.JSON_LD), _SHORT).decode())


def report_triples(report: ValidationReport) -> Iterator[ox.Triple]:
    """The SHACL report of all policies together.

    Args:
        report: What was found.

    Returns:
        The triples, one subject after the other.
    """
    node, marks = ox.BlankNode("report"), [mark for each in fingerprints(report) for mark in each]
    yield ox.Triple(node, _term("rdf:type"), _term("sh:ValidationReport"))
    yield ox.Triple(node, _term("sh:conforms"), ox.Literal(report.conforms))
    yield ox.Triple(node, _term("dct:creator"), ox.NamedNode(f"{BASE}software/privagraph-{__version__}"))
    if report.checked_on is not None:
        day = ox.Literal(report.checked_on.isoformat(), datatype=_term("xsd:date"))
        yield ox.Triple(node, _term("dct:date"), day)
    results = [ox.BlankNode(f"result{number:06}") for number in range(len(marks))]
    for result in results:
        yield ox.Triple(node, _term("sh:result"), result)
    paths = _paths(report)
    quoted: dict[str, tuple[str, Evidence]] = {}
    for result, finding, mark in zip(results, report.findings, marks, strict=True):
        yield from _result(result, finding, mark, paths)
        for each in finding.evidence:
            quoted[span_iri(finding.policy, each.start, each.end)] = (finding.policy, each)
    for path in {finding.path: None for finding in report.findings if finding.path in paths}:
        yield from paths[path][1]
    for span, (policy, evidence) in quoted.items():
        yield from _span(span, policy, evidence)


def _serialized(report: ValidationReport, form: ox.RdfFormat) -> bytes:
    written = ox.serialize(report_triples(report), format=form, prefixes=_SHORT)
    assert written is not None  # there is no output to write it to
    return written


def _result(node: ox.BlankNode, finding: Finding, mark: str, paths: _Paths) -> Iterator[ox.Triple]:
    def say(predicate: str, value: _Node) -> ox.Triple:
        return ox.Triple(node, _term(predicate), value)

    yield say("rdf:type", _term("sh:ValidationResult"))
    yield say("dct:identifier", ox.Literal(mark))
    yield say("sh:focusNode", finding.focus)
    if finding.path is not None:
        path = paths[finding.path][0] if finding.path in paths else ox.NamedNode(finding.path)
        yield say("sh:resultPath", path)
    if finding.value is not None:
        yield say("sh:value", finding.value)
    language = "en" if finding.rule.page else None  # nobody knows the language of shapes of one's own
    yield say("sh:resultMessage", ox.Literal(finding.message, language=language))
    yield say("sh:resultSeverity", ox.NamedNode(finding.severity.iri))
    yield say("sh:sourceShape", ox.NamedNode(finding.rule.iri))
    yield say("sh:sourceConstraintComponent", ox.NamedNode(finding.component))
    for each in finding.evidence:
        yield say("pg:evidence", ox.NamedNode(span_iri(finding.policy, each.start, each.end)))


def _span(iri: str, policy: str, evidence: Evidence) -> Iterator[ox.Triple]:
    """The words, as :func:`privagraph.ontology.evidence.span_quads` writes them."""
    span, position, quote = (ox.NamedNode(iri + part) for part in ("", "/position", "/quote"))
    yield ox.Triple(span, _term("rdf:type"), _term("oa:SpecificResource"))
    yield ox.Triple(span, _term("oa:hasSource"), ox.NamedNode(policy))
    yield ox.Triple(span, _term("oa:hasSelector"), position)
    yield ox.Triple(span, _term("oa:hasSelector"), quote)
    yield ox.Triple(position, _term("rdf:type"), _term("oa:TextPositionSelector"))
    yield ox.Triple(position, _term("oa:start"), ox.Literal(evidence.start))
    yield ox.Triple(position, _term("oa:end"), ox.Literal(evidence.end))
    yield ox.Triple(quote, _term("rdf:type"), _term("oa:TextQuoteSelector"))
    yield ox.Triple(quote, _term("oa:exact"), ox.Literal(evidence.quote))


def _paths(report: ValidationReport) -> _Paths:
    """The paths of the shapes that are more than one property, each with the triples that describe it."""
    from rdflib import SH, BNode

    from privagraph.shapes.validation import shapes_graph

    shapes = shapes_graph(report.profiles)
    declared = {path for path in shapes.objects(None, SH.path) if isinstance(path, BNode)}
    written = sorted((written_path(shapes, path), str(path), path) for path in declared)
    found: _Paths = {}
    for text, _, path in written:
        if text not in found:
            names: dict[Node, ox.BlankNode] = {}
            triples = list(_described(path, shapes, names, f"path{len(found):03}"))
            found[text] = names[path], triples
    return found


def _described(
    node: Node, shapes: rdflib.Graph, names: dict[Node, ox.BlankNode], stem: str
) -> Iterator[ox.Triple]:
    """What the shapes say of a blank node, and of the blank nodes that it leads to."""
    from rdflib import BNode

    from privagraph.shapes.terms import to_oxigraph

    names[node] = ox.BlankNode(f"{stem}step{len(names)}")
    subject = names[node]
    for predicate, value in sorted(shapes.predicate_objects(node)):
        if isinstance(value, BNode) and value not in names:
            yield from _described(value, shapes, names, stem)
        yield ox.Triple(subject, ox.NamedNode(str(predicate)), names.get(value) or to_oxigraph(value))


@cache
def _term(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))
