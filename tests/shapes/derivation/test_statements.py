"""Statements: passages found by their wording, and the files that say how they are worded."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from privagraph.errors import ProfileError
from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.sentences import LONGEST
from privagraph.ontology.vocabulary import vocabulary
from privagraph.shapes.derivation.statements import (
    StatementKind,
    passages,
    read_kinds,
    statement_kinds,
    statements,
)
from privagraph.shapes.rules import profiles

LOGIC = "- kind: pg:OptOutLink\n  means: A link.\n  any: ['do not sell']\n"


def kind(*any_: str, unless: tuple[str, ...] = (), beside: tuple[str, ...] = ()) -> StatementKind:
    made = [tuple(re.compile(each) for each in patterns) for patterns in (any_, unless, beside)]
    return StatementKind("pg:OptOutLink", "A link.", *made)


def found(text: str, *kinds: StatementKind) -> list[str]:
    view = PolicyView("https://example.org/p", text)
    return [text[each.spans[0].start : each.spans[0].end] for each in statements(view, kinds)]


def test_passages_are_sentences_headings_items_and_cells() -> None:
    text = "Your choices 📚\nWe keep it, e.g. for tax. Then it goes.\n\n- an item;\n  "
    spans = passages(text)
    assert [text[each.start : each.end] for each in spans] == [
        "Your choices 📚",
        "We keep it, e.g. for tax.",
        "Then it goes.",
        "- an item;",
    ]
    assert passages("") == passages(" \n\t\n") == []
    assert passages("One.") == [Span(0, 4)]


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (kind("do not sell"), ["Do Not\n"[:6] + "  Sell my data."]),
        (kind("do not sell", "our shop"), ["Do Not  Sell my data.", "Our shop is small."]),
        (kind("do not sell", unless=("data",)), []),
        (kind("do not sell", beside=("shop",)), ["Do Not  Sell my data."]),
        (kind("do not sell", beside=("bees",)), []),
        (kind("honey", beside=("shop",)), ["We sell honey."]),
    ],
)
def test_a_passage_is_of_a_kind_if_a_pattern_matches_and_nothing_speaks_against_it(
    each: StatementKind, words: list[str]
) -> None:
    """In lower case, with single spaces; what has to stand beside it may stand in the passage before or after."""
    text = "Do Not  Sell my data.\nOur shop is small. We sell honey.\nWe like tea. We keep bees."
    assert found(text, each) == words


def test_no_kinds_or_no_text_give_nothing() -> None:
    assert found("Do not sell my data.") == []
    assert found("", kind("do")) == []


def test_the_kinds_of_this_package_are_looked_for_where_none_are_named() -> None:
    view = PolicyView(
        "https://example.org/p", "Use our link “Do Not Sell My Personal Information” to opt out."
    )
    assert "pg:OptOutLink" in {each.kind for each in statements(view)}


def test_the_kinds_of_this_package() -> None:
    kinds = statement_kinds()
    assert len(kinds) >= 40
    assert len({each.kind for each in kinds}) == len(kinds)
    assert all(each.means and each.any for each in kinds)
    assert all(vocabulary().is_a(each.kind, "pg:Statement") for each in kinds)


def test_every_kind_is_looked_at_by_a_profile() -> None:
    named = {name for each in profiles() for name in re.findall(r"\bpg:\w+", each.turtle.decode())}
    assert [each.kind for each in statement_kinds() if each.kind not in named] == []


@pytest.mark.parametrize(
    "text",
    [
        "we share personal information " * 3000,
        "a" * 60_000,
        "sell, " * 10_000,
        "data (" * 10_000,
        "\n" * 60_000,
    ],
    ids=["words", "letters", "list", "brackets", "lines"],
)
def test_the_time_grows_with_the_text(
    text: str, patience: Callable[[], AbstractContextManager[None]]
) -> None:
    """No passage is longer than a bound, and within it no pattern takes more than the square of it."""
    view = PolicyView("https://example.org/p", text)
    assert all(place.end - place.start <= LONGEST for place in passages(text))
    with patience():
        list(statements(view))


def test_a_file_is_read_whole() -> None:
    (each,) = read_kinds(f"{LOGIC}  unless: ['never']\n  beside: ['US']\n", name="x.yml")
    assert (each.kind, each.means) == ("pg:OptOutLink", "A link.")
    assert [len(part) for part in (each.any, each.unless, each.beside)] == [1, 1, 1]
    assert read_kinds("", name="x.yml") == read_kinds("# nothing\n", name="x.yml") == []


@pytest.mark.parametrize(
    ("pattern", "passage", "matches"),
    [
        ("do not sell", "do not sell", True),
        ("Do Not Sell", "do not sell", True),
        (r"\bsell\B", "sells", True),
        (r"\Wsell\b", "sell", False),
    ],
)
def test_capitals_in_a_pattern_do_not_keep_it_from_matching(
    pattern: str, passage: str, matches: bool
) -> None:
    (each,) = read_kinds(f"- kind: pg:OptOutLink\n  means: x\n  any: ['{pattern}']\n", name="x.yml")
    assert each.matches(passage, passage) is matches


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- [", r"x\.yml: not YAML: (?s:.*); correct the file"),
        ("kind: pg:OptOutLink", r"x\.yml: holds no list; begin each kind with `- kind:`"),
        ("- pg:OptOutLink", r"x\.yml: entry 1: needs the keys kind, means and any"),
        ("- {kind: pg:OptOutLink, any: [a]}", r"entry 1: needs the keys"),
        (f"{LOGIC}  also: [a]\n", r"entry 1: needs the keys"),
        (
            f"{LOGIC}- kind: pg:VagueTerm\n  means: x\n  any: [a]\n",
            r"entry 2: pg:VagueTerm is not below pg:Statement",
        ),
        ("- kind: pg:OptOutLink\n  means: x\n  any: ['(']\n", r"entry 1: '\(' is no regular expression: "),
        (f"{LOGIC}  unless: ['[']\n", r"entry 1: '\[' is no regular expression"),
    ],
)
def test_a_file_that_is_not_as_it_has_to_be_is_an_error_that_says_where(content: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message):
        read_kinds(content, name="x.yml")


@pytest.mark.parametrize(
    "content",
    [
        LOGIC.replace("Link", "Lnk"),
        "- kind: [a]\n  means: x\n  any: [a]\n",
        "- kind: pg:OptOutLink\n  means: x\n  any: do not sell\n",
        "- kind: pg:OptOutLink\n  means: x\n  any: []\n",
        "- kind: pg:OptOutLink\n  means: x\n  any: [5]\n",
        "- kind: pg:OptOutLink\n  means:\n  any: [a]\n",
    ],
    ids=["unknown-kind", "kind-list", "any-string", "any-empty", "any-number", "means-empty"],
)
def test_a_value_of_the_wrong_kind_is_an_error_of_the_file(content: str) -> None:
    with pytest.raises(ProfileError, match=r"^x\.yml: entry 1: "):
        read_kinds(content, name="x.yml")
