"""The text form, for people at a terminal: counts for each rule first, then the policies one by one."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator, Sequence
from typing import TextIO

import click

from privagraph.ontology.shown import one_line
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.known import baseline_lines
from privagraph.shapes.reports.wording import (
    STATUS_SIGNS,
    at_characters,
    counted,
    counts_of,
    cut,
    gravity,
    known_marked,
    node_place,
    summary,
    sure_besides,
    title_of,
    under_rules,
    words_of,
)
from privagraph.shapes.results import (
    Completeness,
    Evidence,
    Finding,
    ItemStatus,
    PolicyResult,
    ValidationReport,
)
from privagraph.shapes.rules import Rule, Severity, short_source

__all__ = ["write_text"]

_POLICIES = 50
"""How many policies are shown one by one."""
_PLACES = 5
"""How many findings of one rule in one policy are shown."""
_AROUND = 70
"""How many characters are shown of what stands before the words of a policy, and as many after."""
_QUOTE = 160
"""How many characters of the words themselves are shown."""
_NARROWEST = 60
_INDENT = " " * 10

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_STATUS_COLOURS = {ItemStatus.MET: "green", ItemStatus.MISSING: "red", ItemStatus.OPEN: "yellow"}

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Stand for the marks around the words of a policy while lines are broken."""


