"""Durations in words and figures, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.ontology.letters import lowered

__all__ = ["find_durations"]

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split(),
        start=1,
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90, "hundred": 100}
_UNITS = {
    "hour": ("T", "H"),
    "day": ("", "D"),
    "week": ("", "W"),
    "month": ("", "M"),
    "year": ("", "Y"),
    "minute": ("T", "M"),
}
_NUMBER = r"(?P<figure>\d{1,4})|(?P<word>" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_DURATION = re.compile(
    rf"\b(?:{_NUMBER})[\s-]*(?:\((?P<inner>\d{{1,4}}|[a-z-]+)\)[\s-]*)?(?:(?:calendar|business|"
    rf"working|consecutive|full|additional|more)[\s-]+)?(?P<unit>hour|day|week|month|year|"
    rf"minute)s?\b",
    re.IGNORECASE,
)


def find_durations(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Durations between two offsets.

    Yields:
        Start, end and the ISO 8601 duration: ``P6M`` for "six (6) months".
    """
    for match in _DURATION.finditer(text, start, end):
        figure = match.group("figure")
        number = int(figure) if figure else _NUMBERS[lowered(match.group("word"))]
        if match.group("inner") and match.group("inner").isdigit():
            number = int(match.group("inner"))
        time, letter = _UNITS[lowered(match.group("unit"))]
        yield match.start(), match.end(), f"P{time}{number}{letter}"
