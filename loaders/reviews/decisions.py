"""A decision: what a person holds of something that an extractor found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Practice, Role
from privagraph.loaders.iris import PolicyIris

__all__ = ["Claim", "Decision", "Person", "Reviewed", "Verdict", "claim_of", "in_force"]


class Verdict(StrEnum):
    """What a person says of a finding; each value is the local name of a ``pg:`` IRI."""

    CONFIRMED = "confirmed"
    """It is right as it is."""
    REJECTED = "rejected"
    """The words do not state it."""
    CORRECTED = "corrected"
    """The words state something else."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is held of some words.

    Attributes:
        role: What they are about; None where they state a practice.
        concept: IRI of the concept of a mention, None where none fits; IRI of the processing of a practice.
        polarity: Whether it is affirmed or denied.
    """

    role: Role | None
    concept: str | None
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides.

    Attributes:
        iri: The IRI that stands for the person.
        name: The name to show; the IRI where no name is known.
    """

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person holds of one finding.

    Attributes:
        finding: The name of the finding under the policy's IRI, such as ``mention/179-187-recipient``.
        start: Offset of its words: those of a mention, or the passage of a practice.
        end: Offset after them.
        found: What the extractor held.
        confidence: How sure it was.
        verdict: What the person says of that.
        decided: What holds instead; for a confirmed finding what was found, for a rejected one None.
        by: Who says so.
        on: On which day.
        note: What the person remarks.
        replaces: IRI of the earlier decision on the same finding, or None.
        origin: IRI of the decision about another version of the text that this one was carried over from, or None.
    """

    finding: str
    start: int
    end: int
    found: Claim
    confidence: float
    verdict: Verdict
    decided: Claim | None
    by: Person
    on: date
    note: str = ""
    replaces: str | None = None
    origin: str | None = None

    @property
    def is_of_practice(self) -> bool:
        """Whether it is about a practice, not a mention."""
        return self.found.role is None

    @property
    def says(self) -> tuple[Verdict, Claim | None, str]:
        """What it says, whoever says it and when."""
        return self.verdict, self.decided, self.note

    def iri(self, iris: PolicyIris) -> str:
        """Its IRI, which follows from all of it."""
        decided = self.decided and (str(self.decided.role), self.decided.concept, str(self.decided.polarity))
        return iris.decision(
            self.finding,
            (str(self.found.role), self.found.concept, str(self.found.polarity)),
            str(self.verdict),
            decided,
            self.by.iri,
            self.on.isoformat(),
            self.note,
            self.replaces,
            self.origin,
        )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A policy after its review.

    Attributes:
        mapped: What holds now.
        found: What the extractor found.
        decisions: All decisions, those that others have replaced included, sorted by their words.
        applied: By the name of each finding that was decided, the decision.
        decided: The mentions and practices of :attr:`mapped` that are as they are by a decision, with it.
        unfitting: Decisions that would hold, but what they are about is no longer found.
    """

    mapped: MappedPolicy
    found: MappedPolicy
    decisions: tuple[Decision, ...] = ()
    applied: Mapping[str, Decision] = field(default_factory=dict)
    decided: Mapping[Mention | Practice, Decision] = field(default_factory=dict)
    unfitting: tuple[Decision, ...] = ()


def claim_of(finding: Mention | Practice) -> Claim:
    """What a finding holds of its words."""
    if isinstance(finding, Mention):
        return Claim(finding.role, finding.concept, finding.polarity)
    return Claim(None, finding.processing, finding.polarity)


def in_force(decisions: Iterable[Decision], iris: PolicyIris) -> tuple[Decision, ...]:
    """The decisions that no later one has replaced."""
    every = tuple(decisions)
    replaced = {each.replaces for each in every}
    return tuple(each for each in every if each.iri(iris) not in replaced)
