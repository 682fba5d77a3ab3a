"""What is learned from examples."""

from __future__ import annotations

import pytest

from privagraph.queries.asking import understand
from privagraph.queries.asking.learned import Learned, features
from privagraph.queries.asking.spoken import Spoken
from privagraph.queries.asking.terms import thesaurus


def told(text: str) -> dict[str, float]:
    words = thesaurus()
    return features(text, words.forms(text), Spoken.of(text, words.terms(text), asked=True))


def test_small_words_tell_sister_questions_apart() -> None:
    examples = [
        (told(text), of)
        for of, texts in {
            "who": ["Who gets the invoices?", "Who is given the letters?", "Who gets letters from them?"],
            "when": ["When do they get the invoices?", "When are the letters given?", "When do letters go?"],
        }.items()
        for text in texts
    ]
    speaks = Learned(examples).of(told("Who gets the parcels?"))
    assert speaks["who"] > 0.5 > speaks["when"]
    assert Learned(examples).of({}) == {"who": 0.0, "when": 0.0}


def test_the_kind_of_a_concept_stands_for_it() -> None:
    one, other = told("Who gets my phone number?"), told("Who gets my browsing history?")
    assert "pair <data_category> $" in one.keys() & other.keys()


@pytest.mark.parametrize("data", ["phone number", "browsing history", "medical records", "fingerprints"])
@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("Who gets my {}?", "recipients-of"),
        ("How long do they keep my {}?", "retention-of-data"),
        ("Which policies collect {}?", "policies-with"),
    ],
)
def test_any_category_of_data_may_be_asked_about(question: str, query: str, data: str) -> None:
    asked = understand(question.format(data))
    assert asked.query is not None
    assert asked.query.id == query
    assert asked.params
