"""What changed between a passage and the one that was made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from privagraph.ontology.durations import find_durations
from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.words import stem
from privagraph.queries.differences.changes import Change, Effect, Kind, Place
from privagraph.queries.differences.coverage import Version, is_denied
from privagraph.queries.differences.effects import effect_of
from privagraph.queries.differences.passages import Passage, content
from privagraph.queries.differences.points import Point, alike, direction, family_of, same_thing, unsaid
from privagraph.queries.differences.wording import about_point, turned

__all__ = ["Pair", "changed_contact", "pair_changes", "place_of"]

_NEGATIONS = frozenset("not never no nor neither nobody none without".split())
_POSSIBLE = frozenset("may might could".split())
_WHOLE = frozenset(
    {"children", "do not track", "opt-out", "automated decisions", "breach notice", "notice of changes"}
)
"""Aspects whose points are whole sentences: what counts are their figures, and whether they deny something."""
_CONDITION = re.compile(
    r"^\W*(?:only\s+)?(?:if|when|where|unless|once|provided|with\s+your\s+(?:\w+\s+)?(?:consent|permission))\b[^,;:.]*(?=,)"
    r"|(?:\bonly\s+)?(?:\bif|\bunless|\bprovided\s+that|\b(?:with|after|subject\s+to)\s+your\s+(?:\w+\s+)?"
    r"(?:consent|permission))\b[^,;:.]*",
    re.IGNORECASE,
)
"""A condition, where the extractor saw no practice that could have one."""
_AGE = re.compile(
    r"\b(?:under|below|aged?|younger\s+than|over|at\s+least)\s+(?:the\s+age\s+of\s+|of\s+)?(\d{1,2})\b(?!\s*(?:days|hours|months|weeks))",
    re.IGNORECASE,
)
"""An age, where the extractor saw no rule on children."""
_NUMBER = re.compile(r"\d+")
_DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0}
_HOURS = {"H": 1 / 24, "M": 1 / 1440}
_LENGTH = re.compile(r"P(T?)(\d+)([YMWDH])")


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage in both versions.

    Attributes:
        old: In the old version.
        new: In the new version.
        before: The old version.
        after: The new version.
        policies: Both, old and new.
    """

    old: Passage
    new: Passage
    before: Version
    after: Version
    policies: tuple[PolicyView, PolicyView]


def pair_changes(pair: Pair) -> Iterator[Change]:
    """The changes of a passage; none where it was only reworded."""
    flipped = list(_polarity(pair))
    yield from flipped
    if pair.old.key == pair.new.key:
        return  # the lead-in above was changed, and only that can have changed what the item says
    if not flipped:
        yield from _operation(pair)
        yield from _modality(pair)
    conditions = list(_conditions(pair))
    yield from conditions
    yield from _retention(pair)
    yield from _whole(pair)
    taken = [place.span for each in conditions for place in (each.old, each.new) if place is not None]
    for aspect in dict.fromkeys(
        each.aspect for each in (*pair.before.points(pair.old), *pair.after.points(pair.new))
    ):
        if aspect not in _WHOLE and aspect not in ("retention", "controller"):
            yield from _points(pair, aspect, taken)


def place_of(passage: Passage, span: Span | None, policy: PolicyView, concept: str | None = None) -> Place:
    """Where words stand; the whole passage where no words are given."""
    span = span or passage.span
    around = Span(min(passage.span.start, span.start), max(passage.span.end, span.end))
    return Place(
        words=policy.text[span.start : span.end],
        span=span,
        passage=policy.text[around.start : around.end],
        passage_span=around,
        section=passage.section,
        concept=concept,
        practices=tuple(each.iri for each in passage.deeds),
    )


def changed_contact(old: Place, new: Place) -> Change:
    """That one contact took the place of another."""
    sentence = about_point(Kind.CHANGED, "contact", old=old.words, new=new.words, direction="", denied=False)
    return Change(Kind.CHANGED, "contact", "", Effect.NEUTRAL, sentence, old, new)


