"""Markup that would take a parser more than linear time, simplified before the parser sees it.

A parser that builds the tree of browsers takes quadratic time for deep nesting and for elements with very many
attributes, and worse for formatting elements that are never closed, which each later paragraph opens again. One look
at the tags, linear in the length of the page, finds such pages. No text is lost by what is done to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["INLINE", "tamed"]

INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time "
    "tt u var wbr nobr acronym br".split()
)
"""Elements that stand within a line of text."""

_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)|(!--))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:[^\s/>=][^\s/>=]*)?\s*(?:=\s*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s>"'][^\s>]*)?)?"""
)
_OPTIONAL_END = frozenset(
    "p li td tr th dt dd option optgroup thead tbody tfoot colgroup col br hr img input meta link "
    "area base embed param source "
    "track wbr html head body".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_MOST_OPEN = 2000
_MOST_FORMATTING = 100
_MOST_ATTRIBUTES = 400


@dataclass(slots=True)
class _Survey:
    """What a look at the tags of a page shows, without building anything."""

    deepest: int = 0
    most_formatting: int = 0
    floods: list[tuple[int, int, str]] = field(default_factory=list)


def tamed(markup: str) -> tuple[str, list[str]]:
    """Simplify a page where it would take the parser too long.

    Args:
        markup: The decoded page.

    Returns:
        The page, nearly always as it was, and what was simplified, in plain sentences.
    """
    survey = _survey(markup)
    notes: list[str] = []
    if survey.floods:
        pieces: list[str] = []
        at = 0
        for start, end, name in survey.floods:
            pieces += (markup[at:start], f"<{name}>")
            at = end
        markup = "".join((*pieces, markup[at:]))
        notes.append("The page has elements with hundreds of attributes; those attributes were ignored.")
    if survey.most_formatting > _MOST_FORMATTING:
        markup = _FORMATTING_TAG.sub("", markup)
        notes.append(
            "The page leaves hundreds of formatting elements open; bold, links and their like were ignored."
        )
    if survey.deepest > _MOST_OPEN:
        markup = _ANY_TAG.sub(_only_plain, markup)
        notes.append(
            "The page nests thousands of elements; only its headings, paragraphs and items were read as such."
        )
    return markup, notes


_FORMATTING_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(_FORMATTING, key=len, reverse=True))})(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?([a-zA-Z][^\s/<>]*)[^<>]*>")
_KEPT_PLAIN = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "br",
        "script",
        "style",
        "title",
        "head",
        "body",
        "template",
    }
)


def _only_plain(tag: re.Match[str]) -> str:
    """A tag as it is when it nests nothing, a paragraph for one that makes a block, nothing for the rest."""
    name = tag.group(1).lower()
    if name in _KEPT_PLAIN:
        return tag.group()
    return "" if name in INLINE else "<p>"


def _survey(markup: str) -> _Survey:
    """Look at every tag once; linear in the length of the page, whatever is in it."""
    survey = _Survey()
    depth = formatting = at = 0
    while (found := _TAG.search(markup, at)) is not None:
        if found.group(3):
            end = markup.find("-->", found.end() - 2)
            at = len(markup) if end < 0 else end + 3
            continue
        closing, name = found.group(1), found.group(2).lower()
        at = found.end()
        count = 0
        while at < len(markup) and markup[at] != ">":
            at = max(_end_of_attribute(markup, at), at + 1)
            count += 1
        if count > _MOST_ATTRIBUTES:
            survey.floods.append((found.start(), min(at + 1, len(markup)), closing + name))
        if name in _RAW_END and not closing:
            ending = _RAW_END[name].search(markup, at)
            at = len(markup) if ending is None else ending.start()
            continue
        if name in _OPTIONAL_END:
            continue
        step = -1 if closing else 1
        depth = max(0, depth + step)
        survey.deepest = max(survey.deepest, depth)
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
            survey.most_formatting = max(survey.most_formatting, formatting)
    return survey


def _end_of_attribute(markup: str, at: int) -> int:
    """Where the attribute that begins at a place ends."""
    found = _ATTRIBUTE.match(markup, at)
    return found.end() if found else at
