"""Words that fit in boxes."""

from __future__ import annotations

import pytest

from privagraph.queries.drawing.text import lines_of, width_of, xml_text


@pytest.mark.parametrize(
    "text",
    [
        "Service Consumption Behaviour",
        "x" * 200,
        "Datenschutzgrundverordnungsbeauftragter in Niederösterreich",
        "プライバシーポリシーと個人情報の取り扱いについて",
        "👩‍👩‍👧‍👦🗺️ emoji",
        "",
    ],
)
def test_no_line_is_wider_than_asked(text: str) -> None:
    lines = lines_of(text, 90, 12)
    assert 1 <= len(lines) <= 3
    assert all(width_of(line, 12) <= 90 for line in lines)


def test_a_text_that_is_cut_says_so() -> None:
    assert lines_of("one two three four", 40, 12, most=2)[-1].endswith("…")
    assert lines_of("one two", 200, 12) == ("one two",)


def test_wide_letters_are_wide() -> None:
    assert width_of("個人情報", 12) > width_of("name", 12)
    assert width_of("e\u0301", 12) == width_of("e", 12)


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert xml_text("a\x00b\ufffec\td") == "a\ufffdb\ufffdc\td"
