"""Answers as Markdown, HTML and Parquet."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import polars
import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from privagraph.queries.forms import html_page, html_table, html_text, markdown, write_parquet
from privagraph.queries.values import Iri

COLUMNS = ("source", "concept", "concept_label", "mentions")
ROWS = (
    ("a|b.html", Iri("https://w3id.org/dpv/pd#EmailAddress"), "Email Address", 12),
    ("<script>alert(1)</script>", None, None, 3),
)
HOSTILE = "<img src=x onerror=alert(1)> | `x` [y](javascript:z) & \u202eback"


def test_markdown_is_a_table_with_the_cells_of_the_rows() -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown(COLUMNS, ROWS))
    cells = [
        "".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"
    ]
    assert cells == [
        *("source", "concept", "mentions"),
        *("a|b.html", "pd:EmailAddress", "12"),
        *("<script>alert(1)</script>", "", "3"),
    ]
    assert not any("html" in token.type for token in tokens)


def test_html_is_a_table_with_the_cells_of_the_rows() -> None:
    page = LexborHTMLParser(html_page("Who & what?", COLUMNS, ROWS))
    assert page.css_first("h1").text() == page.css_first("title").text() == "Who & what?"
    assert page.css_first("p").text() == "2 rows"
    assert [cell.text() for cell in page.css("td")] == [
        *("a|b.html", "pd:EmailAddress", "12"),
        *("<script>alert(1)</script>", "", "3"),
    ]
    assert page.css_first("code").attributes["title"] == "https://w3id.org/dpv/pd#EmailAddress"
    assert [cell.attributes.get("class") for cell in page.css("td")][2] == "number"


@pytest.mark.parametrize(
    "made", [html_table(["x"], [[HOSTILE]]), html_page(HOSTILE, ["x"], []), html_text(HOSTILE)]
)
def test_words_of_a_policy_make_no_markup(made: str) -> None:
    page = LexborHTMLParser(made)
    assert page.css("img, script, a") == []
    assert "onerror" in page.text()


def test_a_notebook_shows_the_first_rows_and_counts_the_others() -> None:
    page = LexborHTMLParser(html_table(["n"], [[number] for number in range(2500)], limit=100))
    assert len(page.css("tbody tr")) == 100
    assert page.css_first("p").text() == "and 2,400 more rows"
    assert "<p>and 1 more row</p>" in html_table(["n"], [[1], [2]], limit=1)
    assert "<p>" not in html_table(["n"], [[1]], limit=100)


def test_parquet_keeps_values_and_types() -> None:
    rows = [
        (Iri("https://example.org/x"), 7, Decimal("0.5"), date(2024, 2, 29), True, "ü", 1, None),
        (None, 8, Decimal("0.25"), None, False, None, "one", None),
    ]
    stream = io.BytesIO()
    write_parquet(["iri", "n", "sure", "day", "yes", "words", "mixed", "none"], rows, stream)
    frame = polars.read_parquet(io.BytesIO(stream.getvalue()))
    assert frame.rows() == [
        ("https://example.org/x", 7, 0.5, date(2024, 2, 29), True, "ü", "1", None),
        (None, 8, 0.25, None, False, None, "one", None),
    ]
    assert frame.schema["n"] == polars.Int64
    assert frame.schema["day"] == polars.Date


def test_parquet_makes_one_type_of_whole_numbers_and_others() -> None:
    stream = io.BytesIO()
    write_parquet(["share"], [(1,), (2.5,), (Decimal("0.5"),), (None,)], stream)
    assert polars.read_parquet(io.BytesIO(stream.getvalue()))["share"].to_list() == [1.0, 2.5, 0.5, None]


def test_parquet_of_no_rows_has_the_columns() -> None:
    stream = io.BytesIO()
    write_parquet(["source", "words"], [], stream)
    assert polars.read_parquet(io.BytesIO(stream.getvalue())).columns == ["source", "words"]
