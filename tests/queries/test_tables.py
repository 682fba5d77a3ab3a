"""Tables for people: they fit, they cut, and nothing in a policy steers the terminal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from privagraph.queries.tables import cell, columns_of, table
from privagraph.queries.values import Iri

POLICY = Iri("https://w3id.org/privagraph/id/policy/0123456789abcdef")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (False, "false"),
        (7, "7"),
        (Decimal("0.90"), "0.90"),
        (date(2024, 2, 29), "2024-02-29"),
        (Iri("https://w3id.org/dpv/pd#EmailAddress"), "pd:EmailAddress"),
        (Iri("https://example.org/x"), "https://example.org/x"),
        (POLICY, "…/policy/0123456789abcdef"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("\x1b[31mred\x07", "\ufffd[31mred\ufffd"),
        ("turned \u202eround", "turned round"),
        ("non\xa0breaking", "non breaking"),
    ],
)
def test_a_cell_is_one_harmless_line(value: object, shown: str) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("München", 7), ("ひば", 4), ("e\u0301", 1), ("🦊", 2)]
)
def test_width_is_that_of_the_terminal(text: str, width: int) -> None:
    assert columns_of(text) == width


def test_numbers_end_and_text_begins_under_each_other() -> None:
    assert table(["role", "mentions"], [["purpose", 12], ["right", None], ["ひば", 3]]).splitlines() == [
        "role     mentions",
        "───────  ────────",
        "purpose        12",
        "right",
        "ひば            3",
    ]


def test_no_rows_show_the_columns() -> None:
    assert table(["source", "words"], []) == "source  words\n──────  ─────"
    assert table(["source", "words"], [], width=5) == "source  words"


def test_without_a_width_each_row_is_one_line() -> None:
    lines = table(["words", "n"], [["word " * 40, 1], ["b", 2]]).splitlines()
    assert len(lines) == 4
    assert lines[2].rstrip(" 1").endswith("…")


@pytest.mark.parametrize("width", [40, 60, 80, 100, 133])
def test_rows_fit_the_width(width: int) -> None:
    columns = ["source", "words", "sentence", "count", "policy"]
    rows = [
        ["shop.html", "e-mail address", "We collect your e-mail address and more, " * 4, 3, POLICY],
        ["shop.html", "ひばり翻訳株式会社 and others", "Never.", 4, POLICY],
    ]
    lines = table(columns, rows, width=width).splitlines()
    assert max(map(columns_of, lines)) <= width


def test_what_all_rows_share_is_said_once_when_room_is_short() -> None:
    rows = [["shop.html", "a long name of something", n, POLICY, None] for n in (1, 2)]
    wide = table(["source", "name", "count", "policy", "age"], rows, width=120).splitlines()
    assert "source" in wide[0]
    narrow = table(["source", "name", "count", "policy", "age"], rows, width=44).splitlines()
    assert narrow[:4] == [
        "source: shop.html",
        "name: a long name of something",
        "policy: …/policy/0123456789abcdef",
        "age: (none)",
    ]
    assert narrow[5:] == ["count", "─────", "    1", "    2"]


def test_too_many_columns_make_a_block_of_each_row() -> None:
    columns = [f"column_{number}" for number in range(9)]
    rows = [[f"value {number} of {row}" for number in range(9)] for row in (1, 2)]
    rows[0][4] = ""
    lines = table(columns, rows, width=60).splitlines()
    assert lines[0].startswith("─── 1 ")
    assert "column_3  value 3 of 1" in lines
    assert not any(line.startswith("column_4") for line in lines[:9])
    assert "column_4  value 4 of 2" in lines


@pytest.mark.parametrize("length", range(1, 60))
def test_no_cell_is_wider_than_its_column(length: int) -> None:
    text = ("abcdefghi " * 6)[:length].strip()
    lines = table(["words", "others"], [[text, "x" * 20], ["y", text]], width=40).splitlines()
    assert max(map(len, lines)) <= 40
    assert ("…" in "".join(lines)) or "".join(lines[2:]).count("a") == 2 * text.count("a")


def test_a_long_cell_takes_three_lines_and_is_cut() -> None:
    lines = table(["words", "n"], [["one two three " * 30, 1], ["x", 2]], width=40).splitlines()
    assert len(lines) == 2 + 3 + 1
    assert lines[4].endswith("…")
    assert lines[2].endswith("1")


@pytest.mark.parametrize(
    ("iri", "label", "shown"),
    [
        ("https://w3id.org/dpv/pd#EmailAddress", "Email Address", "pd:EmailAddress"),
        ("https://w3id.org/dpv/legal/eu/gdpr#A15", "A15 Right of Access", "eu-gdpr:A15 Right of Access"),
        ("https://w3id.org/dpv/loc#CH", "Switzerland", "loc:CH (Switzerland)"),
        ("https://w3id.org/privagraph/id/agent/lantern-books", "Lantern Books", "Lantern Books"),
        ("https://w3id.org/dpv/loc#CH", None, "loc:CH"),
        (None, "Lantern Books", "Lantern Books"),
        (None, None, ""),
    ],
)
def test_an_iri_takes_its_label_in(iri: str | None, label: str | None, shown: str) -> None:
    text = table(["place", "n", "place_label"], [[Iri(iri) if iri else None, 1, label]])
    assert text.splitlines()[0].split() == ["place", "n"]
    assert text.splitlines()[2].removesuffix("1").strip() == shown
