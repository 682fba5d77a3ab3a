from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.shapes.alignment import align


@pytest.mark.parametrize(
    ("words", "others", "places"),
    [
        ("", "", []),
        ("a b", "", [-1, -1]),
        ("", "a b", []),
        ("a b a b c", "a b a b c", [0, 1, 2, 3, 4]),
        ("a a a", "a a a", [0, 1, 2]),
        ("a a a", "a a a z a a a", [-1, -1, -1]),
        ("b a a a", "b a a a z a a a", [0, 1, 2, 3]),
        ("we keep data", "menu we do keep data here", [1, 3, 4]),
        ("we keep data", "we may keep 1 data", [0, 2, 4]),
        ("keep data", "z keep y keep z", [-1, -1]),
        ("one two three", "three two one", [-1, -1, 0]),
    ],
    ids=str,
)
def test_places(words: str, others: str, places: list[int]) -> None:
    assert align(words.split(), others.split()) == places


def test_a_repeated_passage_is_told_apart_by_what_stands_around_it() -> None:
    refrain = "you can ask us for a copy of it"
    words = f"one {refrain} two {refrain} three {refrain} four".split()
    others = f"menu one {refrain} and more two 2 {refrain} three x {refrain} four foot".split()
    places = align(words, others)
    assert [others[at] for at in places] == words
    assert places == sorted(places)


START, END = "here it all begins now".split(), "and there it all ends".split()


def test_what_fits_in_two_places_alike_is_left_open() -> None:
    refrain = "you can ask us for a copy of it".split()
    others = [*START, "x", *refrain, "y", *refrain, "z", *END]
    places = align([*START, *refrain, *END], others)
    assert places[: len(START)] == list(range(len(START)))
    assert places[-len(END) :] == list(range(len(others) - len(END), len(others)))
    assert set(places[len(START) : -len(END)]) == {-1}


def test_a_single_word_proves_nothing_in_a_long_gap() -> None:
    def place(gap: int) -> int:
        menu, foot = ([f"{name}{number}" for number in range(gap)] for name in ("menu", "foot"))
        return align([*START, "cookies", *END], [*START, *menu, "cookies", *foot, *END])[len(START)]

    assert place(2) == len(START) + 2
    assert place(200) == -1


SMALL = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(words=SMALL, others=SMALL)
def test_words_that_are_matched_are_the_same_and_in_order(words: list[str], others: list[str]) -> None:
    places = align(words, others)
    assert len(places) == len(words)
    found = [(word, at) for word, at in zip(words, places, strict=True) if at >= 0]
    assert all(others[at] == word for word, at in found)
    assert [at for _, at in found] == sorted({at for _, at in found})


@given(words=SMALL)
def test_a_text_is_matched_with_itself(words: list[str]) -> None:
    assert align(words, words) == list(range(len(words)))


@pytest.mark.parametrize("repeat", [7, 100_000], ids=["refrains", "different words"])
def test_the_time_grows_in_proportion(repeat: int, work: Callable[..., int]) -> None:
    def steps(size: int) -> int:
        words = [f"w{(number * 7919) % repeat}" for number in range(size)]
        others = [
            part for number, word in enumerate(words) for part in ([word, "x"] if number % 9 == 0 else [word])
        ]
        return work(align, words, others)

    assert steps(20_000) < 12 * steps(2_000)
