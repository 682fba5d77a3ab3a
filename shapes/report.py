"""Writing a validation report in the forms that people and programs read.

A form is a function that writes a :class:`~privagraph.shapes.results.ValidationReport` to a text stream;
:data:`FORMS` names them all. They are described in docs/validation.md.
"""

from __future__ import annotations

import csv
import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO

import pyoxigraph as ox

from privagraph.ontology.namespaces import compact
from privagraph.shapes.results import Evidence, Finding, PolicyResult, Term, ValidationReport
from privagraph.shapes.rules import Severity, short_source

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["CSV_COLUMNS", "FORMS", "write_report"]

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

_PLACES = 5
"""How many places of one rule in one policy the text form shows."""
_QUOTE = 100
"""How many characters of a quote the text form shows."""
_INDENT = " " * 10
_WIDTH = 100
"""How wide the lines of the text form are."""


def write_report(report: ValidationReport, form: str, stream: TextIO) -> None:
    """Write a report.

    Args:
        report: What was found.
        form: One of :data:`FORMS`.
        stream: Where to write; opened with ``newline=""``, if it is a file.

    Raises:
        KeyError: There is no such form.
    """
    FORMS[form](report, stream)


def _write_text(report: ValidationReport, stream: TextIO) -> None:
    for profile in report.profiles:
        stream.write(f"{profile.name}: {profile.title}, {len(profile.rules)} rules\n")
    found = report.by_rule()
    if found:
        stream.write("\n")
        width = max(len(str(count)) for _, count in found)
        names = max(len(rule.name) for rule, _ in found)
        for rule, count in found:
            stream.write(f"  {rule.severity:<7}  {count:>{width}}  {rule.name:<{names}}  {rule.title}\n")
    for result in report.policies:
        stream.write(f"\n{_heading(result)}\n")
        stream.writelines(_result_lines(result))
    counts = ", ".join(_counted(report.count(severity), severity) for severity in Severity)
    touched = sum(bool(result.findings) for result in report.policies)
    stream.write(f"\n{counts} in {touched} of {_counted(len(report.policies), 'policy', 'policies')}\n")


def _heading(result: PolicyResult) -> str:
    return result.name if result.label in ("", result.name) else f"{result.name} ({result.label})"


def _result_lines(result: PolicyResult) -> Iterator[str]:
    if not result.findings:
        yield "  nothing found\n"
    grave = list(Severity)
    ordered = sorted(result.findings, key=lambda found: grave.index(found.severity))
    for (rule, message), group in groupby(ordered, key=lambda found: (found.rule, found.message)):
        findings = list(group)
        yield f"  {rule.severity:<7} {rule.name}\n"
        places = list(dict.fromkeys(place for found in findings if (place := _place(found))))
        lines = [message, f"Source: {', '.join(map(short_source, rule.sources))}", *places[:_PLACES]]
        if len(places) > _PLACES:
            lines.append(f"and {len(places) - _PLACES} more places")
        yield from (f"{_wrapped(line)}\n" for line in lines)


def _wrapped(line: str) -> str:
    """The line within the width, citations such as "Art. 13" kept together."""
    kept = line.replace("Art. ", "Art.\N{NO-BREAK SPACE}")
    filled = textwrap.fill(
        kept, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_long_words=False
    )
    return filled.replace("Art.\N{NO-BREAK SPACE}", "Art. ")


def _place(finding: Finding) -> str:
    """Where it is: the first words that it rests on, else the node, unless that is the policy itself."""
    if finding.evidence:
        first = finding.evidence[0]
        words = " ".join(first.quote.split())
        words = words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1].rstrip()}…"
        return f"“{words}” (characters {first.start} to {first.end})"
    node = finding.value if isinstance(finding.value, ox.NamedNode) else finding.focus
    if isinstance(node, ox.NamedNode) and node.value != finding.policy:
        return f"at {compact(node.value.removeprefix(f'{finding.policy}/'))}"
    return ""


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _write_json(report: ValidationReport, stream: TextIO) -> None:
    content = {
        "conforms": report.conforms,
        "counts": {str(severity): report.count(severity) for severity in Severity},
        "profiles": [
            {"name": profile.name, "title": profile.title, "rules": len(profile.rules)}
            for profile in report.profiles
        ],
        "rules": [
            {
                "name": rule.name,
                "iri": rule.iri,
                "title": rule.title,
                "severity": str(rule.severity),
                "reason": rule.reason,
                "sources": list(rule.sources),
                "findings": count,
            }
            for rule, count in report.by_rule()
        ],
        "policies": [
            {
                "policy": result.policy,
                "sources": list(result.sources),
                "label": result.label,
                "findings": [_finding_object(finding) for finding in result.findings],
            }
            for result in report.policies
        ],
    }
    json.dump(content, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _finding_object(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "sources": list(finding.rule.sources),
        "focus": _term_object(finding.focus),
        "path": finding.path,
        "value": None if finding.value is None else _term_object(finding.value),
        "component": finding.component,
        "evidence": [
            {"start": each.start, "end": each.end, "quote": each.quote} for each in finding.evidence
        ],
    }


def _term_object(term: Term) -> dict[str, str]:
    """A term as SPARQL 1.1 Query Results JSON has it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _write_csv(report: ValidationReport, stream: TextIO) -> None:
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


def _write_turtle(report: ValidationReport, stream: TextIO) -> None:
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


FORMS: Mapping[str, Callable[[ValidationReport, TextIO], None]] = MappingProxyType(
    {"text": _write_text, "json": _write_json, "turtle": _write_turtle, "csv": _write_csv}
)
"""The forms of a report, by the name that the command line takes."""
