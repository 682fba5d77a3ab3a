"""Lists of data, purposes and recipients that stay open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.shapes.derivation.wording.lists import open_lists

if TYPE_CHECKING:
    from .conftest import Draft


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We collect data, including but not limited to your name.", "including but not limited to"),
        ("We collect data including, without limitation, your name.", "including, without limitation"),
        ("We collect your name, your address, etc.", "etc."),
        ("We collect your name, your address and so on.", "and so on"),
        ("We collect your name, your address and more.", "and more"),
        ("We collect personal information such as your name.", "personal information such as"),
        ("We collect device data such as your name.", None),
        ("We collect contact details, for example your name.", None),
        ("We collect your name and more than that is not needed.", None),
        ("We collect your name.", None),
    ],
)
def test_what_leaves_a_list_open(draft: type[Draft], text: str, words: str | None) -> None:
    policy = draft(text)
    policy.mention("your name", "data_category")
    assert policy.find(open_lists) == ([] if words is None else [("OpenList", words)])


def test_only_lists_of_what_the_law_wants_whole_count(draft: type[Draft]) -> None:
    policy = draft("You can pay by card, cheque, etc. We collect your name.")
    policy.mention("your name", "data_category")
    assert policy.find(open_lists) == []


def test_a_denied_mention_is_no_list(draft: type[Draft]) -> None:
    policy = draft("We do not collect your name, your address, etc.")
    policy.mention("your name", "data_category", denied=True)
    assert policy.find(open_lists) == []


def test_what_is_listed_stands_behind_including(draft: type[Draft]) -> None:
    policy = draft("We keep your name in such an event, including, without limitation, while talks go on.")
    policy.mention("your name", "data_category")
    assert policy.find(open_lists) == []


def test_an_open_list_is_about_the_nearest_mention(draft: type[Draft]) -> None:
    policy = draft("We collect your name, and we tell couriers, postmen, etc.")
    policy.mention("your name", "data_category")
    near = policy.mention("postmen", "recipient")
    (found,) = open_lists(policy.read())
    assert found.about == (near.iri,)
