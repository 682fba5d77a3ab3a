"""What one policy says, item by item, each with its words: the cells of a comparison before they are laid out.

An item is a topic, a key that is the same in every policy (the IRI of a concept or an organisation, or some words), and
what its passage says of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from privagraph.ontology.layout import Layout
from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.comparison.matrix import State, Words

__all__ = ["AS_SUCH", "TOPICS", "Saying", "concept_label", "sayings"]

TOPICS = (
    "Controller",
    "Personal data",
    "Purposes",
    "What is done with data",
    "Recipients by name",
    "Kinds of recipients",
    "Sources",
    "Tracking",
    "Legal bases",
    "How long data is kept",
    "Countries and transfers",
    "Rights",
    "Choices",
    "Security",
    "Children",
    "Automated decisions",
    "Changes and breaches",
    "Dates",
    "Contradictions",
    "Findings",
)
"""The topics, in the order in which they are shown."""

_BY_ROLE: Mapping[str, str] = {
    "data_category": "Personal data",
    "purpose": "Purposes",
    "legitimate_interest": "Purposes",
    "source": "Sources",
    "legal_basis": "Legal bases",
    "transfer_safeguard": "Countries and transfers",
    "transfer_destination": "Countries and transfers",
    "storage_location": "Countries and transfers",
    "right": "Rights",
    "security_measure": "Security",
}
_WHOLE: Mapping[str, tuple[str, str]] = {
    "child_rule": ("Children", "Rule on children or age"),
    "dnt": ("Choices", "Do Not Track or Global Privacy Control is honoured"),
    "opt_out": ("Choices", "Way to opt out"),
    "automated_decision": ("Automated decisions", "Automated decisions"),
    "policy_change": ("Changes and breaches", "How changes of the policy are told"),
    "breach_notice": ("Changes and breaches", "What is done about a breach"),
    "right_mechanism": ("Rights", "How to use the rights"),
}
"""Roles whose words are whole sentences: one row each."""
_HELD_OR_DENIED = frozenset({"automated_decision", "dnt"})
"""Those that a policy may deny; a rule of the others is a rule, whatever its sentence denies."""
_NO_AUTOMATED_DECISION = expand("eu-gdpr:A22")
_LIMITS = ("purpose", "legitimate_interest", "recipient", "transfer_destination", "retention", "data_subject")
"""What a denial of something done with data may be limited to."""
_GIVEN = ("dpv:Disclose", "dpv:Transfer", "pg:Sell", "pg:Rent")
"""How data that somebody has are given to others."""

_AGE = re.compile(
    r"\b(?:under|below|younger\s+than|over|at\s+least|not\s+yet)\s+(?:the\s+age\s+of\s+)?\d{1,2}\b"
    r"|\b\d{1,2}\s+(?:years\s+(?:of\s+age\s+|old\s+)?)?(?:or|and)\s+(?:older|over|above|under|younger)\b",
    re.IGNORECASE,
)
"""An age that a rule on children names."""
_ADDRESS = re.compile(r"\d.*,|,.*\d", re.DOTALL)
"""A postal address, which has a number and parts."""
_CLAUSE = re.compile(r"^A\d+(?:-\d+)*(?:-\w)?\s+(?=[A-Z])")
"""The article before the name of a right."""
_CAPITALISED = (PREFIXES["dpv"], PREFIXES["pd"])
"""Where the names of concepts are written with capitals throughout."""
AS_SUCH: Mapping[str, str] = {
    expand("dpv:PersonalData"): "Personal data, no more said",
    expand("dpv:Processing"): "Process, no more said",
    expand("dpv:ThirdParty"): "Third parties, no more said",
    expand("dpv:ServiceProvider"): "Service providers, no more said",
    expand("dpv:TechnicalOrganisationalMeasure"): "Measures, no more said",
    expand("dpv:TechnicalMeasure"): "Technical measures, no more said",
}
"""What general concepts are called where they stand beside narrower ones."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a passage says of one thing.

    Attributes:
        topic: One of :data:`TOPICS`.
        key: What tells the thing from others, in all policies: an IRI, else its label.
        label: What to call it.
        words: The words.
        note: What is best shown in place of "yes"; else empty.
    """

    topic: str
    key: str
    label: str
    words: Words
    note: str = ""


def sayings(policy: PolicyView) -> Iterator[Saying]:
    """All that a policy says of things that policies are compared by."""
    reader = _Reader(policy)
    for mention in policy.mentions:
        yield from reader.mention(mention)
    for practice in policy.practices:
        yield reader.practice(practice)
    for name, day in (("In force from", policy.effective), ("Last updated", policy.updated)):
        if day is not None:
            words = Words(day.isoformat(), day.isoformat(), None, State.YES, "", policy.iri)
            yield Saying("Dates", name, name, words, day.isoformat())


class _Reader:
    def __init__(self, policy: PolicyView) -> None:
        self._policy = policy
        self._layout = Layout(policy.text)
        self._deeds: dict[str, list[PracticeView]] = {}
        for practice in policy.practices:
            for argument in practice.arguments:
                self._deeds.setdefault(argument.iri, []).append(practice)
        self._rows = sorted({each.evidence for each in policy.practices if "\n" in each.quote})

    def practice(self, practice: PracticeView) -> Saying:
        """What is done, or denied."""
        label = concept_label(practice.processing) or "Process"
        named = (
            ", ".join(dict.fromkeys(" ".join(each.quote.split()) for each in practice.arguments))
            or practice.quote
        )
        words = Words(
            named, practice.quote, practice.evidence, _state_of(practice), practice.condition, practice.iri
        )
        return Saying("What is done with data", practice.processing, label, words)

    def mention(self, mention: MentionView) -> Iterator[Saying]:
        """What some words name; a recipient that is named counts as itself and as a recipient of its kind."""
        role = mention.role
        if role in _WHOLE:
            topic, label = _WHOLE[role]
            ages = _AGE.findall(mention.quote) if role == "child_rule" else []
            words = self._words(mention, whole=role not in _HELD_OR_DENIED)
            yield Saying(topic, label, label, words, "; ".join(dict.fromkeys(ages)))
        elif role == "controller" and mention.agent is not None:
            name = self._policy.label_of(mention.agent)
            yield Saying("Controller", "controller", "Name", self._words(mention), name)
        elif role in ("contact", "dpo") and (mention.value or _ADDRESS.search(mention.quote)):
            label, words = _contact(mention), self._words(mention)
            is_typed = "@" in mention.value or "://" in mention.value
            yield Saying("Controller", label, label, words, mention.value if is_typed else words.words)
        elif role == "retention":
            yield from self._retention(mention)
        elif role in ("recipient", "tracking_technology"):
            yield from self._party(mention)
        elif role == "right" and mention.denied and mention.concept == _NO_AUTOMATED_DECISION:
            topic, label = _WHOLE[
                "automated_decision"
            ]  # nobody denies the right: there are no such decisions
            yield Saying(topic, label, label, self._words(mention))
        elif role in _BY_ROLE and not self._is_limited(mention):
            label, words = concept_label(mention.concept), self._words(mention)
            if mention.concept is not None and label:
                topic = (
                    "Legal bases" if vocabulary().is_a(mention.concept, "dpv:LegalBasis") else _BY_ROLE[role]
                )
                yield Saying(
                    topic if role != "transfer_safeguard" else _BY_ROLE[role], mention.concept, label, words
                )

    def _party(self, mention: MentionView) -> Iterator[Saying]:
        words = self._words(mention)
        is_recipient = mention.role == "recipient"
        if mention.agent is not None:
            name = self._policy.label_of(mention.agent)
            yield Saying("Recipients by name" if is_recipient else "Tracking", mention.agent, name, words)
        label = concept_label(mention.concept)
        if mention.concept is not None and label and (is_recipient or mention.agent is None):
            topic = "Kinds of recipients" if is_recipient else "Tracking"
            yield Saying(topic, mention.concept, label, words)

    def _retention(self, mention: MentionView) -> Iterator[Saying]:
        """How long, for each kind of data that the practice is about; for data in general where it names none."""
        note = " ".join(mention.quote.split()) if " " in mention.quote else ""
        words = self._words(mention)
        data = {
            each.concept: concept_label(each.concept)
            for practice in self._deeds.get(mention.iri, ())
            for each in practice.arguments_of("data_category")
            if each.concept is not None and each.concept != _ALL_DATA
        }
        named = {concept: label for concept, label in data.items() if label}
        if not named:
            yield Saying("How long data is kept", "data", "Data in general, or not told apart", words, note)
        for concept, label in named.items():
            yield Saying("How long data is kept", concept, label, words, note)

    def _is_limited(self, mention: MentionView) -> bool:
        """Whether a policy only denies something of data: that it sells them, uses them for advertising, and so on."""
        deeds = self._deeds.get(mention.iri, ())
        return mention.role == "data_category" and bool(deeds) and all(map(_denies_a_use, deeds))

    def _words(self, mention: MentionView, *, whole: bool = False) -> Words:
        passage = self._passage(mention.span)
        deeds = self._deeds.get(mention.iri, ())
        state = State.DENIED if mention.denied else State.YES
        condition = ""
        if deeds and not mention.denied:
            states = [_state_of(each) for each in deeds]
            if all(each is State.DENIED for each in states):
                state = State.DENIED
            elif all(each is not State.YES for each in states):
                state = State.CONDITIONAL
                condition = next((each.condition for each in deeds if each.condition), "")
        if whole:
            state, condition = State.YES, ""
        text = self._policy.text
        return Words(
            " ".join(mention.quote.split()),
            text[passage.start : passage.end],
            mention.span,
            state,
            condition,
            mention.iri,
        )

    def _passage(self, span: Span) -> Span:
        """The row or sentence that words stand in."""
        at = bisect_right(self._rows, span.start, key=lambda each: each.start) - 1
        if at >= 0 and span.start < self._rows[at].end:
            return self._rows[at]
        sentence = self._layout.sentence(span)
        return Span(min(sentence.start, span.start), max(sentence.end, span.end))


_ALL_DATA = expand("dpv:PersonalData")


def _state_of(practice: PracticeView) -> State:
    if practice.denied:
        return State.DENIED
    return State.CONDITIONAL if practice.condition or practice.modality == "possible" else State.YES


def _denies_a_use(practice: PracticeView) -> bool:
    """Whether something is denied of data that a policy may well have."""
    words = vocabulary()
    given = practice.processing in words and any(words.is_a(practice.processing, each) for each in _GIVEN)
    return practice.denied and (given or any(practice.arguments_of(role) for role in _LIMITS))


def _contact(mention: MentionView) -> str:
    who = "Data protection officer: " if mention.role == "dpo" else ""
    if "@" in mention.value:
        kind = "e-mail"
    elif mention.value.lstrip("+").replace(" ", "").isdigit():
        kind = "telephone"
    else:
        kind = "page" if "://" in mention.value else "address"
    return f"{who}{kind}" if who else kind.capitalize()


@cache
def concept_label(concept: str | None) -> str:
    """What a concept is called; empty for what the vocabulary does not have."""
    words = vocabulary()
    if concept is None or concept not in words:
        return ""
    label = AS_SUCH.get(concept) or _CLAUSE.sub("", words.label(concept).removesuffix(" (deprecated)"))
    if concept.startswith(_CAPITALISED):  # "IP Address": names of places and laws keep their capitals
        first, *others = label.split(" ")
        label = " ".join([first, *(word.lower() if word[1:].islower() else word for word in others)])
    return label[:1].upper() + label[1:]
