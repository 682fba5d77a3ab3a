"""Aligned columns."""

from __future__ import annotations

from privagraph.cli.tables import aligned


def test_columns_stand_under_each_other() -> None:
    text = aligned([("a", "1", "x"), ("long", "200", "")], right=[1])
    assert text.splitlines() == ["a       1  x", "long  200"]


def test_no_rows_no_lines() -> None:
    assert aligned([]) == ""
