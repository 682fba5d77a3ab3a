"""What a statement is about: which data, of whom, for which recipients, for which purposes.

Concepts are compared by ``skos:broader``; words are looked at where a concept says too little ("this information",
"personally identifiable", "precise location").
"""

from __future__ import annotations

import re
from functools import cache

from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.shapes.reading import MentionView, PracticeView

__all__ = [
    "ANAPHORA",
    "CHILDREN",
    "IDENTIFYING",
    "data_match",
    "denied_data",
    "is_a",
    "is_general",
    "is_impersonal",
    "marketing",
    "recipient_kind",
]

CHILDREN = re.compile(
    r"\b(?:child(?:ren)?|minors?|kids?|pupils?\s+under|(?:under|below)\s+(?:the\s+age|\(?\d\d|age)"
    r"|younger\s+than|under-?age|\d\d\s+years\s+of\s+age|COPPA|not\s+of\s+(?:legal\s+)?age)\b",
    re.IGNORECASE,
)
"""That a sentence is about children."""

ANAPHORA = re.compile(
    r"\W*(?:this|these|that|those|such|it|they|them|same|the\s+(?:same|above|said|corresponding|following|remaining)"
    r"|(?:any\s+|all\s+)?(?:other|further|additional|unnecessary|excess\w*|more)"
    r"|the\s+(?!user)(?:\w+\s+)?(?:data|information|details)\s*$|its?)\b",
    re.IGNORECASE,
)
"""Words for data that point at some data nearby, and so promise nothing for all data."""

IDENTIFYING = re.compile(r"\bidentif\w*|\bPII\b", re.IGNORECASE)
"""Words for data that leave out what identifies a device alone."""

_IMPERSONAL = re.compile(
    r"\baggregat|\banonym|\bnon-?\s?(?:personal|identif)|\bde-?\s?identif|\bstatistic"
    r"|\b(?:not|never|cannot|without)\s+(?:\w+\s+){0,4}identif",
    re.IGNORECASE,
)

_GENERAL = frozenset(
    map(
        expand,
        (
            "dpv:PersonalData",
            "dpv:CollectedPersonalData",
            "dpv:ProvidedPersonalData",
            "dpv:ObservedPersonalData",
            "dpv:Data",
        ),
    )
)
_NOBODY = tuple(map(expand, ("dpv:NonPersonalData", "dpv:AnonymisedData")))
_OF_DEVICE = tuple(
    map(
        expand,
        (
            *("pd:DeviceBased", "pd:Identifier", "pd:UID", "pd:UserAgent", "pd:Location", "pd:BrowsingBehaviour"),
            *("pd:ServiceConsumptionBehaviour", "pd:LinkClicked", "pd:Language", "pd:Demographic", "pd:Preference"),
        ),
    )
)
_ALSO_OF_DEVICE = frozenset(map(expand, ("pd:Tracking", "pd:Behavioural", "pd:External", "pd:Age", "pd:Gender")))
"""Concepts that say little by themselves, though what lies below some of them names a person."""

_OF_PERSON = tuple(map(expand, ("pd:Contact", "pd:HomeLocation", "pd:OfficialID")))
"""What names a person, though it lies below concepts of the others."""

_DECLARED = tuple(map(expand, ("pd:Country", "pd:Region", "pd:City", "pd:PostalCode", "pd:PhysicalAddress")))
"""Places that people tell, and that no device measures."""

_SETTING = re.compile(r"\b(?:time\s*zone|language|country|region|locale)\b", re.IGNORECASE)
"""Words for a setting of a device, which is less than a place."""

_PRECISE = re.compile(r"\b(?:precise|exact|fine|gps|real[\s-]?time|street[\s-]level)", re.IGNORECASE)

_MARKETING = re.compile(
    r"\b(?:market|advertis|ads?\b|promotion|commercial|remarket|retarget|sponsor)", re.IGNORECASE
)


@cache
def is_a(name: str, ancestor: str) -> bool:
    """Whether a concept is another or lies below it; never for an IRI that the vocabulary lacks."""
    words = vocabulary()
    return name in words and words.is_a(name, ancestor)


def is_general(data: MentionView) -> bool:
    """Whether words for data say no more than that they are data."""
    return data.concept in _GENERAL


def is_impersonal(words: str) -> bool:
    """Whether words say that data name nobody: aggregated, anonymous, statistical."""
    return bool(_IMPERSONAL.search(words))


