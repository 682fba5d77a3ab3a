"""Names that a policy defines for data: what they stand for where they come again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.extraction.terms import term_of

Stated = Callable[..., list[str]]

LIST = "We collect [your address|data] and [your age|data]"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [f"{LIST} (“Log Data”).", "# Sharing", "We share [Log Data|data] with [museums|to]."],
            "Share: your address, your age, Log Data; to museums",
        ),
        (
            [f'{LIST} (together, "Log Data"). We never sell [the Log Data|data].'],
            "not Sell: your address, your age, the Log Data",
        ),
        (
            ["“Log Data” means [your age|data].", "We use [Log Data|data] to [seat you|for]."],
            "Use: your age, Log Data; for seat you",
        ),
        (
            [f"{LIST} (“Personal Data”).", "We share [Personal Data|data] with [museums|to]."],
            "Share: Personal Data; to museums",
        ),
        (
            [f"{LIST}, our log data.", "We share [log data|data] with [museums|to]."],
            "Share: log data; to museums",
        ),
    ],
)
def test_a_name_stands_for_the_data_of_its_definition(
    stated: Stated, lines: list[str], expected: str
) -> None:
    assert stated(*lines)[-1] == expected


@pytest.mark.parametrize("words", ["Usage Data", "your Usage Data", "“Usage Data”", "the usage data"])
def test_a_name_is_looked_up_without_article_and_marks(words: str) -> None:
    assert term_of(words) == "usage data"
