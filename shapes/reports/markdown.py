"""The Markdown form, for a comment on a pull request or a page of a wiki: the counts first, then what to do.

The flavour is GitHub's (https://github.github.com/gfm/). It takes 65,536 characters in a comment, so that a
report on many policies ends before; what is left out is told, and is in the other forms. Words of a policy are
escaped: they make no markup, no link, and call nobody.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TextIO

from privagraph.ontology.shown import escaped, escaped_line, one_line, quieted
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.known import baseline_lines
from privagraph.shapes.reports.wording import (
    SEVERITY_SIGNS,
    STATUS_MEANINGS,
    STATUS_SIGNS,
    at_characters,
    counted,
    counts_of,
    cut,
    gravity,
    is_link,
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
from privagraph.shapes.rules import Rule, short_source

__all__ = ["write_markdown"]

_LONGEST = 60_000
"""How many characters the report may have before its last lines."""
_ELSEWHERE = "The forms `html`, `json` and `csv` hold them all."
_ROWS = 100
"""How many policies the table names."""
_PLACES = 5
"""How many findings of one rule in one policy are shown."""


def write_markdown(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as Markdown."""
    room = _LONGEST
    report = known_marked(report, context.baseline)
    policies = sorted(report.policies, key=gravity, reverse=True)
    known = [part for line in baseline_lines(report, context.baseline) for part in (f"{escaped(line)}.", "")]
    start = "\n".join((f"## Validation: {summary(report)}", "", *known, *_counts(report), *_table(policies)))
    stream.write(f"{start}\n")
    room -= len(start)
    shown = 0
    for result in policies:
        parts = list(_policy(result, alone=len(policies) == 1))
        if not shown:
            parts = _fitting(parts, room)
        room -= sum(map(len, parts))
        if room < 0:
            break
        shown += 1
        stream.writelines(parts)
    if shown < len(policies):
        stream.write(
            f"The findings of {counted(len(policies) - shown, 'policy', 'policies')} are left out, to keep this "
            f"within the length of a comment. {_ELSEWHERE}\n\n"
        )
    stream.write(
        "<sub>A program has read the policies and sees what they say, not whether it is true or enough; a person "
        "must judge that. How sure tells how far its reading can be relied on, not how grave a finding is.</sub>\n"
    )


def _counts(report: ValidationReport) -> Iterator[str]:
    found = report.by_rule()
    if found:
        rows = (
            (
                f"{SEVERITY_SIGNS[rule.severity]} {rule.severity}",
                f"{number:,}",
                escaped(rule.title),
                _code(rule.name),
            )
            for rule, number in found
        )
        yield from _rows(("severity", "findings", "what must hold", "rule"), rows, numbers={1})


def _table(policies: Sequence[PolicyResult]) -> Iterator[str]:
    """The counts of each policy, and of the items that it states."""
    if not any(result.items for result in policies) and len(policies) == 1:
        return
    heads = ("policy", "errors", "warnings", "infos", "items of", *ItemStatus)
    rows: list[Sequence[str]] = []
    for result in policies[:_ROWS]:
        start = [escaped(cut(result.name, 80)), *(f"{number:,}" for number in gravity(result))]
        for each in result.completeness():
            numbers = (each.met, each.missing, each.open, each.not_applicable)
            rows.append([*start, each.profile, *map(str, numbers)])
            start = [""] * len(start)
        if not result.completeness():
            rows.append([*start, *[""] * (1 + len(ItemStatus))])
    yield from _rows(heads, rows, numbers={1, 2, 3, 5, 6, 7, 8})
    if len(policies) > _ROWS:
        yield f"and {counted(len(policies) - _ROWS, 'more policy', 'more policies')} with fewer errors"
        yield ""
    if any(result.items for result in policies):
        meanings = "; ".join(f"**{status}**: {STATUS_MEANINGS[status]}" for status in ItemStatus)
        yield f"<sub>{meanings}.</sub>"
        yield ""


def _policy(result: PolicyResult, *, alone: bool) -> Iterator[str]:
    """The parts of a policy: its heading, the findings of each rule, the items of each profile, its end."""
    counts = ", ".join(
        counted(number, severity) for severity, number in counts_of(result.findings).items() if number
    )
    title = cut(title_of(result), 120)
    if alone:
        yield f"### {escaped(title)}\n\n"
    else:
        name = html.escape(quieted(title))
        yield f"<details><summary><b>{name}</b>: {counts or 'nothing found'}</summary>\n\n"
    for rule, findings in under_rules(result.findings, lambda finding: finding.rule):
        yield "".join(f"{line}\n" for line in _rule(rule, findings))
    for each in result.completeness():
        yield "".join(f"{line}\n" for line in _items(result, each))
    yield "\n" if alone else "</details>\n\n"


def _fitting(parts: list[str], room: int) -> list[str]:
    """The parts of a policy, without those in its midst that would make the report too long."""
    start, *midst, end = parts
    room -= len(start) + len(end) + 500  # the last for the words that are put in their place
    for place, part in enumerate(midst):
        room -= len(part)
        if room < 0:
            more = counted(len(midst) - place, "more rule or list of items", "more rules and lists of items")
            return [start, *midst[:place], f"- and {more}. {_ELSEWHERE}\n\n", end]
    return parts


def _rule(rule: Rule, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"- {SEVERITY_SIGNS[rule.severity]} **{rule.severity}: {escaped(rule.title)}** {_code(rule.name)}"
    for finding in findings[:_PLACES]:
        yield f"  - {escaped(finding.message)}"
        for evidence in finding.evidence:
            yield f"    > {_in_context(evidence)} ({at_characters(evidence)})"
            yield ""
        if not finding.evidence and (node := node_place(finding)):
            yield f"    At {_code(node)} in the graph."
        if sure := sure_besides(finding):
            yield f"    How sure: {sure}."
    if len(findings) > _PLACES:
        yield f"  - and {len(findings) - _PLACES} more"
    if rule.remedy:
        yield f"  - **What to do:** {escaped(rule.remedy)}"
    if rule.sources:
        yield f"  - **Source:** {', '.join(map(_source, rule.sources))}"
    yield ""


def _items(result: PolicyResult, counts: Completeness) -> Iterator[str]:
    """Every item that a profile asks for, and the first words that state it."""
    yield (
        f"<details><summary>Items of {html.escape(counts.profile)}: {counts.met} met, {counts.missing} missing, "
        f"{counts.open} open, {counts.not_applicable} not applicable</summary>"
    )
    yield ""
    rows = (
        (
            f"{STATUS_SIGNS[item.status]} {item.status}",
            escaped(item.rule.title),
            escaped(cut(one_line(item.evidence[0].quote), 100)) if item.evidence else "",
        )
        for item in result.items
        if item.rule.profile == counts.profile
    )
    yield from _rows(("state", "item", "words"), rows)
    yield "</details>"
    yield ""


def _rows(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[int] = ()
) -> Iterator[str]:
    """A table; its cells are Markdown already."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---:' if place in numbers else '---' for place in range(len(heads)))}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _in_context(evidence: Evidence) -> str:
    before, quote, after = (escaped_line(part) for part in words_of(evidence, around=200, longest=400))
    return f"{before}<b>{quote}</b>{after}"


def _source(iri: str) -> str:
    name = escaped(short_source(iri))
    address = iri.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    return f"[{name}](<{address}>)" if is_link(iri) else name


def _code(name: str) -> str:
    return f"`{name}`" if re.fullmatch(r"[\w:./#-]+", name) else escaped(name)
