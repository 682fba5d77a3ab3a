"""The SARIF form, for code-scanning pages and editors that show findings in the policy's own file.

Static Analysis Results Interchange Format 2.1.0 with errata 01,
https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html. What GitHub reads of
it: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.

A finding that rests on words points at them in the file (:mod:`privagraph.shapes.originals`), or at the file alone
where their place cannot be told. One that something is missing points at the first line, for want of a better place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from privagraph._version import __version__
from privagraph.ontology.evidence import shortened
from privagraph.shapes.fingerprints import fingerprints, source_of
from privagraph.shapes.originals import Original, Region
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.wording import is_link
from privagraph.shapes.results import Finding, PolicyResult, ValidationReport
from privagraph.shapes.rules import DOCUMENTATION, Rule, Severity, short_source

__all__ = ["write_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RELATED = 20
"""The most places besides the first that a finding shows."""
_SHOWN = 100
"""How many characters of a quote a related place shows."""

_Object = dict[str, Any]
"""A JSON object, whose values are of any kind."""


def write_sarif(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as a SARIF log of one run."""
    rules = {rule.iri: number for number, rule in enumerate(report.rules)}
    known = None if context.baseline is None else context.baseline.known(report)
    artifacts: dict[str, _Object] = {}
    results: list[_Object] = []
    notes: list[_Object] = []
    for result, marks in zip(report.policies, fingerprints(report), strict=True):
        files = () if context.originals is None else context.originals.of(result.policy)
        place = _Place(result, files, artifacts)
        for finding, mark in zip(result.findings, marks, strict=True):
            made = _result(finding, place, mark)
            made["ruleIndex"] = rules[finding.rule.iri]
            if known is not None:
                made["baselineState"] = "unchanged" if mark in known else "new"
            results.append(made)
        notes.extend(_note(each) for each in files if each.problem and result.findings)
    run = {
        "tool": {
            "driver": {
                "name": "privagraph",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": DOCUMENTATION,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that the program was run in."}}},
        "columnKind": "unicodeCodePoints",
        "artifacts": list(artifacts.values()),
        "results": results,
    }
    if report.checked_on is not None:
        run["properties"] = {"checkedOn": report.checked_on.isoformat()}
    json.dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


class _Place:
    """Where the findings of one policy are shown."""

    def __init__(
        self, result: PolicyResult, files: Sequence[Original], artifacts: dict[str, _Object]
    ) -> None:
        self._file = files[0] if files else None
        self._result, self._artifacts = result, artifacts

    def region(self, start: int, end: int) -> Region | None:
        """The place of some words in the file, where it can be told."""
        return None if self._file is None else self._file.region(start, end)

    def location(self, region: _Object | None) -> _Object:
        """The file, and the place in it; the policy by name where it has no file."""
        if self._file is None and not self._result.sources:
            return {"logicalLocations": [{"name": source_of(self._result), "kind": "resource"}]}
        physical: _Object = {"artifactLocation": self._artifact}
        if region is not None:
            physical["region"] = region
        return {"physicalLocation": physical}

    @cached_property
    def _artifact(self) -> _Object:
        """The file as one of the log's artifacts, which are told apart by their numbers."""
        file = self._file or Original(source_of(self._result))
        where = _uri(file)
        if where["uri"] not in self._artifacts:
            made: _Object = {"location": {**where, "index": len(self._artifacts)}}
            if file.digest:
                made["hashes"] = {"sha-256": file.digest}
            if file.media_type:
                made["mimeType"] = file.media_type
            self._artifacts[where["uri"]] = made
        location: _Object = self._artifacts[where["uri"]]["location"]
        return location


def _uri(file: Original) -> _Object:
    """The file as code-scanning pages want it: relative to the root of the repository."""
    if "://" in file.name:
        return {"uri": quote(file.name, safe="/:?#[]@!$&'()*+,;=~%")}
    if file.path is None:
        return {"uri": quote(file.name)}
    path = file.path.resolve()
    root = Path.cwd()
    if not path.is_relative_to(root):
        return {"uri": path.as_uri()}
    return {"uri": quote(path.relative_to(root).as_posix()), "uriBaseId": _ROOT}


def _rule(rule: Rule) -> _Object:
    cited = "; ".join(short_source(source) for source in rule.sources)
    linked = "; ".join(
        f"[{short_source(source)}]({source})" if is_link(source) else short_source(source)
        for source in rule.sources
    )
    parts = [part for part in (rule.reason, rule.remedy) if part]
    made: _Object = {
        "id": rule.name,
        "shortDescription": {"text": rule.title or rule.name},
        "fullDescription": {"text": rule.reason or rule.title or rule.name},
        "help": {
            "text": "\n\n".join([*parts, f"Source: {cited}"] if cited else parts) or rule.name,
            "markdown": "\n\n".join([*parts, f"Source: {linked}"] if linked else parts) or rule.name,
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["privacy", rule.profile]},
    }
    if rule.page:
        made["helpUri"] = rule.page
    return made


def _result(finding: Finding, place: _Place, mark: str) -> _Object:
    cited = "; ".join(short_source(source) for source in finding.rule.sources)
    said = " ".join(part for part in (finding.message, finding.rule.remedy) if part)
    text = _unlinked(f"{said} ({cited})" if cited else said)
    related = [{"id": number, **each} for number, each in enumerate(_related(finding, place), start=1)]
    if related:
        text += " See also: " + ", ".join(f"[other words]({each['id']})" for each in related) + "."
    made: _Object = {
        "ruleId": finding.rule.name,
        "level": _LEVELS[finding.severity],
        "message": {"text": text or finding.rule.name},
        "locations": [place.location(_first(finding, place))],
        "partialFingerprints": {"privagraph/v1": mark},
    }
    if related:
        made["relatedLocations"] = related
    if finding.certainty is not None:
        certainty = finding.certainty
        made["properties"] = {"certainty": {"kind": str(certainty.kind), "value": certainty.value}}
    return made


def _first(finding: Finding, place: _Place) -> _Object | None:
    """The place of the first words; the first line, where something is missing; nothing, where nobody can tell."""
    if not finding.evidence:
        return {"startLine": 1}
    region = place.region(finding.evidence[0].start, finding.evidence[0].end)
    return None if region is None else _region(region)


def _related(finding: Finding, place: _Place) -> Iterator[_Object]:
    """The places of the other words that it rests on, such as the second statement of a contradiction."""
    for each in finding.evidence[1 : 1 + _RELATED]:
        region = place.region(each.start, each.end)
        if region is not None:
            words = _unlinked(f"“{shortened(each.quote, _SHOWN)}”")
            yield {**place.location(_region(region)), "message": {"text": words}}


def _region(region: Region) -> _Object:
    return {
        "startLine": region.start_line,
        "startColumn": region.start_column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
        "snippet": {"text": region.snippet},
    }


def _note(file: Original) -> _Object:
    text = f"{file.name} {file.problem}, so that findings in it have no line."
    return {"level": "note", "message": {"text": _unlinked(text)}}


def _unlinked(text: str) -> str:
    """The text without links: viewers make one of ``[words](target)`` (3.11.6), also of a policy's own words."""
    return text.replace("](", "] (")
