"""Practices in the making, and what makes finished ones of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from privagraph.loaders.facts import Mention, Modality, Polarity, Practice, Role

__all__ = [
    "AIMS",
    "CLAUSE",
    "DATALESS",
    "EXCEPTED",
    "FOREIGN",
    "HEADED",
    "LISTED",
    "POOLED",
    "REFERRED",
    "TELLING",
    "Draft",
    "finished",
]

Span = tuple[int, int]

CLAUSE = 0.9
"""Confidence of what one clause ties."""
LISTED = 0.8
"""Confidence of what a list and its introducing line, or a row of a table, tie."""
REFERRED = 0.7
"""Confidence of what a reference back ties."""
HEADED = 0.6
"""Confidence of what a heading ties."""
DATALESS = 0.6
"""Confidence of a practice whose data no mention names."""
EXCEPTED = 0.5
"""Confidence of what the exception of a denial allows."""
FOREIGN = 0.5
"""Confidence of what somebody else than the controller does."""

AIMS = (Role.PURPOSE, Role.LEGITIMATE_INTEREST)
"""Roles that say what something is done for."""

POOLED = frozenset({Role.DATA_CATEGORY, Role.SOURCE, Role.DATA_SUBJECT, Role.TRACKING_TECHNOLOGY})
"""Roles of a bare list of data."""

TELLING = frozenset(
    {
        *AIMS,
        Role.RECIPIENT,
        Role.LEGAL_BASIS,
        Role.RETENTION,
        Role.STORAGE_LOCATION,
        Role.TRANSFER_DESTINATION,
        Role.SOURCE,
    }
)
"""Roles that say something about a practice besides its data."""


@dataclass(slots=True)
class Draft:
    """A practice that still takes arguments; the fields are those of a :class:`~privagraph.loaders.facts.Practice`."""

    processing: str
    start: int
    end: int
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    condition: Span | None = None
    controller: str | None = None
    confidence: float = CLAUSE
    foreign: bool = False
    arguments: dict[tuple[int, int, Role], Mention] = field(default_factory=dict)

    def add(self, mentions: Iterable[Mention]) -> Draft:
        """Takes more arguments; one that it has is not taken twice. Returns itself."""
        for mention in mentions:
            self.arguments.setdefault((mention.start, mention.end, mention.role), mention)
        return self

    def like(self, start: int, end: int, confidence: float) -> Draft:
        """A new draft of the same kind for another place, without arguments."""
        return replace(self, start=start, end=end, confidence=min(self.confidence, confidence), arguments={})

    def of(self, *roles: Role) -> list[Mention]:
        """The arguments with one of some roles."""
        return [mention for mention in self.arguments.values() if mention.role in roles]

    @property
    def roles(self) -> set[Role]:
        """The roles of its arguments."""
        return {mention.role for mention in self.arguments.values()}

    def practice(self) -> Practice:
        """The practice, its arguments sorted by offset."""
        ordered = sorted(self.arguments.values(), key=_place)
        return Practice(
            self.processing,
            self.start,
            self.end,
            self.polarity,
            self.modality,
            self.condition,
            self.controller,
            tuple(ordered),
            self.confidence,
            self.foreign,
        )


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.role.value


def finished(drafts: Sequence[Draft]) -> tuple[Practice, ...]:
    """The practices of the drafts: sorted, without doubles and without parts of a fuller one in the same place."""
    best: dict[tuple[object, ...], Practice] = {}
    for draft in drafts:
        if not draft.arguments:
            continue
        practice = draft.practice()
        key = (practice.processing, practice.start, practice.end, practice.polarity, practice.arguments)
        if key not in best or best[key].confidence < practice.confidence:
            best[key] = practice
    places: dict[tuple[object, ...], list[Practice]] = defaultdict(list)
    for practice in best.values():
        places[_statement(practice)].append(practice)
    whole = (p for p in best.values() if not _is_part(p, places[_statement(p)]))
    return tuple(sorted(whole, key=_order))


def _statement(practice: Practice) -> tuple[object, ...]:
    return practice.processing, practice.start, practice.end, practice.polarity, practice.modality


def _is_part(practice: Practice, others: Iterable[Practice]) -> bool:
    arguments = set(practice.arguments)
    return any(arguments < set(other.arguments) for other in others if other is not practice)


def _order(practice: Practice) -> tuple[object, ...]:
    return (
        practice.start,
        practice.end,
        practice.processing,
        practice.polarity.value,
        practice.modality.value,
        [_place(mention) for mention in practice.arguments],
    )
