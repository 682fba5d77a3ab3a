"""Where sentences begin and end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.ontology.sentences import LONGEST, pieces


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in pieces(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("  \n ", []),
        ("One sentence", ["One sentence"]),
        ("We keep it. Then it goes! Does it?", ["We keep it.", "Then it goes!", "Does it?"]),
        ("  We keep it.\n Then it goes.  ", ["We keep it.", "Then it goes."]),
        ("Acme Inc. sells tea, e.g. Assam. It is good.", ["Acme Inc. sells tea, e.g. Assam.", "It is good."]),
        (
            "Our basis is Art. 6 (1) lit. f GDPR. You may object.",
            ["Our basis is Art. 6 (1) lit. f GDPR.", "You may object."],
        ),
        (
            "See https://example.org/a?b=C for more. Ask us.",
            ["See https://example.org/a?b=C for more.", "Ask us."],
        ),
        ("1. We collect names. 2. We keep them.", ["1. We collect names. 2.", "We keep them."]),
        ("📚 We read. 🙂 You too.", ["📚 We read.", "🙂 You too."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert parts(text) == sentences


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "we collect data " * 500 + "."
    found = parts(text)
    assert len(found) >= 4
    assert max(map(len, found)) <= LONGEST
    assert " ".join(found) == text.strip()


def test_a_long_word_is_cut_all_the_same() -> None:
    text = "x" * (3 * LONGEST + 7)
    assert "".join(parts(text)) == text
    assert max(map(len, parts(text))) <= LONGEST


def test_lone_surrogates_keep_the_offsets() -> None:
    assert parts("We \ud800 keep it. Then it goes.") == ["We \ud800 keep it.", "Then it goes."]


@given(st.text(max_size=300))
def test_pieces_are_in_order_apart_and_hold_all_that_is_not_blank(text: str) -> None:
    spans = pieces(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[at:start].strip() == ""
        assert not text[start].isspace()
        at = end
    assert text[at:].strip() == ""


@pytest.mark.parametrize("piece", ["A. ", "(", "a ", "https://a.b"])
def test_the_time_grows_with_the_text(
    piece: str,
    work: Callable[..., int],
    patience: Callable[[], AbstractContextManager[None]],
) -> None:
    assert work(pieces, piece * 20_000) < 12 * work(pieces, piece * 2000)
    with patience():
        assert pieces(piece * 500_000)
