"""The levels of the headings of a text that has no markup: the title first, then by number, capitals, and place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privagraph.loaders.readers.lines import Line
from privagraph.loaders.readers.markers import Chain, Marker
from privagraph.loaders.readers.wording import capitals

__all__ = ["Levels"]


class Levels:
    """The levels of the headings of one text."""

    def __init__(
        self,
        lines: Sequence[Line],
        markers: Sequence[Marker | None],
        chained: dict[int, Chain],
        heads: Sequence[bool],
    ) -> None:
        self._levels: dict[int, int] = {}
        indices = [index for index, head in enumerate(heads) if head]
        if not indices:
            return
        title = self._title(indices, lines, markers, heads)
        styles: list[str] = []
        numbered = [i for i in indices if markers[i] is not None]
        plain = [i for i in indices if markers[i] is None and i != title]
        shouted = {i for i in plain if capitals(lines[i].text)}
        under_plain = self._restarts(numbered, chained) or self._enclosed(numbered, plain)
        last_numbered: int | None = None
        seen_shout = seen_plain = False
        for index in indices:
            line, marker = lines[index], markers[index]
            if line.strong and marker is None:
                self._levels[index] = line.strong
                continue
            if index == title:
                self._levels[index] = 1
                continue
            if marker is None:
                shout = index in shouted
                seen_shout, seen_plain = seen_shout or shout, True
                level = 2 if shout or not seen_shout else 3
                if not shout and last_numbered is not None and not under_plain:
                    level = last_numbered
                self._levels[index] = level
                continue
            style = marker.style if marker.depth == 1 else f"1.{marker.depth}"
            if style not in styles:
                styles.append(style)
            base = 3 if under_plain and seen_plain else 2
            order = (
                marker.depth - 1
                if marker.depth > 1
                else styles.index(style)
                - sum(s.startswith("1.") and s != "1." for s in styles[: styles.index(style)])
            )
            self._levels[index] = last_numbered = min(base + order, 6)

    def of(self, index: int) -> int:
        """The level of the heading on a line."""
        return self._levels[index]

    @staticmethod
    def _title(
        indices: Sequence[int], lines: Sequence[Line], markers: Sequence[Marker | None], heads: Sequence[bool]
    ) -> int | None:
        """The index of the heading that is the title: among the first lines, unnumbered, and not a section's."""
        for index in indices[:3]:
            if index > 8 or markers[index] is not None:
                continue
            wordy = re.search(
                r"privacy|policy|notice|statement|data protection|cookie", lines[index].text, re.IGNORECASE
            )
            if wordy or index == 0:
                return index
        return None

    @staticmethod
    def _enclosed(numbered: Sequence[int], plain: Sequence[int]) -> bool:
        """Whether all numbers stand between two headings without a number, and so count beneath the first."""
        if len(numbered) < 2 or not plain:
            return False
        first, last = numbered[0], numbered[-1]
        return plain[0] < first and plain[-1] > last and not any(first < index < last for index in plain)

    @staticmethod
    def _restarts(numbered: Sequence[int], chained: dict[int, Chain]) -> bool:
        """Whether one style of numbers begins again and again: the numbers count beneath other headings."""
        firsts: dict[str, int] = {}
        for index in numbered:
            chain = chained[index]
            if chain.members[0] == index:
                firsts[chain.style] = firsts.get(chain.style, 0) + 1
        return len(firsts) == 1 and max(firsts.values()) >= 2
