"""Answers that are remembered: once for each short text, and no long one."""

from __future__ import annotations

from privagraph.ontology.memory import Remembered


def test_a_text_is_asked_about_once_unless_it_is_long() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    lengths = Remembered(length, longest=4)
    assert [lengths(text) for text in ("kite", "kite", "kites", "kites")] == [4, 4, 5, 5]
    assert asked == ["kite", "kites", "kites"]
    assert lengths.held == 1
