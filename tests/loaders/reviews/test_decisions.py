"""Decisions: names that follow from what they say, and later ones in the place of earlier ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from privagraph.loaders.reviews.decisions import Verdict, in_force


def test_a_later_decision_takes_the_place_of_an_earlier_one(review: Any) -> None:
    review.say("couriers", verdict="wrong")
    review.decide(*[_row(review, "couriers", verdict="right", note="they are")], by="Bo", on=date(2026, 3, 2))
    decisions = review.policy.decisions
    assert len(decisions) == 2
    (current,) = in_force(decisions.values(), review.policy.iris)
    assert (current.verdict, current.by.name, current.note) == (Verdict.CONFIRMED, "Bo", "they are")
    assert current.replaces in decisions
    assert decisions[str(current.replaces)].by.name == "Ada Krumm"


def test_the_same_again_decides_nothing_new(review: Any) -> None:
    first = review.say("couriers", verdict="wrong", note="no")
    again = review.decide(_row(review, "couriers", verdict="wrong", note="no"), by="Bo")
    assert (first.decisions, first.unchanged) == (1, 0)
    assert (again.decisions, again.unchanged, again.changed) == (0, 1, ())


def test_names_follow_from_all_that_is_said(review: Any) -> None:
    review.say("couriers", verdict="wrong")
    (decision,) = review.policy.decisions.values()
    iris = review.policy.iris
    assert decision.iri(iris).startswith(f"{iris.policy}/decision/")
    assert decision.by.iri == "https://w3id.org/privagraph/id/person/ada%20krumm"
    assert list(review.policy.decisions) == [decision.iri(iris)]


def _row(review: Any, words: str, **cells: str) -> Any:
    from privagraph.loaders.reviews.rows import COLUMNS, row_of
    from privagraph.loaders.reviews.sheets import SheetRow

    empty = dict.fromkeys(("new_role", "new_concept", "new_polarity"), "")
    row = dict(zip(COLUMNS["mentions"], row_of(review.finding(words)), strict=True))
    return SheetRow("table.csv", 2, row | empty | cells)
