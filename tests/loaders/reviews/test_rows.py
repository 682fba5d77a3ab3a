"""Rows: what people see, and what becomes of what they write."""

from __future__ import annotations

from typing import Any

import pytest

from privagraph.loaders.facts import Role
from privagraph.loaders.reviews.rows import COLUMNS, row_of
from privagraph.ontology.namespaces import expand


def cells(review: Any, words: str, kind: str = "") -> dict[str, str]:
    finding = review.finding(words, kind)
    return dict(
        zip(COLUMNS["mentions" if "mention/" in finding.name else "practices"], row_of(finding), strict=True)
    )


def test_a_row_shows_the_words_in_their_sentence(review: Any) -> None:
    row = cells(review, "café club")
    assert row["quote"] == "café club number"
    assert row["context"] == (
        "When you order, we collect your e-mail address and your »café club number« to deliver books."
    )
    assert (row["source"], row["role"], row["concept"], row["confidence"]) == (
        "lantern.html",
        "data_category",
        "",
        "0.55",
    )
    assert row["verdict"] == row["note"] == ""


def test_of_a_sentence_without_end_a_row_shows_what_is_near(policy_builder: Any, reviewing: Any) -> None:
    made = policy_builder("endless.txt")
    made.line(f"We collect {'this and that, ' * 400}your e-mail address{', and so on' * 400}.")
    made.mention("your e-mail address", Role.DATA_CATEGORY)
    context = cells(reviewing(made.build()), "your e-mail address")["context"]
    assert ", »your e-mail address«, and" in context
    assert len(context) < 1300


def test_a_row_of_a_practice_shows_its_arguments(review: Any) -> None:
    row = cells(review, "We do not sell")
    assert (row["processing"], row["polarity"]) == ("pg:Sell", "denied")
    assert row["arguments"] == "data_category: e-mail address; recipient: advertisers"


def test_what_was_decided_stands_in_the_row(review: Any) -> None:
    review.say("couriers", verdict="changed", new_role="source", new_concept="none", note="look: “it”")
    row = cells(review, "couriers")
    assert [row[name] for name in ("verdict", "new_role", "new_concept", "new_polarity", "note")] == [
        "changed",
        "source",
        "none",
        "",
        "look: “it”",
    ]
    assert row["role"] == "recipient", "what was found stays"


@pytest.mark.parametrize("said", ["pd:PostalCode", expand("pd:PostalCode"), "postal code", "Postal Code"])
def test_a_concept_is_named_by_curie_iri_or_label(review: Any, said: str) -> None:
    assert review.say("postal address", new_concept=said).problems == ()
    (decision,) = review.policy.decisions.values()
    assert decision.decided.concept == expand("pd:PostalCode")


@pytest.mark.parametrize("said", ["right", "Right", "OK", "yes"])
def test_words_for_a_verdict(review: Any, said: str) -> None:
    assert review.say("couriers", verdict=said).decisions == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"verdict": "perhaps"}, "no verdict 'perhaps'; write right, wrong or changed"),
        ({"note": "hm"}, "a note, but no verdict; write right, wrong or changed"),
        (
            {"verdict": "changed"},
            "changed, but into what was found; fill in new_role, new_concept or new_polarity",
        ),
        ({"verdict": "wrong", "new_role": "source"}, "the verdict is wrong, but a correction is filled in"),
        ({"new_role": "sauce"}, "no role 'sauce'; the roles are controller, "),
        ({"new_polarity": "no"}, "no polarity 'no'; write affirmed or denied"),
        ({"new_concept": "courier company"}, "no concept of the vocabulary is called 'courier company'"),
        ({"new_concept": "dpv:hasPurpose"}, "dpv:hasPurpose is no concept"),
        (
            {"new_concept": "dpv:Marketing"},
            "dpv:Marketing does not fit the role recipient, which takes what is",
        ),
        ({"new_role": "purpose"}, "dpv:ThirdParty does not fit the role purpose"),
        (
            {"verdict": "right", "role": "source"},
            "the column role is source, but recipient was found; leave it",
        ),
        ({"verdict": "right", "id": "x/mention/1-2-right"}, "no policy 'x' in the graph"),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_number(review: Any, row: dict[str, str], said: str) -> None:
    made = review.say("couriers", **row)
    (problem,) = made.problems
    assert str(problem).startswith(f"table.csv, row 2: {said}")
    assert (made.decisions, review.policy.decisions) == (0, {})


def test_a_processing_is_one(review: Any) -> None:
    (problem,) = review.say("To print", new_processing="pd:Name").problems
    assert "pd:Name does not fit a practice" in str(problem)
    (problem,) = review.say("To print", new_processing="none").problems
    assert "a practice has a processing" in str(problem)