def _polarity(pair: Pair) -> Iterator[Change]:
    old, new = pair.old, pair.new
    if old.key == new.key and (not old.practices or not new.practices):
        return
    before, after = (_negations(each) for each in (old, new))
    if before == after:
        return
    was = {family_of(each): each.denied for each in sorted(old.deeds, key=lambda each: each.denied)}
    now = {family_of(each): each.denied for each in sorted(new.deeds, key=lambda each: each.denied)}
    now_denied: bool | None = None
    if was and now:
        turned_round = [family for family in was if family in now and was[family] != now[family]]
        all_was, all_now = set(was.values()), set(now.values())
        if not turned_round and len(all_was) == len(all_now) == 1 and all_was != all_now:
            turned_round = list(now)
        if turned_round:
            now_denied = now[turned_round[0]]
    elif bool(before) != bool(after) and _nearly(old, new) and not _is_provision(pair):
        now_denied = bool(after)
    if now_denied is None or bool(after > before) != now_denied:
        return
    way = "now denied" if now_denied else "now done"
    deeds = [each for each in (*new.deeds, *old.deeds) if each.denied == now_denied] or list(
        new.deeds or old.deeds
    )
    yield Change(
        Kind.CHANGED,
        "polarity",
        way,
        effect_of(Kind.CHANGED, "polarity", way),
        turned(deeds, new.quote, pair.policies[1], done=not now_denied)
        if deeds
        else f"Now says: “{new.quote}”",
        place_of(old, None, pair.policies[0]),
        place_of(new, None, pair.policies[1]),
    )


def _negations(passage: Passage) -> int:
    return sum(word in _NEGATIONS for word in (*passage.lead_in, *passage.key))


def _is_provision(pair: Pair) -> bool:
    """Whether all that the passage is about is compared as a whole."""
    points = (*pair.before.points(pair.old), *pair.after.points(pair.new))
    return bool(points) and all(each.aspect in _WHOLE for each in points)


def _nearly(old: Passage, new: Passage) -> bool:
    """Whether two passages have nearly the same words, whatever is denied."""
    return len(old.stems & new.stems) >= 0.75 * len(old.stems | new.stems)


def _operation(pair: Pair) -> Iterator[Change]:
    was, now = ({family_of(each) for each in side.deeds if not each.denied} for side in (pair.old, pair.new))
    for family, gone, come in (
        ("sell", "no longer sold", "now sold"),
        ("share", "no longer shared", "now shared"),
    ):
        if not was or not now or (family in was) == (family in now) or ({"sell", "share"} & was & now):
            continue
        if family == "share" and ("sell" in was or "sell" in now):
            continue
        words = {
            each.mention.quote
            for side in ((pair.before, pair.old), (pair.after, pair.new))
            for each in side[0].points(side[1])
            if each.aspect == "recipient"
        }
        if family == "share" and words:
            continue  # the recipients tell it
        way = come if family in now else gone
        yield _changed(pair, "operation", way, None, None, denied=False)


def _modality(pair: Pair) -> Iterator[Change]:
    was, now = ({each.modality for each in side.deeds} for side in (pair.old, pair.new))
    if len(was) != 1 or len(now) != 1 or was == now or was == {"required"} or now == {"required"}:
        return
    said = [bool(_POSSIBLE.intersection(side.key)) for side in (pair.old, pair.new)]
    if said != [was == {"possible"}, now == {"possible"}]:
        return
    way = "now possible" if now == {"possible"} else "now certain"
    yield _changed(pair, "modality", way, None, None, denied=False)


def _conditions(pair: Pair) -> Iterator[Change]:
    gone = [each for each in _spans(pair.old) if _is_missing(each, pair.new, pair.policies[0], pair.after)]
    come = [each for each in _spans(pair.new) if _is_missing(each, pair.old, pair.policies[1], pair.before)]
    denied = bool(pair.new.deeds) and all(each.denied for each in pair.new.deeds)
    if gone and come:
        yield _changed(pair, "condition", "", gone[0], come[0], denied=denied)
    elif gone:
        yield _one(pair, Kind.DROPPED, "condition", gone[0], None, denied=denied)
    elif come:
        yield _one(pair, Kind.ADDED, "condition", come[0], None, denied=denied)


def _spans(passage: Passage) -> list[Span]:
    found = {each.condition_span for each in passage.practices if each.condition_span is not None}
    if passage.deeds or passage.mentions:
        for match in _CONDITION.finditer(passage.quote):
            span = Span(passage.span.start + match.start(), passage.span.start + match.end())
            if not any(each.start < span.end and span.start < each.end for each in found):
                found.add(span)
    return sorted(found)


def _is_missing(span: Span, other: Passage, policy: PolicyView, version: Version) -> bool:
    """Whether the words of a condition are not in the other version of its passage, nor together in another one."""
    words = content(policy.text[span.start : span.end])
    said = other.stems | {stem(word) for word in other.lead_in}
    if not words or 2 * len(words & said) >= len(words) + (len(words) == 1):
        return False
    return not version.has_together(words)


