"""Cutting running text into phrases: clauses, members of an enumeration, noun phrases trimmed of what is not theirs.

All functions take a text and offsets into it and give offsets into it, so that evidence is never lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["MAY_END", "before_main_clause", "members", "trim", "trim_noun_phrase"]

_EDGE = " \t\n\u00a0,;:.•·●▪-–—−*'\"“”‘’"
_OPENERS = {"(": ")", "[": "]", "{": "}"}
_CONJUNCTION = re.compile(r"(?:and/or|and|or|as well as|but also|plus|&)(?![\w-])", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;,•●]|\s/\s")
_MAY_SPLIT = re.compile(r"[;,•●()\[\]{}]|\s(?=[/&aobp])", re.IGNORECASE)
"""Where an enumeration may be split: brackets, separators, and blanks before what may be a conjunction."""

MAY_END = re.compile(r"[\s,;:.?()\[\]]")
"""Where a phrase may end. Most characters of a text are none of these, and then nothing else needs to be tried."""

_DETERMINER = re.compile(
    r"(?:(?:and/or|and|or|also|as well as|including|such as|for example|e\.g\.|i\.e\.|namely|both|"
    r"either|like)[\s,:]+)+",
    re.IGNORECASE,
)


_NUMBERING = re.compile(r"\((?:[ivx]{1,4}|[a-k]|\d{1,2})\)\s*|(?:[ivx]{1,4}|[a-k])\)\s+")


_MAIN_CLAUSE = re.compile(
    r",\s+(?:then\s+)?(?:we|you|they|it|our|some|the|this|these|such|please)\s+(?:\w+\s+){0,4}?"
    r"(?:may|will|can|shall|must|should|would|is|are|do|does|consider|take|use|have|has|need|keep|"
    r"retain|delete|contact)\b",
    re.IGNORECASE,
)


def before_main_clause(text: str, start: int, end: int) -> int:
    """Where a phrase that begins at ``start`` gives way to the main clause ("..., we will ..."), else ``end``."""
    match = _MAIN_CLAUSE.search(text, start, end)
    return match.start() if match else end


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, punctuation and unbalanced brackets at its edges; may become empty."""
    while start < end:
        before = (start, end)
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        inside = text[start:end]
        for opener, closer in _OPENERS.items():
            if inside.startswith(opener) and (closer not in inside or inside.find(closer) == len(inside) - 1):
                start += 1
            elif inside.endswith(closer) and opener not in inside:
                end -= 1
            elif inside.startswith(closer):
                start += 1
            elif inside.endswith(opener):
                end -= 1
        if (start, end) == before:
            break
    if start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        word = text.rfind(" ", start, end)  # a pattern with a bound may have stopped inside a word
        if word > start:
            return trim(text, start, word)
    return start, end


def trim_noun_phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without conjunctions and openers ("and", "such as", "e.g.") before its first word."""
    start, end = trim(text, start, end)
    while match := _DETERMINER.match(text, start, end) or _NUMBERING.match(text, start, end):
        if match.end() >= end:
            break
        start = match.end()
    return trim(text, start, end)


def members(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of an enumeration: split at commas, semicolons and conjunctions outside brackets.

    A conjunction splits only when it follows a separator or when both sides are short, so that "terms and conditions"
    survives but "name and email address" does not: that decision is left to the caller, who gets the finest split and
    may join neighbours again.

    Example:
        >>> text = "your name, e-mail address (if given, or known) and phone number"
        >>> [text[a:b] for a, b in members(text, 0, len(text))]
        ['your name', 'e-mail address (if given, or known)', 'phone number']
    """
    depth = 0
    at = begin = start
    while at < end:
        if at > begin:
            mark = _MAY_SPLIT.search(text, at, end)
            if mark is None:
                break
            at = mark.start()
        char = text[at]
        if char in _OPENERS:
            depth += 1
        elif char in ")]}":
            depth = max(0, depth - 1)
        elif depth == 0:
            separator = _SEPARATOR.match(text, at, end)
            if separator and not _inside_number(text, at):
                yield from _piece(text, begin, at)
                at = begin = separator.end()
                continue
            if char.isspace() or at == begin:
                word = at + 1 if char.isspace() else at
                conjunction = _CONJUNCTION.match(text, word, end)
                if conjunction:
                    yield from _piece(text, begin, at)
                    at = begin = conjunction.end()
                    continue
        at += 1
    yield from _piece(text, begin, end)


def _piece(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = trim_noun_phrase(text, start, end)
    if start < end:
        yield start, end


def _inside_number(text: str, at: int) -> bool:
    """Whether the comma at ``at`` stands between digits, as in 10,000."""
    return text[at] == "," and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
