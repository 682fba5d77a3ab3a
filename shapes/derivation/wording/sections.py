"""References to sections and annexes that the policy does not have.

Only what the text can show is judged: a number where the sections carry numbers, a name where there are headings. A
section of a law or of another document is none of the policy's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from privagraph.ontology.reading import Span
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.text import PolicyText

__all__ = ["missing_sections"]

_KIND = "pg:MissingSection"
_FEWEST = 3
"""How many numbers in a row, or headings, a policy must have before a missing one can be told."""

_OPENING = 120
"""How many characters of a line can hold the name of a section."""

_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}"
_NUMBERED_LINE = re.compile(
    rf"(?:(?:section|clause|article|part)\s+)?({_NUMBER})(?:[.):]\s*|\s+)(?:[-–—]\s*)?(?=[^\W\d_])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    rf"\b(?:sections?|clauses?|paragraphs?)\s+(?P<first>{_NUMBER})"
    rf"(?P<more>(?:\s*(?:,|and|or|&)\s*{_NUMBER})*)(?![\d.]*\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:sections?|paragraph|chapter|heading)\s+(?:(?:titled|entitled|called|named|headed|labell?ed)\s+)?"
    r"[“\"‘]([^“”\"‘’\n]{3,90})[”\"’]|[“\"]([^“”\"\n]{3,90})[”\"]\s+(?:section|paragraph|heading)\b",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"\b(?:Annex|Appendix|Exhibit|Schedule|Attachment)\s+(?:[A-H]|[IVX]{1,4}|\d{1,2})\b")
_OWN = re.compile(
    r"\b(?:this|our) (?:\w+ )?(?:policy|notice|statement|document)\b|\b(?:above|below)\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:acts?|codes?|laws?|statutes?|regulations?|directive|gdpr|ccpa|cpra|coppa|ferpa|hipaa|pipeda|lgpd|bdsg|ttdsg|dpa|"
    r"terms|agreements?|contracts?|clauses|conditions|eula|treaty|convention|ordinance|rules|constitution|decree|"
    r"settings?|menu|dashboard|click|tap|button|tab|help cent(?:er|re)|faqs?|profile|"
    r"(?:account|web)?sites?|web ?page|pages?|apps?|applications?|accounts?|stores?|policies)\b",
    re.IGNORECASE,
)
"""Words of another document or of a screen, whose sections these may be."""

_SMALL = "a an and are as at by do does for from how in is it of on or our the to us we what when who why with you your"
_SMALL_WORDS = frozenset(_SMALL.split())


def missing_sections(text: PolicyText) -> Iterator[Observation]:
    """References that lead nowhere.

    Args:
        text: The policy.
    """
    yield from _numbers(text)
    yield from _names(text)
    yield from _annexes(text)


def _numbers(text: PolicyText) -> Iterator[Observation]:
    known, judged = _known_numbers(text)
    if not judged:
        return
    for match in _REFERENCE.finditer(text.view.text):
        numbers = [match["first"], *re.findall(_NUMBER, match["more"])]
        if any(_is_missing(number, known) for number in numbers) and _is_own(text, Span(*match.span())):
            yield Observation(_KIND, (Span(*match.span()),))


def _known_numbers(text: PolicyText) -> tuple[set[str], bool]:
    """The numbers that lines begin with, and whether they number the sections of the policy."""
    known: set[str] = set()
    tops: list[int] = []
    in_headings: set[int] = set()
    for line in text.lines:
        match = _NUMBERED_LINE.match(line.text)
        if match is None:
            continue
        known.add(match[1])
        if "." not in match[1]:
            tops.append(int(match[1]))
            if line.is_heading:
                in_headings.add(int(match[1]))
        else:
            known.add(match[1].partition(".")[0])
    row = range(1, _FEWEST + 1)
    once_through = tops == sorted(set(tops)) and set(row) <= set(tops)
    return known, once_through or set(row) <= in_headings


def _is_missing(number: str, known: set[str]) -> bool:
    """Whether there is no such section; a part of one can be missed only where its neighbours are numbered."""
    if number in known:
        return False
    above, dot, _ = number.rpartition(".")
    if not dot or number.partition(".")[0] not in known:
        return True
    return any(each.startswith(f"{above}.") for each in known)


def _names(text: PolicyText) -> Iterator[Observation]:
    if len(text.headings) < _FEWEST:
        return
    openings = {
        _content(line.text[:_OPENING]) for line in text.lines if not _NAMED.search(line.text[:_OPENING])
    }
    is_there: dict[frozenset[str], bool] = {}
    for match in _NAMED.finditer(text.view.text):
        span = Span(*match.span())
        name = _content(match[1] or match[2])
        if not name or not _is_own(text, span):
            continue
        if name not in is_there:
            is_there[name] = any(_is_named(name, words) for words in openings)
        if not is_there[name]:
            yield Observation(_KIND, (span,))


def _is_named(name: frozenset[str], opening: frozenset[str]) -> bool:
    """Whether the words that a line opens with are a section's name, or most of it."""
    return name <= opening or (bool(opening) and opening <= name and len(opening) * 2 >= len(name))


def _annexes(text: PolicyText) -> Iterator[Observation]:
    there = {match[0].lower() for line in text.lines if (match := _ANNEX.match(line.text))}
    for match in _ANNEX.finditer(text.view.text):
        span = Span(*match.span())
        if match[0].lower() not in there and _is_own(text, span):
            there.add(match[0].lower())
            yield Observation(_KIND, (span,))


def _is_own(text: PolicyText, span: Span) -> bool:
    """Whether a reference is to the policy itself, as far as its sentence tells."""
    sentence = text.sentence_at(span.start)
    around = text.view.text[max(sentence.start, span.start - 80) : min(sentence.end, span.end + 80)]
    return bool(_OWN.search(text.view.text[span.end : span.end + 40]) or not _OTHERS.search(around))


@lru_cache(maxsize=1024)
def _content(name: str) -> frozenset[str]:
    """The words of a heading that tell it from others, without numbers and endings."""
    words = (word.lower().removesuffix("s") for word in re.findall(r"[^\W\d_]+", name))
    return frozenset(word for word in words if word not in _SMALL_WORDS)
