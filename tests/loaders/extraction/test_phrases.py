from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.extraction.phrases import members, trim, trim_noun_phrase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name, e-mail address and phone number", ["name", "e-mail address", "phone number"]),
        ("name; age; and/or sex", ["name", "age", "sex"]),
        ("photos (portraits, groups) or videos", ["photos (portraits, groups)", "videos"]),
        ("up to 10,000 records and logs", ["up to 10,000 records", "logs"]),
        ("such as your name", ["your name"]),
        ("android and sandals", ["android", "sandals"]),
        (", ,", []),
        ("", []),
    ],
)
def test_members_of_an_enumeration(text, expected):
    assert [text[a:b] for a, b in members(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  (name), ", "name"),
        ("“email”", "email"),
        ("phone (if any)", "phone (if any)"),
        ("name)", "name"),
        ("...", ""),
    ],
)
def test_trim(text, expected):
    start, end = trim(text, 0, len(text))
    assert text[start:end] == expected


def test_trim_noun_phrase_keeps_the_last_word():
    start, end = trim_noun_phrase("such as", 0, 7)
    assert "such as"[start:end] == "such as"


@given(st.text(max_size=80))
def test_members_lie_in_the_text_in_order(text):
    spans = list(members(text, 0, len(text)))
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
