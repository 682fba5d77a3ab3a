"""Denials as promises that can be compared: what is promised, to whom it is bound, what it leaves out.

Half of the work is leaving out what promises nothing: what others must not do, what the reader should not do, rights
and limits, questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.shapes.derivation.contradictions.data import ALL_DATA, Data, denied_data
from privagraph.shapes.derivation.contradictions.families import Family, family_of
from privagraph.shapes.derivation.contradictions.following import limit_after
from privagraph.shapes.derivation.contradictions.people import EVERYBODY, People, people_of
from privagraph.shapes.derivation.contradictions.qualifiers import (
    CHILDREN,
    CONTRAST,
    EXCEPTION,
    HEDGE,
    NEGATION,
    SCOPED,
    Topic,
    exceptions_of,
    goes_on,
    topics_of,
)
from privagraph.shapes.derivation.contradictions.recipients import head, marketing, recipient_kind
from privagraph.shapes.derivation.contradictions.sweeping import sweeping

__all__ = ["Promise", "promises"]


@dataclass(frozen=True, slots=True)
class Promise:
    """A denial.

    Attributes:
        practice: The denial in the graph.
        family: What is denied.
        data: The data; none where it names none that a concept fits.
        recipients: The kinds of recipients that it denies; none where it denies all.
        heads: The nouns for these recipients, in the singular.
        named: Organisations that it names.
        exceptions: What it takes out of itself.
        listed: The list of exceptions that hangs on it.
        goes_on: What follows it and takes something out of it, with all that belongs to that.
        narrow: Why it promises less than it seems to; empty where it does not.
        for_marketing: Whether it is about marketing or the purposes of others alone.
        leaves: Concepts of the data that it leaves out ("the only data is your score").
        asked_for: Whether it is about what people enter alone.
        people: Whose data it is about.
    """

    practice: PracticeView
    family: Family
    data: tuple[Data, ...]
    recipients: frozenset[str]
    heads: frozenset[str]
    named: frozenset[str]
    exceptions: frozenset[Topic]
    listed: Span | None
    goes_on: Span | None
    narrow: str
    for_marketing: bool
    leaves: frozenset[str] = frozenset()
    asked_for: bool = False
    people: People = EVERYBODY


_ASKED_FOR = re.compile(
    r"\b(?:i|we)\s+(?:request|ask)|\byou\s+(?:provide|enter|give|submit|type)", re.IGNORECASE
)
"""Before a negation, that a promise is about what people enter."""

_ONLY = re.compile(r"\b(?:only|solely|exclusively)\b", re.IGNORECASE)
"""What denies all the rest."""

_NO_PROMISE = re.compile(
    r"""
    \b(?: may\s+not | might\s+not | can\s?not | can['’]t | could\s+not | unable\s+to | need\s+not | should\s+not
      | must\s+not
      | do(?:es)?\s+not\s+(?:guarantee|warrant|control|intend|apply|cover|extend|limit|endorse|need|require|want|wish
        |have
        |permit|allow|authori[sz]e|enable|accept|monitor|respond|recogni[sz]e|support|knowingly)
      | knowingly | cease[sd]?\s+to | stops? | (?:longer|more)\s+than | (?:purposes?|reasons?|way
        |manner)\s+other\s+than | any\s+other\s+(?:purpose|way|manner) | (?:materially\s+)?different
      | unrelated\s+purposes | not\s+(?:required|obliged|authori[sz]ed|permitted|allowed|responsible|liable
        |intended) )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Negations that promise nothing about what is done with data."""

_LENDS = re.compile(r"\b(?:lend|loan|rent|trad|exchang|swap|barter|market)", re.IGNORECASE)
_GIVES = re.compile(
    r"\b(?:shar|disclos|transfer|transmi|provid|giv|pass|reveal|releas|distribut|send|sent|communicat|publish|suppl|access"
    r"|available|forward|hand)",
    re.IGNORECASE,
)
"""A denial of lending, with no word for giving, is one of selling: the data may be passed on for other reasons."""

_THEIRS = re.compile(
    r"""
    \b(?:they|these\s+(?:third\s+)?(?:part(?:y|ies)|compan\w+|providers?|partners?|vendors?)
      |(?:service\s+)?providers?|partners|vendors|processors?|third\s+part(?:y|ies)|advertisers|affiliates|contractors
      |which|who|you|users?|customers?|children|schools?|teachers?|parents)\s*,?\s+(?:\w+\s+){0,2}?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands right before a negation whose subject is not the company."""

_OURS = re.compile(r"\b(?:we|i|our|us)\b", re.IGNORECASE)

_THEIR_PURPOSE = re.compile(
    r"""
    \bfor\s+(?:their|its|the(?:ir)?\s+(?:third\s+)?part(?:y|ies)['’]s?|that\s+party['’]s|such|any|direct|marketing|advertising
      |promotional|commercial|monetary|money|profit|financial|cash|payment|[\w-]+\s+(?:marketing|advertising))\b
    (?!\s+reason)
  | \b(?:who|that|which|so\s+that|to\s+enable)\s+(?:\w+\s+){0,3}?(?:intend|use|market|advertis|track|contact)
  | \bin\s+(?:exchange|return)\s+for\b | \bto\s+(?:market|advertise|promote|send\s+you)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that limit a denial to purposes of others."""

_LOCAL_HEADING = re.compile(
    r"""
    \b(?:child\w*|minors?|coppa|california|ccpa|nevada|newsletters?|e-?mail\s+(?:list|newsletter|marketing)|text\s+messag\w+|sms
      |mobile\s+(?:phone|number)s?|surveys?|contests?|sweepstakes|jobs?|applicants?|careers?|recruit\w*|comments?
      |contact\s+forms?|payments?|credit\s+cards?|billing|cookies?|web\s+beacons?|analytics|camera|microphone|photos?|contacts
      |permissions?|location|health(?:kit)?|google|facebook|apple|paid|premium|affiliate\s+disclosure|requests?|verif\w+
      |testimonials?|forums?|chat|invit\w+|refer\w*\s+a\s+friend|do\s+not\s+track)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Headings under which a promise is about one thing alone."""


_FROM_USERS = re.compile(
    r"\b(?:from|about|of)\s+(?:our\s+|the\s+|its\s+|any\s+|all\s+)?(?:users?|visitors|customers|you)\b",
    re.IGNORECASE,
)
"""That a promise is about all users, though it speaks of children besides."""

_MEANS = re.compile(
    r"\b(?:cookies?|beacons?|pixels?|tags?|log\s+files?|this\s+technology|analytics|website\s+links?)\s+(?:do(?:es)?|will|can|are|is)\s*$",
    re.IGNORECASE,
)
"""Before a negation, that a promise is about what one means does."""

_PART = re.compile(
    r"""
    \b(?:through|via|from|using|by|in|on|with)\s+(?:(?:the|our|these|this|such|its|any|use\s+of|means\s+of)\s+){0,3}
      (?:cookies?|beacons?|pixels?|log\s+files?|surveys?|forms?|newsletters?|tools?|features?|analytics|remarketing|camera
        |microphone|permissions?|paid|free|trial|widgets?|buttons?|plug-?ins?)\b
    | \bthrough\s+(?:the\s+|its\s+|our\s+)?use\s+of\s+
      (?!(?:our|the|this)\s+(?:app|application|site|website|service)s?\b)
    | \b(?:by|via|over|through)\s+(?:e-?mail|telephone|phone|sms|text|post|social\s+media)\b
    | \buse\s+(?:\w+\s+){0,3}?(?:cookies?|beacons?|pixels?|tags?|technolog\w+|analytics)\b
    | \b(?:paid|free|premium)\s+(?:apps?|versions?|services?|accounts?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that limit a promise to one means or one product."""

_PLACE = re.compile(
    r"""
    \boutside\s+(?:of\s+)?(?:the\s+|your\s+|our\s+)?(?:EU|EEA|UK|US|USA|European|United|country|countries|territory|borders?
      |jurisdiction|continent|state|province)\b
    | \b(?:to|in)\s+(?:other|third|foreign|any\s+other)\s+(?:countr|jurisdiction)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that limit a promise to places."""

_WHOLE = re.compile(
    r"\W*(?:when|while|where|if|by)\s+(?:you\s+)?(?:us(?:e|ing)|visit\w*|access\w*|download\w*|install\w*)\s+"
    r"(?:of\s+)?(?:our|the|this|my)\b",
    re.IGNORECASE,
)
"""A case that is always there ("when you use our app")."""


def promises(policy: PolicyView, layout: Layout) -> Iterator[Promise]:
    """The denials of a policy that promise something about what the company does."""
    for practice in policy.practices:
        family = family_of(practice.processing) if practice.denied else None
        if family is None or practice.modality == "possible":
            continue
        found = _promise(practice, family, policy.text, layout)
        if found is not None:
            yield found
    for each in sweeping(policy, layout):
        family = family_of(each.practice.processing)
        found = None if family is None else _promise(each.practice, family, policy.text, layout)
        if found is not None:
            yield replace(found, data=(ALL_DATA,), leaves=each.leaves)


def _promise(practice: PracticeView, family: Family, text: str, layout: Layout) -> Promise | None:
    quote, span = practice.quote, practice.evidence
    negation = NEGATION.search(quote)
    if negation is None:
        negation = _ONLY.search(quote)
    if negation is None or quote.rstrip().endswith("?") or _NO_PROMISE.search(quote):
        return None
    if _not_ours(practice, quote[: negation.start()]):
        return None
    if family is Family.SHARING and _LENDS.search(quote) and not _GIVES.search(quote):
        family = Family.SALE
    heading, lead = layout.heading(span), layout.lead_in(span)
    people = EVERYBODY if _FROM_USERS.search(quote) else people_of(quote)
    if any(CHILDREN.search(words) for words in (quote, heading, lead)) and not _FROM_USERS.search(quote):
        if not people.groups:
            return None
        heading = ""  # one about them narrows nothing
    following = layout.after(span)
    listed = layout.items_after(span) if EXCEPTION.search(quote) else None
    after = "" if following is None or listed else text[following.start : following.end]
    if following is not None and "\n" in text[span.end : following.start] and not CONTRAST.match(after):
        after = ""  # another paragraph, which says something else
    if not goes_on(after, family):
        after = ""
    exceptions = exceptions_of(quote, at=negation.start(), following=after) | exceptions_of(lead)
    if listed is not None:
        exceptions |= topics_of(text[listed.start : listed.end])
    recipients = tuple(each for each in practice.arguments_of("recipient") if each.denied)
    data = denied_data(practice, text)
    return Promise(
        practice=practice,
        family=family,
        data=data,
        recipients=frozenset(recipient_kind(each) for each in recipients),
        heads=frozenset(head(each.quote) for each in recipients),
        named=frozenset(each.agent for each in recipients if each.agent),
        exceptions=exceptions,
        listed=listed,
        goes_on=limit_after(following, layout) if following is not None and after else None,
        narrow=_narrow(practice, quote[: negation.start()], heading, data, recipients),
        people=people,
        asked_for=bool(_ASKED_FOR.search(quote, 0, negation.start())),
        for_marketing=bool(_THEIR_PURPOSE.search(quote, negation.end())) or marketing(practice),
    )


def _not_ours(practice: PracticeView, before: str) -> bool:
    """Whether the subject of a denial is somebody else."""
    if _THEIRS.search(before[-80:]):
        return True
    actors = [each for each in practice.arguments if each.agent and not each.denied]
    return any(before.rstrip().endswith(each.quote) for each in actors) and not _OURS.search(before)


def _narrow(
    practice: PracticeView,
    before: str,
    heading: str,
    data: tuple[Data, ...],
    recipients: tuple[MentionView, ...],
) -> str:
    """Why a denial promises less than it seems to."""
    quote = practice.quote
    if practice.condition and SCOPED.match(practice.condition) and not _WHOLE.match(practice.condition):
        return "it holds under a condition"
    if SCOPED.match(quote) and not _WHOLE.match(quote):
        return "it holds in one case"
    if any(
        re.match(r"\W*(?:these|such|those|this|that)\b", each.quote, re.IGNORECASE) for each in recipients
    ):
        return "it is about recipients named before"
    if data and all(each.pointing for each in data):
        return "it is about data named before"
    if _LOCAL_HEADING.search(heading) and not (CHILDREN.search(heading) and _FROM_USERS.search(quote)):
        return f"it stands under “{heading}”"
    if re.search(
        r"\b(?:with|to|by)\s+(?:any\s+of\s+)?(?:these|those|such|that|them)\b", quote, re.IGNORECASE
    ):
        return "it is about recipients named before"
    if _PLACE.search(quote) or any(each.denied for each in practice.arguments_of("transfer_destination")):
        return "it is about places"
    if _PART.search(quote) or _MEANS.search(before):
        return "it is about one means or product"
    if hedge := HEDGE.search(quote):
        return f"it says “{hedge.group()}”"
    return ""
