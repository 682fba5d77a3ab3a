"""Lists that lost their line breaks: ``We collect: – your name; – your age; and – your city. Legal basis: ...``.

Text that was copied out of a table or a page often runs a list together in one line. The dashes and bullets are still
there, each after a colon or a semicolon, and so is the label that begins the next part.
"""

from __future__ import annotations

import re

__all__ = ["Piece", "split_inline_list"]

_MARK = re.compile(r"(?<=[:;.,])(?: (?:and|or))? [–—•·●▪◦-] (?=\S)")
_LABEL = re.compile(r"(?<=[.;)]) (?=[A-Z][A-Za-z]+(?: [A-Za-z&/]+){0,5}(?: \([\w ,&-]{2,30}\))?: )")

Piece = tuple[str, bool]
"""Some words, and whether they are an item of the list."""


def split_inline_list(text: str) -> list[Piece] | None:
    """The parts of a paragraph that runs a list together, or None when it holds no such list.

    Args:
        text: The paragraph in canonical form.

    Returns:
        Its parts in order; every word of the text but the marks is in one of them.

    Example:
        >>> split_inline_list("We keep: – your name; – your age; and – your city.")
        [('We keep:', False), ('your name;', True), ('your age; and', True), ('your city.', True)]
    """
    marks = list(_MARK.finditer(text))
    if len(marks) < 2 or not any(text[mark.start() - 1] in ":;" for mark in marks):
        return None
    pieces: list[Piece] = []
    for part in _LABEL.split(text):
        at = 0
        item = False
        for mark in _MARK.finditer(part):
            tail = re.match(r" (?:and|or)(?= )", mark.group())
            end = mark.start() + (tail.end() if tail else 0)
            _add(pieces, part[at:end], item)
            at, item = mark.end(), True
        _add(pieces, part[at:], item)
    return pieces


def _add(pieces: list[Piece], text: str, item: bool) -> None:
    """Add a part that holds words."""
    if text.strip():
        pieces.append((text.strip(), item))
