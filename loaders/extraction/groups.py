"""The verbs of a sentence in groups that share their objects, and the sentence as a whole, ready for arguments.

What a condition only supposes ("if we share ...") is no group, unless the main clause takes it up ("we do so for ...").
Where a sentence has no verb of processing, its nouns count ("the processing of your data is based on consent").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from privagraph.loaders.extraction.clauses import Clauses, clauses
from privagraph.loaders.extraction.conditions import Condition
from privagraph.loaders.extraction.references import is_anaphoric
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.extraction.verb_nouns import nominal_operations
from privagraph.loaders.extraction.verbs import Operation, Place, Voice, operations
from privagraph.loaders.facts import Mention, Modality, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["ARGUMENT_ROLES", "COLLECTING", "SHARING", "Group", "Statement", "find_groups", "speaks_of_data"]

ARGUMENT_ROLES = frozenset(
    {
        Role.DATA_CATEGORY,
        Role.PURPOSE,
        Role.LEGITIMATE_INTEREST,
        Role.RECIPIENT,
        Role.LEGAL_BASIS,
        Role.SOURCE,
        Role.DATA_SUBJECT,
        Role.RETENTION,
        Role.STORAGE_LOCATION,
        Role.TRANSFER_DESTINATION,
        Role.TRANSFER_SAFEGUARD,
        Role.SECURITY_MEASURE,
        Role.TRACKING_TECHNOLOGY,
    }
)
"""Roles that can be arguments of a practice."""

SHARING = frozenset(
    expand(f"dpv:{name}")
    for name in ("Share", "Disclose", "Transmit", "Transfer", "MakeAvailable", "Disseminate", "Display")
) | {expand("pg:Sell")}
"""Operations that hand data to a recipient."""

COLLECTING = frozenset(
    expand(f"dpv:{name}")
    for name in ("Collect", "Obtain", "Observe", "Record", "Generate", "Retrieve", "Access")
)
"""Operations that take data from a source."""

_DATA_WORDS = re.compile(
    r"\b(?:information|data|details|content|identifiers?|records?|addresses|cookies|profile|account)\b",
    re.IGNORECASE,
)
_DESCRIBES = Sieve(
    re.compile(
        r"\b(?:describes?|explains?|sets?\s+out|covers?|contains?|governs?|applies|informs?|rights?\s+to|right\s+of)\b",
        re.IGNORECASE,
    )
)
"""A sentence about the policy or about rights; its nouns state no practice."""

_PREPOSITION = re.compile(r"\b(?:to|for|with|by|on|from|when|if|in|as|through|at)\b", re.IGNORECASE)
"""Words that end the object of a verb."""

_NO_ONE = re.compile(r"(?:no|none|nobody|nothing)\b", re.IGNORECASE)
"""A negation that denies the verb before it ("which is shared with no one")."""

_DO_SO = re.compile(r"\b(?:do|does|doing)\s+(?:so|this|that)\b", re.IGNORECASE)


@dataclass(slots=True)
class Group:
    """Verbs that share their objects, and what belongs to them.

    Attributes:
        operations: The verbs, in order.
        polarity: Whether the verbs are denied.
        modality: How firmly they are stated.
        condition: What limits them, or None.
        arguments: Mentions that belong to them, in the order in which they were found.
        denied: Mentions that the sentence takes out of an affirmed statement ("but not your name").
        excepted: Mentions that stand in the exception of a denial.
        back: Place of the words that point back to data, or None.
    """

    operations: list[Operation]
    polarity: Polarity
    modality: Modality
    condition: Condition | None
    arguments: list[Mention] = field(default_factory=list)
    denied: list[Mention] = field(default_factory=list)
    excepted: list[Mention] = field(default_factory=list)
    back: tuple[int, int] | None = None

    @property
    def first(self) -> Operation:
        """The first verb of the group."""
        return self.operations[0]

    @property
    def end(self) -> int:
        """Offset after the last verb."""
        return self.operations[-1].end

    @property
    def processing(self) -> frozenset[str]:
        """The operations of the group."""
        return frozenset(o.processing for o in self.operations)

    def of(self, *roles: Role) -> list[Mention]:
        """The arguments with one of some roles."""
        return [m for m in self.arguments if m.role in roles]


@dataclass(slots=True)
class Statement:
    """A sentence, its verbs with their arguments, and the mentions that no verb took.

    Attributes:
        sentence: The sentence's place.
        text: Its words.
        reading: Its negations and conditions.
        mentions: The mentions in it that can be arguments, in order.
        groups: Its verbs.
        loose: The mentions that belong to no verb.
    """

    sentence: Sentence
    text: str
    reading: Clauses
    mentions: list[Mention]
    groups: list[Group]
    loose: list[Mention]

    def data(self, *, named: bool = True) -> list[Mention]:
        """The affirmed or denied data mentions; with ``named`` without those that only point back."""
        at = self.sentence.start
        return [
            m
            for m in self.mentions
            if m.role is Role.DATA_CATEGORY
            and not (named and is_anaphoric(self.text, m.start - at, m.end - at))
        ]

    def affirms(self, mention: Mention) -> bool:
        """Whether a mention in it is affirmed by it."""
        at = self.sentence.start
        return self.reading.polarity(mention.start - at, mention.end - at) is Polarity.AFFIRMED

    def of(self, *roles: Role) -> list[Mention]:
        """The mentions with one of some roles."""
        return [m for m in self.mentions if m.role in roles]

    def actor_key(self, group: Group) -> str | None:
        """The organisation that the subject of a group names, or None."""
        at, first = self.sentence.start, group.first
        for mention in self.mentions:
            if mention.agent and first.subject <= mention.start - at and mention.end - at <= first.start:
                return mention.agent
        return None


def find_groups(text: str, reading: Clauses) -> list[Group]:
    """The groups of verbs of a sentence; those that a condition only supposes are left out.

    Args:
        text: The sentence.
        reading: What it is read as, alone or as a question that what follows answers.
    """
    if reading.answer is not None or len(text) > _SHORT:
        return _verbs(text, reading)
    return [Group(list(g.operations), g.polarity, g.modality, g.condition) for g in _verbs_alone(text)]


_SHORT = 1000
"""Sentences of more characters are not remembered: they hardly recur, and would take the memory of many."""


@lru_cache(maxsize=8192)
def _verbs_alone(text: str) -> tuple[Group, ...]:
    """The verbs of a sentence whatever stands around it; policies repeat each other, so the last are remembered.

    These groups are copied before anything is put into them.
    """
    return tuple(_verbs(text, clauses(text)))


def _verbs(text: str, reading: Clauses) -> list[Group]:
    found = operations(text)
    supposed = {id(o) for o in found if _supposed(o, reading)}
    kept = [o for o in found if id(o) not in supposed]
    if not kept and found and _DO_SO.search(text):
        # "Insofar as we process X, we do so for Y": the condition holds the verb that "do so" repeats.
        kept = list(found)
    if not found and not _DESCRIBES.search(text):
        kept.extend(o for o in nominal_operations(text) if not _supposed(o, reading))
    groups: list[Group] = []
    for operation in kept:
        polarity = reading.polarity(operation.start, operation.end)
        if polarity is Polarity.DENIED and _describes_denied(operation, reading):
            polarity = Polarity.AFFIRMED
        last = groups[-1] if groups else None
        if (
            last is not None
            and last.operations[-1].group == operation.group
            and last.polarity is polarity
            and last.first.place is operation.place
        ):
            last.operations.append(operation)
            continue
        condition = reading.condition(operation.start, operation.end)
        groups.append(Group([operation], polarity, reading.modality(operation.start), condition))
    return groups


def _describes_denied(operation: Operation, reading: Clauses) -> bool:
    """Whether a verb only describes the subject of a denied passive ("what we collect is never sold")."""
    if operation.place is not Place.RELATIVE:
        return False
    over = [d for d in reading.denials if any(a <= operation.start < b for a, b in d.scope)]
    return all(operation.end <= d.start and not _NO_ONE.match(reading.text, d.start) for d in over)


def _supposed(operation: Operation, reading: Clauses) -> bool:
    """Whether a verb stands inside a condition."""
    return any(
        c.start <= operation.start < c.end and not (c.exception and operation.start - c.inner > 60)
        for c in reading.conditions
    )


def speaks_of_data(statement: Statement, group: Group) -> bool:
    """Whether what a group acts on has a word for data, though no mention was found there."""
    if group.first.voice is Voice.PASSIVE:
        return bool(
            _DATA_WORDS.search(
                statement.text, statement.text.rfind(",", 0, group.first.subject) + 1, group.first.start
            )
        )
    at = statement.sentence.start
    others = [
        m.start - at
        for m in statement.mentions
        if m.start - at >= group.end and m.role is not Role.DATA_SUBJECT
    ]
    limit = min([*others, group.end + 80])
    if not group.processing & SHARING:
        stop = _PREPOSITION.search(statement.text, group.end)
        limit = min(limit, stop.start()) if stop else limit
    return bool(_DATA_WORDS.search(statement.text, group.end, limit))
