"""Words that anyone may have written, shown safely."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from privagraph.ontology.shown import first_line, markdown_table, one_line, printable


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\r\n lines\tand\u2028more", "two lines and more"),
        ("\x1b]0;title\x07", "�]0;title�"),
        ("safe\u202egnp.exe\u2066x\u2069", "safegnp.exex"),
        ("נמען", "נמען"),
    ],
)
def test_one_line_of_text_steers_nothing(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    "text", ["a | b", "**bold** <b>x</b>", "[x](javascript:y)", "`code`", "- no list", "a\\"]
)
def test_a_cell_shows_its_text_as_it_is(text: str) -> None:
    made = markdown_table(["words", "n"], [[text, "1"]], right=[1])
    tokens = MarkdownIt("commonmark").enable("table").parse(made)
    inline = [token for token in tokens if token.type == "inline"]
    assert [token.content for token in inline][:2] == ["words", "n"]
    assert len(inline) == 4
    shown = "".join(
        child.content for child in inline[2].children or () if child.type in ("text", "text_special")
    )
    assert shown.replace("\u200b", "") == text


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError("no such column.\nAt row 3"), "no such column"),
        (TimeoutError(), "TimeoutError"),
        (ValueError("\nlater"), "ValueError"),
        (ValueError("a" * 500), "a" * 200),
    ],
)
def test_the_first_line_of_an_error_stands_in_brackets(error: Exception, line: str) -> None:
    assert first_line(error) == line


def test_a_name_in_another_encoding_can_be_printed() -> None:
    assert printable("caf\udce9.html") == r"caf\udce9.html"
    assert printable("café.html") == "café.html"
