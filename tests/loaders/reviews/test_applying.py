"""A table as a whole: good rows are applied, bad ones told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from privagraph.errors import InputError
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.reviews.applying import applied, person
from privagraph.loaders.reviews.rows import COLUMNS, row_of
from privagraph.loaders.reviews.sheets import SheetRow


def row(review: Any, words: str, number: int, **cells: str) -> SheetRow:
    found = dict(zip(COLUMNS["mentions"], row_of(review.finding(words)), strict=True))
    return SheetRow("table.csv", number, found | cells)


def test_bad_rows_do_not_stop_good_ones(review: Any) -> None:
    made = review.decide(
        row(review, "couriers", 2, verdict="wrong"),
        row(review, "postal address", 3, verdict="?"),
        row(review, "encrypted", 4),
        row(review, "ten years", 5, verdict="right"),
    )
    assert (made.decisions, made.undecided) == (2, 1)
    assert [str(each).partition(":")[0] for each in made.problems] == ["table.csv, row 3"]
    assert len(review.policy.decisions) == 2


def test_two_rows_that_contradict_each_other(review: Any) -> None:
    made = review.decide(
        row(review, "couriers", 2, verdict="wrong"),
        row(review, "couriers", 3, verdict="right"),
        row(review, "couriers", 4, verdict="wrong"),
    )
    (problem,) = made.problems
    assert "row 3: decides otherwise than row 2 about the same" in str(problem)
    assert made.decisions == 1


def test_a_finding_that_is_gone(review: Any) -> None:
    name = review.finding("couriers").id.replace("recipient", "purpose")
    (problem,) = review.decide(row(review, "couriers", 2, id=name, verdict="wrong")).problems
    assert "was mapped anew since; write a new table" in str(problem)


def test_a_person_has_an_iri() -> None:
    iris = PolicyIris("https://x.example/", "https://x.example/policy/1")
    assert person(" Ada  Krumm ", iris).iri == "https://x.example/person/ada%20krumm"
    assert person("Ada Krumm", iris).name == "Ada Krumm"
    assert (
        person("https://orcid.org/0000-0002-1825-0097", iris).iri == "https://orcid.org/0000-0002-1825-0097"
    )


@pytest.mark.parametrize("by", ["", "  ", "https://a<b"])
def test_nobody_is_an_error(by: str) -> None:
    with pytest.raises(InputError):
        applied([], [], by=by, on=date(2026, 1, 1))
