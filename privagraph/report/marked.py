"""A passage of a policy with what was read from it marked in it, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Passage", "PassageFact", "Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage; ``ids`` are the anchors that begin at it, ``role`` is what its words are marked as."""

    text: str
    role: str = ""
    ids: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class PassageFact:
    """What was read from a passage, for the line below it.

    Attributes:
        id: The anchor of a practice; empty for a mention, whose words are marked.
        what: Its role, or ``practice``.
        label: What it was read as.
        concept: The concept; empty where there is none.
        denied: Whether it is denied.
        said: The words of a mention; modality and condition of a practice.
        confidence: In per cent.
        start: Where the words begin in the policy's text.
        end: Where they end.
    """

    id: str
    what: str
    label: str
    concept: str
    denied: bool
    said: str
    confidence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a policy in their place, with what was read from them."""

    number: str
    id: str
    start: int
    end: int
    heading: str
    before: str
    pieces: tuple[Piece, ...]
    after: str
    practices: tuple[PassageFact, ...]
    mentions: tuple[PassageFact, ...]
