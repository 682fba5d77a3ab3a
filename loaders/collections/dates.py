"""When a policy was collected, in whatever form a table has it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

__all__ = ["iso"]

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])", re.ASCII)
_STAMP = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)
_SECONDS = range(631_152_000, 4_102_444_800)
"""1990 to 2099, as seconds since 1970."""


def iso(value: object) -> str | None:
    """A year, month, day or time in ISO 8601, or None where a value is none.

    Read are ISO 8601 in all forms that Python reads, the 14 digits of web archives, and seconds or milliseconds since
    1970. A time without a zone is taken for UTC.

    Example:
        >>> iso("2021-07-03"), iso("20210703083000"), iso(1625301000), iso("2021"), iso("last summer")
        ('2021-07-03', '2021-07-03T08:30:00Z', '2021-07-03T08:30:00Z', '2021', None)
    """
    if isinstance(value, datetime):
        return _time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if _YEAR.fullmatch(text):
        return text
    if month := _MONTH.fullmatch(text):
        return f"{month[1]}-{month[2]}"
    if stamp := _STAMP.fullmatch(text):
        text = "{}-{}-{}T{}:{}:{}Z".format(*stamp.groups())
    elif text.isdecimal() and len(text) in (9, 10, 12, 13):
        seconds = int(text) // (1000 if len(text) > 10 else 1)
        return _time(datetime.fromtimestamp(seconds, UTC)) if seconds in _SECONDS else None
    try:
        return (
            date.fromisoformat(text).isoformat() if len(text) <= 10 else _time(datetime.fromisoformat(text))
        )
    except ValueError:
        return None


def _time(moment: datetime) -> str | None:
    """A time in UTC, to the second, as XML Schema writes it."""
    try:
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    return f"{utc:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0")
