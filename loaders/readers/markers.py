"""Marks at the head of a line: bullets, and numbers in every style that policies use.

``•``, ``−``, ``-``, ``(a)``, ``iv.``, ``3)``, ``2.1``, ``Section 4`` and their like. Whether a numbered line is a
heading or an item of a list cannot be told from the line; :func:`chains` finds which lines count on from one another,
so that the whole sequence can be judged at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Chain", "Marker", "chains", "marker_of"]

_SYMBOLS = "•‣◦▪▫■□●○◉◆◇♦·∙⁃➢➤►▶▸▹→⇒✓✔✦❖★☆☞\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf06c\uf06e\uf076"
_BULLET = re.compile(rf"([{_SYMBOLS}])\s*(?=\S)|([-−–—*+»>])[^\S\n]+(?=\S)|(o)(?:[^\S\n]{{2,}}|\t)(?=\S)")
_ROMAN = r"(?=[ivxlcIVXLC])(?:[xX]{0,3}(?:[iI][xX]|[iI][vV]|[vV]?[iI]{0,3})|[xX][lL])"
_ENUMERATOR = re.compile(
    rf"""
    (?P<word>(?:section|article|part|chapter|clause|art\.|§)\s*)
        (?P<wordnumber>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|{_ROMAN}|[A-Z])(?:\s*[.:)–—-]\s*|\s+|$)
  | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:[.):]?\s+|[.)](?=[^\W\d]))
  | \(\s?(?P<inparens>\d{{1,2}}|[a-zA-Z]|{_ROMAN})\s?\)\s*
  | (?P<closed>\d{{1,2}}|[a-zA-Z]|{_ROMAN})\)\s*
  | (?P<dotted>\d{{1,2}}|{_ROMAN}|[a-zA-Z])\.(?:\s+|(?=[^\W\d_][^.\s]))
  | (?P<dashed>\d{{1,2}}|{_ROMAN})\s*[-–—:]\s+(?=[A-Z“"'‘])
  | (?P<bare>\d{{1,2}})\s+(?=[A-Z“"'‘])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark at the head of a line.

    Attributes:
        style: What it looks like: the bullet's own character, or a pattern such as ``(1)``, ``a.`` or ``I.``.
        width: How many characters of the line it takes, blanks after it included.
        numbers: What it may count, as ``(style, number)``: ``i.`` is a Roman one or the
            ninth letter. Empty for a bullet.
        depth: How many numbers a decimal marker such as ``2.1.3`` has, else 1.
    """

    style: str
    width: int
    numbers: tuple[tuple[str, int], ...] = ()
    depth: int = 1

    @property
    def counts(self) -> bool:
        """Whether the mark is a number or a letter rather than a bullet."""
        return bool(self.numbers)


@dataclass(slots=True)
class Chain:
    """Lines that count on from one another in one style.

    Attributes:
        style: The style that they share.
        members: Indices of the lines, in order.
        last: The number of the last member.
        prefix: For decimal markers: the numbers before the last, as in ``2.1.`` of ``2.1.3``.
    """

    style: str
    members: list[int] = field(default_factory=list)
    last: int = 0
    prefix: str = ""


def marker_of(text: str) -> Marker | None:
    """The mark at the head of a line without leading blanks, or None.

    Example:
        >>> marker_of("(b) your name").numbers
        (('(a)', 2),)
        >>> marker_of("we collect") is None
        True
    """
    if bullet := _BULLET.match(text):
        return Marker(style=bullet.group(1) or bullet.group(2) or "o", width=bullet.end())
    found = _ENUMERATOR.match(text)
    if not found or found.end() == 0:
        return None
    kind = found.lastgroup or ""
    label = found.group(kind)
    if kind in ("word", "wordnumber"):
        label, kind = found.group("wordnumber"), "word"
        if not text[:1].isupper() and text[:1] != "§":
            return None  # "section 4 says so" in the middle of a wrapped sentence
    if "." in label:
        parts = label.split(".")
        style = f"{'word ' if kind == 'word' else ''}{'1.' * len(parts)}"
        counted = ((f"{style}{'.'.join(parts[:-1])}", int(parts[-1])),)
        return Marker(style=style, width=found.end(), numbers=counted, depth=len(parts))
    frame = {
        "word": "Section {}",
        "inparens": "({})",
        "closed": "{})",
        "dotted": "{}.",
        "dashed": "{} -",
        "bare": "{}",
    }[kind]
    if (
        kind == "dotted"
        and label.isalpha()
        and len(label) == 1
        and not text[found.end() - 1 : found.end()].isspace()
    ):
        return None  # an initial, or "e.g."
    numbers = tuple((frame.format(sample), number) for sample, number in _values(label))
    if not numbers:
        return None
    return Marker(style=numbers[0][0], width=found.end(), numbers=numbers)


def _values(label: str) -> list[tuple[str, int]]:
    """What a label may count: ``(a sample of its style, number)``, the likelier reading first."""
    if label.isdigit():
        return [("1", int(label))] if int(label) > 0 else []
    values: list[tuple[str, int]] = []
    upper = label.isupper()
    lower = label.lower()
    if re.fullmatch(_ROMAN, label) and set(lower) <= set(_ROMAN_VALUES):
        values.append(("I" if upper else "i", _roman(lower)))
    if len(label) == 1:
        letter = ("A" if upper else "a", ord(lower) - ord("a") + 1)
        # A lone c, d, l ... is a letter far more often than a Roman fifty or hundred.
        values = [letter, *values] if lower in "clx" else [*values, letter]
    return values


def _roman(label: str) -> int:
    """The value of a Roman numeral in lower case."""
    total = 0
    for this, following in zip(label, [*label[1:], ""], strict=True):
        value = _ROMAN_VALUES[this]
        total += -value if following and _ROMAN_VALUES[following] > value else value
    return total


def chains(markers: Sequence[Marker | None]) -> dict[int, Chain]:
    """Which numbered lines count on from one another.

    Args:
        markers: The marker of each line, or None.

    Returns:
        The chain of each line that has a number, by the index of the line. A line that goes on nowhere is a chain of
        one.
    """
    open_chains: dict[str, Chain] = {}
    found: dict[int, Chain] = {}
    for index, marker in enumerate(markers):
        if marker is None or not marker.counts:
            continue
        chosen: Chain | None = None
        for style, number in marker.numbers:
            chain = open_chains.get(style)
            if chain is not None and chain.last + 1 == number:
                chosen = chain
                chain.last = number
                break
        if chosen is None:
            # Nothing to count on from: the reading that starts at one is the likelier.
            style, number = next((pair for pair in marker.numbers if pair[1] == 1), marker.numbers[0])
            chosen = open_chains[style] = Chain(style=style, last=number)
        chosen.members.append(index)
        found[index] = chosen
    return found
