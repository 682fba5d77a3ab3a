"""Conditions, lengths of time, and provisions that are whole sentences: read from the text as well as from mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.ontology.durations import find_durations
from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.words import stem
from privagraph.queries.differences.changes import Change, Kind
from privagraph.queries.differences.coverage import Version
from privagraph.queries.differences.pair import WHOLE, Pair, changed, negations, one_sided
from privagraph.queries.differences.passages import Passage, content

__all__ = ["condition_changes", "period_changes", "provision_changes", "states_periods"]

_CONDITION = re.compile(
    r"^\W*(?:only\s+)?(?:if|when|where|unless|once|provided|with\s+your\s+(?:\w+\s+)?(?:consent|permission))\b[^,;:.]*(?=,)"
    r"|(?:\bonly\s+)?(?:\bif|\bunless|\bprovided\s+that|\b(?:with|after|subject\s+to)\s+your\s+(?:\w+\s+)?"
    r"(?:consent|permission))\b[^,;:.]*",
    re.IGNORECASE,
)
"""A condition, where the extractor saw no practice that could have one."""
_OCCASION = re.compile(
    r"^\W*(?:when(?:ever)?|while|whilst|once|as\s+soon\s+as|as|after|before|during|on|upon|at|in\s+the\s+course\s+of)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\b(?:consent|agree|permi|allow|opt|choos|chosen|approv|authori[sz]|ask|request|turn|enabl|activat|switch|law|legal"
    r"|court|requir|necess|need|oblig)",
    re.IGNORECASE,
)
"""Words by which a condition is more than the occasion on which something happens."""
_AGE = re.compile(
    r"\b(?:under|below|aged?|younger\s+than|over|at\s+least)\s+(?:the\s+age\s+of\s+|of\s+)?(\d{1,2})\b(?!\s*(?:days|hours|months|weeks))",
    re.IGNORECASE,
)
"""An age, where the extractor saw no rule on children."""
_NUMBER = re.compile(r"\d+")
_DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0}
_HOURS = {"H": 1 / 24, "M": 1 / 1440}
_LENGTH = re.compile(r"P(T?)(\d+)([YMWDH])")


def condition_changes(pair: Pair) -> Iterator[Change]:
    """A condition that was added, dropped or changed; at most one."""
    gone = [each for each in _spans(pair.old) if _is_missing(each, pair.new, pair.policies[0], pair.after)]
    come = [each for each in _spans(pair.new) if _is_missing(each, pair.old, pair.policies[1], pair.before)]
    if _has_occasion(pair.old, pair.policies[0]) and _has_occasion(pair.new, pair.policies[1]):
        gone = [each for each in gone if not _is_occasion(each, pair.policies[0])]
        come = [each for each in come if not _is_occasion(each, pair.policies[1])]
    denied = bool(pair.new.deeds) and all(each.denied for each in pair.new.deeds)
    if gone and come:
        yield changed(pair, "condition", "", gone[0], come[0], denied=denied)
    elif gone:
        yield one_sided(pair, Kind.DROPPED, "condition", gone[0], None, denied=denied)
    elif come:
        yield one_sided(pair, Kind.ADDED, "condition", come[0], None, denied=denied)


def _has_occasion(passage: Passage, policy: PolicyView) -> bool:
    """Whether a passage says on which occasion something happens: "when you open an account", "on registration"."""
    return bool(_OCCASION.match(passage.quote)) or any(_is_occasion(span, policy) for span in _spans(passage))


def _is_occasion(span: Span, policy: PolicyView) -> bool:
    words = policy.text[span.start : span.end]
    return bool(_OCCASION.match(words)) and not _CHOICE.search(words)


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


def period_changes(pair: Pair) -> Iterator[Change]:
    """Lengths of time that changed: for which data is kept, and others."""
    kept = any(
        each.aspect == "retention" for each in (*pair.before.points(pair.old), *pair.after.points(pair.new))
    )
    was, now = _periods(pair.old, pair.policies[0]), _periods(pair.new, pair.policies[1])
    gone = [each for each in was if not any(_equal(each[1], other[1]) for other in now)]
    come = [each for each in now if not any(_equal(each[1], other[1]) for other in was)]
    aspect = "retention" if kept else "period"
    for (old_span, old_days), (new_span, new_days) in zip(gone, come, strict=False):
        way = "longer" if new_days > old_days else "shorter"
        yield changed(pair, aspect, way, old_span, new_span, denied=False)
    if len(gone) != len(come) and not (gone and come) and kept:
        kind, (span, _) = (Kind.DROPPED, gone[0]) if gone else (Kind.ADDED, come[0])
        side = pair.after.points(pair.new) if gone else pair.before.points(pair.old)
        other = next((each for each in side if each.aspect == "retention"), None)
        if other is not None and not (was and now):
            old_span, new_span = (span, other.span) if gone else (other.span, span)
            yield changed(pair, "retention", "", old_span, new_span, denied=False)
        else:
            yield one_sided(pair, kind, "retention", span, None, denied=False)


def states_periods(pair: Pair) -> bool:
    """Whether either version of the passage names a length of time."""
    return any(_periods(*side) for side in zip((pair.old, pair.new), pair.policies, strict=True))


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


def provision_changes(pair: Pair) -> Iterator[Change]:
    """Changes of provisions that are whole sentences: of their figures, and of what they deny."""
    old, new = pair.before.points(pair.old), pair.after.points(pair.new)
    figures = [_NUMBER.findall(" ".join(side.key)) for side in (pair.old, pair.new)]
    turned_round = bool(negations(pair.old)) != bool(negations(pair.new))
    for aspect in sorted({each.aspect for each in old} & {each.aspect for each in new} & WHOLE):
        if turned_round and not pair.new.deeds:
            way = "now denied" if negations(pair.new) else "now done"
            yield changed(pair, aspect, way, None, None, denied=False)
        elif figures[0] != figures[1] and not states_periods(pair):
            yield changed(pair, aspect, "", None, None, denied=False)
    ages = [_AGE.findall(side.quote) for side in (pair.old, pair.new)]
    known = any(each.aspect == "children" for each in (*old, *new))
    if ages[0] and ages[1] and ages[0] != ages[1] and not known:
        yield changed(pair, "children", "", None, None, denied=False)
