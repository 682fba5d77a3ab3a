"""Which lines of a text are headings, judged by the line, its neighbours, and the habits of the whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privagraph.loaders.readers.lines import Line
from privagraph.loaders.readers.markers import Chain, Marker
from privagraph.loaders.readers.wording import (
    capitals,
    ends_like_prose,
    introduces_contents,
    is_date_line,
    reads_like_heading,
    title_case,
)

__all__ = ["Headings"]

_VERB_ENDING = re.compile(r"\b(?:is|are|was|were|will|may|can|shall|must|has|have|does|do)\b", re.IGNORECASE)
_FAR = 100


class Headings:
    """The judge of one text.

    Args:
        lines: Its whole lines.
        markers: The marker of each line, or None.
        chained: The chain of each numbered line.
        by_looks: Whether a line may be a heading by its looks alone; lines marked strong always are.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        markers: Sequence[Marker | None],
        chained: dict[int, Chain],
        *,
        by_looks: bool,
    ) -> None:
        self._lines, self._markers, self._chains, self._by_looks = lines, markers, chained, by_looks
        gaps = sum(line.gap for line in lines[1:])
        # Do blank lines part the blocks of this text?
        self._airy = gaps >= 0.25 * max(1, len(lines) - 1)
        self._known: dict[int, bool] = {}
        self._verdicts: dict[int, bool] = {}

    def is_heading(self, index: int) -> bool:
        """Whether a line is a heading."""
        if index not in self._known:
            self._known[index] = self._judge(index)
        return self._known[index]

    def _judge(self, index: int) -> bool:
        line, marker = self._lines[index], self._markers[index]
        if line.fixed:
            return False
        if line.strong:
            return len(line.text) <= 250
        if not self._by_looks or introduces_contents(line.text):
            return False
        if marker is not None:
            return marker.counts and self._chain_heads(self._chains[index]) and len(line.text) <= 200
        text = line.text
        if (
            text.endswith(":")
            and title_case(text[:-1])
            and len(text.split()) <= 8
            and self._airy
            and line.gap
        ):
            return reads_like_heading(text[:-1]) and self._gap_after(index)
        if not reads_like_heading(text) or index + 1 >= len(self._lines):
            return False
        if capitals(text) and (line.gap or index == 0 or not self._airy or self._gap_after(index)):
            return True
        if index == 0:
            return self._gap_after(index) or not self._airy or (title_case(text) and self.is_prose(1))
        if self._airy:
            return self._stands_apart(index)
        return self._stands_above(index)

    def _stands_apart(self, index: int) -> bool:
        """In a text with blank lines between its blocks: whether the line begins one, and what follows is longer."""
        line = self._lines[index]
        question = line.text.endswith("?")
        if self._gap_after(index) and (line.gap or question):
            return True
        after = self._lines[index + 1]
        # A heading right above its paragraph.
        return (
            line.gap
            and (question or title_case(line.text))
            and self.is_prose(index + 1)
            and len(after.text) > 1.5 * len(line.text)
        )

    def _stands_above(self, index: int) -> bool:
        """In a text with one paragraph a line: whether a short line stands above prose, a list, or another heading."""
        line, before = self._lines[index], self._lines[index - 1]
        if before.text.endswith(":") and not before.fixed and not self.is_prose(index + 1):
            return False
        question = line.text.endswith("?") and len(line.text.split()) >= 3
        after = self._markers[index + 1]
        if after is not None:
            return question or title_case(line.text) or not _VERB_ENDING.search(line.text)
        below = self._lines[index + 1]
        if below.fixed or is_date_line(below.text):
            return question or len(line.text) <= 80
        if question:
            return True
        if not self.is_prose(index + 1):
            return title_case(line.text) and index + 2 < len(self._lines) and self.is_prose(index + 2)
        # Two short lines in a row without a full stop are a list rather than two headings.
        peer = (
            not ends_like_prose(before.text)
            and not before.fixed
            and self._markers[index - 1] is None
            and len(before.text) <= 110
        )
        return not peer or title_case(line.text) or self.is_heading(index - 1)

    def is_prose(self, index: int) -> bool:
        """Whether a line is a sentence or more."""
        if index >= len(self._lines):
            return False
        line = self._lines[index]
        return len(line.text) > 110 or (ends_like_prose(line.text) and len(line.text.split()) >= 4)

    def _gap_after(self, index: int) -> bool:
        """Whether a blank line follows."""
        return index + 1 >= len(self._lines) or self._lines[index + 1].gap

    def _chain_heads(self, chain: Chain) -> bool:
        """Whether the numbered lines of a chain head sections, rather than being items of a list."""
        if id(chain) not in self._verdicts:
            self._verdicts[id(chain)] = self._judge_chain(chain)
        return self._verdicts[id(chain)]

    def _judge_chain(self, chain: Chain) -> bool:
        members = chain.members
        bodies = [self._has_body(index) for index in members]
        if len(members) >= 3 and not any(bodies[:-1]):
            return False  # a table of contents, or a list
        alike = 0
        for index, body in zip(members, bodies, strict=True):
            marker = self._markers[index]
            rest = self._lines[index].text[marker.width if marker else 0 :]
            short_sentence = (
                rest.endswith((".", ":"))
                and len(rest.split()) <= 8
                and body
                and not chain.style.startswith("(")
            )
            heads = (
                reads_like_heading(rest.rstrip(".:") if short_sentence else rest)
                and rest[:1] != rest[:1].lower()
            )
            alike += (heads or not rest) and (body or len(members) > 2)
        if len(members) == 1:
            return alike == 1 and bodies[0] and not chain.style.startswith("(")
        return alike >= 0.6 * len(members)

    def _has_body(self, index: int) -> bool:
        """Whether prose, a bullet or a table comes before the next numbered line."""
        for after in range(index + 1, min(index + _FAR, len(self._lines))):
            marker = self._markers[after]
            if marker is None or not marker.counts:
                line = self._lines[after]
                return (
                    bool(line.rows)
                    or line.fixed
                    or marker is not None
                    or self.is_prose(after)
                    or not line.strong
                )
            if self._chains[after] is self._chains[index]:
                return False
            if self._lines[after].text.endswith((";", ".", ":")) and len(self._lines[after].text) > 40:
                return True  # a numbered list beneath a numbered heading
        return False
