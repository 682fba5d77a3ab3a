"""What a sentence denies: its live negations and how far each of them reaches.

A negation reaches right over the verb, its objects and what is coordinated with them, and in the passive back over the
subject. It ends at a contrast, a reason or a new main clause, and has holes where conditions and exceptions stand. Many
negations deny nothing about data; :func:`find_denials` leaves those out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from privagraph.loaders.extraction import negation_cues as cues
from privagraph.loaders.extraction.conditions import MOST_CUES, WINDOW, Condition

__all__ = ["Denial", "find_denials"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Denial:
    """One negation; offsets within the sentence.

    Attributes:
        start: Offset of its words.
        end: Offset after them.
        scope: The stretches of the sentence that it denies, in order.
        relative: Whether it stands in a relative clause ("data that does not identify you").
        limited: Where the verbs stand that it denies for other purposes only ("not used for any other purpose"), or
            None.
    """

    start: int
    end: int
    scope: tuple[Span, ...]
    relative: bool
    limited: Span | None = None


def find_denials(sentence: str, conditions: Sequence[Condition]) -> tuple[Denial, ...]:
    """The negations of a sentence that deny something, in order.

    Args:
        sentence: The sentence.
        conditions: Its conditions and exceptions.
    """
    if sentence.rstrip().endswith("?") or not cues.QUICK.search(sentence):
        return ()
    matches = [
        match
        for match in islice(cues.NEGATION.finditer(sentence), MOST_CUES)
        if not _is_inert(sentence, match, conditions)
    ]
    found: list[Denial] = []
    limits = [match.start() for match in matches[1:]] + [len(sentence)]
    for match, limit in zip(matches, limits, strict=False):
        relative = bool(cues.RELATIVE_BEFORE.search(_before(sentence, match)))
        scope = _scope(sentence, match, limit, conditions, relative=relative)
        limit_at, own = _other_purposes(sentence, match, scope)
        if limit_at is not None:
            # What is denied is the other purpose; the data is processed all the same.
            pieces = [(max(left, limit_at), right) for left, right in scope if right > limit_at]
            pieces = [(left, min(right, own)) for left, right in scope if left < own] + pieces
            found.append(Denial(match.start(), match.end(), tuple(pieces), relative, (own, limit_at)))
            continue
        subject = None if relative else _denied_before(sentence, match, conditions)
        if subject is not None:
            scope = [(subject, match.start()), *scope]
        found.append(Denial(match.start(), match.end(), tuple(scope), relative))
    return tuple(found)


def _other_purposes(
    sentence: str, match: re.Match[str], scope: Sequence[Span]
) -> tuple[int, int] | tuple[None, int]:
    """Where "for any other purpose" stands under a negation, and where the first verb does that it limits."""
    for left, right in scope:
        if limit := cues.OTHER_PURPOSES.search(sentence, left, right):
            owned = cues.OWN_OBJECT.match(sentence, match.end(), limit.start())
            return limit.start(), match.end() if owned is None else owned.start("at")
    return None, 0


def _before(sentence: str, match: re.Match[str]) -> str:
    return sentence[max(0, match.start() - WINDOW) : match.start()]


def _is_inert(sentence: str, match: re.Match[str], conditions: Sequence[Condition]) -> bool:
    """Whether a negation denies nothing that happens to data."""
    start, end = match.span()
    before, after = _before(sentence, match), sentence[end : end + WINDOW]
    for condition in conditions:
        # "If you do not agree"; but "without" and "except" are themselves the negation that opens an exception.
        if condition.start <= start < condition.end and not (
            condition.exception and condition.start == start
        ):
            return True
        # "If you do not give your name, we cannot keep your order": a consequence for the reader, and no promise.
        refused = condition.fronted and cues.REFUSED.search(sentence, condition.start, condition.end)
        if refused and condition.end <= start and cues.UNABLE.match(sentence, start):
            return True
    if cues.REQUEST.match(sentence[:start] + match.group() + after[:60]):
        return True
    if cues.UNPROMISED_BEFORE.search(before):
        return True
    named = cues.CHOICE_NAME.match(sentence, start) and not before.lower().rstrip().endswith("we")
    if named or cues.CHOICE_BEFORE.search(before):
        return True
    kind = match.lastgroup
    if kind in {"aux", "bare", "never", "longer"}:
        if cues.CONSENT_UNASKED.search(before) and cues.ASKED_AFTER.match(after):
            return True
        if cues.INERT_AFTER.match(after) or cues.HARM_AFTER.match(after) or cues.NO_LONGER_THAN.match(after):
            return True
        if cues.USER_BEFORE.search(before) and not cues.DONE_TO_USER.match(after):
            return True
    if kind == "exclude" and match.group().lower() == "without":
        return bool(cues.NEEDED_BEFORE.search(before))
    if kind == "no":
        return bool(
            cues.INERT_NOUN.match(after)
            or cues.SECURITY_TALK.search(after[:120])
            or cues.NO_LONGER_THAN.match(after)
        )
    if kind == "nowise":
        return bool(cues.LIABILITY.search(after))
    others = cues.OTHER_PURPOSES.search(after)
    if kind in {"aux", "never", "longer"} and others and (others["than"] or others["but"]):
        # "Not for any purpose other than X" says that it is done, for X.
        return not cues.STOP.search(after, 0, others.start()) and not cues.OWN_OBJECT.match(
            after, 0, others.start()
        )
    if kind == "cease" and (cues.CEASE_ASKED.search(before) or not cues.CEASING.search(before)):
        return True
    if kind in {"refuse", "cease"}:
        return bool(cues.NEGATED_BEFORE.search(before) or cues.USER_MAY.search(before))
    # "We never fail to", "does not prevent us from": one negation undoes the other.
    return kind in {"aux", "never"} and bool(cues.UNDONE_AFTER.match(after))


def _scope(
    sentence: str, match: re.Match[str], limit: int, conditions: Sequence[Condition], *, relative: bool
) -> list[Span]:
    """The stretches right of a negation that it denies."""
    end = _reach(sentence, match, limit, relative=relative)
    pieces: list[Span] = []
    at = match.end()
    for condition in conditions:
        if condition.end <= at or condition.start >= end:
            continue
        if condition.start > at:
            pieces.append((at, condition.start))
        at = max(at, condition.end)
        if condition.exception and not _goes_on_after(sentence, condition, match.end()):
            return pieces
    if at < end:
        pieces.append((at, end))
    return pieces


def _goes_on_after(sentence: str, condition: Condition, cue_end: int) -> bool:
    """Whether a denial goes on after an exception: it stands in brackets, or right after the negation."""
    if sentence[: condition.start].rstrip().endswith("("):
        return True
    return condition.start - cue_end < 14 and sentence[condition.end : condition.end + 1] == ","


def _reach(sentence: str, match: re.Match[str], limit: int, *, relative: bool) -> int:
    """Where the reach of a negation ends, exceptions and conditions apart; at the latest where the next one stands."""
    start = match.end()
    if relative or match.lastgroup in {"bare", "exclude"}:
        stop = cues.NARROW_STOP.search(sentence, start)
        end = stop.start() if stop else len(sentence)
        if relative and (verb := cues.FINITE.search(sentence, start + 1, end)):
            # "Parcels that do not arrive are sent again": the verb of the main clause.
            end = verb.start()
        comma = sentence.find(",", start, end)
        # A relative clause ends at its comma; "but not your name, address or age" is a list and goes on.
        return min(limit, comma if relative and comma >= 0 else end)
    if match.lastgroup == "cease" and (undone := cues.CEASE_STOP.search(sentence, start, limit)):
        limit = undone.start()
    if match.lastgroup == "no" and (note := cues.DONE_AND_LISTED.search(sentence, start, limit)):
        limit = note.start("at")
    enumerated = ":" in sentence[start : start + 12]
    for stop in cues.STOP.finditer(sentence, start):
        if not (enumerated and stop.group().startswith(";")):
            return min(limit, stop.start())
    return limit


def _denied_before(sentence: str, match: re.Match[str], conditions: Sequence[Condition]) -> int | None:
    """Where the words before a negation begin that it denies, or None.

    They are the subject of a passive ("your name is not shared"), and the verb that is done to nothing or for nobody
    ("we keep no name", "we share your name with no one").
    """
    start = match.start()
    if match.lastgroup in {"no", "nor"}:
        if verb := cues.NO_ONE_BEFORE.search(_before(sentence, match)):
            return start - len(verb.group()) + verb.start("at") - verb.start()
        if given := cues.GIVEN_TO_NO_ONE.search(_before(sentence, match)):
            return _subject(sentence, start - len(given.group()), conditions)
    # "Your name is neither sold nor shared."
    if match.lastgroup not in {"nor", "aux", "never", "longer", "nowise"}:
        return None
    put_in = cues.PUT_IN.match(sentence, match.end())
    after = sentence[put_in.end() if put_in else match.end() :][:WINDOW]
    if cues.ALLOWED_AFTER.match(after):
        return None
    passive = cues.BE_BEFORE.search(sentence[max(0, start - WINDOW) : match.end()]) or cues.BE_AFTER.match(
        after
    )
    done = passive and cues.PARTICIPLE_AFTER.match(after)
    if not done and not cues.TAKES_PLACE_AFTER.match(after):
        return None
    return _subject(sentence, start, conditions)


def _subject(sentence: str, start: int, conditions: Sequence[Condition]) -> int | None:
    """Where the subject begins of a verb that is denied at an offset, or None when another verb affirms it."""
    left = 0
    for stop in cues.SUBJECT_START.finditer(sentence, 0, start):
        left = stop.end()
    for condition in conditions:
        if condition.end <= start:
            left = max(left, condition.end)
    for verb in cues.FINITE.finditer(sentence, left, start):
        own = not sentence[verb.end() : start].strip()
        relative = cues.RELATIVE_SUBJECT.search(sentence[max(0, verb.start() - 40) : verb.start()])
        if not own and not relative:
            # "Your name is used for X and will not be sold": the other verb affirms the subject.
            return None
    return left
