from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from privagraph.errors import MissingDependencyError
from privagraph.loaders.collections import parquet
from privagraph.loaders.inputs import Columns
from privagraph.loaders.sources import stream

Read = Callable[..., Any]


def table(path: Path, columns: dict[str, Any], **options: Any) -> bytes:
    pyarrow.parquet.write_table(pyarrow.table(columns), path, **options)
    return path.read_bytes()


def test_rows_are_sources(read: Read, tmp_path: Path) -> None:
    data = table(
        tmp_path / "made",
        {
            "id": [17, None],
            "text": ["We keep café names.", "We sell."],
            "url": ["https://mill.example/p", "no address"],
            "date": [datetime(2021, 7, 3, 8, 30, tzinfo=UTC), None],
            "other": [[1], [2]],
        },
    )
    (mill, other), left_out = read(data, "farms.parquet")
    assert left_out == []
    assert (mill.name, mill.content.decode()) == ("farms.parquet#17", "We keep café names.")
    assert (mill.url, mill.collected) == ("https://mill.example/p", "2021-07-03T08:30:00Z")
    assert (other.name, other.content, other.url) == ("farms.parquet#2", b"We sell.", None)


def test_a_column_that_stands_twice_is_not_guessed_at(read: Read, tmp_path: Path) -> None:
    made = pyarrow.Table.from_arrays([pyarrow.array(["We keep."])] * 2, names=["text", "text"])
    pyarrow.parquet.write_table(made, tmp_path / "made")
    found, (trouble,) = read((tmp_path / "made").read_bytes(), "farms.parquet")
    assert (found, trouble.source, trouble.code) == ([], "farms.parquet", "doubled")


def test_a_column_that_was_only_found_and_stands_twice_costs_itself(read: Read, tmp_path: Path) -> None:
    arrays = [pyarrow.array([value]) for value in ("We keep.", "2021", "2022")]
    made = pyarrow.Table.from_arrays(arrays, names=["text", "date", "date"])
    pyarrow.parquet.write_table(made, tmp_path / "made")
    (source,), left_out = read((tmp_path / "made").read_bytes(), "farms.parquet")
    assert (source.content, source.collected, len(source.notes), left_out) == (b"We keep.", None, 1, [])


@pytest.mark.parametrize(
    ("values", "kind", "content"),
    [
        ([b"caf\xe9"], pyarrow.binary(), b"caf\xe9"),
        (["café"], pyarrow.large_string(), "café".encode()),
        (["café"], pyarrow.dictionary(pyarrow.int32(), pyarrow.string()), "café".encode()),
        (["café"], pyarrow.string_view(), "café".encode()),
    ],
)
def test_texts_of_all_types(read: Read, tmp_path: Path, values: list[Any], kind: Any, content: bytes) -> None:
    data = table(tmp_path / "made", {"html": pyarrow.array(values, kind)})
    (source,), _ = read(data, "farms.parquet")
    assert (source.content, source.media_type) == (content, "text/html")


@pytest.mark.parametrize(
    ("value", "kind", "iso"),
    [
        (date(2021, 7, 3), pyarrow.date32(), "2021-07-03"),
        (1625301000123456789, pyarrow.timestamp("ns"), "2021-07-03T08:30:00Z"),
        (1625301000, pyarrow.int64(), "2021-07-03T08:30:00Z"),
        ("2021-07", pyarrow.string(), "2021-07"),
    ],
)
def test_dates_of_all_types(read: Read, tmp_path: Path, value: Any, kind: Any, iso: str) -> None:
    data = table(tmp_path / "made", {"text": ["a"], "date": pyarrow.array([value], kind)})
    (source,), _ = read(data, "farms.parquet")
    assert source.collected == iso


def test_a_time_is_in_utc_whatever_zone_is_named(read: Read, tmp_path: Path) -> None:
    moment = pyarrow.array([1625301000]).cast(pyarrow.timestamp("s", "Mars/Phobos"))
    (source,), _ = read(table(tmp_path / "made", {"text": ["a"], "date": moment}), "farms.parquet")
    assert source.collected == "2021-07-03T08:30:00Z"


