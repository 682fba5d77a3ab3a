from __future__ import annotations

import pytest

from privagraph.loaders.readers.markers import chains, marker_of


@pytest.mark.parametrize(
    "text", ["• item", "− item", "- item", "– item", "* item", "◦item", "o\titem", "\uf0b7 item", "➢ item"]
)
def test_bullets(text: str) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert not marker.counts
    assert text[marker.width :] == "item"


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("(a) name", "(a)", 1),
        ("(iv) name", "(i)", 4),
        ("3) name", "1)", 3),
        ("12. Name", "1.", 12),
        ("IX. Rights", "I.", 9),
        ("2.Transfers", "1.", 2),
        ("Section 4: Rights", "Section 1", 4),
        ("Article 7 Rights", "Section 1", 7),
        ("2 Scope of this notice", "1", 2),
    ],
)
def test_enumerators(text: str, style: str, number: int) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (style, number) in marker.numbers


def test_decimal_numbers_have_a_depth() -> None:
    marker = marker_of("2.1.3 Retention")
    assert marker is not None
    assert marker.depth == 3
    assert marker.numbers[0][1] == 3


@pytest.mark.parametrize(
    "text",
    [
        "we collect",
        "e.g. names",
        "1234 people",
        "24/7 support",
        "i.e. this",
        "U.S. law",
        "section 4 says so",
        "2FA is used",
        "a name",
    ],
)
def test_no_markers(text: str) -> None:
    assert marker_of(text) is None


def test_a_letter_and_a_roman_number_are_told_apart_by_what_they_follow() -> None:
    letters = [marker_of(f"({letter}) x") for letter in "ghij"]
    romans = [marker_of(f"({numeral}) x") for numeral in ("i", "ii", "iii", "iv")]
    assert {chain.style for chain in chains(letters).values()} == {"(a)"}
    found = chains(romans)
    assert {chain.style for chain in found.values()} == {"(i)"}
    assert found[0].members == [0, 1, 2, 3]


def test_numbers_that_begin_again_are_another_chain() -> None:
    found = chains([marker_of(text) for text in ("1. a", "2. b", "1. c", "2. d")])
    assert [found[0].members, found[2].members] == [[0, 1], [2, 3]]
