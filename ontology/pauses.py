"""How long a server asks to be left alone."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

__all__ = ["wait_asked_for"]


def wait_asked_for(told: str | None) -> float | None:
    """Seconds that ``Retry-After`` asks for, which is a number or a date.

    Source: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after.

    Args:
        told: The header; None where there is none.

    Returns:
        The seconds from now, 0 for a date that is past; None where the header says nothing that can be read.

    Example:
        >>> wait_asked_for("120")
        120.0
    """
    if not told:
        return None
    if told.strip().isdecimal():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
