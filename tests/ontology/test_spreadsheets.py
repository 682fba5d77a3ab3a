"""No cell is run by a spreadsheet, and every text comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privagraph.ontology.spreadsheets import restored, safe


@given(st.text())
def test_no_cell_begins_like_a_formula_and_each_comes_back(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert restored(safe(text)) == text
