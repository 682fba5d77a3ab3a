"""The report as Markdown that GitHub shows well: tables, lists, and the words of policies as footnotes.

Footnotes: https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#footnotes
"""  # an address cannot be broken

from __future__ import annotations

from collections.abc import Iterator

from privagraph._version import __version__
from privagraph.ontology.shown import escaped
from privagraph.report.charts import Chart
from privagraph.report.markdown_policy import Names, note, policy_lines, rows_of
from privagraph.report.marked import Passage
from privagraph.report.parts import Report
from privagraph.report.sides import Bar
from privagraph.report.story import figures, report_story
from privagraph.shapes.reports.wording import counted, cut

__all__ = ["markdown_pieces"]

_FLOWS = 25
"""How many rows of a picture's table are shown."""
_LONGEST = 700
"""How many characters of a passage a footnote shows."""


def markdown_pieces(report: Report) -> Iterator[str]:
    """The report, line by line.

    Args:
        report: The report.
    """
    for line in _lines(report):
        yield f"{line}\n"


def _lines(report: Report) -> Iterator[str]:
    names = report.concepts.anchor
    yield from (f"# {escaped(report.title)}", "")
    for sentence in report_story(report):
        yield from (escaped(sentence), "")
    yield from rows_of(
        ("Key figure", "Number"),
        ((each.label, f"{each.number:,}") for each in figures(report)),
        right=(1,),
    )
    if report.several:
        yield from _several(report, names)
    for policy in report.shown:
        yield from policy_lines(policy, names, several=report.several, checked=bool(report.checked))
    yield from ("## The concepts, explained", "")
    for concept in report.concepts.explained():
        about = f" {escaped(concept.definition)}" if concept.definition else ""
        yield (
            f'- <a id="{concept.id}"></a>**{escaped(concept.label)}** ([{escaped(concept.curie)}]({concept.iri})):'
            f"{about}{note(concept.refs)}"
        )
    yield from ("", "## How to read it", "")
    yield from (
        "- Footnotes are passages of a policy. What a policy denies is never counted as something that it does.",
        "- “May” is what the policy says may happen. A percentage says how sure the program is that it read rightly.",
        "- This was read by a program, which can err: where it matters, read the words. It is no legal advice.",
        "",
    )
    if report.checked:
        profiles = ", ".join(f"{escaped(title)} ({name})" for name, title in report.checked)
        yield from (f"Checked against {profiles}{f' for {report.day}' if report.day else ''}.", "")
    yield from (f"Made by privagraph {__version__}.", "")
    for policy in report.shown:
        yield from map(_footnote, policy.passages)


def _footnote(passage: Passage) -> str:
    words = escaped(cut(" ".join("".join(piece.text for piece in passage.pieces).split()), _LONGEST))
    under = f", under “{escaped(passage.heading)}”" if passage.heading else ""
    place = f"characters {passage.start} to {passage.end}"
    return f"[^{passage.number.replace('.', '-')}]: “{words}” ({passage.number}{under}, {place})"


def _several(report: Report, names: Names) -> Iterator[str]:
    yield from ("## The policies", "")
    checked = bool(report.checked)
    columns = (
        (
            "Policy",
            "File",
            "Changed, or in force since",
            "Done",
            "Denied",
            "Kinds of data",
            "Purposes",
            "Named recipients",
            "Countries",
        )
        + ("Periods", "Rights", "Contradictions")
        + (("Errors", "Warnings") if checked else ())
    )
    rows = []
    for each in report.policies:
        n = each.numbers
        counts = [
            n.practices,
            n.denials,
            n.data,
            n.purposes,
            n.named,
            n.places,
            n.periods,
            n.rights,
            n.contradictions,
        ]
        counts += [n.severities.get(name, 0) for name in ("error", "warning")] if checked else []
        name = f"[{escaped(each.name)}](#{each.id})" if each.is_shown else escaped(each.name)
        rows.append([name, escaped(each.file), str(each.updated or "–"), *map(str, counts)])
    yield from rows_of(columns, rows, right=range(3, len(columns)))
    if left_out := len(report.policies) - len(report.shown):
        yield from (
            f"To keep this file small, {counted(left_out, 'policy', 'policies')} of these have no part.",
            "",
        )
    if report.sides:
        yield from ("## Side by side", "")
        heads = [escaped(each.name) for each in report.policies]
        for number, topic in enumerate(report.sides.topics):
            yield from (f"### {topic.name}", "")
            yield from rows_of(
                ("", *heads),
                (
                    (
                        ("↳ " if row.is_below else "") + escaped(row.label),
                        *(f"{escaped(side.note or side.state)}{note(side.refs[:2])}" for side in row.sides),
                    )
                    for row in report.sides.topics[number].rows
                ),
            )
        yield from ("### What only one says", "")
        for policy, only in zip(report.policies, report.sides.only, strict=True):
            said = "; ".join(f"{topic}: {', '.join(map(escaped, found))}" for topic, found in only)
            yield f"- **{escaped(policy.name)}**: {said or 'nothing'}"
        yield ""
    if report.bars:
        yield from ("## How many policies say what", "")
        for name, bars, _ in report.bars:
            yield from (f"### {name}", "")
            yield from rows_of(("What", "Policies", "Denied", "Words"), map(_bar, bars), right=(1, 2))
    for title, chart in (
        ("From data to purpose to recipient", report.chart),
        ("Recipients that policies share", report.shared),
    ):
        if chart is not None:
            yield from (f"## {title}", "")
            yield from _chart(chart)


def _bar(bar: Bar) -> tuple[str, ...]:
    return escaped(bar.label), str(bar.stated), str(bar.denied), note(bar.refs)


def _chart(chart: Chart) -> Iterator[str]:
    ranked = sorted(chart.rows, key=lambda row: -row.number)
    yield from rows_of(
        (*chart.columns, "Number", "Words"),
        ((*map(escaped, row.cells), str(row.number), note(row.refs)) for row in ranked[:_FLOWS]),
        right=(len(chart.columns),),
    )
    if len(ranked) > _FLOWS:
        yield from (f"{len(ranked) - _FLOWS} more rows with fewer.", "")
