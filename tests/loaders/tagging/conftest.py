"""What the tests of the tagger share: documents, word pieces by hand, and a network that says what it is told.

No test depends on what the shipped weights say: they are trained anew from time to time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes
from privagraph.loaders.tagging.card import Calibration, Card
from privagraph.loaders.tagging.decoding import Pieces
from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.tagging.tagger import Tagger
from privagraph.loaders.tagging.windows import Tokenizer, tokenizer_of

LOW, HIGH = 0.02, 0.9


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The tokenizer of the shipped model."""
    model = files("privagraph.loaders.tagging") / "model" / "tokenizer.json"
    return tokenizer_of(model.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def document() -> Callable[[str], Document]:
    """Reads Markdown."""
    return lambda text: read_bytes(text.encode(), name="policy.md")


@pytest.fixture(scope="session")
def card() -> Card:
    """Thresholds of a half, findings from 0.4 or at once for rare labels, probabilities that are confidences."""
    return Card(
        "hand/1",
        dict.fromkeys(LABELS, 0.5),
        {**dict.fromkeys(LABELS, 0.4), "tracking_technology": 0.0, "legitimate_interest": 0.0},
        dict.fromkeys(LABELS, Calibration()),
    )


def by_hand(
    text: str,
    label: str = "data_category",
    inside: Mapping[str, float] | None = None,
    begin: Mapping[str, float] | None = None,
) -> Pieces:
    """Each word and each mark of punctuation as one piece, each line as one block.

    Args:
        text: The text.
        label: The label that the probabilities are of.
        inside: Probabilities by words; of all others it is low.
        begin: The same for "begins"; of all others it is a half, which says nothing.
    """
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    values = np.full((len(found), 2 * len(LABELS)), LOW, dtype=np.float32)
    values[:, len(LABELS) :] = 0.5
    column = LABELS.index(label)
    for row, match in enumerate(found):
        values[row, column] = (inside or {}).get(match[0], LOW)
        values[row, len(LABELS) + column] = (begin or {}).get(match[0], 0.5)
    return Pieces(
        np.array([match.start() for match in found], dtype=np.int64),
        np.array([match.end() for match in found], dtype=np.int64),
        np.array([text.count("\n", 0, match.start()) for match in found], dtype=np.int64),
        values,
    )


@pytest.fixture(scope="session")
def pieces_of() -> Callable[..., Pieces]:
    """Word pieces by hand."""
    return by_hand


class Trusting:
    """Stands in for the network: it believes what the rules found, except of some labels, and finds nothing else."""

    def __init__(self, *but: str) -> None:
        self.doubted = [LABELS.index(label) for label in but]

    def run(self, _: None, inputs: Mapping[str, npt.NDArray[Any]]) -> list[npt.NDArray[np.float32]]:
        """The probabilities of a window."""
        result = LOW + (HIGH - LOW) * inputs["hints"]
        result[:, :, self.doubted] = LOW
        return [result.astype(np.float32)]


@pytest.fixture(scope="session")
def trusting(tokenizer: Tokenizer, card: Card) -> Callable[..., Tagger]:
    """A tagger that believes the rules, except of the labels that are named."""
    return lambda *but: Tagger(Trusting(*but), tokenizer, card)
