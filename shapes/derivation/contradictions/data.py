"""The data that a statement is about, and whether some are among others.

Concepts are compared by ``skos:broader``; words are looked at where a concept says too little ("this information",
"personally identifiable", "precise location").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PracticeView
from privagraph.shapes.derivation.contradictions.concepts import is_a

__all__ = ["ALL_DATA", "Data", "data_of", "denied_data", "done_data", "match"]

ANAPHORA = re.compile(
    r"\W*(?:this|these|that|those|such|it|they|them|same|the\s+(?:same|above|said|corresponding|following|remaining)"
    r"|(?:any\s+|all\s+)?(?:other|further|additional|unnecessary|excess\w*|more)"
    r"|the\s+(?!user)(?:\w+\s+)?(?:data|information|details)\s*$|its?)\b",
    re.IGNORECASE,
)
"""Words for data that point at some data nearby, and so promise nothing for all data."""

_IDENTIFYING = re.compile(r"\bidentif\w*|\bPII\b", re.IGNORECASE)
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
            *(
                "pd:DeviceBased",
                "pd:Identifier",
                "pd:UID",
                "pd:UserAgent",
                "pd:Location",
                "pd:BrowsingBehaviour",
            ),
            *(
                "pd:ServiceConsumptionBehaviour",
                "pd:LinkClicked",
                "pd:Language",
                "pd:Demographic",
                "pd:Preference",
            ),
        ),
    )
)
_ALSO_OF_DEVICE = frozenset(
    map(expand, ("pd:Tracking", "pd:Behavioural", "pd:External", "pd:Age", "pd:Gender"))
)
"""Concepts that say little by themselves, though what lies below some of them names a person."""

_OF_PERSON = tuple(map(expand, ("pd:Contact", "pd:HomeLocation", "pd:OfficialID")))
"""What names a person, though it lies below concepts of the others."""

_CONTACT = expand("pd:Contact")
_DECLARED = tuple(map(expand, ("pd:Country", "pd:Region", "pd:City", "pd:PostalCode", "pd:PhysicalAddress")))
"""Places that people tell, and that no device measures."""

_SETTING = re.compile(r"\b(?:time\s*zone|language|country|region|locale)\b", re.IGNORECASE)
"""Words for a setting of a device, which is less than a place."""

_PRECISE = re.compile(r"\b(?:precise|exact|fine|gps|real[\s-]?time|street[\s-]level)", re.IGNORECASE)

_PERMISSION = re.compile(r"\bpermissions?\b|\bconsent\b", re.IGNORECASE)
"""Words that were taken for data and are none."""

_BARE_BEFORE = re.compile(
    r"""
    (?:^|[\s(“"'‘])(?:any|all|no|your|our|the|of|user['’]?s?|users['’]?|customers?['’]?s?|their|his|her|such|personal|private
      |personally|identifiable|identifying|valuable|data|information|share|shares|sell|sells|rent|collect|collects|trade
      |disclose|distribute|store|transfer|provide|gather|sensitive|other|or|and|,|not
      |(?:child(?:ren)?|minor|kid|student|pupil|learner)s?['’]?s?)[\s,]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What may stand before "information" where it means all of it; another word says which ("card information")."""

_LIMITED_AFTER = re.compile(
    r"""
    \s+(?: not\b | about\s+(?!you\b|our\s+\w*\s*(?:users|customers|visitors)|users|individuals|people|the\s+user
      |consumers|(?:our\s+|any\s+|a\s+)?(?:child|minors|kids|students?|pupils?|learners?))
      | (?:that|which)\s+(?!(?:can\s+|could\s+|would\s+)?(?:\w+\s+)?identif|we\b|you\b|is\b|may\b|relate)
      | contained\b | stored\b | obtained\b | relevant\b | necessary\b | in\s+(?:connection|relation|respect)\b
      | on\s+(?!the\s+(?:app|site)|our) | related\b | relating\b | regarding\b | needed\b | processed\s+(?:for|in)\b
      | from\s+(?!you\b|our\s+(?:users|customers|visitors)|(?:its|the|any)?\s*users|individuals|visitors|people
        |consumers|anyone|(?:our\s+|any\s+|a\s+)?(?:child|minors|kids|students?|pupils?|learners?)) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands after words for data that says which they are."""

_BARE = re.compile(r"(?:data|information|details|info)", re.IGNORECASE)
_OF_SOME = re.compile(
    r"(?:your\s+|our\s+|any\s+|all\s+|the\s+)*(?:child|children|minor|kid|student|pupil|learner)s?['’]?s?\s+"
    r"(?:personal\s+)?(?:data|information)",
    re.IGNORECASE,
)
"""Words for all data of some people."""

_EXAMPLES_AFTER = re.compile(r"[\s,:(]*(?:such\s+as|including|like|e\.g\.|namely|:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Data:
    """Some data, by all that a comparison looks at.

    Attributes:
        concept: IRI of the concept.
        general: Whether it says no more than that they are data about people.
        pointing: Whether the words point at data nearby ("this information").
        personal: Whether the words say that they are personal.
        identifying: Whether the words leave out what identifies a device alone.
        precise: Whether the words say that a place is exact.
        setting: Whether the words are for a setting of a device, such as its time zone.
    """

    concept: str
    general: bool = False
    pointing: bool = False
    personal: bool = False
    identifying: bool = False
    precise: bool = False
    setting: bool = False


ALL_DATA = Data(expand("dpv:PersonalData"), general=True, personal=True)
"""All personal data, as a sweeping promise means them."""


def data_of(mention: MentionView) -> Data | None:
    """The data that a mention names; None where no concept fits, or where they are about nobody."""
    return _data(mention.concept, mention.quote)


@lru_cache(maxsize=4096)
def _data(concept: str | None, words: str) -> Data | None:
    if concept is None or _IMPERSONAL.search(words) or any(is_a(concept, each) for each in _NOBODY):
        return None
    whole = bool(_OF_SOME.fullmatch(words))
    return Data(
        ALL_DATA.concept if whole else concept,
        general=whole or concept in _GENERAL,
        pointing=bool(ANAPHORA.match(words)),
        personal=whole or "personal" in words.lower(),
        identifying=bool(_IDENTIFYING.search(words)),
        precise=bool(_PRECISE.search(words)),
        setting=bool(_SETTING.search(words)),
    )


def done_data(practice: PracticeView) -> frozenset[Data]:
    """The data that an affirmed practice is about."""
    said = practice.arguments_of("data_category")
    found = (data_of(each) for each in said if not each.denied and not _PERMISSION.search(each.quote))
    return frozenset(each for each in found if each is not None)


def denied_data(practice: PracticeView, text: str) -> tuple[Data, ...]:
    """The data that a denial is really about.

    Args:
        practice: The denial.
        text: The policy's text.

    Returns:
        Without words that stand for others named beside them ("no data such as your name"), and without words for all
        data that their context narrows ("card information", "information about errors").
    """
    said = [
        (each, data) for each in practice.arguments_of("data_category") if (data := data_of(each)) is not None
    ]
    special = any(not data.general for _, data in said)
    kept: list[Data] = []
    for each, data in said:
        if data.general:
            start, end = each.span.start, each.span.end
            before = text[max(0, start - 40) : start]
            bare = _BARE.fullmatch(each.quote)
            if (bare and before.strip() and not _BARE_BEFORE.search(before)) or _LIMITED_AFTER.match(
                text, end
            ):
                continue
            if special and (bare or data.pointing or _EXAMPLES_AFTER.match(text, end)):
                continue
        kept.append(data)
    return tuple(kept)


@lru_cache(maxsize=16384)
def match(denied: Data, done: Data) -> float:
    """How surely data that a practice is about are among those of a denial.

    Returns:
        1 where they surely are, less where the words leave room, 0 where they are not; below 0.5 where a reader would
        take the denial for the narrower promise ("identifies you" against a device, "precise" against a region).
    """
    if denied.general:
        if done.general:
            return 0.7 if done.pointing or not done.personal else 1.0
        if _is_of_device(done.concept):
            return 0.4 if denied.identifying else 0.85
        return 1.0
    if is_a(done.concept, denied.concept):
        if done.setting or (
            done.concept != denied.concept and any(is_a(done.concept, each) for each in _DECLARED)
        ):
            return 0.4
        return 0.4 if denied.precise and not done.precise else 1.0
    if not done.general and is_a(denied.concept, done.concept):
        return 0.65 if done.concept == _CONTACT else 0.4  # "contact details" are all of them
    return 0.0


def _is_of_device(concept: str) -> bool:
    """Whether data tell devices and habits apart rather than name a person."""
    if any(is_a(concept, each) for each in _OF_PERSON):
        return False
    return concept in _ALSO_OF_DEVICE or any(is_a(concept, each) for each in _OF_DEVICE)
