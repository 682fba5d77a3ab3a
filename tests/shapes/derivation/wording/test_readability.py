"""How hard a text is to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.shapes.derivation.wording.readability import ease_of, hard_to_read, syllables

if TYPE_CHECKING:
    from .conftest import Draft

EASY = "We keep your name and your orders so that we can send you the kite that you chose. "
HARD = (
    "Authorised organisations administer identification information in conformity with "
    "contractual accountability obligations. "
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("a", 1),
        ("name", 1),
        ("data", 2),
        ("used", 1),
        ("services", 3),
        ("people", 2),
        ("information", 4),
        ("identification", 6),
        ("create", 2),
        ("company’s", 3),
        ("hmm", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_ease_is_what_the_published_formulas_give() -> None:
    ease = ease_of(["The cat sat on the mat.", "It was fat."])
    assert ease is not None
    assert ease.words == 9
    assert ease.score == pytest.approx(206.835 - 1.015 * 4.5 - 84.6)
    assert ease.grade == pytest.approx(0.39 * 4.5 + 11.8 - 15.59)


def test_no_words_have_no_ease() -> None:
    assert ease_of(["1234", ""]) is None


def test_a_long_sentence(draft: type[Draft]) -> None:
    sentence = " and ".join(["we keep your name"] * 14) + "."
    (found,) = hard_to_read(draft(f"{EASY}\n\n{sentence}").read())
    assert found.kind == "pg:LongSentence"
    assert found.note == "69 words"
    assert list(hard_to_read(draft(" and ".join(["we keep your name"] * 12) + ".").read())) == []


def test_sentences_that_were_not_told_apart_are_not_one_long_one(draft: type[Draft]) -> None:
    half = " and ".join(["we keep your name"] * 9)
    assert list(hard_to_read(draft(f"● {half}, boxes, etc. “Boxes” are what {half}.").read())) == []


def test_a_hard_policy_and_its_hardest_passage(draft: type[Draft]) -> None:
    policy = draft(f"{EASY * 3}\n\n{HARD * 12}".strip())
    found = list(hard_to_read(policy.read()))
    assert [each.kind for each in found] == ["pg:HardPassage", "pg:HardPolicy"]
    assert {policy.text[each.spans[0].start :][:10] for each in found} == {"Authorised"}
    assert found[1].note.startswith("Flesch Reading Ease -")


@pytest.mark.parametrize("text", [EASY * 40, HARD * 3, "", "1\n\n2"])
def test_what_is_easy_or_short_is_left_alone(draft: type[Draft], text: str) -> None:
    assert list(hard_to_read(draft(text.strip()).read())) == []
