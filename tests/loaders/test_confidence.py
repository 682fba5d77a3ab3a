"""Leaving out what is unsure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from privagraph.loaders.confidence import still_a_practice, surest
from privagraph.loaders.facts import MappedPolicy, Mention, Modality, Polarity, Practice, Role


def test_nothing_is_left_out_without_a_threshold(sample_policy: MappedPolicy) -> None:
    assert surest(sample_policy, 0).mapped is sample_policy


def test_unsure_mentions_leave_the_policy_and_its_practices(sample_policy: MappedPolicy) -> None:
    left = surest(sample_policy, 0.6)
    assert (left.mentions, left.practices) == (1, 0)
    assert min(each.confidence for each in left.mapped.mentions) >= 0.6
    assert len(left.mapped.practices[0].arguments) == len(sample_policy.practices[0].arguments) - 1


def test_unsure_practices_are_left_out_and_their_mentions_stay(sample_policy: MappedPolicy) -> None:
    left = surest(sample_policy, 0.85)
    assert left.mapped.practices == ()
    assert left.practices == len(sample_policy.practices)
    assert len(left.mapped.mentions) == len(sample_policy.mentions) - 1


def test_what_is_to_be_kept_stays(sample_policy: MappedPolicy) -> None:
    unsure = min(sample_policy.mentions, key=lambda each: each.confidence)
    assert unsure in surest(sample_policy, 0.85, keep={unsure}).mapped.mentions


def test_a_practice_that_loses_its_data_is_left_out(sample_policy: MappedPolicy) -> None:
    first = sample_policy.practices[0]
    weak = {
        each: replace(each, confidence=0.1) for each in first.arguments if each.role is Role.DATA_CATEGORY
    }
    policy = replace(
        sample_policy,
        practices=(replace(first, arguments=tuple(weak.get(each, each) for each in first.arguments)),),
    )
    left = surest(policy, 0.2)
    assert left.mapped.practices == ()
    assert (left.mentions, left.practices) == (2, 1)


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        ("data_category purpose", "data_category", True),
        ("data_category purpose", "purpose", False),
        ("data_category", "", False),
        ("purpose recipient", "recipient", True),
        ("recipient data_subject", "data_subject", False),
        ("tracking_technology purpose", "tracking_technology", False),
        ("security_measure", "security_measure", True),
    ],
)
def test_what_makes_a_practice_one(before: str, after: str, is_one: bool) -> None:
    def arguments(roles: str) -> tuple[Mention, ...]:
        return tuple(Mention(0, 4, Role(role)) for role in roles.split())

    practice = Practice("x", 0, 9, Polarity.AFFIRMED, Modality.ASSERTED, None, None, arguments(before))
    assert still_a_practice(practice, arguments(after)) is is_one
