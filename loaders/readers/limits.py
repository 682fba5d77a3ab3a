"""What is too large to be one policy, found out before memory and time are spent on it.

The longest policies that are published hold about 100,000 words. A text of many times that is a book, a dump of a
database or an attack, and is refused with the code ``too-large``, whatever its format is. The bounds and what a user
sees of them are in ``docs/robustness.md``.
"""

from __future__ import annotations

import re
from itertools import islice

from privagraph.errors import RejectedDocumentError

__all__ = ["MOST_MARKUP", "MOST_RAW", "MOST_TEXT", "check_markup", "check_raw", "check_text", "too_large"]

MOST_TEXT = 1_000_000
"""The most characters of text in a document, after reading."""

MOST_RAW = 10 * MOST_TEXT
"""The most characters of a plain or Markdown text before reading, blanks and line ends among them."""

MOST_MARKUP = 500_000
"""The most tags in a web page."""

_TAG = re.compile(r"<[a-zA-Z/!?]")
_BLANKS = " \t\n\r\0\u00a0\u3000"


def too_large(name: str, what: str) -> RejectedDocumentError:
    """The error for a document that is too large.

    Args:
        name: The name of the source.
        what: What it has too much of, such as ``more than 500,000 tags``.
    """
    return RejectedDocumentError(
        name,
        "too-large",
        f"{what}, which is too much for a policy",
        "give each policy alone, in a file of its own",
    )


def check_text(size: int, name: str) -> None:
    """Refuse a text that is too long.

    Args:
        size: How many characters it has.
        name: The name of the source.

    Raises:
        RejectedDocumentError: It has more than :data:`MOST_TEXT` (``too-large``).
    """
    if size > MOST_TEXT:
        raise too_large(name, f"more than {MOST_TEXT:,} characters of text")


def check_raw(text: str, name: str) -> None:
    """Refuse a plain or Markdown text that is too long, before anything is made of it.

    Args:
        text: The decoded text.
        name: The name of the source.

    Raises:
        RejectedDocumentError: It is too long (``too-large``).
    """
    if len(text) > MOST_RAW:
        raise too_large(name, f"more than {MOST_RAW:,} characters")
    if len(text) > MOST_TEXT:
        check_text(len(text) - sum(map(text.count, _BLANKS)), name)


def check_markup(markup: str, name: str) -> None:
    """Refuse a page of more tags than a tree in memory should have, before it is parsed.

    Args:
        markup: The decoded page.
        name: The name of the source.

    Raises:
        RejectedDocumentError: It has more than :data:`MOST_MARKUP` (``too-large``).
    """
    if next(islice(_TAG.finditer(markup), MOST_MARKUP, None), None) is not None:
        raise too_large(name, f"more than {MOST_MARKUP:,} tags")
