"""From probabilities to spans, with probabilities by hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from privagraph.loaders.tagging.decoding import Pieces, Tagged, decode
from privagraph.loaders.tagging.labels import LABELS

Make = Callable[..., Pieces]
HALF = dict.fromkeys(LABELS, 0.5)
DATA = LABELS.index("data_category")


def words(text: str, pieces: Pieces, threshold: float = 0.5) -> list[str]:
    """The words of the spans of data."""
    spans = list(decode(text, pieces, dict.fromkeys(LABELS, threshold)))
    assert {span.label for span in spans} <= {"data_category"}
    return [text[span.start : span.end] for span in spans]


def test_a_span_is_the_pieces_that_speak_for_it(pieces_of: Make) -> None:
    text = "We keep your email address here."
    pieces = pieces_of(text, inside={"your": 0.8, "email": 0.9, "address": 0.7}, begin={"your": 0.9})
    (span,) = decode(text, pieces, HALF)
    assert (span.start, span.end, span.label) == (8, 26, "data_category")
    assert span.score == pytest.approx(0.8)


def test_no_pieces_no_spans(pieces_of: Make) -> None:
    assert list(decode("", pieces_of(""), HALF)) == []
    assert list(decode("We keep nothing.", pieces_of("We keep nothing."), HALF)) == []


@pytest.mark.parametrize(
    ("inside", "begin", "found"),
    [
        (0.85, 0.5, ["name"]),
        (0.8, 0.5, []),  # log odds of 1.4 do not pay for a span, which costs 1.5
        (0.8, 0.6, ["name"]),
        (0.85, 0.3, []),
    ],
)
def test_a_span_has_its_price(pieces_of: Make, inside: float, begin: float, found: list[str]) -> None:
    pieces = pieces_of("the name there", inside={"name": inside}, begin={"name": begin})
    assert words("the name there", pieces) == found


def test_a_low_threshold_makes_more_spans(pieces_of: Make) -> None:
    pieces = pieces_of("the name there", inside={"name": 0.6})
    assert words("the name there", pieces, 0.5) == []
    assert words("the name there", pieces, 0.2) == ["name"]


def test_a_weak_piece_does_not_cut_a_span(pieces_of: Make) -> None:
    text = "your name and address there"
    sure = {"your": 0.95, "name": 0.95, "address": 0.95}
    assert words(text, pieces_of(text, inside=sure | {"and": 0.3}, begin={"address": 0.05})) == [
        "your name and address"
    ]
    assert words(text, pieces_of(text, inside=sure | {"and": 0.02}, begin={"address": 0.6})) == [
        "your name",
        "address",
    ]


def test_a_sure_beginning_cuts_a_span(pieces_of: Make) -> None:
    text = "email address phone number"
    inside = dict.fromkeys(text.split(), 0.95)
    assert words(text, pieces_of(text, inside=inside)) == [text]
    assert words(text, pieces_of(text, inside=inside, begin={"phone": 0.99})) == [
        "email address",
        "phone number",
    ]


def test_no_span_crosses_blocks(pieces_of: Make) -> None:
    text = "your name\nyour address"
    pieces = pieces_of(text, inside={"your": 0.95, "name": 0.95, "address": 0.95})
    assert words(text, pieces) == ["your name", "your address"]


def pieces_at(*rows: tuple[int, int, float, float]) -> Pieces:
    """Pieces of one block: start, end, probabilities of data for inside and begin."""
    starts, ends, inside, begin = zip(*rows, strict=True)
    values = np.full((len(rows), 2 * len(LABELS)), 0.02, dtype=np.float32)
    values[:, DATA], values[:, len(LABELS) + DATA] = inside, begin
    zeros = np.zeros(len(rows), dtype=np.int64)
    return Pieces(np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64), zeros, values)


@pytest.mark.parametrize("labelled", [0, 1, 2])
def test_a_span_holds_whole_words(labelled: int) -> None:
    text = "a geolocation."
    rows = [(0, 1, 0.02, 0.5), (2, 5, 0.02, 0.5), (5, 7, 0.02, 0.5), (7, 13, 0.02, 0.5), (13, 14, 0.02, 0.5)]
    rows[labelled + 1] = (*rows[labelled + 1][:2], 0.95, 0.9)
    assert words(text, pieces_at(*rows)) == ["geolocation"]


def test_a_span_that_begins_within_a_word_goes_on_with_the_one_before() -> None:
    text = "your geolocation data"
    rows = [(0, 4, 0.95, 0.9), (5, 8, 0.95, 0.5), (8, 16, 0.95, 0.995), (17, 21, 0.95, 0.5)]
    assert words(text, pieces_at(*rows)) == ["your geolocation data"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(your name), and", ["your name)"]),
        ('"your name": and', ["your name"]),
        ("• your name; and", ["your name"]),
        ("— Acme Inc. and", ["Acme Inc."]),
        ("... and", []),
        ("your name such as and", ["your name"]),
    ],
)
def test_punctuation_at_the_edges_goes(pieces_of: Make, text: str, found: list[str]) -> None:
    inside = dict.fromkeys(["your", "name", "Acme", "Inc", "such", "as", *'()"•—,;:.'], 0.95)
    assert words(text, pieces_of(text, inside=inside)) == found


def test_signs_beyond_the_basic_plane_and_loose_accents_do_not_move_a_span() -> None:
    text = "📍🧾 your cafe\u0301 now"
    pieces = pieces_at(
        (0, 1, 0.02, 0.5), (1, 2, 0.02, 0.5), (3, 7, 0.95, 0.9), (8, 12, 0.95, 0.5), (14, 17, 0.02, 0.5)
    )
    assert words(text, pieces) == ["your cafe\u0301"]


def test_labels_overlap(pieces_of: Make) -> None:
    text = "names from schools"
    pieces = pieces_of(text, inside=dict.fromkeys(text.split(), 0.95))
    pieces.probabilities[2, LABELS.index("source")] = 0.95
    assert [(text[span.start : span.end], span.label) for span in decode(text, pieces, HALF)] == [
        ("names from schools", "data_category"),
        ("schools", "source"),
    ]


def test_support_is_the_mean_of_the_pieces_that_words_touch(pieces_of: Make) -> None:
    text = "your email address"
    pieces = pieces_of(text, inside={"your": 0.2, "email": 0.6, "address": 0.8})
    assert pieces.support(5, 18, "data_category") == pytest.approx(0.7)
    assert pieces.support(7, 8, "data_category") == pytest.approx(0.6)
    assert pieces.support(4, 5, "data_category") is None
    assert pieces.support(90, 95, "data_category") is None


LINES = "We keep “your name”,\nhis café 📍 and\n(a geo-tag) here.\n– too"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_spans_of_a_label_are_in_order_whole_and_within_a_block(pieces_of: Make, data: st.DataObject) -> None:
    pieces = pieces_of(LINES)
    shape = (len(pieces.starts), 2)
    drawn = data.draw(arrays.arrays(np.float32, shape, elements=st.floats(0, 1, width=32)))
    pieces.probabilities[:, DATA], pieces.probabilities[:, len(LABELS) + DATA] = drawn[:, 0], drawn[:, 1]
    spans: list[Tagged] = list(decode(LINES, pieces, HALF))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for span in spans:
        found = LINES[span.start : span.end]
        assert found == found.strip()
        assert "\n" not in found
        assert any(char.isalnum() for char in found)
        assert 0 <= span.score <= 1
        assert not LINES[: span.start][-1:].isalnum()
        assert not LINES[span.end :][:1].isalnum()
