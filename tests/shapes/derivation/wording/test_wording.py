"""All that is observed about the wording of a policy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from privagraph.shapes.derivation.wording import wording

if TYPE_CHECKING:
    from .conftest import Draft

SECTION = """{number}. What we do

We may share your name, your address, etc. with our trusted partners for other purposes.
We keep certain information for as long as necessary.
See section 99 and the section “How we train staff”. We ask the Permitted Affiliates.

"""


def written(draft: type[Draft], sections: int) -> Draft:
    return draft("".join(SECTION.format(number=number) for number in range(1, sections + 1)))


def test_every_finder_is_asked(draft: type[Draft]) -> None:
    policy = written(draft, 3)
    policy.practice(
        "We may share your name, your address, etc. with our trusted partners for other purposes.",
        policy.mention("your name", "data_category"),
        policy.mention("our trusted partners", "recipient"),
        modality="possible",
    )
    policy.mention("for as long as necessary", "retention")
    assert {each.kind for each in wording(policy.read().view)} == {
        "pg:HedgedPractice",
        "pg:VagueRetention",
        "pg:VagueRecipient",
        "pg:VaguePurpose",
        "pg:VagueData",
        "pg:OpenList",
        "pg:MissingSection",
        "pg:UndefinedTerm",
    }


@pytest.mark.parametrize("language", ["de", "fr-CA"])
def test_only_english_is_read(draft: type[Draft], language: str) -> None:
    view = written(draft, 3).read().view
    assert list(wording(view))
    assert list(wording(replace(view, language=language))) == []


@pytest.mark.parametrize("text", ["", "\n\n", "42"])
def test_hardly_any_text(draft: type[Draft], text: str) -> None:
    assert list(wording(draft(text).read().view)) == []


@pytest.mark.parametrize(
    "piece", ["with ", "(", "“", "such ", "1.1", "Permitted ", "not longer ", "including, "]
)
def test_a_text_of_one_piece_over_and_over_takes_no_long_time(
    draft: type[Draft],
    piece: str,
    work: Callable[..., int],
    patience: Callable[[], AbstractContextManager[None]],
) -> None:
    def steps(characters: int) -> int:
        view = draft(piece * (characters // len(piece))).read().view
        return work(lambda: list(wording(view)))

    steps(600)  # what is read and compiled once
    with patience():
        assert steps(60_000) < 12 * steps(6_000)


def test_the_time_grows_in_proportion(draft: type[Draft], work: Callable[..., int]) -> None:
    def steps(sections: int) -> int:
        view = written(draft, sections).read().view
        return work(lambda: list(wording(view)))

    steps(20)
    assert steps(800) < 12 * steps(80)
