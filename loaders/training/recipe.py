"""The numbers that a training is run with; apart from the training itself, so that they can be read without torch."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Recipe"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Attributes:
        epochs: Times that every example is seen.
        batch: Windows of a step.
        rate: Highest learning rate; it rises over the first tenth of the steps and falls to zero over the rest.
        decay: Weight decay.
        forget: Share of the rules' findings that are not shown.
        seed: Where chance begins.
    """

    epochs: int = 12
    batch: int = 24
    rate: float = 3e-4
    decay: float = 0.01
    forget: float = 0.15
    seed: int = 0
