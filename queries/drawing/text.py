"""Words in pictures: how wide they are without any font at hand, how they fit in a box, and what XML can hold of them.

The widths are those of Helvetica, in thousandths of its size (Adobe Font Metrics for the 14 core fonts, Helvetica.afm).
Arial and Liberation Sans have the same; other fonts for screens differ by a tenth at most, which the padding of a box
takes in. Scripts that Helvetica lacks are taken as wide: a box that is a little large beats words that stick out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["NOT_XML", "lines_of", "width_of", "xml_text"]

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold (https://www.w3.org/TR/xml/#charsets)."""

_PRINTED = "".join(map(chr, range(32, 127)))
_WIDTHS = dict(
    zip(
        _PRINTED,
        (
            *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
            *(556,) * 10,
            *(278, 278, 584, 584, 584, 556, 1015),
            *(667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
            *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611),
            *(278, 278, 278, 469, 556, 333),
            *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833),
            *(556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
            *(334, 260, 334, 584),
        ),
        strict=True,
    )
)
_WIDE = 1000
_OTHER = 600


def xml_text(text: str) -> str:
    """A text without the characters that XML forbids; U+FFFD stands in their places.

    Args:
        text: Any text.
    """
    return NOT_XML.sub("\ufffd", text)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """How wide a line of text is.

    Args:
        text: The line.
        size: The font's size.

    Example:
        >>> round(width_of("Email Address", 12), 1)
        75.4
    """
    return sum(map(_width, text)) * size / 1000


@lru_cache(maxsize=4096)
def lines_of(text: str, width: float, size: float, *, most: int = 3) -> tuple[str, ...]:
    """A text in lines of a width; what does not fit in the last one is left out, and a mark says so.

    Args:
        text: The text.
        width: How wide a line may be.
        size: The font's size.
        most: How many lines there may be.

    Example:
        >>> lines_of("Advertising, marketing and public relations", 90, 12, most=2)
        ('Advertising,', 'marketing and…')
    """
    lines: list[str] = []
    line = ""
    for word in _words(" ".join(text.split()), width, size):
        if line and width_of((line + word).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += word
    lines.append(line.rstrip())
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1].rstrip(" ,;:")
    while last and width_of(last + "…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], last + "…")


def _words(text: str, width: float, size: float) -> list[str]:
    """The pieces between which a line may end, each with the space after it; a piece fits in a line."""
    pieces: list[str] = []
    piece = ""
    for character in text:
        if piece and width_of(piece + character, size) > width and character != " ":
            pieces.append(piece)
            piece = ""
        piece += character
        if character == " " or _width(character) == _WIDE:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc", "Mn"):
        return 0
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF:
        return _WIDE
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(base, _OTHER)
