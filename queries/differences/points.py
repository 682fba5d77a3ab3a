"""What a passage says, point by point: the data, the purposes, the recipients, each with the words for it.

An extractor reads one thing in two ways when a sentence is reworded. So two points are the same when either their words
or what these were grounded to say so, and a point is new only where both say that it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PracticeView, Span
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.differences.passages import Passage, content, key_of

__all__ = ["ASPECTS", "Point", "alike", "direction", "family_of", "points_of", "same_thing", "unsaid"]

ASPECTS: Mapping[str, str] = {
    "data_category": "data",
    "purpose": "purpose",
    "legitimate_interest": "purpose",
    "recipient": "recipient",
    "legal_basis": "legal basis",
    "retention": "retention",
    "source": "source",
    "storage_location": "location",
    "transfer_destination": "location",
    "transfer_safeguard": "safeguard",
    "security_measure": "security",
    "right": "right",
    "tracking_technology": "tracking",
    "contact": "contact",
    "dpo": "contact",
    "controller": "controller",
    "child_rule": "children",
    "dnt": "do not track",
    "opt_out": "opt-out",
    "automated_decision": "automated decisions",
    "breach_notice": "breach notice",
    "policy_change": "notice of changes",
}
"""What a mention of a role is about; roles that are not here are no point of their own."""

_VAGUE = frozenset(
    map(
        expand,
        "dpv:PersonalData dpv:Data dpv:CollectedPersonalData dpv:Purpose dpv:ThirdParty dpv:Recipient "
        "dpv:ServiceProvider dpv:DataProcessor dpv:Organisation dpv:TechnicalOrganisationalMeasure dpv:Right "
        "dpv:LegalBasis dpv:TemporalDuration dpv:UntilEventDuration dpv:ThirdPartyDataSource dpv:ServiceProvision "
        "dpv:DataController dpv:RightExerciseNotice dpv:PermissionManagement dpv:DataProtectionOfficer".split(),
    )
)
"""Concepts that words of any kind are grounded to, so that having one in common says little."""

_DECISIONS = expand("eu-gdpr:A22")
_CLAIM = re.compile(
    r"\brights?\b|\bobject|\bcontest|\bchalleng|\bopt|\bsubject(?:ed)?\s+to\b|\bhuman\b|\brequest|\bask\b",
    re.IGNORECASE,
)
"""Words by which people can do something about decisions of machines."""
_ANYONE = re.compile(
    r"\b(?:third|3rd|other|outside|external)[\s-]+(?:part(?:y|ies)|compan(?:y|ies)|organi[sz]ations?|businesses|entit\w+)\b"
    r"|\b(?:any(?:one|body)|others|everyone|partners|the\s+public)\b",
    re.IGNORECASE,
)
"""Words for recipients who could be anybody."""
_NAME = re.compile(r"\b[A-Z][\w.&'’-]*\w")
_PERSON = re.compile(
    r"(?:(?:Dr|Prof|Mrs?|Ms|Mx)\.?\s+)*(?!Data\b)[^\W\d_][\w.'’-]+(?:\s+[^\W\d_a-z][\w.'’-]+){1,3}"
)
"""The name of a person."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a passage says.

    Attributes:
        aspect: What it is about, a value of :data:`ASPECTS`.
        mention: The words.
        stems: What of the words tells something.
        concept: What they were grounded to; None where that is nothing, or could be anything.
        denied: Whether the policy denies it.
    """

    aspect: str
    mention: MentionView
    stems: frozenset[str]
    concept: str | None
    denied: bool

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return self.mention.span


def points_of(passage: Passage) -> tuple[Point, ...]:
    """The points of a passage, one for each thing, in the order of the text."""
    found: list[Point] = []
    for mention in passage.mentions:
        aspect = _aspect_of(mention, passage)
        if aspect is None or (aspect == "controller" and mention.agent is None):
            continue
        if mention.role == "dpo" and not mention.value and not _PERSON.fullmatch(mention.quote):
            continue
        if (
            aspect == "recipient"
            and mention.denied
            and mention.agent is None
            and _ANYONE.search(mention.quote)
        ):
            continue  # "to anyone", "to third parties", "to nobody": a denial means the same with and without
        made = _point(aspect, mention)
        twin = next((at for at, each in enumerate(found) if _one_mention(each, made)), None)
        if twin is None:
            found.append(made)
        elif found[twin].concept is None and made.concept is not None:
            found[twin] = made
    recipients = {each.mention.agent for each in found if each.aspect == "recipient"} - {None}
    return tuple(each for each in found if each.aspect != "tracking" or each.mention.agent not in recipients)


def _aspect_of(mention: MentionView, passage: Passage) -> str | None:
    """What a mention is about; words on decisions of machines that claim no right say whether there are such."""
    if mention.concept == _DECISIONS and not _CLAIM.search(passage.quote):
        return "automated decisions"
    return ASPECTS.get(mention.role)


def _point(aspect: str, mention: MentionView) -> Point:
    concept = None if mention.concept in _VAGUE else mention.concept
    return Point(aspect, mention, content(mention.quote), concept, mention.denied)


def _one_mention(one: Point, other: Point) -> bool:
    """Whether two mentions of one passage are about the same words, found in two roles or twice."""
    overlap = one.span.start < other.span.end and other.span.start < one.span.end
    return one.aspect == other.aspect and (overlap or same_thing(one, other))


def same_thing(one: Point, other: Point) -> bool:
    """Whether two points of one aspect name the same thing.

    Grounded to the same is not enough where that is broad: "battery level" and "device model" are data of a device.
    """
    mine, its = one.mention, other.mention
    if mine.agent is not None or its.agent is not None:
        return mine.agent == its.agent
    if one.aspect in ("recipient", "source") and _names(mine) and _names(its):
        return not _names(mine).isdisjoint(_names(its))
    if one.aspect == "contact":
        return _plain(mine) == _plain(its)
    if mine.value and its.value:
        return mine.value == its.value
    if one.stems and one.stems == other.stems:
        return True
    if one.concept is not None and one.concept == other.concept:
        if one.stems & other.stems or _names_it(one) or _names_it(other):
            return True
        return _is_leaf(one.concept) and (one.aspect != "data" or _is_named(one) or _is_named(other))
    both = len(one.stems & other.stems)
    related = one.concept is None or other.concept is None or direction(one, other) != ""
    return related and both > 0 and 2 * both >= len(one.stems | other.stems)


def alike(one: Point, other: Point) -> bool:
    """Whether two points of passages that belong together may be the same: a weaker claim than :func:`same_thing`."""
    return same_thing(one, other) or (
        one.concept is not None
        and one.concept == other.concept
        and one.mention.agent is None
        and other.mention.agent is None
    )


def direction(old: Point, new: Point) -> str:
    """Whether the new point is ``broader`` or ``narrower`` than the old one by ``skos:broader``; else empty."""
    if old.aspect == "recipient" and new.mention.agent is not None and old.mention.agent is None:
        return "named"
    before, after = old.mention.concept, new.mention.concept
    if old.aspect == "recipient" and new.mention.agent is None and _ANYONE.search(new.mention.quote):
        return "" if _ANYONE.search(old.mention.quote) else "broader"
    if before is None or after is None or before == after:
        return ""
    if _is_below(before, after):
        return "broader"
    return "narrower" if _is_below(after, before) else ""


def family_of(practice: PracticeView) -> str:
    """What kind of operation a practice is: ``sell``, ``share``, ``erase`` or ``handle``.

    To collect, to use and to keep are one, since wordings change between them ("we ask for", "we use") without a change
    of what happens; who gets something obtains it from those who share it.
    """
    name = practice.processing
    if _is_below(name, expand("pg:Sell")) or _is_below(name, expand("pg:Rent")):
        return "sell"
    if _is_below(name, expand("dpv:Remove")):
        return "erase"
    shares = any(_is_below(name, expand(each)) for each in ("dpv:Disclose", "dpv:Transfer"))
    return "share" if shares or practice.arguments_of("recipient") else "handle"


def unsaid(points: Sequence[Point], passage: Passage) -> list[Point]:
    """The points whose words a passage does not have; contacts are told by each letter."""
    return [each for each in points if not _is_said(each, passage)]


def _is_said(point: Point, passage: Passage) -> bool:
    if point.aspect == "contact":
        words = _plain(point.mention)
        missing = [each for each in key_of(words) if each not in passage.key]
        figures = any(char.isdigit() for word in missing for char in word)
        return words in passage.quote.casefold() or (
            "@" not in words and not figures and 4 * len(missing) <= len(key_of(words))
        )
    return 4 * len(point.stems - passage.stems) <= len(point.stems)


def _names(mention: MentionView) -> frozenset[str]:
    """The words with a capital, as names have, behind the first one."""
    return frozenset(
        word
        for word in _NAME.findall(mention.quote)
        if not mention.quote.startswith(word) or mention.quote == word
    )


def _plain(mention: MentionView) -> str:
    return " ".join((mention.value or mention.quote).casefold().split())


@cache
def _is_below(name: str, above: str) -> bool:
    words = vocabulary()
    return name in words and above in words and words.is_a(name, above)


@cache
def _is_leaf(concept: str) -> bool:
    words = vocabulary()
    return concept in words and not words.narrower(concept)


@cache
def _label_stems(concept: str) -> frozenset[str]:
    words = vocabulary()
    return content(words.label(concept)) if concept in words else frozenset()


def _is_named(point: Point) -> bool:
    """Whether the words have one in common with the name of their concept."""
    return point.concept is not None and bool(point.stems & _label_stems(point.concept))


def _names_it(point: Point) -> bool:
    """Whether the words say no more than the name of their concept."""
    return point.concept is not None and point.stems <= _label_stems(point.concept)
