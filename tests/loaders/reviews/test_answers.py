"""Answers: what becomes of what people write into the rows."""

from __future__ import annotations

from typing import Any

import pytest

from privagraph.ontology.namespaces import expand


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
