"""What the words of a line alone say: could it be a heading, is it a date, does it end like a sentence?"""

from __future__ import annotations

import re

__all__ = [
    "capitals",
    "ends_like_prose",
    "introduces_contents",
    "is_date_line",
    "reads_like_heading",
    "title_case",
]

_ENDS_SENTENCE = (".", "!", ";", ",", ":")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE_LINE = re.compile(
    r"\b(?:(?:last |date )?(?:updated?|changed?|revised|modified|amended|published|reviewed)|"
    r"effective|revision|version|in force|dated?|as of)\b.*\d"
    rf"|^\W*(?:\d{{1,4}}[./-]){{2}}\d{{1,4}}\W*$|"
    rf"^\W*(?:\d{{1,2}}\S{{0,2}}\s+)?{_MONTH}\.?\s+(?:\d{{1,2}}\S{{0,2}}\s+)?\d{{4}}\W*$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents:?|index:?|(?:in|on) this (?:policy|notice|page|document):?|overview of "
    r"contents:?",
    re.IGNORECASE,
)
_REACH = re.compile(r"^\S+@\S+\.\w+$|^(?:https?://|www\.)\S+$|^\+?[\d\s().-]{7,}$", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into is of on or our the this to under us via we what when "
    "which who why with your you "
    "do does how that not it be are if its any all their than about".split()
)


def reads_like_heading(text: str, *, longest: int = 110) -> bool:
    """Whether a line could be a heading by its words alone: short, a beginning, no sentence that ends.

    Args:
        text: The line in canonical form.
        longest: The greatest length in characters.
    """
    if not 2 <= len(text) <= longest or len(text.split()) > 18 or "\n" in text:
        return False
    if text.endswith(_ENDS_SENTENCE) and not text.endswith(("Inc.", "Ltd.", "etc.", "Co.")):
        return False
    letters = [character for character in text if character.isalpha()]
    if (
        len(letters) < 2
        or (text[0].islower() and not title_case(text))
        or _REACH.match(text)
        or _DATE_LINE.search(text)
    ):
        return False
    # A sentence in the middle, an address or a plea shows that this is prose whose end is lost.
    return not re.search(r"[a-z]{3}[.;] [A-Z]|https?://|www\.|\S@\S|\bplease\b", text)


def title_case(text: str) -> bool:
    """Whether the words that count begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if word.lower() not in _SMALL_WORDS]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def capitals(text: str) -> bool:
    """Whether the letters are all capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 3 and not any(character.islower() for character in letters)


def ends_like_prose(text: str) -> bool:
    """Whether a line ends as a sentence, a clause or an introduction does."""
    return text.rstrip("\"'”’)]").endswith((".", "!", "?", ":", ";", ","))


def is_date_line(text: str) -> bool:
    """Whether a line tells a date or a version rather than heading a section."""
    return bool(_DATE_LINE.search(text))


def introduces_contents(text: str) -> bool:
    """Whether a line stands above a table of contents, which it introduces; it heads nothing of the text."""
    return bool(_CONTENTS.fullmatch(text))
