from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.shapes.derivation.contradictions.layout import Layout
from privagraph.shapes.derivation.contradictions.retention import periods_that_disagree
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.reading import PolicyView


@pytest.fixture
def periods(policy_of: Callable[[str], PolicyView]) -> Callable[[str], list[Observation]]:
    def find(words: str) -> list[Observation]:
        policy = policy_of(words)
        return list(periods_that_disagree(policy, Layout(policy.text)))

    return find


def test_two_periods_for_the_same_data(periods: Callable[[str], list[Observation]]) -> None:
    (found,) = periods("We store your email address for 30 days. We store your email address for two years.")
    assert found.note == "“your email address” is kept for 30 days and for 2 years."
    assert len(found.about) == 2


@pytest.mark.parametrize(
    "words",
    [
        "We store your email address for 12 months. We store your email address for one year.",
        "We store your email address for at least one year. We store your email address for two years.",
        "We store your email address for one year. We store your email address for up to two years.",
        "We store your email address for one year. In backups we store your email address for two years.",
        "We store your email address for billing for ten years. We store your email address for news for two years.",
        "We store your email address for one year. We store your phone number for two years.",
        "We store cookie data for one day. We store cookie data for two years.",
    ],
)
def test_periods_that_can_both_be(periods: Callable[[str], list[Observation]], words: str) -> None:
    assert periods(words) == []
