"""What a policy says is done, by the company itself or by somebody to whom it gives data.

Left out are sentences that say what others do by themselves, what the reader does, what people have a right to, what a
word means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from privagraph.ontology.layout import Layout
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView
from privagraph.shapes.derivation.contradictions.data import ALL_DATA, Data, done_data
from privagraph.shapes.derivation.contradictions.families import Family, family_of
from privagraph.shapes.derivation.contradictions.people import People, people_of
from privagraph.shapes.derivation.contradictions.qualifiers import CHILDREN, NEGATION, Topic, topics_of
from privagraph.shapes.derivation.contradictions.recipients import marketing, recipient_kind

__all__ = ["Deed", "deeds"]


@dataclass(frozen=True, slots=True)
class Deed:
    """What is said to be done.

    Attributes:
        practice: The practice in the graph.
        family: What is done.
        data: The data.
        recipients: The words for those who get the data.
        topics: What its sentence, its condition and its lead-in are about.
        condition: Topics of its condition alone.
        for_marketing: Whether it serves marketing or advertising.
        people: Whose data they are.
        apart: Whether it is about children alone, so that promises to everybody are not about it.
    """

    practice: PracticeView
    family: Family
    data: frozenset[Data]
    recipients: tuple[MentionView, ...]
    topics: frozenset[Topic]
    condition: frozenset[Topic]
    for_marketing: bool
    people: People
    apart: bool


_NO_DEED = re.compile(
    r"""
    \b(?: you\s+(?:may|can|could|might|have\s+the\s+right|are\s+entitled|must|should|agree|acknowledge|understand
      |warrant
        |represent)\b(?!\s+(?:be\s+(?:asked|required)|need))
      | right\s+to | (?:users?|children|parents?|schools?|residents?|consumers?|individuals?)\s+
        (?:may|can|should|have\s+the\s+right|are\s+entitled)\s+(?!be\b)
      | (?:if|when|where|should|in\s+case)\s+(?:we|i)\s+(?:learn|become|discover|find|have\s+(?:inadvertently
        |collected))
      | (?:means|refers\s+to|is\s+defined\s+as|shall\s+mean)\b
      | (?:their|its|third[\s-]part(?:y|ies)['’]?s?)\s+(?:own\s+)?privacy\s+(?:polic|notice|statement)
      | request\s+(?:that\s+)?(?:we|the\s+company)? \s*(?:disclose|to\s+know|access)
      | (?:not|never)\s+(?:\w+\s+){0,3}(?:shar|sell|sold|disclos|collect|gather|stor|retain|sav|provid|transfer|giv
        |rent|trad
        |us(?:e|ed)\b|pass|process) | (?:don|doesn|won|isn|aren)['’]t\s+(?:\w+\s+){0,3}(?:shar|sell|collect|stor|give
          |rent)
      )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Sentences that say what others may do or must not, or what a word means, and no practice of the company's."""

_FOUND_OUT = re.compile(
    r"\b(?:inadvertent|unknowing|unintention|unwitting|accident|mistake|aware|discover|learn(?:s|ed)?\s+(?:that|of)|find\s+out"
    r"|notif|delet|eras|remov|destroy|purg|believe|suspect)",
    re.IGNORECASE,
)
"""That data of children or students came in against the will of the company, and what it does then."""

_GETTING = frozenset(map(expand, ("dpv:Obtain", "dpv:Access")))
"""What one can do only with data that somebody gave."""

_COLLECTED = re.compile(
    r"\bpersonal(?:ly\s+identifiable)?\s+(?:data|information)\s+(?:that\s+|which\s+)?(?:we|i)\s+(?:may\s+)?(?:collect|gather)\b(?!\s+(?:from\s+)?(?:third|others))",
    re.IGNORECASE,
)
"""That data which are used are collected ("the data that we collect are used to ...")."""

_BY_OTHERS = re.compile(
    r"""
    \W*(?:(?:our|the|these|those|some|such|any|a|an|other|certain|its|third[\s-]part(?:y|ies)|external|trusted)\s+)*
    (?:[\w-]+\s+){0,3}?
    (?:providers?|processors?|partners?|vendors?|part(?:y|ies)|compan(?:y|ies)|networks?|platforms?|advertisers?|services?|they)\s+
    (?:may|will|can|also|do|might|stores?|collects?|keeps?|retains?|process|processes|receives?|gathers?|saves?|holds?)\b
  | [^.]{0,80}\bthird[\s-]part(?:y|ies)\s+(?:\w+\s+){0,3}?(?:that|which|who)\s+(?:may|will|can|collects?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How a sentence begins in which somebody else collects, keeps or uses data."""


def deeds(policy: PolicyView, layout: Layout) -> Iterator[Deed]:
    """The affirmed practices of a policy that it states of itself, or of somebody to whom it gives data."""
    for practice in policy.practices:
        family = None if practice.denied else family_of(practice.processing)
        if family is not None and practice.confidence >= 0.5:
            found = _deed(practice, family, layout)
            if found is not None:
                yield found
                if found.family is Family.USE and any(each.agent for each in found.recipients):
                    yield replace(found, family=Family.SHARING)  # "Statistics: your IP address, with Matomo"
                if found.family is Family.USE and _COLLECTED.search(practice.quote):
                    yield replace(found, family=Family.COLLECTION, data=found.data or frozenset({ALL_DATA}))


def _gets_data(practice: PracticeView, recipients: Sequence[MentionView]) -> bool:
    """Whether somebody else acts to whom the data must have been given."""
    if any(each.agent and each.agent == practice.controller for each in recipients):
        return True
    data = [each.span.start for each in practice.arguments_of("data_category")]
    first = any(each.span.start < min(data, default=0) for each in recipients)
    return first and practice.controller is None and practice.processing in _GETTING


def _deed(practice: PracticeView, family: Family, layout: Layout) -> Deed | None:
    quote = practice.quote
    if quote.rstrip().endswith("?") or _NO_DEED.search(quote):
        return None
    lead, heading = layout.lead_in(practice.evidence), layout.heading(practice.evidence)
    if lead and (NEGATION.search(lead) or _NO_DEED.search(lead)):
        return None
    people = people_of(quote)
    apart = bool(CHILDREN.search(quote) or CHILDREN.search(heading))
    if (apart and not people.groups) or (people.groups and _FOUND_OUT.search(quote)):
        return None
    recipients = tuple(
        each
        for each in practice.arguments_of("recipient")
        if not each.denied and recipient_kind(each) != "own"
    )
    if family is not Family.SALE and _gets_data(practice, recipients):
        family = Family.SHARING  # "Our mail service receives your address": somebody else has it
    if family in {Family.COLLECTION, Family.STORAGE, Family.USE} and _BY_OTHERS.match(quote):
        return None
    if family is Family.SALE and Topic.MERGER in topics_of(quote):
        return None  # the business is sold, not the data
    condition = topics_of(practice.condition) | topics_of(lead)
    return Deed(
        practice=practice,
        family=family,
        data=done_data(practice),
        recipients=recipients,
        topics=topics_of(f"{lead} {quote} {practice.condition}"),
        condition=condition,
        for_marketing=marketing(practice),
        people=people,
        apart=apart,
    )
