"""Passages that only one version has: what they say that the other version says nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from privagraph.ontology.reading import PolicyView, PracticeView, Span
from privagraph.queries.differences.changes import Change, Effect, Kind, Place
from privagraph.queries.differences.coverage import Version, is_denied
from privagraph.queries.differences.effects import effect_of
from privagraph.queries.differences.pair import place_of
from privagraph.queries.differences.passages import Passage
from privagraph.queries.differences.points import Point, family_of
from privagraph.queries.differences.wording import about_deed, about_point

__all__ = ["unpaired_changes"]

_OF_PRACTICES = (
    "data",
    "recipient",
    "purpose",
    "source",
    "tracking",
    "location",
    "safeguard",
    "retention",
    "legal basis",
)
"""What practices are made of, the most telling first."""
_PROMISE = re.compile(
    r"\W*we\s+(?:(?:do|will|shall|would)\s+(?:not|never)|don['’]t|won['’]t|never)\s+(?:\w+ly\s+)?"
    r"(?!guarantee|warrant|control|accept|endorse|recommend|require|assume|take|respond|answer|have)\w+",
    re.IGNORECASE,
)
"""A promise, where the extractor saw no practice that is denied."""
_MAKE_PRACTICE = frozenset({"data", "recipient", "purpose"})


def unpaired_changes(
    passage: Passage, kind: Kind, mine: Version, other: Version, policy: PolicyView
) -> Iterator[Change]:
    """The changes that a passage stands for.

    Args:
        passage: The passage.
        kind: Whether it was added or dropped.
        mine: The version that has it.
        other: The version that has not.
        policy: The policy that it stands in.
    """
    points = mine.points(passage)
    fresh = [each for each in points if not other.says(each, passage, points)]
    told = False
    for denied in (False, True):
        deeds = [each for each in passage.practices if each.denied == denied]
        if deeds and _is_news(deeds, points, fresh, other):
            told = True
            effect = effect_of(kind, "practice" if not _erases(deeds) else "safeguard", denied=denied)
            sentence = about_deed(kind, deeds, passage.quote, policy)
            place = place_of(passage, None, policy)
            yield _change(kind, "practice", effect, sentence, place)
    if not points and not passage.practices and _PROMISE.match(passage.quote) and not other.promises(passage):
        effect = effect_of(kind, "practice", denied=True)
        sentence = about_deed(kind, (), passage.quote, policy)
        yield _change(kind, "practice", effect, sentence, place_of(passage, None, policy))
    rest = [each for each in fresh if each.aspect not in _OF_PRACTICES]
    parts = [each for each in fresh if each.aspect in _OF_PRACTICES]
    if parts and not told:
        yield _parts(passage, kind, parts, policy)
    for each in rest:
        if each.aspect not in ("controller",):
            yield _point(passage, kind, each.aspect, [each], policy)


def _is_news(
    deeds: Sequence[PracticeView], points: Sequence[Point], fresh: Sequence[Point], other: Version
) -> bool:
    """Whether practices say something that the other version does not."""
    spans = {argument.span for deed in deeds for argument in deed.arguments}
    mine = [each for each in points if each.span in spans]
    if mine:
        return any(each.span in spans for each in fresh)
    return not any(other.does(deed) for deed in deeds)


def _erases(deeds: Sequence[PracticeView]) -> bool:
    return all(family_of(each) == "erase" for each in deeds)


def _parts(passage: Passage, kind: Kind, parts: Sequence[Point], policy: PolicyView) -> Change:
    """One change for what a list item or a sentence adds, by the most telling of what it names."""
    if not passage.lead_in and _MAKE_PRACTICE & {each.aspect for each in parts}:
        denied = all(is_denied(each, passage) for each in parts)
        effect = effect_of(kind, "practice", denied=denied)
        place = place_of(passage, None, policy)
        return _change(kind, "practice", effect, about_deed(kind, (), passage.quote, policy), place)
    aspect = min((each.aspect for each in parts), key=_OF_PRACTICES.index)
    return _point(passage, kind, aspect, [each for each in parts if each.aspect == aspect], policy)


def _point(passage: Passage, kind: Kind, aspect: str, points: Sequence[Point], policy: PolicyView) -> Change:
    span = Span(min(each.span.start for each in points), max(each.span.end for each in points))
    denied = all(is_denied(each, passage) for each in points)
    place = place_of(passage, span, policy, points[0].mention.concept)
    added = kind is Kind.ADDED
    sentence = about_point(
        kind,
        aspect,
        old="" if added else place.words,
        new=place.words if added else "",
        direction="",
        denied=denied,
        deeds=passage.deeds,
    )
    return _change(kind, aspect, effect_of(kind, aspect, denied=denied), sentence, place)


def _change(kind: Kind, aspect: str, effect: Effect, sentence: str, place: Place) -> Change:
    added = kind is Kind.ADDED
    return Change(kind, aspect, "", effect, sentence, None if added else place, place if added else None)
