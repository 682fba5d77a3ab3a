"""Changes of what a policy says of itself: its dates, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from privagraph.ontology.dates import find_dates
from privagraph.ontology.reading import MentionView, PolicyView, Span
from privagraph.queries.differences.changes import Change, Effect, Kind, Place

__all__ = ["header_changes"]

_COMPANY = re.compile(r"^[^\W\d_a-z].*\w\s+\w", re.DOTALL)
"""A name of more than one word, as that of a company is where it is written in full."""


def header_changes(old: PolicyView, new: PolicyView) -> Iterator[Change]:
    """Changes of dates and of the controller."""
    for name, before, after in (
        ("date from which it holds", old.effective, new.effective),
        ("date of its last change", old.updated, new.updated),
    ):
        if before == after:
            continue
        places = _date_place(old, before), _date_place(new, after)
        kind = Kind.ADDED if before is None else Kind.DROPPED if after is None else Kind.CHANGED
        sentence = {
            Kind.ADDED: f"Now states the {name}: {after}",
            Kind.DROPPED: f"No longer states the {name}: {before}",
            Kind.CHANGED: f"The {name} is now {after}; it was {before}",
        }[kind]
        yield Change(kind, "date", "", Effect.NEUTRAL, sentence, *places)
    was, now = _controllers(old, new), _controllers(new, old)
    if was and now:
        first, second = was[0], now[0]
        sentence = f"The controller is now {second.quote}; it was {first.quote}"
        places = _place(old, first.span, first.concept), _place(new, second.span, second.concept)
        yield Change(Kind.CHANGED, "controller", "", Effect.NEUTRAL, sentence, *places)


def _controllers(policy: PolicyView, other: PolicyView) -> Sequence[MentionView]:
    """Who is named as controller in one version and nowhere in the other; nobody where both name the same one."""
    named = [each for each in policy.mentions_of("controller") if _COMPANY.search(each.quote)]
    agents = {each.agent for each in other.mentions_of("controller")} - {None}
    text = other.text.casefold()
    if any(each.agent in agents or each.quote.casefold() in text for each in named):
        return []
    return named


def _date_place(policy: PolicyView, day: date | None) -> Place | None:
    if day is None:
        return None
    for start, end, found in find_dates(policy.text, 0, len(policy.text)):
        if found == day:
            return _place(policy, Span(start, end), None)
    return None


def _place(policy: PolicyView, span: Span, concept: str | None) -> Place:
    text = policy.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = Span(start, len(text) if end < 0 else end)
    return Place(text[span.start : span.end], span, text[line.start : line.end], line, "", concept)
