r"""The words of a file as it stands on disk, each character with the place that it was written at.

A reader of policies turns a file into text. This goes less far and forgets nothing: it takes out what a format puts
between and into words (tags, comments, scripts, targets of links, entities, soft hyphens), and keeps for each
character that is left where in the file it stands. It may leave in what a reader drops, such as a menu, for the
words are matched afterwards (:mod:`privagraph.shapes.alignment`); what it must not do is tear a word or join two.

No pattern looks further than it then consumes, so that the time grows in proportion to the file.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["TEXT_FORMATS", "MarkedText", "Word", "read_marked", "words_in"]

_NO_BLANKS = "\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese and Japanese characters: written without blanks, so that each is a word here."""
_WORD = re.compile(f"[{_NO_BLANKS}]|[^\\W_{_NO_BLANKS}]+")
# What a file may hold and the text of a policy never does: soft hyphens, zero-width blanks, marks of direction.
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+"
)

_ENTITY = r"(?P<entity>&(?:\#\d{1,7}|\#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});?)"
_MARKUP = rf"(?P<comment><!--)|(?P<hidden><(?:script|style|template)\b)|(?P<tag><[/!?a-z])|{_ENTITY}"
_HTML = re.compile(_MARKUP, re.IGNORECASE)
_MARKDOWN = re.compile(
    r"(?P<target>\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\])|(?P<mark>[*~`]+|\\(?=[!-/:-@\[-`{-~]))"
    rf"|(?P<address><(?:[a-z][a-z\d+.-]{{1,31}}:|[^\s<>@]{{1,64}}@))|{_MARKUP}",
    re.IGNORECASE,
)
_NAME = re.compile(r"</?([a-z][a-z\d]*)", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong "
    "sub sup tt u var wbr".split()
)
"""Elements that stand inside a word as well as around it; all others part words."""


class Word(NamedTuple):
    """A word and its offsets in the text that it was found in."""

    text: str
    start: int
    end: int


def words_in(text: str) -> list[Word]:
    """The words of a text: runs of letters and digits, and each character of Chinese and Japanese.

    Example:
        >>> [word.text for word in words_in("We don't sell e-mail_addresses.")]
        ['We', 'don', 't', 'sell', 'e', 'mail', 'addresses']
    """
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


class MarkedText:
    """What is left of a file's text without its markup.

    Attributes:
        text: What is left.
    """

    __slots__ = ("_ends", "_pieces", "_starts", "text")

    def __init__(self) -> None:
        self.text = ""
        self._pieces: list[str] = []
        self._starts = array("L")
        self._ends = array("L")

    def start(self, offset: int) -> int:
        """Where the character at an offset of :attr:`text` begins in the file's text."""
        return self._starts[offset]

    def end(self, offset: int) -> int:
        """Where the character at an offset of :attr:`text` ends in the file's text."""
        return self._ends[offset]

    def keep(self, raw: str, start: int, end: int) -> None:
        """Keep characters as they stand, but for those that nobody sees."""
        for found in _INVISIBLE.finditer(raw, start, end):
            self._add(raw[start : found.start()], range(start, found.start()), 0)
            start = found.end()
        self._add(raw[start:end], range(start, end), 0)

    def put(self, text: str, start: int, end: int) -> None:
        """Put characters for all that stands at a place of the file, such as an entity."""
        for character in _INVISIBLE.sub("", text):
            self._add(character, range(start, start + 1), end - start - 1)

    def close(self) -> None:
        """Make the text of all that was kept."""
        self.text = "".join(self._pieces)

    def _add(self, text: str, places: range, more: int) -> None:
        self._pieces.append(text)
        self._starts.extend(places)
        self._ends.extend(range(places.start + 1 + more, places.stop + 1 + more))


def read_marked(raw: str, media_type: str) -> MarkedText:
    """The text of a file without its markup.

    Args:
        raw: The file's content, decoded.
        media_type: One of :data:`TEXT_FORMATS`.

    Raises:
        KeyError: The format is another.
    """
    made = MarkedText()
    TEXT_FORMATS[media_type](raw, made)
    made.close()
    return made


def _plain(raw: str, made: MarkedText) -> None:
    made.keep(raw, 0, len(raw))


def _html(raw: str, made: MarkedText) -> None:
    _without_markup(raw, made, _HTML)


def _markdown(raw: str, made: MarkedText) -> None:
    _without_markup(raw, made, _MARKDOWN)


TEXT_FORMATS: Mapping[str, Callable[[str, MarkedText], None]] = MappingProxyType(
    {
        "text/plain": _plain,
        "text/markdown": _markdown,
        "text/html": _html,
        "application/xhtml+xml": _html,
    }
)
"""The formats whose words can be found in the file, by media type; a PDF or DOCX file has no lines to point to."""


def _without_markup(raw: str, made: MarkedText, pattern: re.Pattern[str]) -> None:
    at, last_close = 0, raw.rfind(">")
    for start, end, shown in _marks(raw, pattern, last_close):
        made.keep(raw, at, start)
        made.put(shown, start, end)
        at = end
    made.keep(raw, at, len(raw))


def _marks(raw: str, pattern: re.Pattern[str], last_close: int) -> Iterator[tuple[int, int, str]]:
    """Where markup stands, one piece after the other, and what a reader sees of it."""
    found = pattern.search(raw)
    while found:
        start, end, kind = found.start(), found.end(), found.lastgroup
        if kind == "entity":
            meant = html.unescape(found.group())
            if meant != found.group():
                yield start, end, meant
        elif kind in ("mark", "target"):
            yield start, end, ""
        elif kind == "comment":
            end = _after(raw, "-->", end)
            yield start, end, ""
        elif kind == "hidden":
            closing = re.compile(rf"</{found.group()[1:]}", re.IGNORECASE).search(raw, end)
            end = _after(raw, ">", closing.end()) if closing else len(raw)
            yield start, end, " "
        elif kind == "tag" and start < last_close:
            name = _NAME.match(raw, start)
            end = _after(raw, ">", end)
            yield start, end, "" if name and name.group(1).lower() in _INLINE else " "
        found = pattern.search(raw, end)


def _after(raw: str, mark: str, at: int) -> int:
    place = raw.find(mark, at)
    return len(raw) if place < 0 else place + len(mark)
