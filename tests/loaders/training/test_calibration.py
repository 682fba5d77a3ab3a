"""How sure probabilities are: verdicts, curves, and the error of confidences."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from privagraph.loaders.tagging.card import Calibration, Card
from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.tagging.tagger import Tagger
from privagraph.loaders.tagging.windows import Tokenizer
from privagraph.loaders.training.calibration import Judged, expected_error, fit, judged, reliability
from privagraph.loaders.training.corpus import Annotated


def verdicts(confidence: float, right: int, wrong: int, label: str = "purpose") -> list[Judged]:
    return [Judged(label, confidence, True)] * right + [Judged(label, confidence, False)] * wrong


def test_confidences_that_hold_have_no_error() -> None:
    assert expected_error([*verdicts(0.75, 75, 25), *verdicts(0.5, 1, 1)]) == pytest.approx(0)
    assert expected_error([]) == 0


def test_confidences_that_promise_too_much_have_one() -> None:
    assert expected_error(verdicts(0.95, 60, 40)) == pytest.approx(0.35)
    assert expected_error([*verdicts(0.95, 60, 40), *verdicts(0.25, 25, 75)]) == pytest.approx(0.175)


def test_reliability_has_a_row_for_each_bin_in_use() -> None:
    rows = reliability([*verdicts(1.0, 3, 1), *verdicts(0.92, 4, 0), *verdicts(0.0, 0, 2)])
    assert [row[:2] for row in rows] == [(0.0, 2), (0.9, 8)]
    assert rows[1][2:] == (pytest.approx(0.96), pytest.approx(0.875))


def test_a_fit_recovers_the_curve() -> None:
    pytest.importorskip("sklearn")
    truth, chance, made = {"purpose": -1.0, "dpo": 1.0}, random.Random(3), []
    for label, intercept in truth.items():
        for _ in range(3000):
            probability = chance.uniform(0.02, 0.98)
            odds = math.log(probability / (1 - probability))
            made.append(
                Judged(label, probability, chance.random() < 1 / (1 + math.exp(-(0.6 * odds + intercept))))
            )
    curves = fit(made)
    assert set(curves) == set(LABELS)
    for label, intercept in truth.items():
        assert curves[label].slope == pytest.approx(0.6, abs=0.1)
        assert curves[label].intercept == pytest.approx(intercept, abs=0.2)
    again = [Judged(each.label, curves[each.label].confidence(each.confidence), each.right) for each in made]
    assert expected_error(again) < 0.03 < expected_error(made)
    # Of the label without verdicts nothing is known but those of its kind.
    assert -1 < curves["source"].intercept < 1


def test_verdicts_that_are_all_alike_teach_nothing() -> None:
    assert fit(verdicts(0.8, 5, 0)) == fit([]) == dict.fromkeys(LABELS, Calibration())


class Silent:
    """A network that is sure of what the rules found of data, and of nothing else."""

    def run(self, _: None, inputs: Mapping[str, Any]) -> list[np.ndarray]:
        """The probabilities of a batch."""
        result = np.full(inputs["hints"].shape, 0.02, dtype=np.float32)
        data = LABELS.index("data_category")
        result[:, :, data] += 0.7 * inputs["hints"][:, :, data]
        return [result]


def test_mentions_are_judged_by_the_labels_of_people(
    fragments: Callable[[str], list[Annotated]], tokenizer: Tokenizer
) -> None:
    half = dict.fromkeys(LABELS, 0.5)
    model = Tagger(Silent(), tokenizer, Card("hand/1", half, half, dict.fromkeys(LABELS, Calibration())))
    documents = fragments(
        "# Kestrel\nWe collect [data_category your email address]. We collect your phone number.\n"
    )
    assert sorted(judged(documents, model), key=lambda each: each.right) == [
        Judged("data_category", 0.72, False),
        Judged("data_category", 0.72, True),
    ]
