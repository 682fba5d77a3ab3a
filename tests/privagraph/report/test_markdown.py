"""The report as Markdown: words of policies are shown as they are, and stand in footnotes."""

from __future__ import annotations

import re

from privagraph.report import Report


def test_every_footnote_that_is_named_is_there(markdown: str) -> None:
    named = set(re.findall(r"\[\^([\d-]+)\](?!:)", markdown))
    there = re.findall(r"^\[\^([\d-]+)\]:", markdown, re.MULTILINE)
    assert len(named) > 20
    assert named <= set(there)
    assert len(there) == len(set(there))


def test_links_inside_lead_to_an_anchor(markdown: str) -> None:
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', markdown))
    assert set(re.findall(r"\]\(#([^)]+)\)", markdown)) <= anchors


def test_words_of_policies_are_escaped(markdown: str) -> None:
    assert not re.search(r"(?<!\\)<(?!a id=|/a>|br>)", markdown)
    assert "[click](" not in markdown
    assert "\\<img src=x" in markdown


def test_tables_have_as_many_cells_as_columns(markdown: str) -> None:
    columns = 0
    for line in markdown.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        if cells and columns:
            assert cells == columns, line
        columns = cells


def test_it_tells_the_same_story(markdown: str, report: Report) -> None:
    for heading in (
        "The policies",
        "Side by side",
        "From data to purpose to recipient",
        "The concepts, explained",
    ):
        assert f"\n## {heading}\n" in markdown
    assert "- **Does not sell** · [Email address](#concept-pd-EmailAddress)" in markdown
    assert f"| statements of what is done | {report.totals.practices} |" in markdown
    assert markdown.count("### What does not hold") == 3


def test_the_day_of_a_policy_is_called_what_it_may_be(markdown: str) -> None:
    overview = next(line for line in markdown.splitlines() if line.startswith("| Policy | File |"))
    assert "| Changed, or in force since |" in overview
