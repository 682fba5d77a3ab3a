"""Decisions change what they are about, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Practice, Role
from privagraph.loaders.naming import names_of
from privagraph.loaders.quads import policy_quads
from privagraph.loaders.reviews.decisions import Verdict
from privagraph.loaders.reviews.matching import reviewed
from privagraph.loaders.views import policy_view
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import read_policy


def mention(mapped: MappedPolicy, words: str, role: Role) -> Mention | None:
    text = mapped.document.text
    found = (m for m in mapped.mentions if text[m.start : m.end] == words and m.role is role)
    return next(found, None)


def practice(mapped: MappedPolicy, words: str) -> Practice | None:
    text = mapped.document.text
    return next((each for each in mapped.practices if text[each.start : each.end].startswith(words)), None)


def holding(review: Any) -> MappedPolicy:  # the fixture's class is not importable
    policy = review.policy
    return reviewed(policy.found, policy.decisions.values(), policy.iris).mapped


def test_a_rejected_mention_leaves_its_practice_and_its_record_stays(review: Any) -> None:
    assert review.say("couriers", verdict="wrong").problems == ()
    after = holding(review)
    assert mention(after, "couriers", Role.RECIPIENT) is None
    kept = practice(after, "To print labels")
    assert kept is not None
    assert Role.RECIPIENT not in {each.role for each in kept.arguments}
    (decision,) = review.policy.decisions.values()
    assert (decision.verdict, decision.decided, decision.by.name) == (Verdict.REJECTED, None, "Ada Krumm")
    assert mention(review.policy.found, "couriers", Role.RECIPIENT) is not None


def test_a_practice_without_what_made_it_one_is_gone(review: Any) -> None:
    review.say("what you browse", verdict="wrong")
    assert practice(holding(review), "what you browse") is None
    review.say("what you browse", "data_category", verdict="right")
    assert practice(holding(review), "what you browse") is not None, "a decision that is taken back"


def test_a_corrected_mention_is_what_the_person_says_and_certain(review: Any) -> None:
    review.say("couriers", verdict="changed", new_role="source", new_concept="none", new_polarity="denied")
    found = mention(holding(review), "couriers", Role.SOURCE)
    assert found is not None
    assert (found.concept, found.polarity, found.confidence) == (None, Polarity.DENIED, 1.0)
    kept = practice(holding(review), "To print labels")
    assert kept is not None
    assert found in kept.arguments


def test_a_confirmed_finding_is_certain(review: Any) -> None:
    review.say("café club number", verdict="right")
    found = mention(holding(review), "café club number", Role.DATA_CATEGORY)
    assert found is not None
    assert (found.confidence, found.concept) == (1.0, None)


def test_a_corrected_practice_turns_its_own_arguments(review: Any) -> None:
    review.say("We do not sell", verdict="changed", new_polarity="affirmed", new_processing="dpv:Share")
    turned = practice(holding(review), "We do not sell")
    assert turned is not None
    assert (turned.processing, turned.polarity, turned.confidence) == (
        expand("dpv:Share"),
        Polarity.AFFIRMED,
        1.0,
    )
    assert {each.polarity for each in turned.arguments} == {Polarity.AFFIRMED}


def test_a_rejected_practice_leaves_its_mentions(review: Any) -> None:
    review.say("To print labels", verdict="wrong")
    after = holding(review)
    assert practice(after, "To print labels") is None
    assert mention(after, "couriers", Role.RECIPIENT) is not None


def test_a_controller_whose_every_mention_is_rejected_is_none(review: Any) -> None:
    review.say("Lantern Books Ltd", "controller", verdict="wrong")
    assert holding(review).facts.controller is None


def test_what_nobody_decided_stays(review: Any) -> None:
    before = review.policy.found
    review.say("couriers", verdict="wrong")
    after = holding(review)
    gone = set(before.mentions) - set(after.mentions)
    assert {each.role for each in gone} == {Role.RECIPIENT}
    assert len(gone) == 1
    assert set(after.mentions) < set(before.mentions)


@pytest.mark.parametrize(
    ("said", "role", "concept"),
    [
        ({"verdict": "right"}, Role.RECIPIENT, "dpv:ThirdParty"),
        ({"verdict": "changed", "new_role": "source", "new_concept": "none"}, Role.SOURCE, None),
    ],
)
def test_a_decision_holds_for_what_another_extractor_finds(
    review: Any, said: dict[str, str], role: Role, concept: str | None
) -> None:
    """The other one finds the same words in the role that was found or decided, with another concept."""
    review.say("couriers", **said)
    policy = review.policy
    iri = concept and expand(concept)
    for seen in (Role.RECIPIENT, role):
        other = replace(
            policy.found,
            mentions=tuple(
                replace(each, role=seen, concept=expand("dpv:ServiceProvider"), confidence=0.3)
                if each == mention(policy.found, "couriers", Role.RECIPIENT)
                else each
                for each in policy.found.mentions
            ),
            practices=(),
        )
        made = reviewed(other, policy.decisions.values(), policy.iris)
        found = mention(made.mapped, "couriers", role)
        assert found is not None
        assert (found.concept, found.confidence) == (iri, 1.0)
        assert made.unfitting == ()


def shifted(mapped: MappedPolicy, words: str, *instead: str) -> MappedPolicy:
    """The policy as an extractor finds it that has other words, around the same place, for a recipient."""
    text = mapped.document.text
    old = mention(mapped, words, Role.RECIPIENT)
    assert old is not None
    places = [text.index(each, old.start - len(each)) for each in instead]
    others = [
        replace(old, start=at, end=at + len(each), confidence=0.3)
        for at, each in zip(places, instead, strict=True)
    ]
    kept = [each for each in mapped.mentions if each != old]
    return replace(mapped, mentions=(*kept, *others), practices=())


@pytest.mark.parametrize("instead", ["to couriers", "courier", "couriers in"])
@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_decision_holds_for_the_one_finding_that_shares_half_its_words(
    review: Any, verdict: str, instead: str
) -> None:
    review.say("couriers", verdict=verdict)
    policy = review.policy
    other = shifted(policy.found, "couriers", instead)
    made = reviewed(other, policy.decisions.values(), policy.iris)
    found = mention(made.mapped, instead, Role.RECIPIENT)
    assert (found and found.confidence) == (1.0 if verdict == "right" else None)
    assert len(made.mapped.mentions) == len(other.mentions) - (verdict == "wrong")
    assert (len(made.applied), made.unfitting) == (1, ())


@pytest.mark.parametrize(
    "instead",
    [
        ["disclose your postal address to couriers"],  # much more than the words
        ["our"],  # much less
        ["courier", "ouriers"],  # which of the two is not told
    ],
)
def test_a_decision_does_not_hold_for_what_is_hardly_the_same(review: Any, instead: list[str]) -> None:
    review.say("couriers", verdict="wrong")
    policy = review.policy
    other = shifted(policy.found, "couriers", *instead)
    made = reviewed(other, policy.decisions.values(), policy.iris)
    assert set(made.mapped.mentions) == set(other.mentions)
    assert made.unfitting == tuple(policy.decisions.values())


def test_a_decision_takes_no_finding_from_the_one_that_is_exactly_about_it(review: Any) -> None:
    """The later decision is about words that are no longer found; what overlaps them has a decision of its own."""
    review.say("couriers", verdict="right")
    (own,) = review.policy.decisions.values()
    later = replace(own, end=own.end - 1, finding="mention/0-0-recipient", on=own.on.replace(year=2027))
    policy = review.policy
    made = reviewed(policy.found, [own, later], policy.iris)
    assert (list(made.applied.values()), made.unfitting) == ([own], (later,))


def test_a_decision_about_a_practice_holds_where_its_passage_is_nearly_the_same(review: Any) -> None:
    review.say("We do not sell", verdict="wrong")
    policy = review.policy
    old = practice(policy.found, "We do not sell")
    assert old is not None
    for changed, count in (
        (replace(old, start=old.start + 3), 1),
        (replace(old, start=old.start + 3, processing=expand("dpv:Share")), 0),
        (replace(old, end=old.start + 10), 0),
    ):
        other = replace(
            policy.found,
            practices=tuple(changed if each == old else each for each in policy.found.practices),
        )
        made = reviewed(other, policy.decisions.values(), policy.iris)
        assert len(other.practices) - len(made.mapped.practices) == len(made.applied) == count
        assert len(made.unfitting) == 1 - count


def test_a_decision_that_fits_nothing_is_kept_and_told(review: Any) -> None:
    review.say("couriers", verdict="right")
    policy = review.policy
    fewer = replace(
        policy.found,
        mentions=tuple(each for each in policy.found.mentions if each.role is not Role.RECIPIENT),
        practices=(),
    )
    made = reviewed(fewer, policy.decisions.values(), policy.iris)
    assert made.unfitting == made.decisions == tuple(policy.decisions.values())
    written = {str(quad.predicate): str(quad.object) for quad in policy_quads(fewer, review=made)}
    assert written[f"<{expand('pg:inForce')}>"].startswith('"false"')


def test_without_decisions_everything_stays(
    sample_policy: MappedPolicy, reviewing: Callable[..., Any]
) -> None:
    iris = reviewing(sample_policy).policy.iris
    assert reviewed(sample_policy, (), iris).mapped is sample_policy


def test_what_holds_is_known_without_reading_its_graph(review: Any, sample_policy: MappedPolicy) -> None:
    review.say("couriers", verdict="wrong")
    review.say("what you browse", "data_category", verdict="right")
    policy = review.policy
    made = reviewed(policy.found, policy.decisions.values(), policy.iris)
    after = replace(made.mapped, document=sample_policy.document)  # what is read back has no blocks
    said = policy_view(after, policy.iris, names_of(after, policy.iris))
    read = read_policy(policy.iris.policy, policy_quads(after, base=policy.iris.base, review=made))
    assert replace(said, labels=None) == replace(read, labels=None)
    assert any(each.confidence == 1 for each in said.mentions)
