"""Parquet holds the same rows, with lists as lists; a reader that did not write it opens it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars
import pytest

from privagraph.errors import MissingDependencyError
from privagraph.queries.export import export
from privagraph.queries.store import GraphStore


def test_lists_are_lists(written: Callable[..., Path]) -> None:
    frame = polars.read_parquet(written("parquet"))
    assert frame.schema["data"] == polars.List(polars.String)
    assert frame.schema["start"] == polars.Int64
    assert frame.height == 16
    row = frame.filter(polars.col("sentence").str.starts_with("=SUM")).row(0, named=True)
    assert row["data"] == ["Email Address", "بريد\\إلكتروني 📧"]
    assert row["title"] == '=HYPERLINK("https://evil.example"; "click")'
    assert row["condition"] is None
    assert frame["polarity"].value_counts().sort("polarity").rows() == [("affirmed", 13), ("denied", 3)]


def test_duckdb_reads_it(written: Callable[..., Path]) -> None:
    path = written("parquet")
    asked = "SELECT polarity, count(*), list_sort(list_distinct(flatten(list(data)))) FROM read_parquet(?) GROUP BY 1"
    found = {
        polarity: (count, data) for polarity, count, data in duckdb.execute(asked, [str(path)]).fetchall()
    }
    assert (found["affirmed"][0], found["denied"][0]) == (13, 3)
    assert found["denied"][1] == ["Email Address"]
    assert "بريد\\إلكتروني 📧" in found["affirmed"][1]


def test_it_says_what_the_csv_says(written: Callable[..., Path], policies: GraphStore) -> None:
    plain = polars.read_csv(written("csv-plain", "plain.csv"), infer_schema=False)
    frame = polars.read_parquet(written("parquet", "one.parquet"))
    assert frame.columns == plain.columns
    for name in ("practice", "sentence", "polarity", "processing_iri"):
        assert frame[name].to_list() == plain[name].to_list()
    assert frame["start"].cast(polars.String).to_list() == plain["start"].to_list()


def test_a_folder_has_the_mentions_too(policies: GraphStore, tmp_path: Path) -> None:
    told = export(policies, "parquet", f"{tmp_path}/tables/")
    found = polars.read_parquet(tmp_path / "tables" / "mentions.parquet")
    assert found.height == told.mentions
    assert found["practices"].list.len().max() == 2


def test_an_empty_table_has_its_columns(tmp_path: Path) -> None:
    with GraphStore.in_memory() as nothing:
        export(nothing, "parquet", tmp_path / "none.parquet")
    frame = polars.read_parquet(tmp_path / "none.parquet")
    assert (frame.height, frame.schema["purposes"]) == (0, polars.List(polars.String))


def test_without_polars_it_says_what_to_install(
    policies: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'privagraph\[parquet\]'") as caught:
        export(policies, "parquet", tmp_path / "none.parquet")
    assert caught.value.needed == "polars"
    assert not list(tmp_path.iterdir())
