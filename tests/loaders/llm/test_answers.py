"""Answers of models, in the form that was asked for and in others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from privagraph.loaders.llm.answers import Claim, claims, read_answer

GOOD = {"role": "purpose", "quote": "to deliver", "concept": None, "polarity": "denied"}


def answer(*passages: object) -> str:
    return json.dumps({"passages": list(passages)})


def test_an_answer_is_read_by_passage() -> None:
    said = answer({"id": 2, "mentions": [GOOD]}, {"id": 1, "mentions": []})
    assert read_answer(said, 2) == {1: [], 2: [GOOD]}
    assert claims([GOOD]) == (Claim("purpose", "to deliver", None, denied=True),)


def test_a_fence_around_the_answer_does_no_harm() -> None:
    assert read_answer(f"```json\n{answer({'id': 1, 'mentions': []})}\n```\n", 1) == {1: []}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Sure! Here are the mentions.",
        '{"passages": [{"id": 1, "mentions": [',
        "[" * 100_000,
        "[]",
        "null",
        '{"passages": {}}',
        '{"passages": [], "note": "done"}',
        '{"mentions": []}',
    ],
)
def test_an_answer_of_another_form_holds_nothing(content: str) -> None:
    assert read_answer(content, 3) == {}


@pytest.mark.parametrize(
    "passage",
    [
        None,
        [],
        {"id": 1},
        {"id": "1", "mentions": []},
        {"id": True, "mentions": []},
        {"id": 0, "mentions": []},
        {"id": 4, "mentions": []},
        {"id": 1, "mentions": [], "text": ""},
        {"id": 1, "mentions": None},
        {"id": 1, "mentions": ["to deliver"]},
        {"id": 1, "mentions": [{**GOOD, "why": "it says so"}]},
        {"id": 1, "mentions": [{**GOOD, "quote": None}]},
        {"id": 1, "mentions": [{**GOOD, "role": 3}]},
        {"id": 1, "mentions": [{**GOOD, "concept": 3}]},
        {"id": 1, "mentions": [{**GOOD, "polarity": "maybe"}]},
        {"id": 1, "mentions": [{**GOOD, "polarity": []}]},
        {"id": 1, "mentions": [{"role": "purpose", "quote": "to deliver"}]},
        {"id": 1, "mentions": [GOOD] * 301},
    ],
)
def test_a_bad_passage_costs_itself_alone(passage: Any) -> None:
    assert read_answer(answer(passage, {"id": 2, "mentions": [GOOD]}), 3) == {2: [GOOD]}


def test_a_passage_that_is_answered_twice_has_no_answer() -> None:
    said = answer({"id": 1, "mentions": [GOOD]}, {"id": 1, "mentions": []}, {"id": 2, "mentions": []})
    assert read_answer(said, 2) == {2: []}
