"""Dates that a policy states about itself: when it was last changed, and from when it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from privagraph.loaders.document import Document

__all__ = ["find_dates", "policy_dates"]

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
    taken: list[tuple[int, int, date]] = []
    for number, shape in enumerate(_SHAPES):
        for match in shape.finditer(text, start, end):
            if any(match.start() < b and match.end() > a for a, b, _ in taken):
                continue
            groups = match.groupdict()
            month_text = groups["month"].lower()
            month = _MONTHS[month_text] if month_text in _MONTHS else int(month_text)
            day = int(groups.get("day") or 1)
            if number == _NUMERIC_SHAPE:
                if day <= 12 and month <= 12 and day != month:
                    continue
                if month > 12:
                    day, month = month, day
            try:
                taken.append((match.start(), match.end(), date(int(groups["year"]), month, day)))
            except ValueError:
                continue  # 31 February: a slip in the policy, not a date
    yield from sorted(taken)


def policy_dates(document: Document) -> tuple[date | None, date | None]:
    """The effective date and the date of the last change, each None where the policy does not say.

    A date counts when words such as "last updated" or "effective" stand before it in its block, or are the whole of
    the block before. The first of each kind wins, since policies state their dates at the head; a date at the very end
    ("has been updated ...") is found in the same way.
    """
    effective: date | None = None
    updated: date | None = None
    previous = ""
    for block in document.blocks:
        text = document.text_of(block)
        for start, _end, day in find_dates(text, 0, len(text)):
            cue = text[max(0, start - 80) : start]
            if not cue.strip(" :-–(") and len(previous) < 60:
                cue = previous
            says_effective, says_updated = _last(_EFFECTIVE, cue), _last(_UPDATED, cue)
            if says_effective < 0 and says_updated < 0:
                continue
            if says_effective > says_updated:
                effective = effective or day
            else:
                updated = updated or day
        previous = text
    return effective, updated


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match starts, or -1."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
