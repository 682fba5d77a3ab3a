"""Lines of a text that was laid out by hand or by a page: what they are before structure is read from them.

Three things happen to lines here, in this order: tables drawn with tabs, pipes or columns of blanks are taken out,
postal addresses are held together, and lines that were broken only to fit a width are joined again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from privagraph.loaders.readers.canonical import clean, split_lines
from privagraph.loaders.readers.markers import marker_of

__all__ = ["Line", "join_wrapped", "text_lines"]


@dataclass(slots=True)
class Line:
    r"""One line.

    Attributes:
        text: Its words in canonical form; holds ``\n`` only for a postal address.
        indent: How far it is indented, in blanks; a tab is four.
        gap: Whether a blank line (or a paragraph's distance) stands before it.
        strong: The layout's own word that it is a heading: 1 to 6 for a level, 0 when the layout is silent.
        fixed: The line is whole: it is neither joined with others nor read as a heading.
        raw: The line as it was, for tables drawn with blanks.
        full: Whether it reaches as far as the width allows; after a line that does not, something new begins.
        rows: The cells, when the line stands for a table.
        header: Whether the first row of the table is known to be its header.
    """

    text: str
    indent: int = 0
    gap: bool = False
    strong: int = 0
    fixed: bool = False
    raw: str = ""
    full: bool = True
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False


_RULE = re.compile(r"[-=_*~#.·•—–+|\s]{3,}$")
_DECORATED = re.compile(r"([=*#~_-]{2,})\s*(\S.*?\S)\s*[=*#~_-]{2,}$")


def text_lines(text: str) -> list[Line]:
    """The lines of a raw text, blank ones dropped but remembered; rules of dashes mark the heading they underline."""
    found: list[Line] = []
    gap = False
    for raw in split_lines(text):
        words = clean(raw) if raw else ""
        if not words:
            gap = True
            continue
        if _RULE.match(words) and "|" not in words and words.count("+") < 2:
            level = {"=": 1, "-": 2, "~": 3, "*": 2, "_": 2}.get(words[0], 0)
            underlines = found and not gap and level and len(set(words)) == 1 and len(found[-1].text) <= 100
            if underlines and not found[-1].text.endswith((".", ";", ",")):
                found[-1].strong = level
            gap = True
            continue
        strong = 0
        if decorated := _DECORATED.match(words):
            words, strong = decorated.group(2), 2
        found.append(Line(text=words, indent=_indent(raw), gap=gap, strong=strong, raw=raw))
        gap = False
    return found


def _indent(raw: str) -> int:
    """How far a line is indented, in blanks."""
    width = 0
    for character in raw:
        if character == "\t":
            width += 4
        elif character == "\u3000":
            width += 2
        elif character.isspace():
            width += 1
        elif character not in "\ufeff\u200b":
            break
    return width


def join_wrapped(lines: Sequence[Line], *, wrapped: bool | None = None) -> list[Line]:
    """Join lines that were broken to fit a width.

    A text is taken for hard-wrapped when about a third of the lines that follow another without a gap begin in lower
    case: in running English two in three do, in a text with one paragraph a line hardly any.

    Args:
        lines: The lines in order.
        wrapped: What is known already; None to find out.

    Returns:
        Lines that are whole paragraphs, items or headings.
    """
    if not lines:
        return []
    if wrapped is None:
        wrapped = _is_wrapped(lines)
    width = _width(lines)
    words = _Vocabulary(lines)
    joined: list[Line] = [lines[0]]
    pieces: list[str] = [lines[0].text]
    last = replace(lines[0])  # the line as it was, whose length says whether it was full
    for line in lines[1:]:
        if _goes_on(joined[-1], last, line, wrapped=wrapped, width=width):
            glue = words.join(last.text, line.text)
            pieces[-1] = pieces[-1][: len(pieces[-1]) - 1] if glue is None else pieces[-1] + glue
            pieces.append(line.text)
        else:
            joined[-1].text = "".join(pieces)
            joined.append(line)
            pieces = [line.text]
        last = replace(line)
    joined[-1].text = "".join(pieces)
    return joined


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the text was broken to fit a width."""
    pairs = lower = 0
    for before, line in pairwise(lines):
        if line.gap or line.fixed or before.fixed or _bullet(line.text):
            continue
        if len(before.text) > 200:
            pairs += 1
            continue
        pairs += 1
        lower += line.text[0].islower() and len(before.text) >= 30
    return lower >= 2 and lower >= 0.3 * pairs


def _width(lines: Sequence[Line]) -> int:
    """The length that nearly all lines stay under."""
    lengths = sorted(len(line.text) for line in lines if not line.rows)
    return lengths[int(len(lengths) * 0.95)] if lengths else 0


def _bullet(text: str) -> bool:
    """Whether a line begins with a bullet or a plausible number."""
    return marker_of(text) is not None


def _goes_on(whole: Line, before: Line, line: Line, *, wrapped: bool, width: int) -> bool:
    """Whether a line goes on the one before it."""
    if line.gap or line.fixed or whole.fixed or line.strong or whole.strong or not before.full:
        return False
    first = line.text[0]
    ended = before.text.endswith((".", "!", "?", ":", ";")) or before.text.endswith(
        (".”", ".)", '."', "?”", "!”")
    )
    capitals = _all_capitals(before.text) and _all_capitals(line.text)
    if marker_of(line.text) is not None and not (
        first.islower() and not ended and not line.text.startswith(("o ", "o\t"))
    ):
        return False
    if capitals and not ended and not line.indent and len(before.text) > 20:
        return True  # a heading in capitals over two lines
    if not wrapped:
        # A stray break in the middle of a sentence.
        return first.islower() and not ended and len(before.text) >= 50 and marker_of(line.text) is None
    short = len(before.text) < 0.6 * width
    if ended and (short or line.indent > whole.indent + 1):
        return False
    if short and not first.islower():
        return False
    if first.islower():
        return True
    return _would_not_fit(before.text, line.text, width)


def _would_not_fit(before: str, after: str, width: int) -> bool:
    """Whether the first word of a line had no room on the line before."""
    return len(before) + 1 + len(after.split(" ", 1)[0]) > 0.88 * width


def _all_capitals(text: str) -> bool:
    """Whether the letters of a line are capitals, and there are enough of them to mean it."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and not any(character.islower() for character in letters)


_COMPOUND_HEADS = frozenset(
    "third non opt de anti cross self pre post re co multi sub well long short real end e one two "
    "first second high low "
    "log sign data user in on off ip browser app mobile web device privacy service server client so "
    "pseudo semi".split()
)
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")


class _Vocabulary:
    """The words of a text, to tell a hyphen that was there from one that a line break made."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._plain: Counter[str] | None = None
        self._hyphenated: set[str] = set()

    def join(self, before: str, after: str) -> str | None:
        """What stands between two lines when they become one: a blank, nothing, or None where a hyphen goes."""
        if not (
            before.endswith(("-", "\u2010"))
            and len(before) > 1
            and before[-2].isalpha()
            and after[:1].islower()
        ):
            return " "
        head = _WORD.findall(before)[-1].lower()
        tail = _WORD.match(after)
        rest = tail.group().lower() if tail else ""
        if rest in ("and", "or"):
            return " "  # "first- and third-party"
        if self._plain is None:
            text = "\n".join(line.text for line in self._lines).lower()
            self._plain = Counter(_WORD.findall(text))
            self._hyphenated = set(_HYPHENATED.findall(text))
        if self._plain[head + rest]:
            return None
        return "" if f"{head}-{rest}" in self._hyphenated or head in _COMPOUND_HEADS else None
