"""A policy in passages: sentences, list items and rows of tables, each with what it states.

A passage is what two versions of a policy are compared by. Its *key* is its words in one form, so that spelling, marks,
numbering, white space and figures in words make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from privagraph.ontology.layout import Layout
from privagraph.ontology.matching import DETERMINERS
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.ontology.words import nouns_of, stem

__all__ = ["Passage", "content", "key_of", "passages"]

_MARKER = re.compile(r"^\W*(?:(?:\d+(?:\.\d+)*|[ivxlc]{1,4}|[a-z])[.)]\s+|\W+)?", re.IGNORECASE)
_SHORT = (
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"\bcan['’]t\b|\bcannot\b", re.IGNORECASE), "can not"),
    (re.compile(r"n['’]t\b", re.IGNORECASE), " not"),
    (re.compile(r"['’]ll\b", re.IGNORECASE), " will"),
    (re.compile(r"['’]re\b", re.IGNORECASE), " are"),
    (re.compile(r"['’]ve\b", re.IGNORECASE), " have"),
)
_FIGURES = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        start=1,
    )
} | {"thirty": "30", "forty": "40", "sixty": "60", "ninety": "90", "hundred": "100"}
_EMPTY = frozenset(
    stem(word)
    for word in """
    a an and any are as at be been being by can could do does for from had has have how i if in into is it its may might
    must of on or our shall should so such that the their them then these they this those to us was we were what when
    where whether which while who whom whose will with within would you your also only other otherwise too about
    information data details personal certain following including include includes like example etc purpose purposes
    order use used using uses collect share receive process provide make made get give given
    """.split()
)
"""Words that tell one thing from another no better than any; in the form of :func:`stem`."""
_SERVICE = {stem(word): "service" for word in "app application platform product service site website".split()}
"""What companies call what they offer; another name for it changes nothing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a list item or a row of a table.

    Attributes:
        number: Its place among the passages of the policy.
        span: Where it stands.
        quote: Its words.
        key: Its words in one form.
        stems: The words among them that tell something.
        section: The heading that it stands under; empty where it stands under none.
        lead_in: The key of the line with a colon that it hangs on as an item; empty where it hangs on none.
        practices: What it states as practices.
        inherited: Practices that another passage, its lead-in, states and whose arguments stand here.
        mentions: What is mentioned here, references to data not among them.
        is_heading: Whether it is a heading, which states nothing by itself.
    """

    number: int
    span: Span
    quote: str
    key: tuple[str, ...]
    stems: frozenset[str]
    section: str
    lead_in: tuple[str, ...]
    practices: tuple[PracticeView, ...]
    inherited: tuple[PracticeView, ...]
    mentions: tuple[MentionView, ...]
    is_heading: bool

    @property
    def deeds(self) -> tuple[PracticeView, ...]:
        """The practices that are stated here, or else those that its items take part in."""
        return self.practices or self.inherited


def passages(policy: PolicyView) -> tuple[Passage, ...]:
    """The passages of a policy, in the order of the text."""
    layout = Layout(policy.text)
    spans = list(_spans(policy, layout))
    practices: dict[int, list[PracticeView]] = {}
    inherited: dict[int, list[PracticeView]] = {}
    mentions: dict[int, list[MentionView]] = {}
    places = _Places(spans)
    for mention in policy.mentions:
        mentions.setdefault(places.at(mention.span.start), []).append(mention)
    for practice in policy.practices:
        here = places.at(practice.evidence.start)
        practices.setdefault(here, []).append(practice)
        for number in {places.at(each.span.start) for each in practice.arguments} - {here}:
            inherited.setdefault(number, []).append(practice)
    found: list[Passage] = []
    for number, span in enumerate(spans):
        quote = policy.text[span.start : span.end]
        stated = tuple(practices.get(number, ()))
        found.append(
            Passage(
                number=len(found),
                span=span,
                quote=quote,
                key=key_of(quote),
                stems=content(quote),
                section=layout.heading(span),
                lead_in=key_of(layout.lead_in(span)),
                practices=stated,
                inherited=tuple(inherited.get(number, ())),
                mentions=tuple(mentions.get(number, ())),
                is_heading=not stated and _is_heading(layout, policy.text, span),
            )
        )
    return tuple(found)


def key_of(text: str) -> tuple[str, ...]:
    """The words of a text in one form, without articles and the mark of a list item.

    Example:
        >>> key_of("(a) We don't analyse it for twelve months.") == key_of("• we do not analyze it for 12 months")
        True
    """
    plain = _MARKER.sub("", text, count=1)
    for pattern, words in _SHORT:
        plain = pattern.sub(words, plain)
    return tuple(
        _FIGURES.get(word, word) for word in nouns_of(plain) if word not in DETERMINERS or word == "no"
    )


def content(text: str) -> frozenset[str]:
    """The words of a text that tell something, in the form that inflections share."""
    return frozenset(_SERVICE.get(word, word) for word in map(stem, key_of(text))) - _EMPTY


class _Places:
    """Which of some spans an offset falls into; the nearest before it where it falls between two."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts = [span.start for span in spans]

    def at(self, offset: int) -> int:
        from bisect import bisect_right

        return max(0, bisect_right(self._starts, offset) - 1)


def _spans(policy: PolicyView, layout: Layout) -> Iterator[Span]:
    """The sentences of the text; what one practice rests on over several lines, a row of a table, is one piece."""
    rows = iter(sorted({each.evidence for each in policy.practices if "\n" in each.quote}))
    row = next(rows, None)
    at = 0
    end_of_row = -1
    for line in policy.text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        while row is not None and row.end <= start:
            row = next(rows, None)
        for sentence in layout.sentences(Span(start, start)):
            if sentence.start < end_of_row:
                continue
            if row is not None and row.start <= sentence.start < row.end:
                end_of_row = row.end
                yield row
            else:
                yield sentence


def _is_heading(layout: Layout, text: str, span: Span) -> bool:
    return layout.heading(span) == text[span.start : span.end].strip()
