"""What changed between a passage and the one that was made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from privagraph.ontology.reading import Span
from privagraph.queries.differences.changes import Change, Kind
from privagraph.queries.differences.coverage import is_denied
from privagraph.queries.differences.pair import WHOLE, Pair, changed, one_sided
from privagraph.queries.differences.passages import Passage
from privagraph.queries.differences.points import Point, alike, direction, same_thing, unsaid
from privagraph.queries.differences.provisions import (
    condition_changes,
    period_changes,
    provision_changes,
    states_periods,
)
from privagraph.queries.differences.stances import modality_changes, operation_changes, polarity_changes

__all__ = ["pair_changes"]

_LAW = re.compile(r"\b(?:laws?|legal(?:ly)?|statut\w+|court)\b", re.IGNORECASE)


def pair_changes(pair: Pair) -> Iterator[Change]:
    """The changes of a passage; none where it was only reworded."""
    flipped = list(polarity_changes(pair))
    yield from flipped
    if pair.old.key == pair.new.key:
        return  # the lead-in above was changed, and only that can have changed what the item says
    if not flipped:
        yield from operation_changes(pair)
        yield from modality_changes(pair)
    conditions = list(condition_changes(pair))
    yield from conditions
    yield from period_changes(pair)
    yield from provision_changes(pair)
    taken = [place.span for each in conditions for place in (each.old, each.new) if place is not None]
    for aspect in dict.fromkeys(
        each.aspect for each in (*pair.before.points(pair.old), *pair.after.points(pair.new))
    ):
        told = aspect == "retention" and states_periods(pair)
        if aspect not in WHOLE and aspect != "controller" and not told:
            yield from _points(pair, aspect, taken)


def _points(pair: Pair, aspect: str, taken: Sequence[Span]) -> Iterator[Change]:
    """What was added, dropped or replaced of one aspect."""
    was = [
        each
        for each in pair.before.points(pair.old)
        if each.aspect == aspect and not _within(each.span, taken)
    ]
    now = [
        each
        for each in pair.after.points(pair.new)
        if each.aspect == aspect and not _within(each.span, taken)
    ]
    if aspect == "legal basis":
        was, now = _without_law(was, pair.new), _without_law(now, pair.old)
    for same in (same_thing, alike):
        for one in list(was):
            other = next((each for each in now if same(one, each)), None)
            if other is not None:
                was.remove(one)
                now.remove(other)
    for one, other in _moved(was, now, pair):
        was.remove(one)
        now.remove(other)
        denied = is_denied(other, pair.new)
        yield changed(
            pair, aspect, direction(one, other), one.span, other.span, denied=denied, concepts=(one, other)
        )
    was, now = unsaid(was, pair.new), unsaid(now, pair.old)
    old_points, new_points = pair.before.points(pair.old), pair.after.points(pair.new)
    gone = [each for each in was if not pair.after.says(each, pair.old, old_points)]
    come = [each for each in now if not pair.before.says(each, pair.new, new_points)]
    if not (
        len(was) == len(now) == 1 and (gone or come)
    ):  # one for one: it was replaced, wherever else it stands
        was, now = gone, come
    for one, other in _replaced(was, now):
        way = direction(one, other)
        was.remove(one)
        now.remove(other)
        denied = is_denied(other, pair.new)
        yield changed(pair, aspect, way, one.span, other.span, denied=denied, concepts=(one, other))
    for each in was:
        yield one_sided(
            pair, Kind.DROPPED, aspect, each.span, each.mention.concept, denied=is_denied(each, pair.old)
        )
    for each in now:
        yield one_sided(
            pair, Kind.ADDED, aspect, each.span, each.mention.concept, denied=is_denied(each, pair.new)
        )


def _without_law(points: Sequence[Point], other: Passage) -> list[Point]:
    """Points without "where the law asks for it", where the other version of the passage speaks of the law as well.

    The extractor takes such words for a legal basis or for a condition, by how the sentence goes.
    """
    legal = _LAW.search(other.quote)
    return [each for each in points if not (legal and _LAW.search(each.mention.quote))]


def _moved(was: Sequence[Point], now: Sequence[Point], pair: Pair) -> list[tuple[Point, Point]]:
    """Points that became broader or narrower, by concepts and by words that the other version of the passage lacks."""
    pairs: list[tuple[Point, Point]] = []
    rest = list(now)
    for one in was:
        for other in rest:
            said = not unsaid([one], pair.new) and not unsaid([other], pair.old)
            if direction(one, other) in ("broader", "narrower") and not said:
                pairs.append((one, other))
                rest.remove(other)
                break
    return pairs


def _replaced(was: Sequence[Point], now: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Which new point stands for which old one, in order, where there are as many of both."""
    return list(zip(was, now, strict=True)) if len(was) == len(now) else []


def _within(span: Span, taken: Sequence[Span]) -> bool:
    return any(each.start <= span.start < each.end for each in taken)
