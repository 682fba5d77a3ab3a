"""The rules of canonical text, in one place: what a character of a document may be, and how blanks fold.

Every reader passes the words of a block through :func:`clean`; nothing else in the package changes characters. The
rules follow what later steps need: the text must be valid in RDF literals and in XML exports (so no control characters,
surrogates or noncharacters), and words must not be torn by characters that nobody sees (soft hyphens, zero-width
spaces, byte order marks, marks of writing direction).

What is deliberately left alone: letter case, Unicode composition, quotation marks, dashes, joiners in emoji and in
scripts that need them.
"""

from __future__ import annotations

import re

__all__ = ["clean", "clean_line", "split_lines"]

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")

# A text that holds none of these needs no translation; most do not. The ranges are small because Python takes
# milliseconds to compile wide ones.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]|["
    + "".join(chr(p * 0x10000 + e) for p in range(1, 17) for e in (0xFFFE, 0xFFFF))
    + "]"
)
# Joiners carry meaning between letters of some scripts and in emoji, and are noise next to ASCII.
_STRAY_JOINER = re.compile(
    "(?<=[\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\x7f])|^[\u200c\u200d]+|[\u200c\u200d]+$"
)


def _translation() -> dict[int, str | None]:
    """What becomes of each character that is not kept as it is."""
    table: dict[int, str | None] = {}
    for code in (*range(0x20), *range(0x7F, 0xA0)):
        table[code] = None
    table[ord("\n")] = "\n"
    for code in (0x09, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029):
        table[code] = " "
    # Blanks of every width; the ideographic space too.
    for code in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000):
        table[code] = " "
    # Invisible: soft hyphen, grapheme joiner, Arabic letter mark, vowel separator, zero-width space, direction marks,
    # embeddings and isolates, word joiner, byte order mark, interlinear annotation.
    for code in (
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ):
        table[code] = None
    for code in (0xFEFF, *range(0xFFF9, 0xFFFC)):
        table[code] = None
    # Not characters at all: surrogates that lost their partner, and the noncharacters.
    for code in (*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)):
        table[code] = "\ufffd"
    for plane in range(17):
        table[plane * 0x10000 + 0xFFFE] = "\ufffd"
        table[plane * 0x10000 + 0xFFFF] = "\ufffd"
    return table


_TABLE = _translation()


def clean(text: str) -> str:
    r"""The canonical form of the words of one block.

    Lines that are part of the layout, as in a postal address, stay apart by one ``\n``; empty lines go.

    Args:
        text: The words as the format holds them; ``\n`` is a line break that matters.

    Returns:
        The text without invisible characters, each run of blanks one space, no blank at the ends of a line.

    Example:
        >>> clean("e-\u00admail\u00a0 address\x00")
        'e-mail address'
    """
    if not (text.isascii() and text.isprintable()) and _SUSPECT.search(text):
        text = text.translate(_TABLE)
        text = _STRAY_JOINER.sub("", text)
    text = _BLANKS.sub(" ", text)
    if "\n" not in text:
        return text.strip()
    return "\n".join(line for line in (part.strip() for part in text.split("\n")) if line)


def clean_line(text: str) -> str:
    """The canonical form of words that are one line whatever they hold: headings, cells, titles."""
    return clean(_LINE_END.sub(" ", text))


def split_lines(text: str) -> list[str]:
    """The lines of a raw text, whatever ends them: LF, CR LF, CR, form feed, NEL or the Unicode separators."""
    return _LINE_END.split(text)
