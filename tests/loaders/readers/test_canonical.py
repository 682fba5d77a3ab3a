from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.readers.canonical import clean, clean_line, split_lines


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\u00a0 \t b", "a b"),
        ("e\u00admail", "email"),
        ("zero\u200bwidth", "zerowidth"),
        ("\ufeffStart", "Start"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("right\u200eto\u202eleft\u2069", "righttoleft"),
        ("ideographic\u3000space", "ideographic space"),
        ("stray\u200djoiner", "strayjoiner"),
        ("👩\u200d💻 works", "👩\u200d💻 works"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("not \uffff a character", "not \ufffd a character"),
        ("4 Harbour Road  \n\n  Dublin ", "4 Harbour Road\nDublin"),
        ("é stays e\u0301 apart", "é stays e\u0301 apart"),
        ("“quotes” – and dashes…", "“quotes” – and dashes…"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_clean_line_joins_lines_of_every_kind() -> None:
    assert clean_line("one\ntwo\r\nthree\u2028four\x0bfive\x85six") == "one two three four five six"


def test_split_lines_knows_every_line_end() -> None:
    assert split_lines("a\r\nb\rc\nd\x0ce\u2029f") == ["a", "b", "c", "d", "e", "f"]


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_clean_is_idempotent_and_safe(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
    assert "  " not in once
    assert all(line == line.strip() for line in once.split("\n"))
