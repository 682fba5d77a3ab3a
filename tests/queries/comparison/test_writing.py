"""A comparison written down; what a policy says never becomes markup."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace

import pytest
from lxml import html

from privagraph.errors import MissingDependencyError
from privagraph.ontology.reading import PolicyView
from privagraph.queries.comparison import Comparison, compare_policies
from privagraph.queries.comparison.matrix import COLUMNS
from privagraph.queries.comparison.writing import FORMATS, written


@pytest.mark.parametrize("width", [60, 100, 160])
@pytest.mark.parametrize("number", [2, 3, 20])
def test_text_fits_the_terminal(policies: tuple[PolicyView, ...], number: int, width: int) -> None:
    many = [
        replace(policies[each % 3], iri=f"https://example.org/{each}", sources=(f"{'long' * 20}-{each}.md",))
        for each in range(number)
    ]
    said = written(compare_policies(many), "text", width=width, every=True, words=True)
    assert max(map(len, said.splitlines())) <= width
    for each in range(1, number + 1):
        assert f"[{each}]" in said


def test_text_shows_signs_and_says_what_they_mean(comparison: Comparison) -> None:
    said = written(comparison, "text", width=100)
    lines = [" ".join(line.split()) for line in said.splitlines()]
    for line in (
        "RIGHTS [1] [2] [3]",
        "Right to Erasure yes · ·",
        "Sell no · ·",
        "Contact details yes if yes",
    ):
        assert line in lines
    assert "no: denied" in said
    assert "Email address" not in said.partition("WHAT ONLY ONE SAYS")[0]
    assert "  Email address" in written(comparison, "text", every=True)


def test_text_shows_the_words_when_asked(comparison: Comparison) -> None:
    assert "[2] “If you agree, we share your phone number with Stork for 2 years.”" in written(
        comparison, "text", words=True
    )


def test_a_page_escapes_what_a_policy_says_and_loads_nothing(comparison: Comparison) -> None:
    tree = html.fromstring(written(comparison, "html"))
    assert tree.xpath("//b") == []
    assert "We never sell your email address to <b>brokers</b>." in [each.text for each in tree.xpath("//q")]
    assert tree.xpath("//*[@src or @href]") == []
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert len(tree.xpath("//tr[@data-below]")) == sum(
        len(each.below) for topic in comparison for each in topic.rows
    )
    assert [each.text for each in tree.xpath("//thead//th")] == ["Topic", "heron.md", "ibis.md", "jay.md"]


def test_markdown_has_a_table_for_each_topic(comparison: Comparison) -> None:
    said = written(comparison, "markdown")
    assert "| Right to Erasure | yes | not stated | not stated |" in said
    assert said.count("|---|---|---|---|") == len(comparison.topics)
    assert "- Recipients by name: Stork" in said
    assert "↳ Email address" in written(comparison, "markdown", every=True)


def test_json_and_csv_leave_nothing_out(comparison: Comparison) -> None:
    said = json.loads(written(comparison, "json"))
    assert [each["name"] for each in said["topics"]] == [each.name for each in comparison]
    contact = next(each for each in said["topics"][1]["rows"] if each["label"] == "Contact details")
    (mail,) = (each for each in contact["below"] if each["label"] == "Email address")
    assert mail["cells"][0]["words"][0]["passage"] == "We collect your email address."
    assert mail["cells"][1] == {"state": "not stated", "note": "", "words": []}
    rows = list(csv.DictReader(io.StringIO(written(comparison, "csv"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    (sell,) = (each for each in rows if each["row"] == "Sell" and each["policy"] == "heron.md")
    assert (sell["state"], sell["passages"]) == (
        "denied",
        "We never sell your email address to <b>brokers</b>.",
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_policies_give_the_same_bytes(policies: tuple[PolicyView, ...], format_: str) -> None:
    assert written(compare_policies(policies), format_) == written(compare_policies(policies), format_)


def test_there_is_no_other_format(comparison: Comparison) -> None:
    with pytest.raises(ValueError, match="use one of text"):
        written(comparison, "pdf")


def test_a_notebook_and_pandas_get_the_cells(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "&lt;b&gt;brokers" in comparison._repr_html_()
    frame = comparison.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(comparison.rows())
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingDependencyError, match="pip install"):
        comparison.to_pandas()
