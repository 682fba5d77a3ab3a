"""Capitalised terms that look defined and are not.

A drafter who writes "the Permitted Affiliates" tells the reader that the words have a meaning which stands somewhere.
Names of organisations, products, laws, offices and pages are capitalised too; so only an ordinary noun with an ordinary
word before it counts as a term, in running text whose other words are in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml

from privagraph.ontology.reading import Span
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.text import WORD, PolicyText

__all__ = ["undefined_terms"]

_TERM = re.compile(
    r"\b(?i:the|our|your|its|such|any|all|each|these|those|every|by|with|to|from|for|of|and|or)\s+"
    r"(?P<term>(?:[A-Z][a-z]+(?:-[A-Za-z]+)?[ ]){0,3}[A-Z][a-z]+)\b(?![’'”\"-]|\s*:|\s+[A-Z][a-z])"
)
_ELSEWHERE = re.compile(
    r"\b(?:capitali[sz]ed|defined)\b[^.\n]{0,120}\b(?:meanings?|defined|definitions?)\b[^.\n]{0,120}"
    r"\b(?:terms (?:of|and)|agreement|eula|contract)\b",
    re.IGNORECASE,
)
"""Says that the terms are defined in another document, which cannot be seen from here."""

_QUOTED = re.compile(r"[“”\"‘'„]([^“”\"‘'’„\n]{2,80})[“”\"’']")
_BRACKETED = re.compile(r"\(([^()\n]{2,120})\)")
_SAYS = re.compile(
    r"\W{0,3}(?:shall |will |is |are |can )?(?:means?|refers?|includes?|defined|is|are|comprises?|:|–|—|-)"
)
_OPENING = re.compile(
    r"[\W\d]*([A-Z][\w-]*(?: [A-Z][\w-]*){0,3})(?=[.:]| [–—-] | (?:means|refers|is|are|shall|includes?)\b)"
)
_TOLD = re.compile(r"\s?\(|\W{1,3}(?:means|refers|(?:as )?(?:that term )?(?:is |are )?defined)\b")
_CALLED = re.compile(
    r"(?:hereinafter|hereafter|referred to as|known as|called|collectively|together|term)\W+(?:\w+\W+)?$"
    r"|\((?:the|our|an?|each an?)\s+$"
)
_SMALL_WORDS = frozenset("a an and as at by for from in of on or our the to with your".split())
"""Words that titles too write in small letters."""

_ARTICLES = frozenset(
    "the our your their its a an any each such these those collectively hereinafter".split()
)
"""Words before a term that are no part of it."""

_RUN_IN = re.compile(r"[^.:\n]{3,90}:(?=\s|$)")
"""A title at the start of a paragraph, in which capitals tell nothing."""


def undefined_terms(text: PolicyText) -> Iterator[Observation]:
    """The terms that a policy capitalises as if they were defined, each where it stands first.

    Args:
        text: The policy.
    """
    if _ELSEWHERE.search(text.view.text):
        return
    uses = _uses(text)
    if not uses:
        return
    defined = _defined(text)
    titles = [f" {_key(line.text)} " for line in text.headings]
    for key, found in uses.items():
        words = key.split()
        has_meaning = any(" ".join(words[start:]) in defined for start in range(len(words)))
        has_meaning = has_meaning or any(f" {key} " in title for title in titles)
        if not has_meaning and not any(_is_said(text, span) for span in found):
            yield Observation("pg:UndefinedTerm", (found[0],))


def _uses(text: PolicyText) -> dict[str, list[Span]]:
    """Where each candidate stands, in running text."""
    lists = _lists()
    known, heads, alone, modifiers = (lists[name] for name in ("known", "heads", "alone", "modifiers"))
    small = set(re.findall(r"\b[a-z]+(?:-[a-z]+)*\b", text.view.text))
    found: dict[str, list[Span]] = {}
    for line in text.lines:
        if line.is_heading:
            continue
        title = _RUN_IN.match(line.text)
        for match in _TERM.finditer(line.text, title.end() if title else 0):
            key = _key(match["term"])
            *before, head = key.split() or [""]
            ordinary = all(each in modifiers or each in small for each in before)
            if head not in (heads if before else alone) or key in known or not ordinary:
                continue
            span = Span(line.start + match.start("term"), line.start + match.end("term"))
            if not _is_title(text.words(text.sentence_at(span.start)), match["term"]):
                found.setdefault(key, []).append(span)
    return found


def _defined(text: PolicyText) -> set[str]:
    """What stands in quotation marks or brackets, heads a section, or opens a line that says what it is."""
    found: set[str] = set()
    for match in _QUOTED.finditer(text.view.text):
        found.add(_key(match[1]))
    for match in _BRACKETED.finditer(text.view.text):
        found.update(_key(part) for part in re.split(r"[,;]|\b(?:and|or)\b", match[1]))
    for line in text.lines:
        if line.is_heading or len(line.text) < 60:
            found.add(_key(re.sub(r"^[\W\d]+", "", line.text)))
            continue
        opening = _OPENING.match(line.text)
        if opening:
            found.add(_key(opening[1]))
    return found


def _is_said(text: PolicyText, span: Span) -> bool:
    """Whether the words around a use tell what the term means."""
    behind = text.view.text[span.end : span.end + 30]
    before = text.view.text[max(0, span.start - 40) : span.start]
    opens = span.start - text.sentence_at(span.start).start <= len("these ")
    told = (opens and _SAYS.match(behind)) or _CALLED.search(before) or _TOLD.match(behind)
    return bool(told)


def _is_title(sentence: str, term: str) -> bool:
    """Whether most other words of a sentence are capitalised too, so that capitals tell nothing."""
    others = [
        word for word in WORD.findall(sentence) if word not in term and word.lower() not in _SMALL_WORDS
    ]
    capitals = [word for word in others if word[0].isupper()]
    return len(capitals) * 2 > len(others)


def _key(term: str) -> str:
    """A term in small letters and in the singular, without an article."""
    words = [word.strip(",.;:") for word in term.lower().split()]
    while words and words[0] in _ARTICLES:
        del words[0]
    return " ".join(map(_singular, words))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """The lists of ``terms.yml``, their words in the form of :func:`_key`."""
    content = yaml.safe_load((files("privagraph.shapes.derivation.wording") / "terms.yml").read_text("utf-8"))
    return {name: frozenset(_key(each) for each in said) for name, said in content.items()}