def write_text(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as plain text."""
    stream.writelines(f"{line}\n" for line in _Text(known_marked(report, context.baseline), context).lines())


class _Text:
    """The lines of one report."""

    def __init__(self, report: ValidationReport, context: ReportContext) -> None:
        self._report, self._baseline = report, context.baseline
        self._colour = context.colour
        self._width = max(context.width, _NARROWEST)

    def lines(self) -> Iterator[str]:
        report = self._report
        for profile in report.profiles:
            yield f"{profile.name}: {profile.title}, {counted(len(profile.rules), 'rule')}"
        yield from self._rules()
        shown = report.policies
        if len(shown) > _POLICIES:
            shown = tuple(sorted(shown, key=gravity, reverse=True)[:_POLICIES])
        if len(report.policies) > 1:
            yield from self._table(shown)
        for result in shown:
            yield from ("", self._styled(cut(title_of(result), self._width), bold=True))
            yield from self._result(result)
        if len(shown) < len(report.policies):
            yield ""
            yield from self._wrapped(
                f"The {_POLICIES} policies with the most errors are shown, and "
                f"{counted(len(report.policies) - _POLICIES, 'policy', 'policies')} more are not; name some with "
                "--policy, or write all with --format html, json or csv.",
                indent="",
            )
        yield from ("", self._styled(summary(report), bold=True))
        for line in baseline_lines(report, self._baseline):
            yield from self._wrapped(line, indent="")

    def _rules(self) -> Iterator[str]:
        """How many findings each rule has."""
        found = self._report.by_rule()
        if not found:
            return
        yield ""
        width = max(len(f"{count:,}") for _, count in found)
        names = max(len(rule.name) for rule, _ in found)
        for rule, count in found:
            severity = self._styled(f"{rule.severity:<7}", fg=_COLOURS[rule.severity])
            title = cut(rule.title, max(20, self._width - width - names - 15))
            yield f"  {severity}  {count:>{width},}  {rule.name:<{names}}  {title}"

    def _table(self, shown: Sequence[PolicyResult]) -> Iterator[str]:
        """The counts of each policy, and of the items that it states."""
        heads = ["errors", "warnings", "infos"]
        items = ["items", *_STATUS_COLUMNS] if any(result.items for result in shown) else []
        rows = [["", *heads, *items]]
        for result in shown:
            row = [one_line(result.name), *(f"{number:,}" for number in counts_of(result.findings).values())]
            for profile in result.completeness() or (None,):
                rows.append([*row, *([""] * len(items) if profile is None else _counts(profile))])
                row = [""] * len(row)
        rest = sum(2 + max(map(len, column)) for column in list(zip(*rows, strict=True))[1:])
        names = min(max(len(row[0]) for row in rows), max(12, self._width - rest - 2))
        for row in rows:
            row[0] = cut(row[0], names)
        yield ""
        yield from (f"  {line}" for line in _aligned(rows, left={0, 4} if items else {0}))
        if items:
            yield from self._wrapped(_STATUS_NOTE, indent="  ")

    def _result(self, result: PolicyResult) -> Iterator[str]:
        if len(self._report.policies) == 1:
            yield from self._items(result)
        if not result.findings:
            yield "  nothing found"
        for rule, findings in under_rules(result.findings, lambda finding: finding.rule):
            severity = self._styled(f"{rule.severity:<7}", fg=_COLOURS[rule.severity], bold=True)
            number = f" ({len(findings)} findings)" if len(findings) > 1 else ""
            yield f"  {severity} {self._styled(rule.name, bold=True)}{number}"
            yield from self._findings(findings)
            yield from self._advice(rule)

    def _findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        last = ""
        told = dict.fromkeys((finding.message, _places(finding)) for finding in findings)
        for message, places in list(told)[:_PLACES]:
            if message != last:
                yield from self._wrapped(one_line(message))
            last = message
            for place in places:
                yield from self._wrapped(place, indent=f"{_INDENT}  ")
        if len(told) > _PLACES:
            yield f"{_INDENT}and {len(told) - _PLACES} more"

    def _advice(self, rule: Rule) -> Iterator[str]:
        if rule.remedy:
            yield from self._wrapped(f"What to do: {rule.remedy}")
        if rule.sources:
            yield from self._wrapped(f"Source: {', '.join(map(short_source, rule.sources))}")

    def _items(self, result: PolicyResult) -> Iterator[str]:
        """Every item that the profiles ask for, and the first words that state it."""
        if not result.items:
            return
        counts = [_counts(each) for each in result.completeness()]
        yield from (f"  {line}" for line in _aligned([["items", *_STATUS_COLUMNS], *counts], left={0}))
        yield from self._wrapped(_STATUS_NOTE, indent="  ")
        yield ""
        names = max(len(item.rule.name) for item in result.items)
        for item in result.items:
            state = f"{STATUS_SIGNS[item.status]} {item.status:<14}"
            start = f"  {self._styled(state, fg=_STATUS_COLOURS.get(item.status))}  {item.rule.name:<{names}}"
            room = self._width - names - 24
            words = f"“{cut(one_line(item.evidence[0].quote), room)}”" if item.evidence and room > 10 else ""
            yield f"{start}  {words}".rstrip()
        yield ""

    def _wrapped(self, line: str, *, indent: str = _INDENT) -> Iterator[str]:
        """The line within the width, citations such as "Art. 13" kept together."""
        kept = re.sub(r"(Art\.|§) ", "\\1\N{NO-BREAK SPACE}", line)
        filled = textwrap.fill(
            kept,
            self._width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ).replace("\N{NO-BREAK SPACE}", " ")
        yield filled.replace(_OPEN, self._mark("»")).replace(_CLOSE, self._mark("«"))

    def _mark(self, sign: str) -> str:
        if not self._colour:
            return sign
        return f"\x1b[1m{sign}" if sign == "»" else f"{sign}\x1b[0m"

    def _styled(self, text: str, *, fg: str | None = None, bold: bool = False) -> str:
        return click.style(text, fg=fg, bold=bold or None) if self._colour else text


_STATUS_COLUMNS = ("met", "missing", "open", "n/a")
_STATUS_NOTE = (
    "met: stated; open: not stated, and the text cannot show whether it must be; n/a: does not apply."
)


def _counts(profile: Completeness) -> list[str]:
    return [
        profile.profile,
        *map(str, (profile.met, profile.missing, profile.open, profile.not_applicable)),
    ]


def _places(finding: Finding) -> tuple[str, ...]:
    """The words that a finding rests on, in context, and how sure they are; else the node that it is about."""
    places = [f"{_in_context(evidence)} ({at_characters(evidence)})" for evidence in finding.evidence]
    if not places and (node := node_place(finding)):
        places.append(f"at {node}")
    if sure := sure_besides(finding):
        places.append(f"How sure: {sure}")
    return tuple(places)


def _in_context(evidence: Evidence) -> str:
    words = words_of(evidence, around=_AROUND, longest=_QUOTE)
    before, quote, after = (part.replace(_OPEN, " ").replace(_CLOSE, " ") for part in words)
    return f"{before}{_OPEN}{quote}{_CLOSE}{after}"


def _aligned(rows: Sequence[Sequence[str]], *, left: Collection[int]) -> Iterator[str]:
    """The rows with their columns under each other, two blanks apart; numbers end under each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = enumerate(zip(row, widths, strict=True))
        yield "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width) for place, (cell, width) in cells
        ).rstrip()
