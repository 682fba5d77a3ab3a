"""Examples: windows with what people labelled and what rules found, some of it forgotten."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.tagging.windows import Tokenizer
from privagraph.loaders.training.corpus import Annotated
from privagraph.loaders.training.examples import Example, Examples

Fragments = Callable[[str], list[Annotated]]
SIZE = len(LABELS)
DATA = LABELS.index("data_category")

TEXT = """# Kestrel
We collect [data_category your email address], [data_category your phone number] and [data_category your name].
# Heron
We keep [data_category invoices] for [retention ten years].
"""


@pytest.fixture
def made(fragments: Fragments, tokenizer: Tokenizer) -> Examples:
    return Examples(fragments(TEXT), tokenizer)


def runs(column: np.ndarray, begins: np.ndarray) -> list[tuple[int, int]]:
    """First and last row of each finding."""
    found: list[tuple[int, int]] = []
    for row in column.nonzero()[0].tolist():
        if found and found[-1][1] == row - 1 and not begins[row]:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found


def findings(example: Example) -> set[tuple[int, int, int]]:
    """Label and rows of each finding that an example shows."""
    return {
        (column, *run)
        for column in range(SIZE)
        for run in runs(example.hints[:, column], example.hints[:, SIZE + column])
    }


def test_every_window_has_labels_findings_and_weights(made: Examples) -> None:
    one, other = made.all()
    for example in (one, other):
        assert example.target.shape == example.hints.shape == (len(example.window.ids), 2 * SIZE)
    assert len(runs(one.target[:, DATA], one.target[:, SIZE + DATA])) == 3
    assert one.target[:, SIZE + DATA].sum() == 3
    assert other.target[:, LABELS.index("retention")].sum() == 2
    assert len(runs(one.hints[:, DATA], one.hints[:, SIZE + DATA])) >= 2


def test_labels_that_nobody_looked_for_weigh_nothing(made: Examples) -> None:
    weights = made.all()[0].weights
    assert weights.shape == (2 * SIZE,)
    assert weights[LABELS.index("transfer")] == weights[SIZE + LABELS.index("transfer")] == 0
    assert weights[DATA] == 0.5  # the corpus teaches it too
    assert weights[LABELS.index("opt_out")] == 1


def test_fragments_of_one_name_are_two(fragments: Fragments, tokenizer: Tokenizer) -> None:
    one, other = Examples(fragments("# Kestrel\nOne name.\n# Kestrel\nTwo other names.\n"), tokenizer).all()
    assert one.window != other.window


def test_an_epoch_has_every_window_in_an_order_of_chance(fragments: Fragments, tokenizer: Tokenizer) -> None:
    made = Examples(fragments("".join(f"# Part {n}\nLine {n}.\n" for n in range(30))), tokenizer)
    epochs = [made.epoch(random.Random(seed), forget=0, shifted=True) for seed in (1, 1, 2)]
    orders = [[example.window for example in epoch] for epoch in epochs]
    assert orders[0] == orders[1] != orders[2]
    assert set(orders[0]) == set(orders[2]) == {example.window for example in made.all()}


def test_forgetting_takes_whole_findings_and_nothing_else(made: Examples) -> None:
    whole = {example.window: findings(example) for example in made.all()}
    shown: set[int] = set()
    for seed in range(40):
        for example in made.epoch(random.Random(seed), forget=0.5, shifted=False):
            kept = findings(example)
            assert kept <= whole[example.window]
            assert not (example.hints[:, SIZE:].astype(bool) & ~example.hints[:, :SIZE].astype(bool)).any()
            shown.add(len(whole[example.window]) - len(kept))
    assert {0, 1, 2} <= shown


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_all_or_nothing_is_forgotten(made: Examples, share: float) -> None:
    before = made.all()
    after = made.epoch(random.Random(0), forget=share, shifted=False)
    assert sum(map(len, map(findings, after))) == (1 - share) * sum(map(len, map(findings, before)))
    # What was made once is as it was.
    assert [findings(example) for example in made.all()] == [findings(example) for example in before]
    assert {example.window: example.target.sum() for example in after} == {
        example.window: example.target.sum() for example in before
    }


def test_windows_of_long_policies_shift(fragments: Fragments, tokenizer: Tokenizer) -> None:
    line = "We keep the records of your loans and of your kites for a year after you have left.\n"
    long = Examples(fragments("# Long\n" + line * 40), tokenizer)
    short = Examples(fragments("# Short\n" + line * 15), tokenizer)

    def firsts(made: Examples, *, shifted: bool) -> set[int]:
        return {
            min(min(block for block in example.window.blocks if block >= 0) for example in epoch)
            for epoch in (made.epoch(random.Random(seed), forget=0, shifted=shifted) for seed in range(30))
        }

    assert firsts(long, shifted=True) == set(range(8))
    assert firsts(long, shifted=False) == {0}
    assert firsts(short, shifted=True) == {0}
