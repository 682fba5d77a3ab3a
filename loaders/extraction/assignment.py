"""Which mentions of a sentence belong to which of its verbs.

A sentence has groups of verbs that share their objects ("collect, use and share X"). Data goes to the verb whose object
or subject it is; purposes, recipients and the rest go to the nearest verb that can take them. What a condition only
supposes ("if we share ...") and what is only spoken of ("this policy says how we use ...") takes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from privagraph.loaders.extraction.clauses import Clauses, clauses
from privagraph.loaders.extraction.conditions import Condition
from privagraph.loaders.extraction.references import is_anaphoric, points_back
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.verb_nouns import nominal_operations
from privagraph.loaders.extraction.verbs import Operation, Place, Voice, operations
from privagraph.loaders.facts import Mention, Modality, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["ARGUMENT_ROLES", "SHARING", "Group", "Statement", "read_statement"]

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

_STORING = frozenset(
    expand(f"dpv:{name}")
    for name in ("Store", "Erase", "Destruct", "Remove", "Anonymise", "Processing", "Use")
)
_MOVING = frozenset(
    expand(f"dpv:{name}")
    for name in (
        "Store",
        "Transfer",
        "Processing",
        "Transmit",
        "Share",
        "Disclose",
        "MakeAvailable",
        "Access",
    )
)
_TRACKING = frozenset(
    expand(f"dpv:{name}") for name in ("Use", "Collect", "Store", "Tracking", "Obtain", "Processing")
)

_OF_READERS = frozenset({Role.RIGHT, Role.OPT_OUT})
"""Roles whose words say what readers can do; verbs in them state no practice."""

_DATA_WORDS = re.compile(
    r"\b(?:information|data|details|content|identifiers?|records?|addresses|cookies|profile|account)\b",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"\b(?:describes?|explains?|sets?\s+out|covers?|contains?|governs?|applies|informs?|rights?\s+to|right\s+of)\b",
    re.IGNORECASE,
)
"""A sentence about the policy or about rights; its nouns state no practice."""

_PREPOSITION = re.compile(r"\b(?:to|for|with|by|on|from|when|if|in|as|through|at)\b", re.IGNORECASE)
_OWN_SUBJECT = re.compile(r"\b(?:we|you|they|it|i|our|your|the)\b", re.IGNORECASE)
_DO_SO = re.compile(r"\b(?:do|does|doing)\s+(?:so|this|that)\b", re.IGNORECASE)
_HARMLESS_EXCEPTION = re.compile(
    r"(?:except|unless|other\s+than|apart\s+from|save|only)\s*(?:as|for|to\s+the\s+extent|where|if)?\s*(?:is\s+|it\s+is\s+)?(?:otherwise|expressly|specifically)?\s*(?:,\s*)?(?:as\s+)?"
    r"(?:described|provided|set\s+(?:forth|out)|stated|noted|specified|outlined|indicated|explained|disclosed|mentioned|permitted\s+(?:by|in|under)\s+this|listed\s+in\s+this)\b",
    re.IGNORECASE,
)


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

    def of(self, *roles: Role) -> list[Mention]:
        """The mentions with one of some roles."""
        return [m for m in self.mentions if m.role in roles]


def read_statement(document_text: str, sentence: Sentence, mentions: Sequence[Mention]) -> Statement:
    """Reads one sentence: finds its verbs and gives them their arguments.

    Args:
        document_text: The canonical text.
        sentence: The sentence's place.
        mentions: The mentions that begin in the sentence, sorted by offset.

    Returns:
        The statement; mentions keep their offsets in the document, everything else counts from the sentence's start.
    """
    text = document_text[sentence.start : sentence.end]
    reading = clauses(text)
    usable = [m for m in mentions if m.role in ARGUMENT_ROLES]
    rights = [(m.start - sentence.start, m.end - sentence.start) for m in mentions if m.role in _OF_READERS]
    groups = [g for g in _groups(text, reading) if not any(a <= g.first.start < b for a, b in rights)]
    statement = Statement(sentence, text, reading, usable, groups, [])
    _Assigner(statement).assign()
    return statement


def _groups(text: str, reading: Clauses) -> list[Group]:
    """The groups of verbs of a sentence; those that a condition only supposes are left out."""
    found = operations(text)
    supposed = {id(o) for o in found if _supposed(o, reading)}
    kept = [o for o in found if id(o) not in supposed]
    if not kept and found and _DO_SO.search(text):
        # "Insofar as we process X, we do so for Y": the condition holds the verb that "do so" repeats.
        kept = list(found)
    if not found and not _DESCRIBES.search(text):
        kept.extend(nominal_operations(text))
    groups: list[Group] = []
    for operation in kept:
        polarity = reading.polarity(operation.start, operation.end)
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


def _supposed(operation: Operation, reading: Clauses) -> bool:
    """Whether a verb stands inside a condition."""
    return any(
        c.start <= operation.start < c.end and not (c.exception and operation.start - c.inner > 60)
        for c in reading.conditions
    )


class _Assigner:
    """Gives the mentions of one statement to its groups."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.at = statement.sentence.start
        self.reading = statement.reading
        self.text = statement.text
        self.groups = statement.groups
        self.main = [g for g in self.groups if g.first.place is Place.MAIN]

    def assign(self) -> None:
        """Fills the arguments of the groups and the loose mentions of the statement."""
        data = [m for m in self.statement.mentions if m.role is Role.DATA_CATEGORY]
        for mention in data:
            if not self._give(mention, self._for_data(mention)):
                self.statement.loose.append(mention)
        for group in self.groups:
            self._find_back(group)
        for earlier, group in zip(self.main, self.main[1:], strict=False):
            # "Your data is stored here and is not sold": one subject for both passives.
            shared = group.first.voice is Voice.PASSIVE and group.first.subject == earlier.first.subject
            if shared and group.back is None and not group.of(Role.DATA_CATEGORY):
                group.arguments.extend(
                    m for m in earlier.of(Role.DATA_CATEGORY) if self._span(m)[1] <= earlier.first.start
                )
        self.statement.groups[:] = [
            g
            for g in self.groups
            if g.of(Role.DATA_CATEGORY)
            or g.back is not None
            or (g.first.place is Place.MAIN and g.first.actor is not Actor.UNNAMED)
            or not self._within_aim(g.first.start, g.first.end)
        ]
        self.states = [g for g in self.groups if self._states(g)]
        for mention in self.statement.mentions:
            if mention.role is not Role.DATA_CATEGORY and not self._give(mention, self._for_other(mention)):
                self.statement.loose.append(mention)

    def _span(self, mention: Mention) -> tuple[int, int]:
        return mention.start - self.at, mention.end - self.at

    def _give(self, mention: Mention, groups: list[Group]) -> bool:
        start, end = self._span(mention)
        for group in groups:
            excepted = group.polarity is Polarity.DENIED and any(
                c.exception and c.start <= start < c.end for c in self.reading.conditions
            )
            if excepted:
                group.excepted.append(mention)
            elif (
                group.polarity is Polarity.AFFIRMED
                and mention.role is Role.DATA_CATEGORY
                and self.reading.polarity(start, end) is Polarity.DENIED
                and not (start <= group.first.start and group.end <= end)
            ):
                group.denied.append(mention)
            else:
                group.arguments.append(mention)
        return bool(groups)

    def _broken(self, left: int, right: int) -> bool:
        """Whether a new main clause begins between two offsets."""
        return any(left < b <= right for b in self.reading.breaks)

    def _states(self, group: Group) -> bool:
        """Whether a group can carry a practice: it is stated, or aims at data of its own."""
        if group.first.place is Place.MAIN:
            return True
        return group.first.place is Place.AIM and (
            bool(group.of(Role.DATA_CATEGORY)) or group.back is not None
        )

    def _within_aim(self, start: int, end: int) -> bool:
        """Whether a verb is part of the words of a purpose ("to keep business records")."""
        return any(
            m.role in (Role.PURPOSE, Role.LEGITIMATE_INTEREST, Role.LEGAL_BASIS)
            and self._span(m)[0] <= start
            and end <= self._span(m)[1]
            for m in self.statement.mentions
        )

    def _for_data(self, mention: Mention) -> list[Group]:
        start, end = self._span(mention)
        relative = [g for g in self.groups if g.first.place is Place.RELATIVE]
        found: list[Group] = []
        for group in relative:
            if start <= group.first.head <= end + 3 and group.first.start >= start:
                found.append(group)
        objects = [
            g
            for g in relative
            if g.first.voice is Voice.ACTIVE
            and g.end <= start
            and not _OWN_SUBJECT.search(self.text, g.first.subject, g.first.start)
            and not self._broken(g.end, start)
            and not any(h.first.start > g.end and h.end <= start for h in self.groups)
        ]
        if objects and not re.search(
            r",\s*(?:such\s+as|including|like|e\.g\.|namely)\b", self.text[objects[-1].end : start]
        ):
            return [*found, objects[-1]]
        owner = self._owner(start, end)
        return [*found, *([owner] if owner is not None else [])]

    def _owner(self, start: int, end: int) -> Group | None:
        """The group whose object or subject the words are."""
        candidates = [g for g in self.groups if g.first.place in (Place.MAIN, Place.AIM)]
        if not candidates:
            return None
        for group in candidates:
            if group.first.voice is Voice.PASSIVE and group.first.start >= end - 1:
                crossed = any(end <= h.first.start < group.first.start for h in candidates)
                if start >= group.first.subject - 1 and not crossed:
                    return group
        before = [g for g in candidates if g.end <= start]
        if before:
            return before[-1]
        holding = [g for g in candidates if start <= g.first.start and g.end <= end]
        if holding:
            return holding[0]
        # Data before the verb: in a condition ("if you give your name, we keep it"), or named as a topic.
        main = [g for g in candidates if g.first.place is Place.MAIN]
        conditional = any(c.start <= start < c.end for c in self.reading.conditions)
        topic = re.search(r"[:–—]|\s-\s", self.text[end : (main or candidates)[0].first.start])
        if conditional or topic or not self.text[:start].strip(' \t•*-–—·"“('):
            return main[0] if main else candidates[0]
        return None

    def _find_back(self, group: Group) -> None:
        limit = len(self.text)
        for other in self.groups:
            if other.first.start > group.end:
                limit = min(limit, other.first.start)
        for stop in self.reading.breaks:
            if stop > group.end:
                limit = min(limit, stop)
        match = points_back(self.text, group.first, group.operations[-1], limit)
        if match is not None:
            group.back = match.span()

    def _nearest(self, start: int, end: int, wanted: list[Group]) -> Group | None:
        """The nearest group before the words, else the first after them."""
        before = [g for g in wanted if g.first.start <= start]
        if before:
            return before[-1]
        holding = [g for g in wanted if start <= g.first.start < end]
        after = [g for g in wanted if g.first.start >= end]
        return holding[0] if holding else after[0] if after else None

    def _for_other(self, mention: Mention) -> list[Group]:
        start, end = self._span(mention)
        states = self.states
        if not states:
            return []
        role = mention.role
        if role in (Role.PURPOSE, Role.LEGITIMATE_INTEREST):
            return self._with_governing(self._nearest(start, end, states))
        if role is Role.LEGAL_BASIS:
            near = self._nearest(start, end, states)
            same = [g for g in self.main if near is not None and not self._broken(*sorted((g.end, start)))]
            return same or self._with_governing(near)
        if role is Role.DATA_SUBJECT:
            return [g for g in states if not self._broken(*sorted((g.end, start)))] or self._only(
                self._nearest(start, end, states)
            )
        if role is Role.RECIPIENT:
            return self._for_recipient(start, end)
        wanted = {
            Role.SOURCE: COLLECTING,
            Role.RETENTION: _STORING,
            Role.STORAGE_LOCATION: _MOVING,
            Role.TRANSFER_DESTINATION: _MOVING,
            Role.TRANSFER_SAFEGUARD: _MOVING,
            Role.TRACKING_TECHNOLOGY: _TRACKING,
        }.get(role)
        if wanted is not None:
            fitting = [g for g in states if g.processing & wanted]
            if role is Role.SOURCE:
                described = [
                    g for g in self.groups if g.first.place is Place.RELATIVE and self._next_to(g, start)
                ]
                if described:
                    return described[-1:]
            chosen = self._nearest(start, end, fitting)
            if chosen is not None:
                return [chosen]
            if role in (Role.TRACKING_TECHNOLOGY, Role.SOURCE):
                return []
        return self._only(
            self._nearest(start, end, [g for g in states if g.of(Role.DATA_CATEGORY) or g.back is not None])
        )

    def _next_to(self, group: Group, start: int) -> bool:
        """Whether words follow a verb within its own clause ("data that we receive from partners")."""
        return group.end <= start < group.end + 60 and not re.search(r"[,:;(]", self.text[group.end : start])

    @staticmethod
    def _only(group: Group | None) -> list[Group]:
        return [] if group is None else [group]

    def _with_governing(self, group: Group | None) -> list[Group]:
        """A group and, when it is an aim ("cookies to collect data"), the statement that it serves."""
        if group is None:
            return []
        if group.first.place is Place.AIM:
            before = [g for g in self.main if g.end <= group.first.start]
            return [*before[-1:], group]
        return [group]

    def _for_recipient(self, start: int, end: int) -> list[Group]:
        for group in self.states:
            if (
                group.first.actor is Actor.OTHER
                and group.first.subject <= start + 1
                and end <= group.first.start + 1
            ):
                return [group]
        sharing = [
            g
            for g in self.groups
            if g.processing & SHARING
            and (g in self.states or (g.first.place is Place.RELATIVE and self._next_to(g, start)))
        ]
        before = [g for g in sharing if g.end <= start and not self._broken(g.end, start)]
        if before:
            return [before[-1]]
        return self._only(self._nearest(start, end, [g for g in sharing if g in self.states] or self.states))


def exception_matters(reading: Clauses, condition: Condition) -> bool:
    """Whether an exception says when the denied thing is done, rather than only that the policy says so."""
    return condition.exception and not _HARMLESS_EXCEPTION.match(
        reading.text[condition.start : condition.end]
    )


def speaks_of_data(statement: Statement, group: Group) -> bool:
    """Whether what a group acts on has a word for data, though no mention was found there."""
    if group.first.voice is Voice.PASSIVE:
        return bool(_DATA_WORDS.search(statement.text, max(0, group.first.subject - 60), group.first.start))
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
