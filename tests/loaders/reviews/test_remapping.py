"""Decisions survive a mapping run: of the same text, with another extractor, and of another version of the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from privagraph.loaders.facts import MappedPolicy, Role
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.reviews.matching import reviewed
from privagraph.loaders.reviews.remapping import Remapped, remapped
from privagraph.ontology.namespaces import BASE


@pytest.fixture
def made(review: Any) -> Any:
    """A review of the shop's policy with a decision of each kind."""
    review.say("couriers", verdict="wrong")
    review.say("café club number", verdict="right")
    review.say("what you browse", "data_category", new_concept="dpv:PersonalData")
    review.say("We do not sell", verdict="right")
    return review


def quads_of(review: Any) -> set[Any]:
    policy = review.policy
    made: set[Any] = policy.quads(reviewed(policy.found, policy.decisions.values(), policy.iris))
    return made


def again(mapped: MappedPolicy, review: Any, **options: float) -> Remapped:
    iris = PolicyIris(BASE, policy_iri(mapped.document))
    return remapped(mapped, iris, [(review.policy.iris.policy, quads_of(review))], **options)


def test_mapping_again_gives_the_very_graph_that_applying_gave(
    made: Any, sample_policy: MappedPolicy
) -> None:
    second = again(sample_policy, made)
    assert set(policy_quads(second.review.mapped, review=second.review)) == quads_of(made)
    assert len(second.review.applied) == 4


def test_what_a_person_decided_is_not_unsure(made: Any, sample_policy: MappedPolicy) -> None:
    second = again(sample_policy, made, min_confidence=0.87)
    words = sample_policy.document.text
    kept = {words[each.start : each.end] for each in second.review.mapped.mentions}
    assert "café club number" in kept
    assert [words[each.start : each.end][:11] for each in second.review.mapped.practices] == ["We do not s"]
    assert (second.mentions, second.practices) == (0, len(sample_policy.practices) - 1)


def moved(mapped: MappedPolicy, before: str, *, after: str = "") -> MappedPolicy:
    """The policy with words put before its text, and some taken away behind it."""
    shift = len(before)

    def place(each: Any) -> Any:
        return replace(each, start=each.start + shift, end=each.end + shift)

    text = before + mapped.document.text.replace(after, "") if after else before + mapped.document.text
    return replace(
        mapped,
        document=replace(mapped.document, text=text, blocks=()),
        mentions=tuple(map(place, mapped.mentions)),
        practices=(),
    )


def test_decisions_go_over_to_a_changed_text(made: Any, sample_policy: MappedPolicy) -> None:
    new = moved(sample_policy, "A new first line. ")
    second = again(new, made)
    assert second.carried == 3
    assert {each.role for each in set(new.mentions) - set(second.review.mapped.mentions)} == {
        Role.RECIPIENT,
        Role.DATA_CATEGORY,
    }
    assert {each.origin for each in second.review.decisions} < set(made.policy.decisions)
    assert [words for words, _ in second.behind] == ["We do not sell your e-mail address to advertisers."]


def test_decisions_go_over_to_findings_that_begin_a_word_earlier(
    made: Any, sample_policy: MappedPolicy
) -> None:
    new = moved(sample_policy, "A new first line. ")
    text = new.document.text
    wider = replace(
        new,
        mentions=tuple(
            replace(each, start=each.start - 3) if text[each.start : each.end] == "couriers" else each
            for each in new.mentions
        ),
    )
    second = again(wider, made)
    assert second.carried == 3
    assert "to couriers" not in [text[each.start : each.end] for each in second.review.mapped.mentions]
    assert (second.review.unfitting, len(second.behind)) == ((), 1)
    iris = PolicyIris(BASE, policy_iri(wider.document))
    written = policy_quads(second.review.mapped, review=second.review)
    third = remapped(wider, iris, [(iris.policy, written), (made.policy.iris.policy, quads_of(made))])
    assert (third.carried, third.review) == (0, second.review)


def test_of_two_decisions_on_one_finding_the_one_that_does_not_fit_is_told(
    sample_policy: MappedPolicy, reviewing: Callable[[MappedPolicy], Any]
) -> None:
    """Two findings of the earlier version are one in the new version."""
    text = sample_policy.document.text
    (old,) = (each for each in sample_policy.mentions if text[each.start : each.end] == "couriers")
    new = moved(sample_policy, "A new first line. ")
    twice = replace(sample_policy, mentions=(*sample_policy.mentions, replace(old, start=old.start - 3)))
    both = reviewing(twice)
    both.say("couriers", verdict="right")
    both.say("to couriers", verdict="wrong")
    second = again(new, both)
    assert (second.carried, [words for words, _ in second.behind]) == (1, ["to couriers"])
    assert second.review.unfitting == ()


def test_decisions_stay_behind_where_their_words_are_there_twice(
    made: Any, sample_policy: MappedPolicy
) -> None:
    new = moved(sample_policy, sample_policy.document.text + "\n")
    assert again(new, made).carried == 0


def test_decisions_stay_behind_where_the_words_around_changed(made: Any, sample_policy: MappedPolicy) -> None:
    new = moved(sample_policy, "", after="")
    changed = replace(
        new, document=replace(new.document, text=new.document.text.replace("to couriers", "of couriers"))
    )
    second = again(changed, made)
    assert "couriers" in [words for words, _ in second.behind]
    assert second.carried == 2


def test_decisions_about_another_company_stay_with_it(made: Any, sample_policy: MappedPolicy) -> None:
    new = moved(sample_policy, "A new first line. ")
    other = replace(
        new,
        facts=replace(new.facts, controller="Somebody Else Ltd"),
        mentions=tuple(each for each in new.mentions if each.role is not Role.CONTROLLER),
    )
    second = again(other, made)
    assert (second.carried, second.behind) == (0, ())


def test_a_decision_about_the_new_text_goes_before_one_carried_over(
    made: Any, sample_policy: MappedPolicy, reviewing: Callable[[MappedPolicy], Any]
) -> None:
    new = moved(sample_policy, "A new first line. ")
    own = reviewing(new)
    own.say("couriers", verdict="right")
    graphs = [(each.policy.iris.policy, quads_of(each)) for each in (made, own)]
    second = remapped(new, own.policy.iris, graphs)
    assert second.carried == 2
    assert [each.verdict for each in second.review.decisions if each.finding.endswith("recipient")] == [
        "confirmed"
    ]


def test_without_graphs_nothing_is_decided(sample_policy: MappedPolicy) -> None:
    made = remapped(sample_policy, PolicyIris(BASE, policy_iri(sample_policy.document)))
    assert made.review.mapped == sample_policy
    assert made.review.decisions == ()
