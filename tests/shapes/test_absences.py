"""The counts behind the certainty of an absence: what the file holds is what its rules and its header say."""

from __future__ import annotations

from pathlib import Path

import pytest

from privagraph.shapes.certainty import FEWEST, absences, certainty_of
from privagraph.shapes.rules import profile

FILE = Path(__file__).resolve().parents[2] / "shapes" / "absences.tsv"
LINES = [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
POLICIES = 29


def test_the_columns_are_those_that_the_header_explains() -> None:
    assert LINES[0] == ["rule", "right", "of", "stated_right", "stated_of"]
    comments = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("#")]
    assert f"on {POLICIES} policies" in " ".join(comments)
    assert all(any(name in line for line in comments) for name in LINES[0][1:])


def test_every_row_is_of_a_rule_and_counts_policies_once() -> None:
    rules = {rule.name for rule in profile("gdpr").rules}
    assert len(LINES) - 1 >= 19
    assert len({line[0] for line in LINES}) == len(LINES)
    for rule, *counts in LINES[1:]:
        right, of, stated_right, stated_of = map(int, counts)
        assert rule in rules
        assert 0 <= right <= of
        assert 0 <= stated_right <= stated_of
        assert of + stated_of <= POLICIES


@pytest.mark.parametrize("line", LINES[1:], ids=lambda line: line[0])
def test_a_certainty_is_told_from_enough_policies_only(line: list[str]) -> None:
    rule, right, of = line[0], int(line[1]), int(line[2])
    assert absences()[rule] == (right, of)
    certainty = certainty_of(rule, ())
    assert (certainty is not None) is (of >= FEWEST)
    assert certainty is None or (certainty.right, certainty.of, certainty.value) == (right, of, right / of)
