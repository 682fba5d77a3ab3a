"""One denial and one practice: whether they clash, only seem to, or have nothing to do with each other."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from privagraph.ontology.reading import MentionView, Span
from privagraph.shapes.derivation.contradictions.concepts import is_a
from privagraph.shapes.derivation.contradictions.data import match
from privagraph.shapes.derivation.contradictions.deeds import Deed
from privagraph.shapes.derivation.contradictions.families import Family
from privagraph.shapes.derivation.contradictions.people import same_people
from privagraph.shapes.derivation.contradictions.promises import Promise
from privagraph.shapes.derivation.contradictions.qualifiers import Topic
from privagraph.shapes.derivation.contradictions.recipients import head, recipient_kind

__all__ = ["Pair", "compared", "kind_of_deed"]

_OUTSIDE = frozenset({"third", "anyone"})
_REACHES = {
    "named": 1.0,
    "advertiser": 1.0,
    "third": 1.0,
    "some": 1.0,
    "anyone": 0.9,
    "provider": 0.8,
    "affiliate": 0.45,
    "users": 0.6,
    "public": 0.6,
    "authority": 0.4,
    "successor": 0.4,
}
"""How surely each kind of recipient is one of the third parties that a denial speaks of."""

_TRADES = frozenset({"some", "provider"})
"""Kinds of recipients that do many different things."""

_ANY_PROVIDER = frozenset(
    {"provider", "processor", "sub-processor", "vendor", "contractor", "supplier", "partner"}
)
"""Words for such recipients, whatever they do."""

_AT_SCHOOL = frozenset(
    {
        "school",
        "teacher",
        "parent",
        "guardian",
        "district",
        "educator",
        "administrator",
        "student",
        "pupil",
        "child",
    }
    | {"classmate", "class", "college", "university", "institution", "staff", "tutor", "family"}
)
"""Those who look after children and students, and other ones: no third parties for promises about their data."""

_SEEMS = {
    "affiliate": "the recipient belongs to the same group of companies",
    "authority": "the recipient is an authority, to which the law leads",
    "successor": "the recipient takes over the business",
}
"""Why a recipient is none whom a denial of sharing is about."""

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

_BY_ITSELF = re.compile(
    r"\bautomatic|\blogs?\b|\blog\s+data|\berrors?\b|\bcookies?\b|\bthird[\s-]part", re.IGNORECASE
)
"""That data are recorded without anybody entering them."""

_BESIDE = 80
"""How close two sentences stand that are read as one statement, in characters."""

_LEAST = 0.4
_LEAST_SEEMING = 0.3
"""A pair that clashes, or seems to, less surely than this is nothing to show."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A denial and a practice that have to do with each other.

    Attributes:
        promise: The denial.
        deed: The practice.
        strength: How surely both are meant as they were read and are about the same, from 0 to 1.
        why: Why they only seem to clash; empty where they do.
        recipient: Who gets the data, where the denial is about that.
    """

    promise: Promise
    deed: Deed
    strength: float
    why: str
    recipient: MentionView | None


def kind_of_deed(deed: Deed) -> object:
    """All that comparing a practice with a denial depends on, but for where it stands."""
    purposes = deed.practice.arguments_of("purpose", "legitimate_interest")
    return (
        (deed.family, deed.data, deed.topics, deed.condition, deed.for_marketing, deed.people, deed.apart),
        (deed.practice.modality, deed.practice.confidence, bool(_BY_ITSELF.search(deed.practice.quote))),
        frozenset((recipient_kind(each), head(each.quote), each.agent) for each in deed.recipients),
        frozenset(each.concept for each in purposes),
    )


def compared(promise: Promise, deed: Deed) -> Pair | None:
    """The pair of a promise and a deed, or None where they have nothing to do with each other."""
    first, second = promise.practice, deed.practice
    if _overlap(first.evidence, second.evidence) or Topic.SAFEGUARD in promise.exceptions:
        return None
    if Topic.POLICY in promise.exceptions and promise.listed is None:
        return None
    if promise.listed is not None and _overlap(promise.listed, second.evidence):
        return None
    if not same_people(promise.people, deed.people) if promise.people.groups else deed.apart:
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
    certain = math.sqrt(first.confidence * second.confidence)
    if promise.asked_for:
        data *= _ASKED_FOR
    strength = certain * data * reach * (0.95 if second.modality == "possible" else 1.0)
    why = why or _excuse(promise, deed)
    least = _LEAST_SEEMING if why else _LEAST
    return Pair(promise, deed, strength, why, recipient) if strength >= least else None


def _excuse(promise: Promise, deed: Deed) -> str:
    """Why a denial is not broken by a deed that is of its kind."""
    if promise.narrow:
        return f"the denial says less than “never”, {promise.narrow}"
    if promise.goes_on is not None and _overlap(promise.goes_on, deed.practice.evidence):
        return "the policy says so right after the denial"
    if promise.listed is not None or Topic.OTHER in promise.exceptions:
        return "the denial has exceptions"
    if Topic.CONSENT in promise.exceptions:
        return "the denial leaves room for what people agree to"
    if promise.exceptions - _SMALL and not deed.for_marketing:
        return "the denial leaves room for those who help to provide the service"
    if Topic.CONSENT in (deed.topics if promise.people.groups else deed.condition):
        return "it is done with the person's consent or at their wish"
    if Topic.LAW in deed.condition or (
        Topic.LAW in deed.topics and promise.family is Family.SHARING and deed.practice.modality != "asserted"
    ):
        return "it is done where the law asks for it"
    if Topic.MERGER in deed.topics:
        return "it is done when the business changes hands"
    return ""


def _data(promise: Promise, deed: Deed) -> tuple[float, str] | None:
    """How surely the data of a deed are among those that a denial names, and why not."""
    if not promise.data or not deed.data:
        return None
    if promise.asked_for:
        # What is asked for, and right after it that it is not collected: one statement in two sentences.
        gap = promise.practice.evidence.start - deed.practice.evidence.end
        if 0 <= gap < _BESIDE or _BY_ITSELF.search(deed.practice.quote):
            return None
    if promise.leaves and any(is_a(each.concept, left) for each in deed.data for left in promise.leaves):
        return None
    best = max(match(denied, done) for denied in promise.data for done in deed.data)
    if best <= 0.0:
        return None
    if best < 0.5:
        return best, "the denial is about other or narrower data"
    if (
        promise.family is Family.COLLECTION
        and deed.family is not Family.COLLECTION
        and all(each.general for each in deed.data)
    ):
        return None
    return best, ""


def _recipient(promise: Promise, deed: Deed) -> tuple[MentionView | None, float, str] | None:
    """The recipient of a deed whom a denial names most surely, how surely, and why not."""
    if not deed.recipients and promise.family is Family.SALE:
        return None, 0.9, ""  # whoever buys is somebody
    reached = [(each, *found) for each in deed.recipients if (found := _reached(promise, each)) is not None]
    return max(reached, key=lambda one: (not one[2], one[1], bool(one[0].agent)), default=None)


def _reached(promise: Promise, recipient: MentionView) -> tuple[float, str] | None:
    """How surely a denial is about a recipient, and why it seems to be more than it is."""
    if promise.people.groups and head(recipient.quote) in _AT_SCHOOL:
        return None
    if promise.named:
        return (1.0, "") if recipient.agent in promise.named else None
    kind, wanted = recipient_kind(recipient), promise.recipients
    if kind in _TRADES and kind in wanted and not wanted & _OUTSIDE:
        # "We share nothing with banks" says nothing of insurers.
        same = head(recipient.quote) in promise.heads or promise.heads & _ANY_PROVIDER
        return (_REACHES[kind], "") if same and _EXCUSES.get(kind) not in promise.exceptions else None
    if kind not in wanted:
        if wanted and not wanted & _OUTSIDE:
            return None
        if kind in {"users", "public"} and "anyone" not in wanted:
            return None
    if _EXCUSES.get(kind) in promise.exceptions:
        return None
    return _REACHES[kind], _SEEMS.get(kind, "")


def _same_purpose(promise: Promise, deed: Deed) -> bool:
    """Whether a use is for a purpose that a denial names; a denial that names none is about too much to compare."""
    denied = [
        each.concept for each in promise.practice.arguments_of("purpose") if each.concept and each.denied
    ]
    done = [
        each.concept for each in deed.practice.arguments_of("purpose", "legitimate_interest") if each.concept
    ]
    if denied:
        return any(is_a(one, other) for one in done for other in denied)
    return any(is_a(each.concept, "dpv:SensitivePersonalData") for each in promise.data)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
