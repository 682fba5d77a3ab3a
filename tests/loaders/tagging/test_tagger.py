"""The tagger that comes with the package: it loads, and says the same of the same text. Not what it says."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.tagging.tagger import Reading, Tagger, tagger

Read = Callable[[str], Document]
POLICY = """# Privacy at Kestrel Kites

We collect your name, your e-mail address 📍 and café orders to deliver kites.

- payment details, which we keep for ten years

We may share them with couriers. You can ask us to erase your data.
"""


def test_the_card_speaks_of_every_label() -> None:
    card = tagger().card
    assert set(card.thresholds) == set(card.lower) == set(card.calibration) == set(LABELS)
    assert all(0 < value < 1 for value in card.thresholds.values())
    assert all(0 <= card.lower[label] <= card.thresholds[label] for label in LABELS)
    assert all(curve.slope > 0 for curve in card.calibration.values())


def test_it_is_loaded_once() -> None:
    assert tagger() is tagger()


def test_the_network_says_nothing_of_where_it_was_made() -> None:
    network = (files("privagraph.loaders.tagging") / "model" / "tagger.onnx").read_bytes()
    assert b"stack_trace" not in network
    assert b".py" not in network


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"tokenizer\.json"):
        Tagger.load(tmp_path)


def test_the_same_document_is_read_the_same(document: Read) -> None:
    read = document(POLICY)
    hints = ((read.text.index("your name"), read.text.index("your name") + 9, "data_category"),)
    one, other = tagger().read(read, hints), tagger().read(read, hints)
    assert one.spans == other.spans
    assert np.array_equal(one.pieces.probabilities, other.pieces.probabilities)
    assert ((one.pieces.probabilities >= 0) & (one.pieces.probabilities <= 1)).all()
    for span in one.spans:
        assert read.text[span.start : span.end].strip()


def test_a_plain_policy_has_labels_without_hints_too(document: Read) -> None:
    read = document(POLICY)
    spans = tagger().read(read).spans
    assert {"data_category", "purpose", "recipient"} <= {span.label for span in spans}


def test_pieces_are_in_the_order_of_the_text(trusting: Callable[..., Tagger], document: Read) -> None:
    read = document("\n\n".join(f"Line {number}: " + "a name. " * (number % 40) for number in range(120)))
    pieces = trusting().pieces(read)
    assert (np.diff(pieces.starts) >= 0).all()
    assert (np.diff(pieces.blocks) >= 0).all()
    assert set(pieces.blocks.tolist()) == set(range(120))
    assert pieces.probabilities.shape == (len(pieces.starts), 2 * len(LABELS))


def test_hints_reach_their_pieces(trusting: Callable[..., Tagger], document: Read) -> None:
    read = document("\n\n".join(f"Line {number}: " + "a name. " * (number % 40) for number in range(120)))
    places = [at for at in range(len(read.text)) if read.text.startswith("name", at)][::7]
    # The first hint is long, and reaches over many others into a later window.
    hints = [(0, len(read.text) // 2, "purpose"), *((at, at + 4, "data_category") for at in places)]
    reading = trusting().read(read, hints)
    found = [span.start for span in reading.spans if span.label == "data_category"]
    assert found == places
    purpose = LABELS.index("purpose")
    half = int(reading.pieces.starts.searchsorted(len(read.text) // 2))
    assert (reading.pieces.probabilities[:half, purpose] > 0.8).all()
    assert (reading.pieces.probabilities[half:, purpose] < 0.1).all()


def test_what_follows_makes_no_difference_to_the_shipped_model(document: Read) -> None:
    annex = "\n\n# Annex\n\n" + "\n\n".join(
        f"{number}. We use cookies to measure visits." for number in range(90)
    )
    long = POLICY * 12
    alone, followed = (tagger().pieces(document(text)) for text in (long, long + annex))
    # The windows that the annex is not in are the same, so all but the last of the policy's own.
    same = len(alone.starts) // 2
    assert np.array_equal(alone.probabilities[:same], followed.probabilities[:same])


@pytest.mark.parametrize("text", ["", "x", "📍", "…", "e\u0301"])
def test_next_to_nothing_can_be_read(text: str, document: Read) -> None:
    read = document(text) if text.strip() else Document("", (), "empty.txt", "text/plain", "")
    reading: Reading = tagger().read(read)
    assert len(reading.pieces.starts) <= 2
    assert all(read.text[span.start : span.end] for span in reading.spans)


def test_a_very_long_block_is_read_to_its_end(trusting: Callable[..., Tagger], document: Read) -> None:
    read = document("the " * 9000 + "name")
    end = len(read.text)
    (span,) = trusting().read(read, [(end - 4, end, "data_category")]).spans
    assert (span.start, span.end) == (end - 4, end)
