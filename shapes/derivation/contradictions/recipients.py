"""Who gets data, and what for: kinds of recipients as promises tell them apart."""

from __future__ import annotations

import re
from functools import lru_cache

from privagraph.ontology.reading import MentionView, PracticeView
from privagraph.shapes.derivation.contradictions.concepts import is_a

__all__ = ["head", "marketing", "recipient_kind"]

_GROUP = re.compile(
    r"(?<!un)(?<!non)(?<!non-)\baffiliate[sd]?\b(?!\s+(?:network|partner|marketing|program))|\bsubsidiar|\bparent\s+compan"
    r"|\bgroup\s+(?:of\s+)?compan|\bcorporate\s+family|\brelated\s+compan|\bsister\s+compan",
    re.IGNORECASE,
)
"""Words for companies of the same group."""

_MARKETING = re.compile(
    r"\b(?:market|advertis|ads?\b|promotion|commercial|remarket|retarget|sponsor)", re.IGNORECASE
)

_OWN = re.compile(
    r"\b(?:us|we|our\s+(?:staff|team|employees|personnel)|employees?|staff|you|yourself)\b", re.IGNORECASE
)
_ANYONE = re.compile(r"\b(?:everyone|any(?:one|body)|others|no\s+one|nobody|outside|else)\b", re.IGNORECASE)
_OTHER_USERS = re.compile(r"\bother\s+(?:\w+\s+)?(?:users?|members?|players?|people)\b", re.IGNORECASE)
_ADVERTISER = re.compile(r"\badvertis|\bad\s+(?:network|partner|server)|\bsponsor|\bmarketer", re.IGNORECASE)
_THIRD = re.compile(
    r"\bthird|3rd|\boutside|\bother\s+(?:compan|organi|business|entit|part)"
    r"|^(?:(?:any|all|other|external|unaffiliated|non-?affiliated|independent|unrelated)\s+)*"
    r"(?:companies|compan(?:y|ies)|organi[sz]ations?|entit(?:y|ies)|businesses|individuals|persons|people|part(?:y|ies)|firms)\b",
    re.IGNORECASE,
)

_BY_CONCEPT = (
    ("users", ("pg:OtherUsers", "dpv:User", "dpv:Customer", "dpv:Student", "dpv:Client")),
    ("public", ("pg:GeneralPublic",)),
    ("own", ("dpv:Employee", "dpv:DataSubject")),
    ("successor", ("pg:BusinessSuccessor",)),
    (
        "authority",
        (
            "dpv:GovernmentalOrganisation",
            "dpv:JudicialOrganisation",
            "dpv:LawEnforcementOrganisation",
            "dpv:Authority",
        ),
    ),
    ("affiliate", ("dpv:SubsidiaryLegalEntity", "dpv:ParentLegalEntity")),
    ("advertiser", ("pg:AdvertisingNetwork", "pg:DataBroker")),
)
_PROVIDERS = ("dpv:ServiceProvider", "dpv:DataProcessor", "dpv:Agent", "pg:ProfessionalAdviser")


def recipient_kind(recipient: MentionView) -> str:
    """What kind of recipient some words name.

    Returns:
        ``named``, ``advertiser``, ``third``, ``provider``, ``affiliate``, ``authority``, ``successor``, ``users``,
        ``public``, ``own`` (the reader, the staff), ``anyone``, or ``some`` for others, such as banks.
    """
    return _kind(recipient.quote, recipient.concept or "", recipient.agent is not None)


@lru_cache(maxsize=4096)
def _kind(words: str, concept: str, named: bool) -> str:
    if _OWN.search(words):
        return "own"
    if not named and _ANYONE.search(words):
        return "users" if _OTHER_USERS.search(words) else "anyone"
    if _GROUP.search(words):
        return "affiliate"
    if _ADVERTISER.search(words):
        return "advertiser"
    for kind, tops in _BY_CONCEPT:
        if any(is_a(concept, top) for top in tops):
            return kind
    if named:
        return "named"
    if _THIRD.search(words):
        return "third"
    return "provider" if any(is_a(concept, top) for top in _PROVIDERS) else "some"


def head(words: str) -> str:
    """The noun that a phrase for a recipient is about, in the singular ("our insurance partners" is "partner").

    Example:
        >>> head("our insurance partners"), head("companies")
        ('partner', 'company')
    """
    last = re.sub(r"\W+$", "", words.lower()).rpartition(" ")[2]
    return f"{last[:-3]}y" if last.endswith("ies") else last.rstrip("s")


def marketing(practice: PracticeView) -> bool:
    """Whether a practice serves marketing or advertising, by its purposes or by the words of its recipients."""
    tops = ("dpv:Marketing", "dpv:Advertising")
    purposes = practice.arguments_of("purpose", "legitimate_interest")
    if any(each.concept and any(is_a(each.concept, top) for top in tops) for each in purposes):
        return True
    said = (*purposes, *practice.arguments_of("recipient"))
    return any(_MARKETING.search(each.quote) for each in said)
