"""Tables come back as they were, from whatever a spreadsheet saves, and run nothing on the way."""

from __future__ import annotations

import csv
import io

import pytest

from privagraph.errors import InputError
from privagraph.loaders.reviews.sheets import SheetRow, read_sheet, written_sheet

COLUMNS = ("id", "verdict", "note")
ROWS = [
    ("a/1", "right", "naïve, “quoted” 📚"),
    ("a/2", "", '=HYPERLINK("x")'),
    ("a/3", "wrong", "'-5 and 'so"),
]


def read(content: bytes) -> list[SheetRow]:
    return read_sheet(content, name="table.csv", needed=("id", "verdict"))


@pytest.mark.parametrize("tabs", [False, True])
def test_a_table_comes_back(tabs: bool) -> None:
    rows = read(written_sheet(COLUMNS, ROWS, tabs=tabs))
    assert [tuple(row.cells.values()) for row in rows] == ROWS
    assert [row.number for row in rows] == [2, 3, 4]


def test_a_table_says_that_it_is_utf_8() -> None:
    assert written_sheet(COLUMNS, []).startswith(b"\xef\xbb\xbfid,verdict,note\r\n")


def test_a_cell_is_cut_that_no_spreadsheet_takes() -> None:
    (row,) = read(written_sheet(COLUMNS, [("a/1", "right", "=" + "x" * 200_000)]))
    assert len(row.cells["note"]) == 32_000
    assert row.cells["note"].endswith("x…")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_what_looks_like_a_formula_is_guarded(text: str) -> None:
    written = written_sheet(COLUMNS, [("a/1", "", text)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written)))[1][2] == f"'{text}"


@pytest.mark.parametrize(
    "content",
    [
        "id;verdict;note\r\na/1;right;x, y\r\n".encode("utf-8-sig"),
        "id\tverdict\tnote\r\na/1\tright\tx, y\r\n".encode("utf-16"),
        b'id,verdict,note\na/1,right,"x, y"\n',
        b'ID, Verdict ,note\na/1 , right,"x, y"\n,,\n',
    ],
    ids=["semicolons", "excel unicode text", "line feeds", "blanks and an empty row"],
)
def test_what_spreadsheets_save_is_read(content: bytes) -> None:
    (row,) = read(content)
    assert row.cells == {"id": "a/1", "verdict": "right", "note": "x, y"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column id and verdict"),
        (b"id,note\na/1,x\n", "no column verdict; keep the first row"),
        (b"PK\x03\x04rest", "a workbook, not a table of text; save it as CSV"),
        (b"id,verdict\na/1,na\xefve\n", "not UTF-8; save it as CSV UTF-8"),
        (b"id,verdict\n\0", "not a text file"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=f"table.csv: {said}"):
        read(content)
