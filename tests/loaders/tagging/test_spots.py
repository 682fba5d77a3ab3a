"""Spots of a text are found by what and where they are."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from privagraph.loaders.tagging.spots import Spots


@dataclass(frozen=True)
class Place:
    start: int
    end: int


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (0, 10, [0]),
        (9, 11, [0, 1]),
        (10, 10, []),
        (12, 12, [1]),  # of no width, but within
        (14, 250, [1]),
        (255, 256, [2]),
        (256, 300, [2]),
        (0, 5000, [0, 1, 2, 3]),
        (4000, 4001, []),
    ],
)
def test_what_shares_words_is_found_once_and_in_order(start: int, end: int, found: list[int]) -> None:
    places = [Place(3, 10), Place(10, 20), Place(250, 700), Place(3000, 3005)]
    spots = Spots(("right", number, place) for number, place in enumerate(places))
    spots.add("purpose", 9, Place(0, 6000))
    assert spots.overlapping("right", Place(start, end)) == found
    assert spots.overlapping("purpose", Place(50, 60)) == [9]
    assert spots.overlapping("data", Place(start, end)) == []