_BARE_BEFORE = re.compile(
    r"""
    (?:^|[\s(“"'‘])(?:any|all|no|your|our|the|of|user['’]?s?|users['’]?|customers?['’]?s?|their|his|her|such|personal|private
      |personally|identifiable|identifying|valuable|data|information|share|shares|sell|sells|rent|collect|collects|trade
      |disclose|distribute|store|transfer|provide|gather|sensitive|other|or|and|,|not)[\s,]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What may stand before "information" where it means all of it; another word says which ("card information")."""

_LIMITED_AFTER = re.compile(
    r"""
    \s+(?: not\b | about\s+(?!you\b|our\s+\w*\s*(?:users|customers|visitors)|users|individuals|people|the\s+user|consumers)
      | (?:that|which)\s+(?!(?:can\s+|could\s+|would\s+)?(?:\w+\s+)?identif|we\b|you\b|is\b|may\b|relate)
      | contained\b | stored\b | obtained\b | relevant\b | necessary\b | in\s+(?:connection|relation|respect)\b
      | on\s+(?!the\s+(?:app|site)|our) | related\b | relating\b | regarding\b | needed\b | processed\s+(?:for|in)\b
      | from\s+(?!you\b|our\s+(?:users|customers|visitors)|(?:its|the|any)?\s*users|individuals|visitors|people|consumers|anyone) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands after words for data that says which they are."""

_EXAMPLES_AFTER = re.compile(r"[\s,:(]*(?:such\s+as|including|like|e\.g\.|namely|:)", re.IGNORECASE)


def denied_data(practice: PracticeView, text: str) -> tuple[MentionView, ...]:
    """The words for data that a denial is really about.

    Args:
        practice: The denial.
        text: The policy's text.

    Returns:
        Those that a concept fits, without words that stand for others named beside them ("no data such as your name"),
        and without words for all data that their context narrows ("card information", "information about errors").
    """
    found = [
        each for each in practice.arguments_of("data_category") if each.concept and not is_impersonal(each.quote)
    ]
    special = [each for each in found if not is_general(each)]
    kept: list[MentionView] = []
    for each in found:
        start, end = each.span.start, each.span.end
        if is_general(each):
            before = text[max(0, start - 40) : start]
            bare = re.fullmatch(r"(?:data|information|details|info)", each.quote, re.IGNORECASE)
            if (bare and before.strip() and not _BARE_BEFORE.search(before)) or _LIMITED_AFTER.match(text, end):
                continue
            if special and (bare or _EXAMPLES_AFTER.match(text, end) or ANAPHORA.match(each.quote)):
                continue
        kept.append(each)
    return tuple(kept)


def data_match(denied: MentionView, done: MentionView) -> float:
    """How surely data that a practice is about are among those of a denial.

    Returns:
        1 where they surely are, less where the words leave room, 0 where they are not; below 0.5 where a reader would
        take the denial for the narrower promise ("identifies you" against a device, "precise" against a region).
    """
    if denied.concept is None or done.concept is None or is_impersonal(done.quote):
        return 0.0
    if any(is_a(done.concept, each) for each in _NOBODY) or any(is_a(denied.concept, each) for each in _NOBODY):
        return 0.0
    if is_general(denied):
        if is_general(done):
            return 0.7 if ANAPHORA.match(done.quote) or "personal" not in done.quote.lower() else 1.0
        if _is_of_device(done.concept):
            return 0.4 if IDENTIFYING.search(denied.quote) else 0.85
        return 1.0
    if is_a(done.concept, denied.concept):
        if any(is_a(done.concept, each) for each in _DECLARED) or _SETTING.search(done.quote):
            return 1.0 if done.concept == denied.concept and not _SETTING.search(done.quote) else 0.4
        precise = _PRECISE.search(denied.quote) and not _PRECISE.search(done.quote)
        return 0.4 if precise else 1.0
    if not is_general(done) and is_a(denied.concept, done.concept):
        return 0.4
    return 0.0


def _is_of_device(concept: str) -> bool:
    """Whether data tell devices and habits apart rather than name a person."""
    if any(is_a(concept, each) for each in _OF_PERSON):
        return False
    return concept in _ALSO_OF_DEVICE or any(is_a(concept, each) for each in _OF_DEVICE)


def recipient_kind(recipient: MentionView) -> str:
    """What kind of recipient some words name.

    Returns:
        ``named``, ``advertiser``, ``third``, ``provider``, ``affiliate``, ``authority``, ``successor``, ``public``,
        ``own`` (the reader, the staff), or ``anyone``.
    """
    words, concept = recipient.quote.lower(), recipient.concept or ""
    if re.search(r"\b(?:us|we|our\s+(?:staff|team|employees|personnel)|employees?|staff|you|yourself)\b", words):
        return "own"
    if re.search(r"\b(?:everyone|any(?:one|body)|others?|no\s+one|nobody|outside|else)\b", words) and not recipient.agent:
        return "users" if re.search(r"\bother\s+(?:\w+\s+)?(?:users?|members?|players?|people)\b", words) else "anyone"
    kinds = (
        ("users", ("pg:OtherUsers", "dpv:User", "dpv:Customer", "dpv:Student", "dpv:Client")),
        ("public", ("pg:GeneralPublic",)),
        ("own", ("dpv:Employee", "dpv:DataSubject")),
        ("successor", ("pg:BusinessSuccessor",)),
        ("authority", ("dpv:GovernmentalOrganisation", "dpv:JudicialOrganisation", "dpv:LawEnforcementOrganisation")),
        ("authority", ("dpv:Authority",)),
        ("affiliate", ("dpv:SubsidiaryLegalEntity", "dpv:ParentLegalEntity")),
    )
    for kind, tops in kinds:
        if any(is_a(concept, top) for top in tops):
            return kind
    if re.search(r"\badvertis|\bad\s+(?:network|partner|server)|\bsponsor|\bmarketer", words):
        return "advertiser"
    if is_a(concept, "pg:AdvertisingNetwork") or is_a(concept, "pg:DataBroker"):
        return "advertiser"
    if recipient.agent:
        return "named"
    if re.search(r"\bthird|3rd|\bpartner|\boutside|\bother\s+(?:compan|organi|business)", words):
        return "third"
    if is_a(concept, "dpv:ServiceProvider") or is_a(concept, "dpv:DataProcessor") or is_a(concept, "dpv:Agent"):
        return "provider"
    if is_a(concept, "pg:ProfessionalAdviser"):
        return "provider"
    return "third"


def marketing(practice: PracticeView) -> bool:
    """Whether a practice serves marketing or advertising, by its purposes or by the words of its recipients."""
    tops = ("dpv:Marketing", "dpv:Advertising")
    purposes = practice.arguments_of("purpose", "legitimate_interest")
    if any(each.concept and any(is_a(each.concept, top) for top in tops) for each in purposes):
        return True
    said = (*purposes, *practice.arguments_of("recipient"))
    return any(_MARKETING.search(each.quote) for each in said)
