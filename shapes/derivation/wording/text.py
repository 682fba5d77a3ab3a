"""A policy's text in lines and sentences, read once for all that is derived from its wording.

The graph keeps the text and no layout. What is needed of the layout can be seen in the canonical text: a block is a
line or more, and a heading is a short line of its own that does not end as a sentence does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.sentences import pieces

__all__ = ["WORD", "Line", "PolicyText"]

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word as readers count it: letters, with what an apostrophe or hyphen ties to them."""

_LONGEST_HEADING = 90
_ENDS_SENTENCE = re.compile(r"[.;,:!)]\W*$|\b(?:and|or)$")
_NUMBERED = re.compile(r"(?:section|article|part)?\s*\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: a heading, a paragraph, a list item or a cell.

    Attributes:
        start: Offset of its first character that is no blank.
        end: Offset after its last one.
        text: Its words.
        is_heading: Whether it looks like a heading.
    """

    start: int
    end: int
    text: str
    is_heading: bool


class PolicyText:
    """The text of a policy, with its lines and sentences.

    Attributes:
        view: The policy.
        lines: Its lines in their order, blank ones left out.
    """

    def __init__(self, view: PolicyView) -> None:
        self.view = view
        self.lines = tuple(_lines(view.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences in the order of the text, each within one line; headings are among them."""
        return tuple(
            Span(line.start + start, line.start + end)
            for line in self.lines
            for start, end in pieces(line.text)
        )

    @cached_property
    def headings(self) -> tuple[Line, ...]:
        """The lines that look like headings."""
        return tuple(line for line in self.lines if line.is_heading)

    def words(self, span: Span) -> str:
        """The words of a piece of the text."""
        return self.view.text[span.start : span.end]

    def line_at(self, offset: int) -> Line:
        """The line that an offset lies in, or the one before it."""
        return self.lines[max(0, bisect_right(self.lines, offset, key=lambda line: line.start) - 1)]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that an offset lies in, or the one before it."""
        found = bisect_right(self.sentences, offset, key=lambda span: span.start) - 1
        return self.sentences[max(0, found)]


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    at = 0
    blank_before = True
    raw = text.split("\n")
    for number, line in enumerate(raw):
        words = line.strip()
        if words:
            start = at + len(line) - len(line.lstrip())
            after = raw[number + 1].strip() if number + 1 < len(raw) else ""
            found.append(Line(start, start + len(words), words, _is_heading(words, blank_before, after)))
        blank_before = not words
        at += len(line) + 1
    return found


def _is_heading(line: str, blank_before: bool, after: str) -> bool:
    """Whether a line looks like a heading: short, no end of a sentence, and set apart or numbered, but in no list."""
    if len(line) > _LONGEST_HEADING or not WORD.search(line) or _ENDS_SENTENCE.search(line):
        return False
    if _NUMBERED.match(line):
        return (blank_before and not after) or not _NUMBERED.match(after)
    return blank_before and not after and line[0].isupper()
