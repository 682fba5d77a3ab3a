"""What belongs to a model beside its weights: its name, its thresholds, and how sure its probabilities are."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files

__all__ = ["Calibration", "Card", "packaged_card"]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a probability of the model becomes a confidence: a logistic curve over its log odds (Platt 1999).

    Attributes:
        slope: Factor of the log odds.
        intercept: Term that is added.
    """

    slope: float = 1.0
    intercept: float = 0.0

    def confidence(self, probability: float) -> float:
        """The share of mentions of this probability that are right, from 0 to 1, in steps of a hundredth."""
        bounded = min(max(probability, 1e-4), 1 - 1e-4)
        odds = math.log(bounded / (1 - bounded))
        return round(1 / (1 + math.exp(-(self.slope * odds + self.intercept))), 2)


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a model.

    Attributes:
        name: Name and version, such as ``tagger/2``.
        thresholds: For each label the probability above which a word piece speaks for a span.
        lower: For each label the probability from which a finding of the rules stays that no span covers.
        calibration: For each label how probabilities become confidences.
    """

    name: str
    thresholds: Mapping[str, float]
    lower: Mapping[str, float]
    calibration: Mapping[str, Calibration]

    @classmethod
    def from_json(cls, text: str) -> Card:
        """Reads a card as :meth:`as_json` writes it."""
        content = json.loads(text)
        calibration = {label: Calibration(**curve) for label, curve in content["calibration"].items()}
        return cls(content["name"], content["thresholds"], content["lower"], calibration)

    def as_json(self) -> str:
        """The card as JSON."""
        return json.dumps(asdict(self), indent=1) + "\n"


def packaged_card() -> Card:
    """The card of the model that comes with the package."""
    text = (files("privagraph.loaders.tagging") / "model" / "model.json").read_text(encoding="utf-8")
    return Card.from_json(text)