@pytest.mark.parametrize(
    ("value", "stored", "kind"),
    [
        (10**8, pyarrow.int32(), pyarrow.date32()),
        (10**17, pyarrow.int64(), pyarrow.date64()),
        (10**14, pyarrow.int64(), pyarrow.timestamp("s")),
        (9 * 10**18, pyarrow.int64(), pyarrow.duration("s")),
    ],
    ids=str,
)
def test_a_date_out_of_range_costs_nothing_else(
    read: Read, tmp_path: Path, value: int, stored: Any, kind: Any
) -> None:
    dates = pyarrow.array([value, None], stored).cast(kind, safe=False)
    data = table(tmp_path / "made", {"text": ["a", "b"], "date": dates})
    found, left_out = read(data, "farms.parquet", Columns(date="date"))
    assert left_out == []
    assert [(each.content, each.collected) for each in found] == [(b"a", None), (b"b", None)]
    assert found[0].notes == ("The column “date” holds no date but “OutOfRange”.",)


def test_how_many_rows_there_are_is_known_before(tmp_path: Path) -> None:
    table(tmp_path / "farms.parquet", {"text": ["a"] * 40})
    (tmp_path / "mill.txt").write_text("words")
    found = stream([tmp_path / "farms.parquet", tmp_path / "mill.txt"])
    assert found.expected == 41
    assert len(list(found)) == 41


def test_a_damaged_group_of_rows_costs_what_is_in_it(read: Read, tmp_path: Path) -> None:
    texts = [f"We keep the names of {number} towns." for number in range(30)]
    data = bytearray(
        table(tmp_path / "made", {"text": texts}, row_group_size=10, compression="none", use_dictionary=False,
              write_page_checksum=True)
    )  # fmt: skip
    at = data.index(b"names of 12 towns")
    data[at : at + 5] = b"NAMES"
    found, (trouble,) = read(bytes(data), "farms.parquet")
    assert [each.content.decode() for each in found] == texts[:10] + texts[20:]
    assert (trouble.source, trouble.code) == ("farms.parquet:11", "cut-off")
    assert "group of rows 2" in trouble.reason


@pytest.mark.parametrize("keep", [0, 3, 100, -10])
def test_a_file_that_is_not_whole(read: Read, tmp_path: Path, keep: int) -> None:
    data = table(tmp_path / "made", {"text": ["a", "b"]})
    found, (trouble,) = read(data[:keep], "farms.parquet")
    assert found == []
    assert (trouble.source, trouble.code) == ("farms.parquet", "cut-off")


def test_a_cell_larger_than_any_policy(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "LARGEST_RECORD", 1000)
    data = table(tmp_path / "made", {"text": ["a", "b" * 2000, "c"]})
    found, (trouble,) = read(data, "farms.parquet")
    assert [each.content for each in found] == [b"a", b"c"]
    assert (trouble.source, trouble.code) == ("farms.parquet:2", "too-large")


def test_a_column_whose_name_is_no_text(read: Read, tmp_path: Path) -> None:
    data = table(tmp_path / "made", {"text": ["a", "b"]}, store_schema=False)
    found, (trouble,) = read(data.replace(b"text", b"te\xcdt"), "farms.parquet")
    assert found == []
    assert (trouble.source, trouble.code) == ("farms.parquet", "cut-off")


def test_a_table_without_the_columns(read: Read, tmp_path: Path) -> None:
    data = table(tmp_path / "made", {"text": ["a"], "n": [1]})
    _, (trouble,) = read(data, "farms.parquet", Columns(text="body"))
    assert trouble.code == "columns"
    assert "“body”; it has: text, n" in trouble.reason


def test_what_is_not_installed_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path / "farms.parquet", {"text": ["a"]})
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingDependencyError) as caught:
        stream([tmp_path])
    assert caught.value.needed == "pyarrow"
    assert "privagraph[parquet]" in caught.value.install
