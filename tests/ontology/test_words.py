"""Words brought to one form: what must become the same, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.ontology.words import first_noun, noun, nouns_of, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("addresses", "address"),
        ("children", "child"),
        ("User’s", "user"),
        ("users'", "user"),
        ("number(s)", "numbers"),
        ("categories", "category"),
        ("organisations", "organization"),
        ("behaviour", "Behaviors"),
        ("licence", "licenses"),
        ("enquiries", "inquiry"),
        ("&", "and"),
        ("analyse", "analyze"),
        ("programmes", "program"),
    ],
)
def test_plural_possessive_and_spelling_do_not_matter(one: str, other: str) -> None:
    assert noun(one) == noun(other)


@pytest.mark.parametrize(
    "forms",
    [
        ("collect", "collects", "collected", "collecting", "collection"),
        ("analyse", "analyze", "analysis", "analytics", "analysing"),
        ("use", "uses", "using", "used", "usage", "utilise"),
        ("provide", "provided", "provision", "providing"),
        ("delete", "deletion", "deletes", "deleted"),
        ("share", "sharing", "shared"),
        ("sell", "sold", "selling"),
        ("send", "sent", "sends"),
        ("personalise", "personalization", "personalised"),
        ("notify", "notified", "notification", "notifies"),
        ("comply", "compliance", "complying"),
        ("withdraw", "withdrawal", "withdrawn"),
        ("advertisement", "ads", "advertising", "adverts"),
        ("improve", "improvement", "improvements", "improving"),
    ],
)
def test_inflections_and_their_nouns_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("us", "use"),
        ("inform", "information"),
        ("security", "securely"),
        ("account", "accounting"),
        ("process", "progress"),
        ("contact", "contacts"),
        ("policy", "police"),
        ("need", "ne"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert noun(one) != noun(other)
    assert one in ("contact",) or stem(one) != stem(other)


@pytest.mark.parametrize("text", ["e-mail", "email", "E‑Mail", "e mail"])
def test_one_word_or_two_is_one(text: str) -> None:
    assert words(text).nouns == ["email"]


def test_words_keep_their_places() -> None:
    text = "Your e-mail, the U.S. office (Art. 6)."
    spoken = words(text, 5)
    assert [text[start:end] for start, end in zip(spoken.starts, spoken.ends, strict=True)] == [
        "e-mail", "the", "U", "S", "office", "Art", "6",
    ]  # fmt: skip
    assert spoken.glued == [False, False, True, True, True, True, True]


@given(st.text(max_size=60))
def test_the_short_way_for_labels_gives_the_same(label: str) -> None:
    plain = words(label).nouns
    if plain and label == label.strip():
        assert nouns_of(label) == plain or "_" in label or any(c.isspace() and c != " " for c in label)
        assert first_noun(label) == nouns_of(label)[0]


@given(st.text(max_size=30))
def test_forms_are_stable(word: str) -> None:
    assert noun(noun(word)) == noun(word) or not word.isascii() or not word.isalpha()
    assert stem(word) == stem(noun(word)) or not word.isascii() or not word.isalpha()
