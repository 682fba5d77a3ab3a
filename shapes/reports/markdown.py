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
    one_line,
    summary,
    sure_besides,
    title_of,
    under_rules,
    words_of,
)
from privagraph.shapes.results import Evidence, Finding, ItemStatus, PolicyResult, ValidationReport
from privagraph.shapes.rules import Rule, short_source

__all__ = ["escaped", "write_markdown"]

_LONGEST = 60_000
"""How many characters the report may have before its last lines."""
_ROWS = 100
"""How many policies the table names."""
_PLACES = 5
"""How many findings of one rule in one policy are shown."""


_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$]|:(?=//)|(?<=www)\.)")
_STARTS = re.compile(r"^(\d{0,9})([-+=.)])")
"""What would begin a list or a heading where it stands at the start of a line."""
_CALLS = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)")
"""What would call a person or name an issue on GitHub; a blank without width keeps it apart."""


def write_markdown(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as Markdown."""
    room = _LONGEST
    report = known_marked(report, context.baseline)
    policies = sorted(report.policies, key=gravity, reverse=True)
    known = [part for line in baseline_lines(report, context.baseline) for part in (f"{escaped(line)}.", "")]
    start = "\n".join((f"## Validation: {summary(report)}", "", *known, *_counts(report), *_table(policies)))
    stream.write(f"{start}\n")
    room -= len(start)
    left_out = 0
    for result in policies:
        text = "\n".join(_policy(result, alone=len(policies) == 1))
        if len(text) > room:
            left_out += 1
            continue
        room -= len(text)
        stream.write(f"{text}\n")
    if left_out:
        policies_left = counted(left_out, "policy is", "policies are")
        stream.write(
            f"The findings of {policies_left} left out, to keep this within the length of a comment. The forms "
            "`html`, `json` and `csv` hold them all.\n\n"
        )
    stream.write(
        "<sub>A program has read the policies and sees what they say, not whether it is true or enough; a person "
        "must judge that. How sure tells how far its reading can be relied on, not how grave a finding is.</sub>\n"
    )


def escaped(text: str) -> str:
    r"""Text as Markdown that shows it as it is.

    Example:
        >>> escaped("*we* sell <b>data</b> | 1")
        '\\*we\\* sell \\<b\\>data\\</b\\> \\| 1'
    """
    return _escaped(one_line(text))


def _escaped(line: str) -> str:
    flat = _SPECIAL.sub(r"\\\1", line)
    flat = _STARTS.sub(r"\1\\\2", flat)
    return _CALLS.sub(lambda found: f"{found[0]}&#8203;", flat)


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
    counts = ", ".join(
        counted(number, severity) for severity, number in counts_of(result.findings).items() if number
    )
    name = html.escape(_CALLS.sub(lambda found: f"{found[0]}\u200b", cut(title_of(result), 120)))
    if alone:
        yield f"### {escaped(cut(title_of(result), 120))}"
    else:
        yield f"<details><summary><b>{name}</b>: {counts or 'nothing found'}</summary>"
    yield ""
    yield from _items(result)
    for rule, findings in under_rules(result.findings, lambda finding: finding.rule):
        yield from _rule(rule, findings)
    if not alone:
        yield "</details>"
    yield ""


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


def _items(result: PolicyResult) -> Iterator[str]:
    """Every item that the profiles ask for, and the first words that state it."""
    for each in result.completeness():
        yield (
            f"<details><summary>Items of {html.escape(each.profile)}: {each.met} met, {each.missing} missing, "
            f"{each.open} open, {each.not_applicable} not applicable</summary>"
        )
        yield ""
        rows = (
            (
                f"{STATUS_SIGNS[item.status]} {item.status}",
                escaped(item.rule.title),
                escaped(cut(one_line(item.evidence[0].quote), 100)) if item.evidence else "",
            )
            for item in result.items
            if item.rule.profile == each.profile
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
    before, quote, after = (_escaped(part) for part in words_of(evidence, around=200, longest=400))
    return f"{before}<b>{quote}</b>{after}"


def _source(iri: str) -> str:
    name = escaped(short_source(iri))
    address = iri.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    return f"[{name}](<{address}>)" if is_link(iri) else name


def _code(name: str) -> str:
    return f"`{name}`" if re.fullmatch(r"[\w:./#-]+", name) else escaped(name)
