"""What stands around a sentence: its line, its lead-in, its heading, the sentence after it.

A graph keeps the words of a policy as one text in which every paragraph, heading, list item and cell is a line, and
items follow each other without an empty line. That is enough to see on which lead-in an item hangs ("We share data
with:"), and under which heading a promise stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.ontology.reading import Span
from privagraph.ontology.sentences import pieces

__all__ = ["Layout", "Line"]

_HEADING_LENGTH = 90
"""A line of more characters is no heading."""

_MOST_ITEMS = 40
"""How far up a lead-in is looked for, in lines."""

_SENTENCE_END = re.compile(r"[.!;,:]\W*$")
_MARKER = re.compile(r"\W*(?:[\divxlc]{1,4}|[a-z])[.)]\s+|\W+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty.

    Attributes:
        span: Where it stands.
        group: Number of the paragraph or list that it belongs to: what stands between two empty lines.
        is_heading: Whether it is short, alone in its group and no sentence.
    """

    span: Span
    group: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    group: int
    """The paragraph or list that it belongs to: what stands between two empty lines."""


class Layout:
    """The lines of a policy's text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines: list[_Line] = []
        at = group = 0
        for words in text.split("\n"):
            if words.strip():
                self._lines.append(_Line(at, at + len(words), group))
            else:
                group += 1
            at += len(words) + 1
        self._sentences: dict[int, list[Span]] = {}
        self._starts = [line.start for line in self._lines]
        self._headings: list[int | None] = []
        heading: int | None = None
        for number in range(len(self._lines)):
            if self._is_heading(number):
                heading = number
            self._headings.append(heading)

    def lines(self) -> Iterator[Line]:
        """The lines that are not empty, in the order of the text."""
        for number, line in enumerate(self._lines):
            yield Line(Span(line.start, line.end), line.group, self._headings[number] == number)

    def sentences(self, span: Span) -> list[Span]:
        """The sentences of the line that a span starts in."""
        if not self._lines:
            return []
        number = self._number(span.start)
        if number not in self._sentences:
            line = self._lines[number]
            found = pieces(self.text[line.start : line.end])
            self._sentences[number] = [Span(line.start + start, line.start + end) for start, end in found]
        return self._sentences[number]

    def sentence(self, span: Span) -> Span:
        """The sentence that a span starts in; the span itself where there is none."""
        found = self.sentences(span)
        at = bisect_right(found, span.start, key=lambda each: each.start) - 1
        return found[at] if at >= 0 and span.start < found[at].end else span

    def after(self, span: Span) -> Span | None:
        """The sentence that follows a span in its line, else the first one of the next paragraph."""
        for sentence in self.sentences(span):
            if sentence.start >= span.end:
                return sentence
        number = self._number(span.start) + 1
        if number >= len(self._lines) or self._is_heading(number):
            return None
        found = self.sentences(Span(self._lines[number].start, self._lines[number].start))
        return found[0] if found else None

    def heading(self, span: Span) -> str:
        """The words of the heading that a span stands under; empty where it stands under none."""
        if not self._lines:
            return ""
        number = self._headings[self._number(span.start)]
        return "" if number is None else self._words(number)

    def lead_in(self, span: Span) -> str:
        """The line with a colon that a span hangs on as an item; empty where it hangs on none."""
        if not self._lines:
            return ""
        number = self._number(span.start)
        line = self._lines[number]
        if line.start != span.start and not self.text[line.start : span.start].strip(" \t-–—•*·"):
            return ""
        group = line.group
        for above in range(number - 1, max(-1, number - _MOST_ITEMS), -1):
            words = self._words(above)
            if words.endswith(":"):
                return words
            if self._lines[above].group != group:
                return ""
        return ""

    def items_after(self, span: Span) -> Span | None:
        """The list that hangs on a span that ends with a colon."""
        if not self.text[span.start : span.end].rstrip().endswith(":") or not self._lines:
            return None
        first = self._number(span.start) + 1
        if first >= len(self._lines):
            return None
        last, group = first, self._lines[first].group
        while last + 1 < len(self._lines):
            line = self._lines[last + 1]
            numbered = _MARKER.match(self._words(last + 1)) and _MARKER.match(self._words(last))
            if line.group != group and not numbered:
                break
            last, group = last + 1, line.group
        return Span(self._lines[first].start, self._lines[last].end)

    def _number(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _words(self, number: int) -> str:
        line = self._lines[number]
        return self.text[line.start : line.end].strip()

    def _is_heading(self, number: int) -> bool:
        """Whether a line is short, alone in its group and no sentence."""
        words = self._words(number)
        line = self._lines[number]
        alone = all(
            self._lines[near].group != line.group
            for near in (number - 1, number + 1)
            if 0 <= near < len(self._lines)
        )
        return alone and len(words) <= _HEADING_LENGTH and not _SENTENCE_END.search(words)
