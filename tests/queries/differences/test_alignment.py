"""Which passage is which: by their words, wherever they stand and however they are cut."""

from __future__ import annotations

import pytest

from privagraph.ontology.reading import PolicyView
from privagraph.queries.differences.alignment import align
from privagraph.queries.differences.passages import key_of, passages


def aligned(old: str, new: str) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    found = align(*(passages(PolicyView("https://example.org/p", text)) for text in (old, new)))
    return (
        [(one.quote, other.quote) for one, other in found.pairs],
        [each.quote for each in found.dropped],
        [each.quote for each in found.added],
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We keep it for a year. We sell nothing.", "We sell nothing. We keep it for a year."),
        ("We store “cookies”.", 'We  store "cookies" .'),
        ("We analyse your behaviour.", "We analyze your behavior."),
        ("We do not sell it.", "We don't sell it."),
        ("We keep it for twelve months.", "We keep it for 12 months."),
        ("1. We keep it.\n2. We sell it.", "a) We keep it.\nb) We sell it."),
        ("We recieve your name from your friends.", "We receive your name from your friends."),
        ("We ask for your name and we keep it safely.", "We ask for your name and we keep it saefly."),
        ("We collect your name; we keep it.", "We collect your name. We keep it."),
        ("We collect your name. We keep it.", "We collect your name; we keep it."),
        ("We sell nothing.\n\nWe keep it.\n\nWe sell nothing.", "We keep it.\n\nWe sell nothing."),
        ("What we keep\n\nWe keep your name.", "Storage\n\nWe keep your name."),
        ("", ""),
    ],
)
def test_what_is_no_change(old: str, new: str) -> None:
    assert aligned(old, new) == ([], [], [])
    assert aligned(new, old) == ([], [], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We sell your name.", "We never sell your name."),
        ("We keep your name for 12 months.", "We keep your name for 13 months."),
        ("We never share your photos.", "We ever share your photos."),
        ("We may send mail from partners.", "We may send mail from parents."),
    ],
)
def test_a_small_difference_that_counts(old: str, new: str) -> None:
    assert aligned(old, new) == ([(old, new)], [], [])


def test_new_and_lost_passages_are_told_from_changed_ones() -> None:
    old = "We collect your name when you order.\n\nCouriers receive your street and town."
    new = "We collect your name and your age when you order.\n\nA court may see everything."
    assert aligned(old, new) == (
        [("We collect your name when you order.", "We collect your name and your age when you order.")],
        ["Couriers receive your street and town."],
        ["A court may see everything."],
    )


def test_an_item_under_another_lead_in_is_another_passage() -> None:
    old = "We collect:\n\nyour name;\nyour age."
    pairs, dropped, added = aligned(old, "We do not collect:\n\nyour name;\nyour age.")
    assert (dropped, added) == ([], [])
    assert ("your name;", "your name;") in pairs
    assert ("We collect:", "We do not collect:") in pairs


def test_the_key_of_words_keeps_what_denies() -> None:
    assert key_of("No data is sold.") != key_of("Data is sold.")
    assert key_of("- the data") == key_of("Data:") == ("data",)