def _retention(pair: Pair) -> Iterator[Change]:
    kept = any(
        each.aspect == "retention" for each in (*pair.before.points(pair.old), *pair.after.points(pair.new))
    )
    was, now = _periods(pair.old, pair.policies[0]), _periods(pair.new, pair.policies[1])
    gone = [each for each in was if not any(_equal(each[1], other[1]) for other in now)]
    come = [each for each in now if not any(_equal(each[1], other[1]) for other in was)]
    aspect = "retention" if kept else "period"
    for (old_span, old_days), (new_span, new_days) in zip(gone, come, strict=False):
        way = "longer" if new_days > old_days else "shorter"
        yield _changed(pair, aspect, way, old_span, new_span, denied=False)
    if len(gone) != len(come) and not (gone and come) and kept:
        kind, (span, _) = (Kind.DROPPED, gone[0]) if gone else (Kind.ADDED, come[0])
        side = pair.after.points(pair.new) if gone else pair.before.points(pair.old)
        other = next((each for each in side if each.aspect == "retention"), None)
        if other is not None and not (was and now):
            old_span, new_span = (span, other.span) if gone else (other.span, span)
            yield _changed(pair, "retention", "", old_span, new_span, denied=False)
        else:
            yield _one(pair, kind, "retention", span, None, denied=False)
    elif not was and not now:
        yield from _points(pair, "retention", ())


def _periods(passage: Passage, policy: PolicyView) -> list[tuple[Span, float]]:
    """The lengths of time that a passage names, in days."""
    found = []
    for start, end, value in find_durations(policy.text, passage.span.start, passage.span.end):
        match = _LENGTH.fullmatch(value)
        if match:
            days = int(match[2]) * (_HOURS[match[3]] if match[1] else _DAYS[match[3]])
            found.append((Span(start, end), days))
    return found


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 0.03 * max(one, other)


def _whole(pair: Pair) -> Iterator[Change]:
    """Changes of provisions that are whole sentences: of their figures, and of what they deny."""
    old, new = pair.before.points(pair.old), pair.after.points(pair.new)
    figures = [_NUMBER.findall(" ".join(side.key)) for side in (pair.old, pair.new)]
    turned_round = bool(_negations(pair.old)) != bool(_negations(pair.new))
    timed = any(_periods(*side) for side in zip((pair.old, pair.new), pair.policies, strict=True))
    for aspect in sorted({each.aspect for each in old} & {each.aspect for each in new} & _WHOLE):
        if turned_round and not pair.new.deeds:
            way = "now denied" if _negations(pair.new) else "now done"
            yield _changed(pair, aspect, way, None, None, denied=False)
        elif figures[0] != figures[1] and not timed:
            yield _changed(pair, aspect, "", None, None, denied=False)
    ages = [_AGE.findall(side.quote) for side in (pair.old, pair.new)]
    known = any(each.aspect == "children" for each in (*old, *new))
    if ages[0] and ages[1] and ages[0] != ages[1] and not known:
        yield _changed(pair, "children", "", None, None, denied=False)


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
        yield _changed(
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
        yield _changed(pair, aspect, way, one.span, other.span, denied=denied, concepts=(one, other))
    for each in was:
        yield _one(
            pair, Kind.DROPPED, aspect, each.span, each.mention.concept, denied=is_denied(each, pair.old)
        )
    for each in now:
        yield _one(
            pair, Kind.ADDED, aspect, each.span, each.mention.concept, denied=is_denied(each, pair.new)
        )


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


def _changed(
    pair: Pair,
    aspect: str,
    way: str,
    old: Span | None,
    new: Span | None,
    *,
    denied: bool,
    concepts: tuple[Point, Point] | None = None,
) -> Change:
    before = place_of(pair.old, old, pair.policies[0], concepts and concepts[0].mention.concept)
    after = place_of(pair.new, new, pair.policies[1], concepts and concepts[1].mention.concept)
    effect = effect_of(Kind.CHANGED, aspect, way, denied=denied, old=before.words, new=after.words)
    sentence = about_point(
        Kind.CHANGED, aspect, old=before.words, new=after.words, direction=way, denied=denied
    )
    return Change(Kind.CHANGED, aspect, way, effect, sentence, before, after)


def _one(pair: Pair, kind: Kind, aspect: str, span: Span, concept: str | None, *, denied: bool) -> Change:
    """Something that only one version of the passage says; both passages are shown."""
    added = kind is Kind.ADDED
    mine, policy = (pair.new, pair.policies[1]) if added else (pair.old, pair.policies[0])
    here = place_of(mine, span, policy, concept)
    there = (
        place_of(pair.old, None, pair.policies[0]) if added else place_of(pair.new, None, pair.policies[1])
    )
    sentence = about_point(
        kind,
        aspect,
        old="" if added else here.words,
        new=here.words if added else "",
        direction="",
        denied=denied,
        deeds=mine.deeds,
    )
    effect = effect_of(kind, aspect, denied=denied)
    return Change(kind, aspect, "", effect, sentence, there if added else here, here if added else there)
