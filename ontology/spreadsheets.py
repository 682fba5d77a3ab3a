"""Cells that no spreadsheet runs as a formula.

A cell that begins like a formula is run by a spreadsheet, and the words of a policy may come from anyone
(https://owasp.org/www-community/attacks/CSV_Injection). Such a cell gets an apostrophe before it, which
:func:`restored` takes away again; one that begins with apostrophes and then like a formula gets one more. So every text
comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["restored", "safe", "safe_row"]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet may run, apostrophes before it apart; the full-width forms too."""
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe(text: str) -> str:
    """A text as a cell that no spreadsheet runs.

    Example:
        >>> safe("=1+1"), safe("couriers"), safe("'-"), restored(safe("'-"))
        ("'=1+1", 'couriers', "''-", "'-")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def safe_row(row: Mapping[str, object]) -> dict[str, object]:
    """A row by its columns with each text :func:`safe`; numbers stay numbers."""
    return {name: safe(value) if isinstance(value, str) else value for name, value in row.items()}


def restored(cell: str) -> str:
    """The text of a cell that :func:`safe` may have changed."""
    return cell[1:] if _GUARDED.match(cell) else cell
