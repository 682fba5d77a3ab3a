from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from privagraph.loaders.collections import delimited
from privagraph.loaders.inputs import Columns

Read = Callable[..., Any]


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_sources(read: Read, delimiter: str, end: str) -> None:
    rows = [
        ["Id", "Policy Text", "url"],
        ["mill", f'"We keep ""names""{delimiter}{end}and towns."', "mill.example"],
    ]
    found, left_out = read(end.join(delimiter.join(row) for row in rows), "farms.csv")
    assert left_out == []
    (mill,) = found
    assert mill.name == "farms.csv#mill"
    assert mill.content == f'We keep "names"{delimiter}{end}and towns.'.encode()
    assert mill.url == "mill.example"


def test_a_tsv_is_parted_at_tabs_alone(read: Read) -> None:
    found, _ = read("text\tname\nWe keep, use, sell; all.\tmill\n", "farms.tsv")
    assert [(each.name, each.content) for each in found] == [("farms.tsv#mill", b"We keep, use, sell; all.")]


@pytest.mark.parametrize("name", ["farms.csv", "farms.tsv"])
@pytest.mark.parametrize("told", ["sep=;", "SEP=;\r", '"sep=;"'])
def test_a_line_in_front_that_tells_the_delimiter(read: Read, name: str, told: str) -> None:
    found, (trouble,) = read(f"{told}\nid;text, all of it;text\na;,;We keep, and use.\nb\n", name)
    assert [(each.name, each.content) for each in found] == [(f"{name}#a", b"We keep, and use.")]
    assert trouble.source == f"{name}:4"


def test_a_line_that_tells_the_delimiter_alone_is_no_table(read: Read) -> None:
    found, (trouble,) = read("sep=;\n", "farms.csv")
    assert (found, trouble.code) == ([], "empty")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks(read: Read, encoding: str) -> None:
    found, left_out = read("text,id\nWe keep café names.,a\n".encode(encoding), "farms.csv")
    assert ([each.content.decode() for each in found], left_out) == (["We keep café names."], [])


def test_bytes_that_are_not_utf8_go_to_the_reader_as_they_are(read: Read) -> None:
    found, _ = read("text,id\nWe keep café names.,é\n".encode("latin-1"), "farms.csv")
    assert [(each.content, each.name) for each in found] == [(b"We keep caf\xe9 names.", "farms.csv#1")]


def test_nul_bytes_and_fields_of_a_megabyte(read: Read) -> None:
    long = "We keep names. " * 70_000
    found, left_out = read(f'id,text\na,"{long}"\nb,We\0keep\n', "farms.csv")
    assert [each.content.decode() for each in found] == [long, "We\0keep"]
    assert left_out == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [("a,We keep,names", "3 fields"), ("a", "1 fields"), ('a,"We "keep" names"', "quotation marks")],
)
def test_a_row_that_does_not_fit_the_header(read: Read, row: str, reason: str) -> None:
    found, (trouble,) = read(f"id,text\n\nx,We keep.\n{row}\ny,We sell.\n", "farms.csv")
    assert [each.name for each in found] == ["farms.csv#x", "farms.csv#y"]
    assert trouble.source == "farms.csv:4"
    assert reason in trouble.reason


def test_what_follows_a_damaged_row_belongs_to_it_until_one_fits(read: Read) -> None:
    damaged = 'a,"We "keep"\nnames\nof towns, too, and\nmore"\n'
    found, (trouble,) = read(f"id,text\n{damaged}b,We sell.\n", "farms.csv")
    assert [each.name for each in found] == ["farms.csv#b"]
    assert trouble.source == "farms.csv:2"


def test_a_file_that_ends_within_a_field(read: Read) -> None:
    found, (trouble,) = read('id,text\na,We keep.\nb,"We sell\nand lend\n', "farms.csv")
    assert [each.name for each in found] == ["farms.csv#a"]
    assert (trouble.source, trouble.code) == ("farms.csv:3", "cut-off")
    assert "not closed" in trouble.reason


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("bad", ['x,"We sell', 'x,"We sell\ny,"We lend', 'x,"We sell\nour goods'])
def test_a_quotation_mark_that_is_not_closed_costs_its_row(read: Read, bad: str, end: str) -> None:
    good = "".join(f'{each},"We keep names,\nand ""towns"".{end}"\n' for each in "bcdef")
    found, left_out = read(f"id,text\na,We keep.\n{bad}\n{good}g,We use.\n", "farms.csv")
    assert [each.name[-1] for each in found] == list("abcdefg")
    assert (left_out[0].source, left_out[0].code) == ("farms.csv:3", "record")
    assert len(left_out) == 1 + ("y," in bad)


