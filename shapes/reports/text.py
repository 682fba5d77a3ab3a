"""The text form, for people at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

import pyoxigraph as ox

from privagraph.ontology.namespaces import compact
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import Finding, PolicyResult, ValidationReport
from privagraph.shapes.rules import Severity, short_source

__all__ = ["write_text"]

_PLACES = 5
"""How many places of one rule in one policy the text form shows."""
_QUOTE = 100
"""How many characters of a quote the text form shows."""
_INDENT = " " * 10
_WIDTH = 100
"""How wide the lines of the text form are."""


def write_text(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as plain text."""
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
