"""The card of a model, and how probabilities become confidences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.tagging.card import Calibration, Card

PROBABILITY = st.floats(0, 1)


def test_a_card_comes_back_from_json() -> None:
    card = Card(
        "tagger/7",
        {"purpose": 0.35},
        {"purpose": 0.0},
        {"purpose": Calibration(0.9, -0.25), "dpo": Calibration()},
    )
    assert Card.from_json(card.as_json()) == card


@given(PROBABILITY)
def test_without_calibration_a_confidence_is_the_probability(probability: float) -> None:
    assert Calibration().confidence(probability) == pytest.approx(probability, abs=0.00501)


@given(PROBABILITY, PROBABILITY, st.floats(0, 4), st.floats(-6, 6))
def test_confidences_rise_with_probabilities_and_stay_within_bounds(
    one: float, other: float, slope: float, intercept: float
) -> None:
    low, high = (Calibration(slope, intercept).confidence(each) for each in sorted((one, other)))
    assert 0 <= low <= high <= 1


def test_a_curve_shifts_confidences() -> None:
    assert Calibration(1, 1).confidence(0.5) == 0.73
    assert Calibration(0.5, 0).confidence(0.9) == 0.75
