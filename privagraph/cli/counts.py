"""How many of what, in words."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun.

    Args:
        number: How many.
        one: The noun for one.
        many: The noun for any other number; that for one with an "s" when None.

    Example:
        >>> counted(1, "policy", "policies"), counted(0, "row")
        ('1 policy', '0 rows')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
