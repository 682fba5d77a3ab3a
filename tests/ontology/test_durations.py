from __future__ import annotations

import pytest

from privagraph.ontology.durations import find_durations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for 24 months after", "P24M"),
        ("six (6) months", "P6M"),
        ("thirty (30) calendar days", "P30D"),
        ("two years", "P2Y"),
        ("within 72 hours", "PT72H"),
        ("a 12-month period", "P12M"),
        ("one week", "P1W"),
        ("15 minutes", "PT15M"),
        ("ſıx monthſ", "P6M"),  # letters that patterns take for Latin ones
    ],
)
def test_a_duration(text, expected):
    assert [value for _, _, value in find_durations(text, 0, len(text))] == [expected]


@pytest.mark.parametrize("text", ["daylight", "the year 2020", "monthly", "someday"])
def test_no_duration(text):
    assert list(find_durations(text, 0, len(text))) == []
