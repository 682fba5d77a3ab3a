"""What a change means for the people whose data they are: whether their privacy gets weaker or stronger.

More done with data, by more people, for longer and under fewer conditions is weaker; more promises, rights and
safeguards are stronger. Where the words do not tell, a change is neutral.
"""

from __future__ import annotations

import re

from privagraph.queries.differences.changes import Effect, Kind

__all__ = ["effect_of"]

_EXPOSING = frozenset("practice data purpose recipient source tracking location".split()) | {
    "automated decisions"
}
_PROTECTING = frozenset("safeguard right security condition retention opt-out".split()) | {
    "do not track",
    "breach notice",
    "notice of changes",
    "legal basis",
}
_WIDER = frozenset({"broader", "longer", "now done", "now shared", "now sold"})
_CLOSER = frozenset({"narrower", "shorter", "now denied", "named", "no longer shared", "no longer sold"})
_SIGNAL = re.compile(r"\bDo[ -]Not[ -]Track\b|\b(?i:dnt|signals?|gpc|privacy control|headers?|browsers?)\b")
"""What an answer to a browser's wish is about; "we do not track you" answers none."""
_PRECISE = re.compile(r"\b(?:precise|exact|gps)\b", re.IGNORECASE)


def effect_of(
    kind: Kind, aspect: str, direction: str = "", *, denied: bool = False, old: str = "", new: str = ""
) -> Effect:
    """What a change means for people.

    Args:
        kind: Whether something was added, dropped or changed.
        aspect: What the change is about.
        direction: Which way it went.
        denied: Whether the policy denies what the change is about.
        old: The old words.
        new: The new words.
    """
    if aspect == "do not track" and not _SIGNAL.search(new or old):
        return Effect.NEUTRAL
    if kind is Kind.CHANGED:
        return _effect_of_change(aspect, direction, denied=denied, old=old, new=new)
    more = kind is Kind.ADDED
    if aspect in _EXPOSING:
        return Effect.WEAKER if more != denied else Effect.STRONGER
    if aspect in _PROTECTING:
        return Effect.STRONGER if more != denied else Effect.WEAKER
    return Effect.NEUTRAL


def _effect_of_change(aspect: str, direction: str, *, denied: bool, old: str, new: str) -> Effect:
    if aspect == "legal basis":
        before, after = ("consent" in words.casefold() for words in (old, new))
        if before == after:
            return Effect.NEUTRAL
        return Effect.STRONGER if after else Effect.WEAKER
    if aspect == "data" and bool(_PRECISE.search(old)) != bool(_PRECISE.search(new)):
        return Effect.WEAKER if bool(_PRECISE.search(new)) != denied else Effect.STRONGER
    if aspect == "period":
        return Effect.NEUTRAL
    if direction in ("now done", "now denied"):
        denied = aspect in _PROTECTING  # an answer to Do Not Track that is denied is none
    if direction in _WIDER:
        return Effect.STRONGER if denied else Effect.WEAKER
    if direction in _CLOSER:
        return Effect.WEAKER if denied else Effect.STRONGER
    return Effect.NEUTRAL
