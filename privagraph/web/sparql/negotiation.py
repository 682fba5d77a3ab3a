"""Which of the media types that a server offers suits a client best.

Rules: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1. The most specific range that covers a type says how much
it is wanted; what nothing covers is not wanted; of types that are wanted alike, the server's first one is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["preferred"]


def preferred(accept: str | None, offered: Iterable[str]) -> str | None:
    """The media type to send.

    Args:
        accept: The value of the header ``Accept``; None or empty where the client does not say.
        offered: The types that can be sent, best first.

    Returns:
        One of them; None where the client wants none of them.

    Example:
        >>> preferred("text/turtle;q=0.5, application/json", ["text/turtle", "application/json"])
        'application/json'
        >>> preferred("text/*", ["application/json", "text/csv"])
        'text/csv'
        >>> preferred("image/png", ["text/csv"]) is None
        True
    """
    types = list(offered)
    weights = list(_weights(list(_ranges(accept or "*/*")), types))
    best = max(weights, default=0.0)
    return types[weights.index(best)] if best > 0 else None


def _weights(ranges: list[tuple[str, float]], types: list[str]) -> Iterator[float]:
    """How much each type is wanted."""
    for type_ in types:
        fitting = [(_specificity(range_), weight) for range_, weight in ranges if _covers(range_, type_)]
        yield max(fitting)[1] if fitting else 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Each range of an ``Accept`` header, and its weight from 0 to 1; what is malformed is left out."""
    for part in accept.split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        if name == "*":  # what some old clients send
            name = "*/*"
        if name.count("/") != 1:
            continue
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = _weight(value.strip())
        yield name, weight


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def _covers(range_: str, type_: str) -> bool:
    main, _, sub = range_.partition("/")
    return range_ == "*/*" or range_ == type_ or (sub == "*" and type_.startswith(f"{main}/"))


def _specificity(range_: str) -> int:
    return (range_ != "*/*") + (not range_.endswith("/*"))
