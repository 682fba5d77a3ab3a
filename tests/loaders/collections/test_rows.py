from __future__ import annotations

import re
from pathlib import Path

import pytest

from privagraph.loaders.collections.rows import USUAL, Choice, chosen_columns
from privagraph.loaders.inputs import Columns

PAGE = Path(__file__).resolve().parents[3] / "docs" / "corpora.md"


@pytest.mark.parametrize("part", USUAL)
def test_the_page_tells_the_columns_that_are_looked_for(part: str) -> None:
    (row,) = re.findall(rf"^\|[^|]+\|([^|]+)\| `--column-{part}` \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", row)) == USUAL[part]


@pytest.mark.parametrize(
    ("columns", "header", "expected"),
    [
        (Columns(), ["Body", "TEXT", " Policy-Url "], {"text": "TEXT", "url": " Policy-Url "}),
        (Columns(), ["content", "html"], {"text": "content", "html": "html"}),
        (Columns(text="body"), ["body", "html"], {"text": "body"}),
        (Columns(html="Page"), ["page", "text", "id"], {"html": "page", "id": "id"}),
        (Columns(date="day"), ["text", "date"], {"text": "text"}),
        (Columns(), ["company", "notice"], {}),
    ],
)
def test_the_column_of_each_part(columns: Columns, header: list[str], expected: dict[str, str]) -> None:
    chosen = chosen_columns(columns, tuple(header))
    assert {part: choice.column for part, choice in chosen.items()} == expected


def test_what_the_user_named_is_known() -> None:
    assert chosen_columns(Columns(id="id"), ("id", "text")) == {
        "text": Choice("text", named=False),
        "id": Choice("id", named=True),
    }
