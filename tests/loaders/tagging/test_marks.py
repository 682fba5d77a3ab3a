"""Marks: which word pieces lie in a span, and which begin one."""

from __future__ import annotations

import numpy as np
import pytest

from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.tagging.marks import marks
from privagraph.loaders.tagging.windows import Window

DATA, SOURCE = LABELS.index("data_category"), LABELS.index("source")
NOWHERE = (-1, -1)


def window(*places: tuple[int, int]) -> Window:
    """A window of a separator and pieces at these places."""
    size = len(places) + 1
    return Window(tuple(range(size)), (1,) * size, (NOWHERE, *places), (-1, *[0] * len(places)))


def rows(made: np.ndarray, column: int) -> tuple[list[int], list[int]]:
    """The rows with a mark of a label for "inside", and those for "begin"."""
    inside, begin = made[:, column], made[:, len(LABELS) + column]
    return inside.nonzero()[0].tolist(), begin.nonzero()[0].tolist()


WINDOW = window((0, 2), (3, 7), (8, 12), (12, 14))


@pytest.mark.parametrize(
    ("start", "end", "inside", "begin"),
    [
        (3, 7, [2], [2]),
        (0, 14, [1, 2, 3, 4], [1]),
        (5, 9, [2, 3], [2]),  # part of a piece is in it
        (7, 8, [], []),  # a blank is no piece
        (14, 20, [], []),
        (12, 20, [4], [4]),  # goes on in the next window
    ],
)
def test_pieces_of_a_span(start: int, end: int, inside: list[int], begin: list[int]) -> None:
    made = marks(WINDOW, [(start, end, "data_category")])
    assert made.shape == (5, 2 * len(LABELS))
    assert rows(made, DATA) == (inside, begin)
    assert made.sum() == len(inside) + len(begin)


def test_a_span_that_began_in_an_earlier_window_does_not_begin_again() -> None:
    made = marks(window((30, 34), (35, 40)), [(20, 40, "data_category")])
    assert rows(made, DATA) == ([1, 2], [])


def test_spans_of_one_label_side_by_side_begin_twice() -> None:
    made = marks(WINDOW, [(0, 7, "data_category"), (8, 14, "data_category")])
    assert rows(made, DATA) == ([1, 2, 3, 4], [1, 3])


def test_labels_overlap() -> None:
    made = marks(WINDOW, [(0, 12, "data_category"), (8, 14, "source")])
    assert rows(made, DATA) == ([1, 2, 3], [1])
    assert rows(made, SOURCE) == ([3, 4], [3])


def test_a_window_of_nothing_but_context_has_no_marks() -> None:
    assert not marks(window(), [(0, 9, "purpose")]).any()
    assert not marks(WINDOW, []).any()
