from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.contradictions.retention import periods_that_disagree
from privagraph.shapes.derivation.observations import Observation


@pytest.fixture
def periods(policy_of: Callable[[str], PolicyView]) -> Callable[[str], list[Observation]]:
    def find(words: str) -> list[Observation]:
        policy = policy_of(words)
        return list(periods_that_disagree(policy, Layout(policy.text)))

    return find


def test_two_periods_for_the_same_data(periods: Callable[[str], list[Observation]]) -> None:
    (found,) = periods("We store your email address for 30 days. We store your email address for two years.")
    assert found.note == "Periods for “your email address”: 30 days and 2 years."
    assert len(found.about) == 2


@pytest.mark.parametrize(
    ("words", "data"),
    [
        (
            "We keep your order history for six years. Your order history is erased after ten years.",
            "order history",
        ),
        (
            "We keep your order history for six years. Your order history is deleted after ten years.",
            "order history",
        ),
        ("We keep log files for 14 days. Log files are deleted after 90 days.", "log files"),
        (
            "Voice recordings are deleted after 30 days. Voice recordings are kept for two years.",
            "Voice recordings",
        ),
        (
            "We delete your order history after two years. We delete your order history after ten years.",
            "order history",
        ),
        ("We keep log files for 90 days.\n\n- Log files: 14 days\n- Invoices: ten years", "log files"),
        (
            "We keep log files for 90 days.\n\n| Data | Kept for |\n|---|---|\n| Log files | 14 days |",
            "log files",
        ),
    ],
)
def test_keeping_and_deleting_say_the_same(
    periods: Callable[[str], list[Observation]], words: str, data: str
) -> None:
    (found,) = periods(words)
    assert f"{data}”" in found.note


@pytest.mark.parametrize(
    "words",
    [
        "We store your email address for 12 months. We store your email address for one year.",
        "We store your email address for at least one year. We store your email address for two years.",
        "We store your email address for one year. We store your email address for up to two years.",
        "We store your email address for one year. In backups we store your email address for two years.",
        "We store your email address for billing for ten years. We store your email address for news for two years.",
        "We store your email address to bill you for ten years. We store your email address to send news for 2 years.",
        "We store your email address for one year. We store your phone number for two years.",
        "We delete log files within 90 days. We keep log files for 14 days.",
        "We keep log files for 14 days. Log files of attacks are deleted after 90 days.",
        "We keep your order history for six years. Your order history is deleted a year after the order.",
        "We delete your order history a year after you close your account. We keep your order history for ten years.",
        "We delete your order history after two years. For shops, we delete your order history after ten years.",
        "We delete your order history after two years. We do not delete your order history after ten years.",
        "We store cookie data for one day. We store cookie data for two years.",
    ],
)
def test_periods_that_can_both_be(periods: Callable[[str], list[Observation]], words: str) -> None:
    assert periods(words) == []
