"""Whether a pattern is worth trying: most need a word that most sentences do not have.

There are a thousand patterns, and a sentence matches a few of them. To find a word in a sentence takes a fraction of
the time that a pattern takes to fail, so that the words which every match must hold are read off the pattern once. A
sieve only ever keeps a pattern from being tried where it cannot match: what is found is the same without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from privagraph.ontology.letters import lowered

__all__ = ["Sieve", "words_needed"]

_parser: Any = import_module("re._parser")
"""Python's own reader of patterns. It has no public name; what it may come to say that is not known here is passed
over, and a pattern of which nothing is known is always tried."""

_COMMON = {1: 1.0, 2: 0.5, 3: 0.2, 4: 0.1}
_RARE = 0.03
"""How likely a sentence holds some letters in a row, by their number: roughly, since nothing but time depends on it."""


class Sieve:
    """What keeps a pattern from sentences that it cannot match.

    Args:
        pattern: The pattern.
    """

    __slots__ = ("_needed", "_pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._needed: tuple[str, ...] | None = None

    def lets_through(self, small: str) -> bool:
        """Whether the pattern may match somewhere in a text.

        Args:
            small: The text, :func:`~privagraph.ontology.letters.lowered`.
        """
        if self._needed is None:  # not before it is used: at start-up there are better things to do
            self._needed = words_needed(self._pattern)
        for word in self._needed:
            if word in small:
                return True
        return not self._needed

    def search(self, text: str) -> re.Match[str] | None:
        """The first match of the pattern, as :meth:`re.Pattern.search` finds it."""
        return self._pattern.search(text) if self.lets_through(lowered(text)) else None

    def finditer(self, text: str, begin: int = 0) -> Iterator[re.Match[str]]:
        """The matches of the pattern from an offset on, as :meth:`re.Pattern.finditer` finds them."""
        return self._pattern.finditer(text, begin) if self.lets_through(lowered(text)) else iter(())


def words_needed(pattern: re.Pattern[str]) -> tuple[str, ...]:
    r"""Words, or parts of words, of which every match of a pattern holds at least one, in small letters.

    Args:
        pattern: Any pattern.

    Returns:
        The words, sorted; none where nothing is known, or the words are so common that they tell nothing.

    Example:
        >>> words_needed(re.compile(r"\b(?:legitimate (?:business )?interests?|lawful basis)\b", re.IGNORECASE))
        ('lawful basis', 'legitimate ')
    """
    found = _needed(_parser.parse(pattern.pattern, pattern.flags))
    return tuple(sorted(found)) if found and _likely(found) < 1 else ()


def _likely(words: Iterable[str]) -> float:
    return sum(_COMMON.get(len(word), _RARE) for word in words)


def _needed(parsed: Any) -> frozenset[str]:
    """Of the sets of words that a stretch of a pattern needs, the rarest; empty for none."""
    sets: list[frozenset[str]] = []
    run = ""
    for operation, argument in (*parsed, (None, None)):
        name = str(operation)
        if name == "LITERAL" and argument < 0x80:
            run += chr(argument)
            continue
        if run:
            sets.append(frozenset({lowered(run)}))
            run = ""
        if name == "SUBPATTERN":
            sets.append(_needed(argument[-1]))
        elif name == "ATOMIC_GROUP":
            sets.append(_needed(argument))
        elif name == "BRANCH":
            ways = [_needed(way) for way in argument[1]]
            sets.append(frozenset[str]().union(*ways) if all(ways) else frozenset())
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
            sets.append(_needed(argument[2]))
    return min(filter(None, sets), key=lambda words: (_likely(words), sorted(words)), default=frozenset())
