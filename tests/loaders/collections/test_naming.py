from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.collections.naming import RecordNames


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("mill", "mill"),
        (" the\tmill\r\nby the river ", "the mill by the river"),
        (17, "17"),
        (17.0, "17"),
        (b"caf\xc3\xa9", "café"),
        ("", "5"),
        (None, "5"),
        (True, "5"),
        (["a"], "5"),
        ("\ud83d", "5"),
        ("half\ud83d", "half"),
    ],
)
def test_a_name_is_the_id_in_one_line_or_the_number(wanted: object, expected: str) -> None:
    assert RecordNames("farms.csv").name(wanted, 5) == f"farms.csv#{expected}"


def test_an_id_that_comes_again_gets_the_number_of_its_record() -> None:
    names = RecordNames("f")
    made = [names.name(*each) for each in (("a", 1), ("a", 2), ("a~2", 3), (None, 4), ("4", 5))]
    assert made == ["f#a", "f#a~2", "f#a~2~3", "f#4", "f#4~5"]


def test_a_very_long_id_is_cut_and_stays_itself() -> None:
    names = RecordNames("f")
    first, second = names.name("x" * 5000 + "a", 1), names.name("x" * 5000 + "b", 2)
    assert len(first) == len(second) == 202
    assert first[:150] == second[:150]
    assert first != second


@given(st.lists(st.none() | st.integers(0, 40) | st.text(max_size=2), max_size=60))
def test_names_differ_whatever_the_ids_are(ids: list[object]) -> None:
    names = RecordNames("f")
    made = [names.name(wanted, number) for number, wanted in enumerate(ids, 1)]
    assert len(set(made)) == len(made)


def test_very_many_names() -> None:
    names = RecordNames("f")
    assert len({names.name(number % 4000, number) for number in range(5000)}) == 5000
