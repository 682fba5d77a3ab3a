"""Columns: few crossings, order kept, blocks together."""

from __future__ import annotations

from itertools import pairwise

import pytest

from privagraph.queries.drawing.layers import Block, arranged


def _place(left: list[Block], right: list[Block], links: list[tuple[str, str]]) -> dict[str, float]:
    boxes = [box for block in (*left, *right) for box in block.members]
    return arranged([left, right], dict.fromkeys(boxes, 20.0), links, gap=5, between=10)


def test_crossings_are_undone() -> None:
    links = [("a", "z"), ("b", "y"), ("c", "x")]
    found = _place([Block("", ("a", "b", "c"))], [Block("", ("x", "y", "z"))], links)
    left = sorted("abc", key=found.__getitem__)
    right = sorted("xyz", key=found.__getitem__)
    assert [dict(links)[each] for each in left] == right


def test_boxes_keep_their_distance() -> None:
    found = _place([Block("", tuple("abcdef"))], [Block("", ("x",))], [("a", "x"), ("f", "x")])
    places = sorted(found[box] for box in "abcdef")
    assert all(low - high >= 25 - 1e-9 for high, low in pairwise(places))
    assert places[0] == pytest.approx(10)


def test_a_short_column_stands_beside_what_it_is_joined_with() -> None:
    found = _place([Block("", tuple("abcdef"))], [Block("", ("x",))], [("f", "x")])
    assert found["x"] == found["f"] == max(found.values())


def test_blocks_stay_together() -> None:
    left = [Block("one", ("a", "b"), above=30, below=5), Block("two", ("c", "d"), above=30, below=5)]
    links = [("a", "w"), ("c", "x"), ("b", "y"), ("d", "z")]
    found = _place(left, [Block("", ("w", "x", "y", "z"))], links)
    order = sorted("abcd", key=found.__getitem__)
    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset("ab"), frozenset("cd")}
    assert found[order[2]] - found[order[1]] >= 20 + 5 + 10 + 30
