"""Practices written as forms with labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FORMS = {
    "lines of a form in blocks": (
        [
            "Personal data: [name|data], [e-mail|data].",
            "Purposes: [badges|for].",
            "Legal basis: [consent|on].",
        ],
        "Processing: name, e-mail; for badges; on consent",
    ),
    "lines of a form in one block": (
        ["Personal data: [name|data]. Purpose of the processing: [badges|for]. Kept for: [a year|kept]."],
        "Processing: name; for badges; kept a year",
    ),
    "list items": (
        ["- Types of data: [name|data]", "- Why: [badges|for]", "- Recipients: [printers|to]"],
        "Processing: name; for badges; to printers",
    ),
    "a verb in a label": (
        ["Personal data collected: [name|data]", "Purposes: [badges|for]"],
        "Collect: name; for badges",
    ),
    "a verb in the heading": (
        ["# Information we store", "Data: [name|data]", "Retention: [a year|kept]"],
        "Store: name; kept a year",
    ),
    "a second form begins with its first label": (
        ["Data: [name|data]. Purpose: [badges|for]. Data: [phone|data]. Purpose: [calls|for]."],
        "Processing: phone; for calls",
    ),
    "data in bare words before the form": (
        ["[Account data|data]", "Purpose: [logging in|for]", "Legal basis: [the contract|on]"],
        "Processing: Account data; for logging in; on the contract",
    ),
    "data in the heading": (
        ["# [Account data|data]", "Purpose: [logging in|for]", "Legal basis: [the contract|on]"],
        "Processing: Account data; for logging in; on the contract",
    ),
    "data in the item above": (
        [
            "We process the following:",
            "- [Clicks|data]",
            "-- Purpose: [statistics|for]",
            "-- Basis: [consent|on]",
        ],
        "Processing: Clicks; for statistics; on consent",
    ),
}

NO_FORMS = {
    "a purpose alone": ["Purpose: [badges|for]."],
    "data alone": ["Personal data: [your name|data]."],
    "a heading between": ["Personal data: [name|data].", "# Next", "Purpose: [badges|for]."],
    "a sentence between": ["Personal data: [name|data].", "Hello there.", "Purpose: [badges|for]."],
    "labels within a sentence": ["We say: data [name|data] and purpose [badges|for]."],
    "under a heading about what is not done": [
        "# Data we do not collect",
        "Data: [name|data] matters",
        "Purpose: [badges|for] matter",
    ],
    "a heading that says something": [
        "# We like [your name|data]. It is fun.",
        "Purpose: [badges|for]",
    ],
}


@pytest.mark.parametrize(("lines", "expected"), FORMS.values(), ids=FORMS.keys())
def test_a_form_is_a_practice(stated: Callable[..., list[str]], lines: list[str], expected: str) -> None:
    assert expected in stated(*lines)


def test_two_forms_are_two_practices(stated: Callable[..., list[str]]) -> None:
    found = stated("Data: [name|data]. Purpose: [badges|for]. Data: [phone|data]. Purpose: [calls|for].")
    assert found == ["Processing: name; for badges", "Processing: phone; for calls"]


@pytest.mark.parametrize("lines", NO_FORMS.values(), ids=NO_FORMS.keys())
def test_what_is_no_form_ties_no_purpose(stated: Callable[..., list[str]], lines: list[str]) -> None:
    assert not any("; for badges" in practice for practice in stated(*lines))
