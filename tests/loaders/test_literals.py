"""Literals: typed, and spelt as a store gives them back."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest

from privagraph.loaders.literals import day, decimal, duration, tagged, when

_NODE = ox.NamedNode("https://example.org/x")


def stored(literal: ox.Literal) -> ox.Literal:
    """The literal after a store has kept it."""
    store = ox.Store()
    store.add(ox.Quad(_NODE, _NODE, literal))
    found = next(iter(store)).object
    assert isinstance(found, ox.Literal)
    return found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("P6M", "P6M"),
        ("P12M", "P1Y"),
        ("P18M", "P1Y6M"),
        ("P2W", "P14D"),
        ("P1W3D", "P10D"),
        ("P400D", "P400D"),
        ("P0D", "PT0S"),
        ("PT24H", "P1D"),
        ("PT90M", "PT1H30M"),
        ("PT1.50S", "PT1.5S"),
        ("P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S"),
    ],
)
def test_durations_are_canonical(value: str, expected: str) -> None:
    literal = duration(value)
    assert literal is not None
    assert literal.value == expected
    assert literal.datatype.value.endswith("#duration")
    assert stored(literal) == literal


@pytest.mark.parametrize("value", [None, "", "P", "PT", "P1", "6M", "P-1D", "P1.5Y", "a year", "P1H", "P٣D"])
def test_what_is_no_duration_is_none(value: str | None) -> None:
    assert duration(value) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1.0, "1"), (0.9, "0.9"), (0.80, "0.8"), (1 / 3, "0.3333"), (1e-9, "0")],
)
def test_decimals_have_no_exponent_and_no_idle_zeros(number: float, expected: str) -> None:
    assert decimal(number).value == expected
    assert stored(decimal(number)) == decimal(number)


def test_offsets_and_dates_come_back_as_they_were_written() -> None:
    for literal in (day(date(2024, 2, 29)), day(date(1999, 12, 31))):
        assert stored(literal) == literal


@pytest.mark.parametrize(
    ("iso", "kind"),
    [
        ("2021", "gYear"),
        ("2021-07", "gYearMonth"),
        ("2021-07-03", "date"),
        ("2021-07-03T08:30:00Z", "dateTime"),
    ],
)
def test_a_time_is_as_precise_as_it_is_said(iso: str, kind: str) -> None:
    literal = when(iso)
    assert literal.datatype.value == f"http://www.w3.org/2001/XMLSchema#{kind}"
    assert stored(literal) == literal


@pytest.mark.parametrize("tag", ["en", "EN-US", "zh-Hant"])
def test_text_has_its_language(tag: str) -> None:
    literal = tagged("x", tag)
    assert literal.language == tag.lower()
    assert stored(literal) == literal


@pytest.mark.parametrize("tag", ["", "en_US", "x", "e n", "english-language-too-long"])
def test_a_tag_that_is_none_leaves_plain_text(tag: str) -> None:
    assert tagged("x", tag) == ox.Literal("x")
