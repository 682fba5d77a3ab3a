"""The label that shares most words with a phrase."""

from __future__ import annotations

import pytest

from privagraph.ontology.matching import Index, Label
from privagraph.ontology.nearest import Nearest
from privagraph.ontology.words import nouns_of

TEXTS = (
    "merger or sale of company",
    "sale of products",
    "blood pressure data",
    "blood group data",
    "company size",
    "Article 9 (2) f",
    "weather",
)


def nearest(phrase: str, *, least: float = 0.7, places: list[float] | None = None) -> str | None:
    index = Index(str)
    labels = [Label(text, "thing", text) for text in TEXTS]
    for label in labels:
        index.add(label)
    nouns = nouns_of(phrase)
    near = Nearest(labels, index, frozenset({"of", "or", "the", "our"})).find(
        nouns, places or [1.0] * len(nouns), least=least
    )
    return near.label.text if near else None


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("company merger", "merger or sale of company"),
        ("sale or merger of our company", "merger or sale of company"),
        ("pressure of the blood", "blood pressure data"),
        ("products for sale", "sale of products"),
    ],
)
def test_order_and_what_stands_between_make_no_difference(phrase: str, label: str) -> None:
    assert nearest(phrase) == label


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "size",  # one word is no two
        "weather",  # a label of one word stands in the phrase or not at all
        "Article 9 (2) i",  # no number is nearly another
        "blood of heroes who died long ago",
        "entirely different things",
    ],
)
def test_nothing_is_near_when_too_little_is_shared(phrase: str) -> None:
    assert nearest(phrase) is None


def test_how_near_a_label_must_be_is_asked_for() -> None:
    phrase = "pressure of the blood, winter"
    assert nearest(phrase, least=0.5) == "blood pressure data"
    assert nearest(phrase, least=0.9) is None


def test_words_of_a_clause_count_less() -> None:
    phrase = "blood pressure winter"
    assert nearest(phrase, least=0.75, places=[1.0, 1.0, 1.0]) is None
    assert nearest(phrase, least=0.75, places=[1.0, 1.0, 0.2]) == "blood pressure data"


def test_the_same_words_are_as_near_as_can_be() -> None:
    index = Index(str)
    label = Label("company size", "thing", "x")
    index.add(label)
    near = Nearest([label], index, frozenset()).find(["size", "company"], [1.0, 1.0], least=0.5)
    assert near is not None
    assert near.nearness == pytest.approx(1.0)
