"""The literals of the graph, each with the datatype that its property asks for, in canonical form.

A store keeps values, not spellings: ``"0.90"`` comes back as ``"0.9"``, ``"P12M"`` as ``"P1Y"``, and whole
numbers of any type as ``xsd:integer``. What is written here is what comes back, so that a graph is the same
before and after a store. The forms are the canonical ones of XML Schema 1.1 part 2
(https://www.w3.org/TR/xmlschema11-2/, appendix E).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from privagraph.ontology.namespaces import expand

__all__ = ["boolean", "day", "decimal", "duration", "tagged", "when"]

_BOOLEAN = NamedNode(expand("xsd:boolean"))
_DATE = NamedNode(expand("xsd:date"))
_DECIMAL = NamedNode(expand("xsd:decimal"))
_DURATION = NamedNode(expand("xsd:duration"))
_BY_LENGTH = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}

_ISO_DURATION = re.compile(
    r"P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)


def decimal(number: float) -> Literal:
    """A confidence, to four places.

    Example:
        >>> decimal(0.80).value, decimal(1.0).value
        ('0.8', '1')
    """
    return Literal(_plain(f"{Decimal(str(number)):.4f}"), datatype=_DECIMAL)


def boolean(truth: bool) -> Literal:
    """A truth value."""
    return Literal("true" if truth else "false", datatype=_BOOLEAN)


def day(when: date) -> Literal:
    """A calendar date."""
    return Literal(when.isoformat(), datatype=_DATE)


def when(iso: str) -> Literal:
    """A year, a month, a day or a time, as precise as it is said.

    Example:
        >>> when("2021-07").datatype.value, when("2021-07-03T08:30:00Z").datatype.value
        ('http://www.w3.org/2001/XMLSchema#gYearMonth', 'http://www.w3.org/2001/XMLSchema#dateTime')
    """
    return Literal(iso, datatype=NamedNode(expand(_BY_LENGTH.get(len(iso), "xsd:dateTime"))))


def duration(value: str | None) -> Literal | None:
    """An ISO 8601 duration as ``xsd:duration``, or None when the value is no duration.

    ``xsd:duration`` has no weeks, so they become days.

    Example:
        >>> duration("P2W").value, duration("P18M").value
        ('P14D', 'P1Y6M')
        >>> duration("until you close the account") is None
        True
    """
    match = _ISO_DURATION.fullmatch(value or "")
    if match is None:
        return None
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups()[:6])
    months += 12 * years
    seconds = Decimal(match[7] or 0) + 60 * (minutes + 60 * (hours + 24 * (days + 7 * weeks)))
    return Literal(_canonical(months, seconds), datatype=_DURATION)


def tagged(text: str, language: str) -> Literal:
    """Text in a language; plain text where the tag is none that BCP 47 allows."""
    try:
        return Literal(text, language=language.lower())
    except ValueError:
        return Literal(text)


def _canonical(months: int, seconds: Decimal) -> str:
    """Months and seconds as the canonical ``xsd:duration``; each unit is carried into the next larger one."""
    whole, rest = divmod(seconds, 60)
    minutes, hours_up = int(whole) % 60, int(whole) // 60
    day_part = [(months // 12, "Y"), (months % 12, "M"), (hours_up // 24, "D")]
    time_part = [(hours_up % 24, "H"), (minutes, "M")]
    time = "".join(f"{number}{unit}" for number, unit in time_part if number)
    time += f"{_plain(str(rest))}S" if rest else ""
    text = "".join(f"{number}{unit}" for number, unit in day_part if number)
    return "P" + text + (f"T{time}" if time else "") if text or time else "PT0S"


def _plain(number: str) -> str:
    """A decimal number without idle zeros behind the point."""
    return number.rstrip("0").rstrip(".") if "." in number else number
