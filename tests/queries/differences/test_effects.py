"""What a change means for people."""

from __future__ import annotations

import pytest

from privagraph.queries.differences.changes import Effect, Kind
from privagraph.queries.differences.effects import effect_of

A, D, C = Kind.ADDED, Kind.DROPPED, Kind.CHANGED


@pytest.mark.parametrize(
    ("kind", "aspect", "direction", "denied", "effect"),
    [
        (A, "practice", "", False, "weaker"),
        (A, "practice", "", True, "stronger"),
        (D, "practice", "", False, "stronger"),
        (D, "practice", "", True, "weaker"),
        (A, "recipient", "", False, "weaker"),
        (A, "right", "", False, "stronger"),
        (D, "safeguard", "", False, "weaker"),
        (D, "condition", "", False, "weaker"),
        (A, "condition", "", True, "weaker"),
        (A, "contact", "", False, "neutral"),
        (C, "retention", "longer", False, "weaker"),
        (C, "retention", "shorter", False, "stronger"),
        (C, "polarity", "now done", True, "weaker"),
        (C, "polarity", "now denied", False, "stronger"),
        (C, "purpose", "broader", False, "weaker"),
        (C, "purpose", "broader", True, "stronger"),
        (C, "period", "longer", False, "neutral"),
        (C, "location", "", False, "neutral"),
    ],
)
def test_effect(kind: Kind, aspect: str, direction: str, denied: bool, effect: str) -> None:
    assert effect_of(kind, aspect, direction, denied=denied) is Effect(effect)


@pytest.mark.parametrize(
    ("aspect", "old", "new", "effect"),
    [
        ("legal basis", "Consent", "Legitimate interests", "weaker"),
        ("legal basis", "a contract", "your consent", "stronger"),
        ("legal basis", "a contract", "a legal duty", "neutral"),
        ("data", "approximate location", "precise location", "weaker"),
        ("data", "exact position", "region", "stronger"),
    ],
)
def test_the_words_can_tell(aspect: str, old: str, new: str, effect: str) -> None:
    assert effect_of(C, aspect, "narrower", old=old, new=new) is Effect(effect)


@pytest.mark.parametrize(
    ("words", "effect"),
    [
        ("We do not answer Do Not Track signals.", "weaker"),
        ("Our site ignores the DNT header.", "weaker"),
        ("We do not track you.", "neutral"),
    ],
)
def test_an_answer_to_a_browsers_wish_names_it(words: str, effect: str) -> None:
    assert effect_of(C, "do not track", "now denied", new=words) is Effect(effect)
