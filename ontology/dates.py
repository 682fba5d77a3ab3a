"""Calendar dates in running text: read where they can be relied on, left out where they cannot."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Literal

from privagraph.ontology.letters import lowered

__all__ = ["find_dates", "kind_of_date"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SOME_YEAR = re.compile(r"(?:19|20)\d\d")
"""What every date has, and hardly any sentence."""

_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"\b{_MONTH}\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:\s*,\s*|\s+){_YEAR}\b",
        rf"\b{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})\b",
        rf"\b(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{_YEAR}\b",
        rf"(?<!\d\s)(?<!(?:st|nd|rd|th)\s)\b{_MONTH}\s*,?\s+{_YEAR}\b",
    )
)
_NUMERIC_SHAPE = 3  # index of the shape whose order of day and month is not fixed

_UPDATED = re.compile(
    r"\b(last|recently|latest)[\s-]*(updated|revised|modified|amended|changed|review(ed)?|update|"
    r"revision|modification)\b"
    r"|\b(updated|revised|modified|amended)\b( (on|as of|at|in))?\s*[:\-–]?\s*$|\b(revision|"
    r"updated?|version) dated?\b|\bdate of (last )?(update|revision|modification)\b"
    r"|\b(has been|was) (last )?(updated|revised|modified|amended)\b|\b(updated|revised|modified|"
    r"amended)(?= on| as of|:)",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(
    r"\beffective\b|\b(in effect|in force|into force|into effect|applies|valid|applicable) (as of|"
    r"from|since|on)\b|\bdate of entry\b",
    re.IGNORECASE,
)


def find_dates(text: str, start: int, end: int) -> Iterator[tuple[int, int, date]]:
    """Calendar dates between two offsets, in the order of the text.

    A date of digits alone whose day and month could be swapped (02/09/2023) is not a date that can be relied on, and is
    left out; 31/12/2023 and 12/31/2023 are each read in the only way they can be. A month alone is its first day.

    Yields:
        Start, end and the date.
    """
    if _SOME_YEAR.search(text, start, end) is None:
        return
    taken: list[tuple[int, int, date]] = []
    for number, shape in enumerate(_SHAPES):
        for match in shape.finditer(text, start, end):
            at = bisect_left(taken, match.end(), key=itemgetter(0))
            if at > 0 and taken[at - 1][1] > match.start():
                continue
            groups = match.groupdict()
            month_text = lowered(groups["month"])
            month = _MONTHS[month_text] if month_text in _MONTHS else int(month_text)
            day = int(groups.get("day") or 1)
            if number == _NUMERIC_SHAPE:
                if day <= 12 and month <= 12 and day != month:
                    continue
                if month > 12:
                    day, month = month, day
            try:
                taken.insert(at, (match.start(), match.end(), date(int(groups["year"]), month, day)))
            except ValueError:
                continue  # 31 February: a slip in the policy, not a date
    yield from taken


def kind_of_date(cue: str) -> Literal["effective", "updated"] | None:
    """What the words before a date say that it is for the policy; the nearest ones count.

    Args:
        cue: The words before the date.

    Returns:
        ``effective`` where the policy holds from then, ``updated`` where it was changed then, None for another date.

    Example:
        >>> kind_of_date("Last updated:"), kind_of_date("This policy is effective as of")
        ('updated', 'effective')
    """
    says_effective, says_updated = _last(_EFFECTIVE, cue), _last(_UPDATED, cue)
    if says_effective < 0 and says_updated < 0:
        return None
    return "effective" if says_effective > says_updated else "updated"


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match starts, or -1."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
