"""Changes written down; what a policy says never becomes markup or steers a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping

import pytest
from lxml import html

from privagraph.errors import MissingDependencyError
from privagraph.ontology.reading import Span
from privagraph.queries.differences.changes import (
    COLUMNS,
    Change,
    Effect,
    Kind,
    Place,
    PolicyDiff,
    Side,
    TextChange,
)
from privagraph.queries.differences.writing import FORMATS, fragment, written

OLD = "We keep <b>names</b> for | a year.\x1b[31m"
NEW = "We keep <script>alert(1)</script> for ever."


def place(words: str, passage: str) -> Place:
    start = passage.index(words)
    around = Span(10, 10 + len(passage))
    return Place(
        words, Span(10 + start, 10 + start + len(words)), passage, around, "3. *Storage*", None, ("p1", "p2")
    )


@pytest.fixture
def diff() -> PolicyDiff:
    old, new = place("<b>names</b>", OLD), place("<script>alert(1)</script>", NEW)
    changes = (
        Change(Kind.CHANGED, "data", "broader", Effect.WEAKER, "More <i>data</i> now", old, new),
        Change(Kind.ADDED, "right", "", Effect.STRONGER, "Now names a right: “erasure”", None, new),
        Change(Kind.DROPPED, "contact", "", Effect.NEUTRAL, "No longer names a contact", old, None),
    )
    return PolicyDiff(Side("o", "old.md"), Side("n", "<new>.md"), changes, (TextChange(old, None),))


def test_text_says_what_is_weaker_first_and_shows_both_quotes(diff: PolicyDiff) -> None:
    said = written(diff, "text", width=60)
    assert " ".join(said.split("\n\n")[0].split()) == (
        "old.md → <new>.md 3 changes: 1 for weaker privacy, 1 for stronger privacy, 1 neutral."
    )
    assert (
        said.index("More <i>data</i> now") < said.index("Now names a right") < said.index("No longer names")
    )
    assert "    - We keep <b>names</b> for | a year." in said
    assert "    + We keep <script>" in said
    assert "\x1b" not in said
    assert max(map(len, said.splitlines())) <= 60
    assert "other words" not in said
    assert "other words" in written(diff, "text", texts=True)


def test_a_page_escapes_what_a_policy_says_and_loads_nothing(diff: PolicyDiff) -> None:
    page = written(diff, "html", texts=True)
    tree = html.fromstring(page)
    assert tree.xpath("//script") == []
    assert [each.text for each in tree.xpath("//mark")][:2] == ["<b>names</b>", "<script>alert(1)</script>"]
    assert tree.xpath("//*[@src or @href]") == []
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert len(tree.xpath("//article")) == 3


def test_a_passage_that_is_shown_whole_is_not_marked(diff: PolicyDiff) -> None:
    old, new = place(OLD, OLD), place("<script>alert(1)</script>", NEW)
    added = Change(Kind.ADDED, "purpose", "", Effect.WEAKER, "Now also for another purpose", old, new)
    told = PolicyDiff(diff.old, diff.new, (added,), ())
    for page in (written(told, "html"), fragment(told)):
        tree = html.fromstring(page)
        assert [each.text for each in tree.xpath("//mark")] == ["<script>alert(1)</script>"]
        assert "We keep <b>names</b>" in tree.text_content()


def test_markdown_shows_words_as_they_are(diff: PolicyDiff) -> None:
    said = written(diff, "markdown", texts=True)
    assert "before: We keep **\\<b\\>names\\</b\\>** for \\| a year." in said
    assert "## Privacy gets weaker" in said
    assert "<script" not in said.replace("\\<script", "")


def test_json_and_csv_leave_nothing_out(diff: PolicyDiff) -> None:
    said = json.loads(written(diff, "json", texts=True))
    assert said["counts"] == {"weaker": 1, "stronger": 1, "neutral": 1}
    assert said["changes"][0]["old"]["start"] == 18
    assert said["changes"][1]["old"] is None
    assert len(said["text_changes"]) == 1
    rows: list[Mapping[str, str]] = list(csv.DictReader(io.StringIO(written(diff, "csv"), newline="")))
    assert [tuple(row) for row in rows] == [COLUMNS] * 3
    assert rows[0]["old_words"] == "<b>names</b>"
    assert rows[0]["new_practices"] == "p1 p2"
    assert rows[1]["old_words"] == ""


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_a_way_to_say_nothing(format_: str) -> None:
    said = written(PolicyDiff(Side("o", "a"), Side("n", "b"), ()), format_)
    assert said.endswith("\n")
    assert re.search(r"No change|\"changes\": \[\]|^kind,", said)


def test_there_is_no_other_format(diff: PolicyDiff) -> None:
    with pytest.raises(ValueError, match="use one of text"):
        written(diff, "pdf")


def test_a_notebook_and_pandas_get_the_changes(diff: PolicyDiff) -> None:
    assert "&lt;b&gt;names" in diff._repr_html_()
    frame = diff.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["effect"]) == ["weaker", "stronger", "neutral"]


def test_without_pandas_it_says_how_to_get_it(diff: PolicyDiff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingDependencyError, match="pip install"):
        diff.to_pandas()
