"""Lines, headings and sentences as the canonical text shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.reading import Span

if TYPE_CHECKING:
    from .conftest import Draft

TEXT = "Notice\n\n2. Who gets it\n\nWe send kites. We keep names.\n\nWe collect:\n\nyour name\nyour address\n"


def test_headings(draft: type[Draft]) -> None:
    assert [line.text for line in draft(TEXT).read().headings] == ["Notice", "2. Who gets it"]


@pytest.mark.parametrize(
    "line", ["We send kites.", "We collect:", "your name", "Name and", "12", "A " * 60 + "word"]
)
def test_what_is_no_heading(draft: type[Draft], line: str) -> None:
    assert draft(line).read().headings == ()


def test_offsets_are_those_of_the_text(draft: type[Draft]) -> None:
    text = draft(TEXT).read()
    assert all(TEXT[line.start : line.end] == line.text for line in text.lines)
    assert "We keep names." in {text.words(span) for span in text.sentences}
    offset = TEXT.index("names")
    assert text.words(text.sentence_at(offset)) == "We keep names."
    assert text.line_at(offset).text == "We send kites. We keep names."
    assert text.sentence_at(0) == Span(0, 6)
