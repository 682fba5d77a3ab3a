"""The JSON form, for programs: everything that is known of each finding.

Its schema is ``report.schema.json`` beside this module (JSON Schema, draft 2020-12); keys are added to it, but not
taken away or given another meaning without a new number in ``format``.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, TextIO

import pyoxigraph as ox

from privagraph._version import __version__
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import (
    Certainty,
    Evidence,
    Finding,
    Item,
    PolicyResult,
    Term,
    ValidationReport,
)
from privagraph.shapes.rules import Rule, Severity, short_source

__all__ = ["report_schema", "write_json"]

_FORMAT = 1

_Object = dict[str, Any]
"""A JSON object, whose values are of any kind."""


def report_schema() -> _Object:
    """The JSON Schema that every report in this form keeps to."""
    schema: _Object = json.loads((files("privagraph.shapes.reports") / "report.schema.json").read_bytes())
    return schema


def write_json(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as JSON."""
    counts = dict(report.by_rule())
    known = frozenset[str]() if context.baseline is None else context.baseline.known(report)
    content = {
        "$schema": report_schema()["$id"],
        "format": _FORMAT,
        "program": {"name": "privagraph", "version": __version__},
        "checked_on": None if report.checked_on is None else report.checked_on.isoformat(),
        "conforms": report.conforms,
        "counts": {str(severity): report.count(severity) for severity in Severity},
        "baseline": _baseline(report, context),
        "profiles": [
            {
                "name": profile.name,
                "title": profile.title,
                "description": profile.description,
                "since": profile.since,
                "rules": len(profile.rules),
            }
            for profile in report.profiles
        ],
        "rules": [_rule(rule, counts.get(rule, 0)) for rule in report.rules],
        "policies": [
            _policy(result, marks, known)
            for result, marks in zip(report.policies, fingerprints(report), strict=True)
        ],
    }
    json.dump(content, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _baseline(report: ValidationReport, context: ReportContext) -> _Object | None:
    if context.baseline is None:
        return None
    return {
        "file": context.baseline.location,
        "known": len(context.baseline.known(report)),
        "gone": [
            {
                "fingerprint": entry.fingerprint,
                "rule": entry.rule,
                "source": entry.source,
                "words": entry.words,
            }
            for entry in context.baseline.gone(report)
        ],
    }


def _rule(rule: Rule, count: int) -> _Object:
    return {
        "name": rule.name,
        "iri": rule.iri,
        "profile": rule.profile,
        "title": rule.title,
        "severity": str(rule.severity),
        "reason": rule.reason,
        "remedy": rule.remedy,
        "sources": list(rule.sources),
        "citations": [short_source(source) for source in rule.sources],
        "page": rule.page or None,
        "findings": count,
    }


def _policy(result: PolicyResult, marks: tuple[str, ...], known: frozenset[str]) -> _Object:
    return {
        "policy": result.policy,
        "sources": list(result.sources),
        "label": result.label,
        "completeness": [
            {
                "profile": each.profile,
                "met": each.met,
                "missing": each.missing,
                "open": each.open,
                "not_applicable": each.not_applicable,
            }
            for each in result.completeness()
        ],
        "items": [_item(item) for item in result.items],
        "findings": [
            _finding(finding, mark, known) for finding, mark in zip(result.findings, marks, strict=True)
        ],
    }


def _item(item: Item) -> _Object:
    return {
        "rule": item.rule.name,
        "status": str(item.status),
        "evidence": [_evidence(each) for each in item.evidence],
    }


def _finding(finding: Finding, mark: str, known: frozenset[str]) -> _Object:
    return {
        "rule": finding.rule.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "remedy": finding.rule.remedy,
        "sources": list(finding.rule.sources),
        "fingerprint": mark,
        "known": mark in known,
        "certainty": None if finding.certainty is None else _certainty(finding.certainty),
        "focus": _term(finding.focus),
        "path": finding.path,
        "value": None if finding.value is None else _term(finding.value),
        "component": finding.component,
        "evidence": [_evidence(each) for each in finding.evidence],
    }


def _certainty(certainty: Certainty) -> _Object:
    return {
        "kind": str(certainty.kind),
        "value": certainty.value,
        "right": certainty.right,
        "of": certainty.of,
    }


def _evidence(evidence: Evidence) -> _Object:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "before": evidence.before,
        "after": evidence.after,
        "confidence": evidence.confidence,
    }


def _term(term: Term) -> dict[str, str]:
    """A term as SPARQL 1.1 Query Results JSON has it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
