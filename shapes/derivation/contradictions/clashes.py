"""A denial against what is said to be done: whether they clash, only seem to, or have nothing to do with each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.shapes.derivation.contradictions.claims import Deed, Family, Promise, deeds, promises
from privagraph.shapes.derivation.contradictions.layout import Layout
from privagraph.shapes.derivation.contradictions.qualifiers import Topic
from privagraph.shapes.derivation.contradictions.scope import data_match, is_a, is_general, recipient_kind
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.reading import MentionView, PolicyView, Span

__all__ = ["clashes"]

_BREAKS = {
    Family.SHARING: frozenset({Family.SHARING, Family.SALE}),
    Family.SALE: frozenset({Family.SALE}),
    Family.COLLECTION: frozenset({Family.COLLECTION, Family.STORAGE, Family.SHARING}),
    Family.STORAGE: frozenset({Family.STORAGE}),
    Family.USE: frozenset({Family.USE}),
}
"""Which deeds break which promise: selling is sharing, sharing is not selling."""

_KINDS = {
    Family.SHARING: "pg:SharingContradiction",
    Family.SALE: "pg:SaleContradiction",
    Family.COLLECTION: "pg:CollectionContradiction",
    Family.STORAGE: "pg:StorageContradiction",
    Family.USE: "pg:UseContradiction",
}

_OUTSIDE = frozenset({"third", "anyone", "named"})
_REACHES = {"named": 1.0, "advertiser": 1.0, "third": 1.0, "anyone": 0.9, "provider": 0.8, "affiliate": 0.45}
_EXCUSES = {
    "affiliate": Topic.AFFILIATE,
    "provider": Topic.PROVIDER,
    "authority": Topic.LAW,
    "successor": Topic.MERGER,
}


_SMALL = frozenset({Topic.LAW, Topic.MERGER, Topic.SAFETY, Topic.AGGREGATE})
"""Exceptions that leave most of a promise as it is."""

_ASKED_FOR = 0.7
"""How much is left of a promise about what people enter, against data of which that is not said."""

_BY_ITSELF = re.compile(r"\bautomatic|\blogs?\b|\blog\s+data|\berrors?\b|\bcookies?\b|\bthird[\s-]part", re.IGNORECASE)
"""That data are recorded without anybody entering them."""

_NEAR = 600
"""How far what follows a denial is read together with it, in characters."""


@dataclass(frozen=True, slots=True)
class _Pair:
    promise: Promise
    deed: Deed
    strength: float
    why: str
    """Why it only seems to clash; empty where it does."""
    recipient: MentionView | None


def clashes(policy: PolicyView, layout: Layout) -> Iterator[Observation]:
    """The denials of a policy that it breaks itself, and those that it only seems to.

    One observation for each denial: with the practice that breaks it most surely.
    """
    by_family: dict[Family, list[Deed]] = {}
    for deed in deeds(policy, layout):
        by_family.setdefault(deed.family, []).append(deed)
    said: set[tuple[str, str]] = set()
    for promise in promises(policy, layout):
        others = [deed for family in Family if family in _BREAKS[promise.family] for deed in by_family.get(family, ())]
        pairs = [pair for deed in others if (pair := _compared(promise, deed)) is not None]
        if not pairs:
            continue
        best = max(pairs, key=lambda pair: (not pair.why, pair.strength, -pair.deed.practice.evidence.start))
        kind = _kind(best)
        # The same promise in the same words, or one sentence that denies sharing and selling: told once.
        key = (kind, " ".join(promise.practice.quote.split()))
        if key in said:
            continue
        said.add(key)
        alike = sum(1 for pair in pairs if bool(pair.why) == bool(best.why)) - 1
        yield _observation(best, kind, alike)


def _kind(pair: _Pair) -> str:
    if pair.why:
        return "pg:Narrowing"
    if pair.promise.family is Family.SHARING and pair.recipient is not None and pair.recipient.agent:
        return "pg:RecipientContradiction"
    return _KINDS[pair.promise.family]


def _observation(pair: _Pair, kind: str, alike: int) -> Observation:
    promise, deed = pair.promise.practice, pair.deed.practice
    notes = [f"No contradiction on a second look: {pair.why}."] if pair.why else []
    if alike:
        notes.append(f"{alike} other {'passage' if alike == 1 else 'passages'} of the policy {'says' if alike == 1 else 'say'} the like.")
    return Observation(
        kind=kind,
        spans=(promise.evidence, deed.evidence),
        about=tuple(iri for iri in (promise.iri, deed.iri) if iri),
        confidence=round(pair.strength, 2),
        note=" ".join(notes),
    )


def _compared(promise: Promise, deed: Deed) -> _Pair | None:
    """The pair of a promise and a deed, or None where they have nothing to do with each other."""
    first, second = promise.practice, deed.practice
    if _overlap(first.evidence, second.evidence) or Topic.SAFEGUARD in promise.exceptions:
        return None
    if Topic.POLICY in promise.exceptions and promise.listed is None:
        return None
    if promise.listed is not None and _overlap(promise.listed, second.evidence):
        return None
    matched = _data(promise, deed)
    if matched is None:
        return None
    data, why = matched
    recipient: MentionView | None = None
    reach = 1.0
    if promise.family in {Family.SHARING, Family.SALE}:
        if Topic.AGGREGATE in deed.topics:
            return None
        best = _recipient(promise, deed)
        if best is None:
            return None
        recipient, reach, narrower = best
        why = why or narrower
        if promise.for_marketing and not deed.for_marketing:
            return None
    if promise.family is Family.USE and not _same_purpose(promise, deed):
        return None
    covered = promise.exceptions & deed.topics
    if covered - {Topic.SAFETY}:
        return None
    why = why or _excuse(promise, deed)
    certain = math.sqrt(first.confidence * second.confidence)
    if promise.asked_for:
        data *= _ASKED_FOR
    strength = certain * data * reach * (0.95 if second.modality == "possible" else 1.0)
    return _Pair(promise, deed, strength, why, recipient)


def _excuse(promise: Promise, deed: Deed) -> str:
    """Why a denial is not broken by a deed that is of its kind."""
    if promise.narrow:
        return f"the denial says less than “never”, {promise.narrow}"
    if promise.goes_on is not None and promise.goes_on.start <= deed.practice.evidence.start < promise.goes_on.start + _NEAR:
        return "the policy says so right after the denial"
    if promise.listed is not None or Topic.OTHER in promise.exceptions:
        return "the denial has exceptions"
    if Topic.CONSENT in promise.exceptions:
        return "the denial leaves room for what people agree to"
    if promise.exceptions - _SMALL and not deed.for_marketing:
        return "the denial leaves room for those who help to provide the service"
    if Topic.CONSENT in deed.condition:
        return "it is done with the person's consent or at their wish"
    if Topic.LAW in deed.condition or (Topic.LAW in deed.topics and promise.family is Family.SHARING and deed.practice.modality != "asserted"):
        return "it is done where the law asks for it"
    if Topic.MERGER in deed.topics:
        return "it is done when the business changes hands"
    return ""


def _data(promise: Promise, deed: Deed) -> tuple[float, str] | None:
    """How surely the data of a deed are among those that a denial names, and why not."""
    if not promise.data or not deed.data:
        return None
    if promise.asked_for and _BY_ITSELF.search(deed.practice.quote):
        return None
    if promise.leaves and any(is_a(each.concept or "", left) for each in deed.data for left in promise.leaves):
        return None
    best = max(data_match(denied, done) for denied in promise.data for done in deed.data)
    if best <= 0.0:
        return None
    if best < 0.5:
        return best, "the denial is about other or narrower data"
    if promise.family is Family.COLLECTION and deed.family is not Family.COLLECTION and all(map(is_general, deed.data)):
        return None
    return best, ""


def _recipient(promise: Promise, deed: Deed) -> tuple[MentionView | None, float, str] | None:
    """The recipient of a deed whom a denial names most surely, how surely, and why not."""
    if not deed.recipients:
        if promise.family is Family.SALE:
            return None, 0.9, ""
        return None
    found: list[tuple[MentionView, float, str]] = []
    for each in deed.recipients:
        kind = recipient_kind(each)
        if promise.named:
            if each.agent in promise.named:
                found.append((each, 1.0, ""))
            continue
        wanted = promise.recipients
        if wanted and not wanted & _OUTSIDE and kind not in wanted:
            continue
        if kind in {"authority", "successor"}:
            found.append((each, 0.4, "the recipient is one to whom the law or a sale of the business leads"))
        elif kind == "affiliate":
            found.append((each, _REACHES[kind], "the recipient belongs to the same group of companies"))
        else:
            found.append((each, _REACHES.get(kind, 0.8), ""))
        if _EXCUSES.get(kind) in promise.exceptions:
            found.pop()
    return max(found, key=lambda one: (not one[2], one[1], bool(one[0].agent))) if found else None


def _same_purpose(promise: Promise, deed: Deed) -> bool:
    """Whether a use is for a purpose that a denial names; a denial that names none is about too much to compare."""
    denied = [each.concept for each in promise.practice.arguments_of("purpose") if each.concept and each.denied]
    done = [each.concept for each in deed.practice.arguments_of("purpose", "legitimate_interest") if each.concept]
    if denied:
        return any(is_a(one, other) for one in done for other in denied)
    return any(is_a(each.concept or "", "dpv:SensitivePersonalData") for each in promise.data)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


