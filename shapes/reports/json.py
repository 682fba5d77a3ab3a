"""The JSON form, for programs."""

from __future__ import annotations

import json
from typing import TextIO

import pyoxigraph as ox

from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import Finding, Term, ValidationReport
from privagraph.shapes.rules import Severity

__all__ = ["write_json"]


def write_json(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as JSON."""
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
