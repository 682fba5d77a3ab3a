"""Whether a passage does what it denied, whether it sells or shares, how firmly it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.queries.differences.changes import Change, Effect, Kind
from privagraph.queries.differences.effects import effect_of
from privagraph.queries.differences.pair import WHOLE, Pair, changed, negations, place_of
from privagraph.queries.differences.passages import Passage
from privagraph.queries.differences.points import family_of
from privagraph.queries.differences.wording import turned

__all__ = ["modality_changes", "operation_changes", "polarity_changes"]

_GIVING = re.compile(
    r"\b(?:shar|disclos|transfer|sell|sold|sale|rent|giv|pass|provid|send|sent|transmit|hand|release)",
    re.IGNORECASE,
)
"""Words for giving data to others."""
_POSSIBLE = frozenset("may might could".split())


def polarity_changes(pair: Pair) -> Iterator[Change]:
    """A denial that became a practice, or the reverse; at most one."""
    old, new = pair.old, pair.new
    if old.key == new.key and (not old.practices or not new.practices):
        return
    before, after = (negations(each) for each in (old, new))
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
    known = bool(deeds) or "we" in new.key[:4]  # what others do, or do not, need not be for or against people
    yield Change(
        Kind.CHANGED,
        "polarity",
        way,
        effect_of(Kind.CHANGED, "polarity", way) if known else Effect.NEUTRAL,
        turned(deeds, new.quote, pair.policies[1], done=not now_denied),
        place_of(old, None, pair.policies[0]),
        place_of(new, None, pair.policies[1]),
    )


def operation_changes(pair: Pair) -> Iterator[Change]:
    """Data that are sold or shared now and were not, or the reverse."""
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
        if bool(_GIVING.search(pair.old.quote)) == bool(_GIVING.search(pair.new.quote)):
            continue  # only the extractor reads another operation
        way = come if family in now else gone
        yield changed(pair, "operation", way, None, None, denied=False)


def modality_changes(pair: Pair) -> Iterator[Change]:
    """What was certain and only may happen now, or the reverse."""
    was, now = ({each.modality for each in side.deeds} for side in (pair.old, pair.new))
    if len(was) != 1 or len(now) != 1 or was == now or was == {"required"} or now == {"required"}:
        return
    said = [bool(_POSSIBLE.intersection(side.key)) for side in (pair.old, pair.new)]
    if said != [was == {"possible"}, now == {"possible"}]:
        return
    way = "now possible" if now == {"possible"} else "now certain"
    yield changed(pair, "modality", way, None, None, denied=False)


def _is_provision(pair: Pair) -> bool:
    """Whether all that the passage is about is compared as a whole."""
    points = (*pair.before.points(pair.old), *pair.after.points(pair.new))
    return bool(points) and all(each.aspect in WHOLE for each in points)


def _nearly(old: Passage, new: Passage) -> bool:
    """Whether two passages have nearly the same words, whatever is denied."""
    return len(old.stems & new.stems) >= 0.75 * len(old.stems | new.stems)
