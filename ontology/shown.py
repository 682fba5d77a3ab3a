"""Words of documents that anyone may have written, made safe to be shown: on a terminal, and in Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = [
    "escaped",
    "escaped_line",
    "first_line",
    "harmless",
    "markdown_table",
    "one_line",
    "printable",
    "quieted",
]

_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""The characters that turn the reading direction (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters)."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$]|:(?=//)|(?<=www)\.)")
_STARTS = re.compile(r"^(\d{0,9})([-+=.)])")
"""What would begin a list or a heading where it stands at the start of a line."""
_CALLS = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)")
"""What would call a person or name an issue on GitHub; a blank without width keeps it apart."""


def one_line(text: str) -> str:
    r"""The text on one line, without characters that steer a terminal or turn the direction of what follows.

    Example:
        >>> one_line("our\n  \x1b[31mpartners")
        'our �[31mpartners'
    """
    flat = " ".join(text.split()).translate(_TURNING)
    if flat.isprintable():
        return flat
    return "".join("�" if unicodedata.category(each) in ("Cc", "Cs") else each for each in flat)


def harmless(text: str) -> str:
    r"""The text with its lines and blanks as they are, without characters that steer a terminal or turn its direction.

    Example:
        >>> harmless("left out:\n  a\x1b]0;b\x07.md: empty")
        'left out:\n  a�]0;b�.md: empty'
    """
    if text.isprintable():
        return text.translate(_TURNING) if not text.isascii() else text
    kept = text.translate(_TURNING)
    return "".join(
        "�" if unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t" else each for each in kept
    )


def first_line(error: BaseException) -> str:
    r"""What an error of a library says in its first line, to stand in brackets; its type where it says nothing.

    Example:
        >>> first_line(ValueError("no such table.\nSee the log."))
        'no such table'
    """
    return str(error).partition("\n")[0][:200].rstrip(". ") or type(error).__name__


def printable(name: str) -> str:
    r"""A name with escapes for what is no character, as in files that were named in another encoding.

    Example:
        >>> printable("caf\udce9.html")
        'caf\\udce9.html'
    """
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode()


def escaped(text: str) -> str:
    r"""Text as Markdown that shows it as it is.

    Example:
        >>> escaped("*we* sell <b>data</b> | 1")
        '\\*we\\* sell \\<b\\>data\\</b\\> \\| 1'
    """
    return escaped_line(one_line(text))


def escaped_line(line: str) -> str:
    """Text that is one line already as Markdown that shows it as it is."""
    flat = _SPECIAL.sub(r"\\\1", line)
    flat = _STARTS.sub(r"\1\\\2", flat)
    return quieted(flat, "&#8203;")


def quieted(text: str, apart: str = "\u200b") -> str:
    """The text with something invisible where it would call a person or name an issue on GitHub."""
    return _CALLS.sub(lambda found: found[0] + apart, text)


def markdown_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> str:
    r"""A table in Markdown (https://github.github.com/gfm/#tables-extension-) whose cells show their text as it is.

    Args:
        columns: The names of the columns.
        rows: The cells of each row.
        right: Numbers of the columns that are set to the right, counted from 0.

    Returns:
        The lines, each with its end.

    Example:
        >>> print(markdown_table(["role", "mentions"], [["a|b", "12"]], right=[1]), end="")
        | role | mentions |
        |---|---:|
        | a\|b | 12 |
    """
    rule = ("---:" if number in right else "---" for number in range(len(columns)))
    lines = [_row(columns), f"|{'|'.join(rule)}|", *map(_row, rows)]
    return "".join(f"{line}\n" for line in lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"
