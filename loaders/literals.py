"""The literals of the graph, each with the datatype that its property asks for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from privagraph.ontology.namespaces import expand
from pyoxigraph import Literal, NamedNode

__all__ = ["day", "decimal", "duration", "natural", "shortened", "tagged"]

_DATE = NamedNode(expand("xsd:date"))
_DECIMAL = NamedNode(expand("xsd:decimal"))
_DURATION = NamedNode(expand("xsd:duration"))
_NATURAL = NamedNode(expand("xsd:nonNegativeInteger"))

_ISO_DURATION = re.compile(
    r"P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
)
_ISO_WEEKS = re.compile(r"P(\d+)W")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def natural(number: int) -> Literal:
    """An offset, as the Web Annotation model types it (``xsd:nonNegativeInteger``)."""
    return Literal(str(number), datatype=_NATURAL)


def decimal(number: float) -> Literal:
    """A confidence, to four places, without an exponent and without idle zeros.

    Example:
        >>> decimal(0.80).value, decimal(1).value
        ('0.8', '1.0')
    """
    places = f"{Decimal(str(number)):.4f}".rstrip("0")
    return Literal(places + "0" if places.endswith(".") else places, datatype=_DECIMAL)


def day(when: date) -> Literal:
    """A calendar date."""
    return Literal(when.isoformat(), datatype=_DATE)


def duration(value: str | None) -> Literal | None:
    """An ISO 8601 duration as ``xsd:duration``, or None when the value is no duration.

    ``xsd:duration`` has no weeks (XML Schema 1.1 part 2, 3.3.6), so they become days.

    Example:
        >>> duration("P2W").value
        'P14D'
        >>> duration("until you close the account") is None
        True
    """
    if value is None:
        return None
    weeks = _ISO_WEEKS.fullmatch(value)
    if weeks:
        value = f"P{int(weeks[1]) * 7}D"
    return Literal(value, datatype=_DURATION) if _ISO_DURATION.fullmatch(value) else None


def tagged(text: str, language: str) -> Literal:
    """Text in a language; plain text where the tag is none that BCP 47 allows."""
    return Literal(text, language=language) if _LANGUAGE_TAG.fullmatch(language) else Literal(text)


def shortened(text: str, length: int = 80) -> str:
    r"""One line of at most ``length`` characters, cut at a word where it is too long.

    Example:
        >>> shortened("your name,\n  e-mail address", 16)
        'your name, e-…'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"
