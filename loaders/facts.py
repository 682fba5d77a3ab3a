"""What extraction hands to the graph: mentions, practices, and the facts about the policy itself.

These are plain frozen values. An extractor makes them from a :class:`~privagraph.loaders.document.Document`; the graph
writer turns them into quads. Neither knows the other, so that an extractor can be replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from privagraph.loaders.document import Document

__all__ = ["MappedPolicy", "Mention", "Modality", "Polarity", "PolicyFacts", "Practice", "Role"]


class Role(StrEnum):
    """What a mention is about; each value is the local name of a ``pg:`` role IRI."""

    CONTROLLER = "controller"
    PROCESSOR_ROLE = "processor_role"
    CONTACT = "contact"
    DPO = "dpo"
    DATA_CATEGORY = "data_category"
    PURPOSE = "purpose"
    RECIPIENT = "recipient"
    LEGAL_BASIS = "legal_basis"
    LEGITIMATE_INTEREST = "legitimate_interest"
    SOURCE = "source"
    RETENTION = "retention"
    STORAGE_LOCATION = "storage_location"
    TRANSFER_DESTINATION = "transfer_destination"
    TRANSFER_SAFEGUARD = "transfer_safeguard"
    SECURITY_MEASURE = "security_measure"
    RIGHT = "right"
    RIGHT_MECHANISM = "right_mechanism"
    OPT_OUT = "opt_out"
    DATA_SUBJECT = "data_subject"
    CHILD_RULE = "child_rule"
    AUTOMATED_DECISION = "automated_decision"
    MANDATORY_PROVISION = "mandatory_provision"
    BREACH_NOTICE = "breach_notice"
    POLICY_CHANGE = "policy_change"
    DNT = "dnt"
    JURISDICTION = "jurisdiction"
    TRACKING_TECHNOLOGY = "tracking_technology"


class Polarity(StrEnum):
    """Whether the policy says that something is so, or that it is not."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """How firmly a practice is stated."""

    ASSERTED = "asserted"
    """It happens: "we collect"."""
    POSSIBLE = "possible"
    """It may happen: "we may collect"."""
    REQUIRED = "required"
    """It must happen: "we are required to disclose"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Some words of the policy, and what they state. ``document.text[start:end]`` are the words.

    Attributes:
        start: Offset of the first character, in code points of the canonical text.
        end: Offset after the last character.
        role: What the words are about.
        concept: IRI of the most specific concept that the words support, or None when no concept fits.
        polarity: Whether it is affirmed or denied.
        confidence: How sure the extractor is, from 0 to 1.
        value: A normalised value where there is one: ISO 8601 duration, ISO 3166 code, e-mail address, telephone
            number, name of an organisation.
        agent: Key of the organisation that the words name (see ``privagraph.ontology.organisations``), or None.
    """

    start: int
    end: int
    role: Role
    concept: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    confidence: float = 1.0
    value: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """Who does what with which data, why, on which basis, for whom, as one passage states it.

    Attributes:
        processing: IRI of the DPV processing operation, such as ``dpv:Collect``.
        start: Offset of the sentence, list item or row that states it.
        end: Offset after it.
        polarity: A denied practice is one that the policy says does not happen.
        modality: How firmly it is stated.
        condition: The words of the condition under which it holds ("if you consent"), as ``(start, end)``, or None.
        controller: Key of the organisation that acts, or None for the policy's controller, or for somebody whom the
            text does not name.
        arguments: The mentions that belong to it: data, purposes, recipients, legal bases, sources, data subjects, and
            where they are tied to it retention, locations, safeguards and measures; sorted by offset.
        confidence: How sure the tying is, from 0 to 1.
        foreign: Whether somebody else than the policy's controller acts ("your employer may see your orders").
    """

    processing: str
    start: int
    end: int
    polarity: Polarity
    modality: Modality
    condition: tuple[int, int] | None
    controller: str | None
    arguments: tuple[Mention, ...]
    confidence: float = 1.0
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What a policy says about itself.

    Attributes:
        controller: Name of the organisation whose policy it is, or None when the text does not say.
        effective: The date from which it holds, or None.
        updated: The date of its last change, or None.
        regulations: IRIs of the laws that it names, sorted.
    """

    controller: str | None = None
    effective: date | None = None
    updated: date | None = None
    regulations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappedPolicy:
    """A document and everything that was found in it.

    Attributes:
        document: The policy as it was read.
        facts: What it says about itself.
        mentions: All mentions, sorted by offset and role. Arguments of practices that only refer to data, without
            saying which ("your personal data"), are not among them.
        practices: All practices, sorted by offset.
        extractor: Name and version of the extractor, such as ``lexicon/1``.
    """

    document: Document
    facts: PolicyFacts
    mentions: tuple[Mention, ...]
    practices: tuple[Practice, ...]
    extractor: str