def test_rows_without_quotation_marks_after_one_that_is_not_closed(read: Read) -> None:
    found, (trouble,) = read('id,text\nx,"We sell\nb,We keep.\nc,We use.\n', "farms.csv")
    assert [each.name for each in found] == ["farms.csv#b", "farms.csv#c"]
    assert (trouble.source, trouble.code) == ("farms.csv:2", "record")


def test_a_field_that_swallowed_the_next_row(read: Read) -> None:
    found, (trouble,) = read('id,text,year\nx,"We sell,2021\nb,"\nWe keep.",2021\n', "farms.csv")
    assert (trouble.source, [each.name for each in found]) == ("farms.csv:2", ["farms.csv#b"])
    assert "2 fields" in trouble.reason


def test_going_back_looks_at_each_line_once_more(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    of_lines = delimited._Lines.__next__

    def counted(lines: delimited._Lines) -> str:
        nonlocal looks
        looks += 1
        return of_lines(lines)

    monkeypatch.setattr(delimited._Lines, "__next__", counted)
    found, left_out = read("id,text,year\n" + 'b","\n' * 2000 + "c,We use.,2021\n", "farms.csv")
    assert [each.name for each in found] == ["farms.csv#c"]
    assert left_out[0].source == "farms.csv:2"
    assert looks < 3 * 2001 + 10


def test_a_row_larger_than_any_policy(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LARGEST_RECORD", 1000)
    rows = f'a,We keep.\nb,{"x" * 2000}\nc,"{"y" * 600}\n{"z" * 600}"\nd,We sell.\n'
    found, left_out = read(f"id,text\n{rows}", "farms.csv")
    assert [each.name for each in found] == ["farms.csv#a", "farms.csv#d"]
    assert [(each.source, each.code) for each in left_out] == [
        ("farms.csv:3", "too-large"),
        ("farms.csv:4", "too-large"),
    ]


def test_a_row_of_very_many_fields(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_MOST_FIELDS", 100)
    found, (trouble,) = read(f"id,text\n{',' * 200}\nb,We sell.\n", "farms.csv")
    assert [each.name for each in found] == ["farms.csv#b"]
    assert (trouble.source, trouble.code) == ("farms.csv:2", "record")
    assert "more than 100 fields" in trouble.reason


@pytest.mark.parametrize(
    ("columns", "lacking"),
    [
        (None, "“text” or “html”"),
        (Columns(text="words"), "“words”"),
        (Columns(text="body", date="day"), "“day”"),
    ],
)
def test_a_table_without_the_columns(read: Read, columns: Columns | None, lacking: str) -> None:
    header = "who,body" if columns and columns.date else "who,what"
    found, (trouble,) = read(f"{header}\na,We keep.\n", "farms.csv", columns)
    assert found == []
    assert (trouble.source, trouble.code) == ("farms.csv", "columns")
    assert f"has no column {lacking}" in trouble.reason


@pytest.mark.parametrize(("part", "named"), [("text", Columns()), ("url", Columns(url="url"))])
def test_a_column_that_stands_twice_is_not_guessed_at(read: Read, part: str, named: Columns) -> None:
    table = f"id,text,{part},{part},other\n" if part != "text" else "id,text,text,url,other\n"
    found, (trouble,) = read(f"{table}a,We keep.,We sell.,mill.example,We lend.\n", "farms.csv", named)
    assert found == []
    assert (trouble.source, trouble.code) == ("farms.csv", "doubled")
    assert f"more than one column “{part}”" in trouble.reason
    assert f"--column-{part}" in trouble.advice
    (source,), _ = read(
        f"{table}a,We keep.,We sell.,mill.example,mill.example\n", "farms.csv", Columns(**{part: "other"})
    )
    assert source.content


@pytest.mark.parametrize("part", ["id", "url", "date"])
def test_a_column_that_was_only_found_and_stands_twice_costs_itself(read: Read, part: str) -> None:
    (source,), left_out = read(f"text,{part},{part}\nWe keep.,2021-07-03,2022-07-03\n", "farms.csv")
    assert left_out == []
    assert (source.name, source.content, source.url, source.collected) == (
        "farms.csv#1", b"We keep.", None, None,
    )  # fmt: skip
    (note,) = source.notes
    assert note == (
        f"The column “{part}” stands more than once, so none of them is read; --column-{part} names another."
    )


def test_a_column_that_is_not_read_may_stand_twice(read: Read) -> None:
    (source,), _ = read("text,note,note\nWe keep.,a,b\n", "farms.csv")
    assert source.content == b"We keep."


@pytest.mark.parametrize("data", ["", "id,text\n"])
def test_a_table_without_rows(read: Read, data: str) -> None:
    _, (trouble,) = read(data, "farms.csv")
    assert trouble.code == "empty"
