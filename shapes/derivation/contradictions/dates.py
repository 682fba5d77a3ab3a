"""Dates that a policy states about itself twice, and not alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from privagraph.ontology.dates import find_dates, kind_of_date
from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import PolicyView, Span
from privagraph.shapes.derivation.observations import Observation

__all__ = ["dates_that_disagree"]

_QUICK = re.compile(
    r"\b(?:effective|force|effect|updated?|revised|revision|modified|amended|dated?|valid|applies)\b",
    re.IGNORECASE,
)

_OF_SOMETHING_ELSE = re.compile(
    r"""
    \b(?:GDPR|CCPA|CPRA|COPPA|LGPD|Act|Regulation|Directive|Law|Code|Shield|Framework|decision|article|section
      |terms\s+(?:of|and)|cookie\s+polic\w+|agreement|previous\w*|prior|earlier|former\w*|archived?|history|supersed\w+|replac\w+
      |until|before|older?|version\s+of|versions|addendum|appendix|annex|list|schedule|table|subprocessors?|residents|if|unless
      |changes?\s+(?:will|shall|become|take|made)|statistics|since|accounts?|users\s+who|collected|california|virginia
      |colorado|states?|copyright)\b | ©
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words beside a date that make it one of something else, of an older version or of a part."""

_LABEL = 60
"""A line of more characters is no label of the date below it."""

_LONGEST = 240
"""A sentence of more characters tells about other things besides a date."""


@dataclass(frozen=True, slots=True)
class _Dated:
    day: date
    by_day: bool
    """Whether the day of the month is said."""
    span: Span


def dates_that_disagree(policy: PolicyView, layout: Layout) -> Iterator[Observation]:
    """Two days from which the policy holds, or two on which it was changed last; at most one pair of each."""
    stated: dict[str, dict[tuple[date, bool], _Dated]] = {"effective": {}, "updated": {}}
    for kind, found in _stated(policy.text, layout):
        stated[kind].setdefault((found.day, found.by_day), found)
    for kind, different in stated.items():
        dated = list(different.values())
        clash = next(
            (
                (one, other)
                for at, one in enumerate(dated)
                for other in dated[at + 1 :]
                if not _alike(one, other)
            ),
            None,
        )
        if clash is not None:
            said = "to hold from" if kind == "effective" else "to have been changed last on"
            yield Observation(
                kind="pg:DateContradiction",
                spans=(clash[0].span, clash[1].span),
                confidence=0.8,
                note=f"The policy is said {said} {_shown(clash[0])} and {_shown(clash[1])}.",
            )


def _stated(text: str, layout: Layout) -> Iterator[tuple[str, _Dated]]:
    """The dates that are said to be the policy's, each time they are said."""
    previous = ""
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        label, previous = previous, line
        labelled = len(label) < _LABEL and bool(_QUICK.search(label))
        if not labelled and not _QUICK.search(line):
            continue
        for sentence in layout.sentences(Span(start, start)):
            if sentence.end - sentence.start > _LONGEST:
                continue
            for begin, stop, day in find_dates(text, sentence.start, sentence.end):
                cue, span = text[sentence.start : begin], sentence
                if labelled and not cue.strip(" :-–("):
                    cue, span = label, Span(begin, stop)
                kind = kind_of_date(cue)
                if kind is not None and not _OF_SOMETHING_ELSE.search(text[span.start : span.end]):
                    yield kind, _Dated(day, len(re.findall(r"\d+", text[begin:stop])) > 1, span)


def _alike(one: _Dated, other: _Dated) -> bool:
    if one.by_day and other.by_day:
        return one.day == other.day
    return (one.day.year, one.day.month) == (other.day.year, other.day.month)


def _shown(dated: _Dated) -> str:
    return dated.day.isoformat() if dated.by_day else dated.day.isoformat()[:7]
