"""Which mentions of a sentence belong to which of its verbs.

Data goes to the verb whose object or subject it is; purposes, recipients and the rest go to the nearest verb that can
take them. Data that stands before an active verb in a phrase of its own ("to protect your data, we use locks")
belongs to no verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.clauses import reading_at
from privagraph.loaders.extraction.drafts import AIMS
from privagraph.loaders.extraction.groups import (
    ARGUMENT_ROLES,
    COLLECTING,
    SHARING,
    Group,
    Statement,
    find_groups,
)
from privagraph.loaders.extraction.references import points_back
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.extraction.verbs import Place, Voice
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["read_statement"]

_NEAR = 25
"""A verb that stands so near to the beginning of a mention of data is the mention's own ("may collect your name")."""

_OF_READERS = frozenset({Role.RIGHT, Role.OPT_OUT})
"""Roles whose words say what readers can do; verbs in them state no practice."""

_OWN_SUBJECT = re.compile(r"\b(?:we|you|they|it|i|our|your|the)\b", re.IGNORECASE)
_SUCH_AS = re.compile(r",\s*(?:such\s+as|including|like|e\.g\.|namely)\b")
_JOINED = re.compile(
    r"[\s,;()–—-]*(?:(?:and|or|as well as|specifically|in particular|such as|including|e\.g\.|i\.e\.|for example|like"
    r"|namely|your|the|our|any|all|other|certain)\b[\s,]*){0,5}",
    re.IGNORECASE,
)
"""What stands between the members of an enumeration."""

_PUT_IN = re.compile(r"\s*,\s*(?:which|who|never|not)\b[^,;:.]{1,120},\s*", re.IGNORECASE)
"""What stands between a subject and its verb ("your name, which may be shared, is kept")."""

_BESIDE = re.compile(r"\s*[,(–—]\s*(?:(?:none|neither)\s+of\s+)?which\b", re.IGNORECASE)
"""What opens a relative clause that says something beside."""

_JOINT = re.compile(r"\b(?:and|but|so)\s+", re.IGNORECASE)

_OPENS_CLAUSE = re.compile(
    r"(?:^|[.;:!?•])\W*(?:(?:all|any|some|certain|the|your|our|additionally|furthermore|also|however|in addition"
    r"|and|but|for example)\b[\s,]*){0,4}$",
    re.IGNORECASE,
)
"""Before the first member of an enumeration, that it is the subject of its clause."""

_WE = re.compile(r"\bwe\b", re.IGNORECASE)
_ASIDE = re.compile(r",\s*(?:(?:in|of|from|to|by)\s+which|where)\b", re.IGNORECASE)
"""After an aim, a clause that goes on about something else ("to plan a merger, in which your data is ...")."""

_TOPIC = re.compile(r"[:–—]|\s-\s")
"""Marks after words that name what the clause is about."""

_TAKERS = {
    role: frozenset(expand(f"dpv:{name}") for name in names.split())
    for role, names in (
        (Role.RETENTION, "Store Erase Destruct Remove Anonymise Processing Use"),
        (Role.STORAGE_LOCATION, "Store Transfer Processing Transmit Share Disclose MakeAvailable Access"),
        (Role.TRANSFER_DESTINATION, "Store Transfer Processing Transmit Share Disclose MakeAvailable Access"),
        (Role.TRANSFER_SAFEGUARD, "Store Transfer Processing Transmit Share Disclose MakeAvailable Access"),
        (Role.TRACKING_TECHNOLOGY, "Use Collect Store Tracking Obtain Processing"),
    )
} | {Role.SOURCE: COLLECTING}
"""The operations that can take a mention of a role; roles that are not here go to any."""


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
    reading = reading_at(document_text, sentence.start, sentence.end)
    usable = [m for m in mentions if m.role in ARGUMENT_ROLES]
    rights = [(m.start - sentence.start, m.end - sentence.start) for m in mentions if m.role in _OF_READERS]
    groups = [g for g in find_groups(text, reading) if not any(a <= g.first.start < b for a, b in rights)]
    for group in groups:
        _name_actor(group, text, sentence.start, mentions)
    statement = Statement(sentence, text, reading, usable, groups, [])
    _Assigner(statement).assign()
    return statement


def _name_actor(group: Group, text: str, at: int, mentions: Sequence[Mention]) -> None:
    """Makes the act of a recipient that the subject names, and that is not the controller, somebody else's."""
    first = group.first
    subject = [m for m in mentions if first.subject <= m.start - at and m.end - at <= first.start]
    named = [m for m in subject if m.agent or m.role is Role.RECIPIENT]
    if _WE.search(text, first.subject, first.start):
        return
    if first.actor is Actor.CONTROLLER and named and all(m.role in ARGUMENT_ROLES for m in named):
        group.operations[:] = [replace(operation, actor=Actor.OTHER) for operation in group.operations]


class _Assigner:
    """Gives the mentions of one statement to its groups."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.text = statement.text
        self.reading = statement.reading
        self.groups = statement.groups
        self.main = [g for g in self.groups if g.first.place is Place.MAIN]
        self.states: list[Group] = []
        self.subjects: dict[int, int] = {}

    def assign(self) -> None:
        """Fills the arguments of the groups and the loose mentions of the statement."""
        data = [m for m in self.statement.mentions if m.role is Role.DATA_CATEGORY]
        self.subjects = {id(g): self._subject_start(g, [self._span(m) for m in data]) for g in self.groups}
        for mention in data:
            self._give(mention, self._for_data(*self._span(mention)))
        for group in self.groups:
            self._find_back(group)
        self._share_subjects()
        self.groups[:] = [g for g in self.groups if not self._is_part_of_aim(g)]
        self.states = [g for g in self.groups if _takes(g)]
        for mention in self.statement.mentions:
            if mention.role is not Role.DATA_CATEGORY:
                self._give(
                    mention, self._for_other(mention.role, *self._span(mention)) if self.states else []
                )
        self._hand_aims_down()

    def _span(self, mention: Mention) -> tuple[int, int]:
        at = self.statement.sentence.start
        return mention.start - at, mention.end - at

    def _give(self, mention: Mention, groups: Sequence[Group]) -> None:
        """Gives a mention to groups, or sets it down as loose."""
        start, end = self._span(mention)
        if not groups:
            self.statement.loose.append(mention)
        for group in groups:
            if group.polarity is Polarity.DENIED:
                excepted = any(c.exception and c.start <= start < c.end for c in self.reading.conditions)
                (group.excepted if excepted else group.arguments).append(mention)
                continue
            holds_verb = start <= group.first.start and group.end <= end
            # "The letters that we keep are never sold": they are kept.
            described = group.first.place is Place.RELATIVE and end <= group.first.start
            taken_out = (
                mention.role is Role.DATA_CATEGORY
                and not self.statement.affirms(mention)
                and not (holds_verb or described)
            )
            (group.denied if taken_out else group.arguments).append(mention)

    def _broken(self, one: int, other: int) -> bool:
        """Whether a new main clause begins between two offsets."""
        left, right = sorted((one, other))
        return any(left < b <= right for b in self.reading.breaks)

    # -- data ---------------------------------------------------------------------------------------------------------

    def _for_data(self, start: int, end: int) -> list[Group]:
        """The groups whose data some words are: the verb that describes them, and the one that acts on them."""
        relative = [g for g in self.groups if g.first.place is Place.RELATIVE]
        found = [
            g
            for g in relative
            if start <= g.first.start and (start <= g.first.head <= end + 3 or self._beside(g, start, end))
        ]
        objects = [g for g in relative if self._is_object(g, start)]
        if objects and not _SUCH_AS.search(self.text, objects[-1].end, start):
            return [*found, objects[-1]]
        owner = self._owner(start, end)
        return found if owner is None else [*found, owner]

    def _beside(self, group: Group, start: int, end: int) -> bool:
        """Whether words belong to the enumeration that a verb beside it speaks of ("X and Y, neither of which ...")."""
        if group.polarity is not Polarity.DENIED or not _BESIDE.match(self.text, max(0, group.first.head)):
            return False
        names = [self._span(m) for m in self.statement.mentions if m.role is Role.DATA_CATEGORY]
        at = group.first.head
        for left, right in sorted(names, reverse=True):
            if right > at:
                continue
            if right < at and not _JOINED.fullmatch(self.text, right, at):
                return False
            if (left, right) == (start, end):
                return True
            at = left
        return False

    def _subject_start(self, group: Group, data: Sequence[tuple[int, int]]) -> int:
        """Where the subject of a passive begins, an enumeration with commas taken as a whole."""
        left = group.first.subject
        if group.first.voice is not Voice.PASSIVE or group.first.place is not Place.MAIN:
            return left
        acting = [
            g
            for g in self.main
            if g.first.voice is Voice.ACTIVE and left <= g.first.start < group.first.start
        ]
        if acting and (joints := list(_JOINT.finditer(self.text, acting[-1].end, group.first.start))):
            # "We do not sell your age and your name is stored": the subject stands after the joint.
            return joints[-1].end()
        described = [
            g.first.head
            for g in self.groups
            if g.first.place is Place.RELATIVE and left <= g.first.start < group.first.start
        ]
        first = left
        for start, end in reversed(data):
            if start < left and any(start <= head <= end + 3 for head in described):
                # "The letters that we keep are stored in a safe."
                return start
            if start >= left or end > group.first.start:
                continue
            if _PUT_IN.fullmatch(self.text, min(end, left), max(left, end)):
                return start
            if not _JOINED.fullmatch(self.text, min(end, left), left):
                break
            left = start
        return left if _OPENS_CLAUSE.search(self.text[max(0, left - 80) : left]) else first

    def _is_object(self, group: Group, start: int) -> bool:
        """Whether words are the object of a relative verb ("cookies that store your address")."""
        first = group.first
        if first.voice is Voice.PASSIVE or group.end > start or self._broken(group.end, start):
            return False
        own_subject = _OWN_SUBJECT.search(self.text, first.subject, first.start)
        nearer = any(group.end < g.first.start and g.end <= start for g in self.groups)
        return not own_subject and not nearer

    def _owner(self, start: int, end: int) -> Group | None:
        """The group that states something of the words: their passive, the active before them, or none."""
        candidates = [g for g in self.groups if g.first.place in (Place.MAIN, Place.AIM)]
        for group in candidates:
            if group.first.voice is Voice.PASSIVE and group.first.start >= end - 1:
                crossed = any(end <= g.first.start < group.first.start for g in candidates)
                if start >= self.subjects[id(group)] - 1 and not crossed:
                    return group
        holding = [g for g in candidates if start <= g.first.start < start + _NEAR and g.end <= end]
        if holding:
            return holding[0]
        supposed = [c.end for c in self.reading.conditions if c.opens and c.start <= start < c.end]
        # "We do not sell or lend your name": the data may hold the last of some verbs.
        before = [
            g for g in candidates if g.end <= start or (g.first.end <= start and g.first.form != "noun")
        ]
        if before and supposed and before[-1].end <= supposed[0]:
            # "We collect X, and if you send us Y, we keep it": Y belongs to what follows.
            return next((g for g in candidates if g.first.start >= supposed[0]), before[-1])
        if before:
            aside = before[-1].first.place is Place.AIM and _ASIDE.search(self.text, before[-1].end, start)
            return None if aside else before[-1]
        after = [g for g in candidates if g.first.place is Place.MAIN] or candidates
        # Data before an active verb: in a condition ("if you give your name, we keep it"), or named as a topic.
        conditional = any(c.start <= start < c.end for c in self.reading.conditions)
        opens = not self.text[:start].strip(' \t•*-–—·"“(') and not (
            # "Your name is safe, and our rooms cannot be entered": the verb has a subject of its own.
            after
            and any(
                end < b <= after[0].first.start and _OWN_SUBJECT.match(self.text, b)
                for b in self.reading.breaks
            )
        )
        if after and (conditional or opens or _TOPIC.search(self.text, end, after[0].first.start)):
            return after[0]
        return None

    def _find_back(self, group: Group) -> None:
        """Looks for words in the object or subject of a group that point back to data."""
        ends = [g.first.start for g in self.groups if g.first.start > group.end]
        ends += [b for b in self.reading.breaks if b > group.end]
        match = points_back(self.text, group.first, group.operations[-1], min(ends, default=len(self.text)))
        group.back = None if match is None else match.span()

    def _share_subjects(self) -> None:
        """Gives the data of a passive to the next one with the same subject ("is stored here and is not sold")."""
        for earlier, group in zip(self.main, self.main[1:], strict=False):
            same = group.first.voice is Voice.PASSIVE and group.first.subject == earlier.first.subject
            if same and group.back is None and not group.of(Role.DATA_CATEGORY):
                data = earlier.of(Role.DATA_CATEGORY)
                group.arguments.extend(m for m in data if self._span(m)[1] <= earlier.first.start)

    def _is_part_of_aim(self, group: Group) -> bool:
        """Whether a verb is but part of the words of a purpose ("to keep business records")."""
        data = [self._span(m) for m in group.of(Role.DATA_CATEGORY)]
        stated = group.first.place is Place.MAIN and group.first.actor is not Actor.UNNAMED
        if stated or group.back is not None or (data and group.first.place is Place.AIM):
            return False
        words = [(group.first.start, group.first.end), *data]
        aims = self.statement.of(*AIMS) if data else self.statement.of(*AIMS, Role.LEGAL_BASIS)
        return any(
            all(start <= left and right <= end for left, right in words)
            for start, end in (self._span(mention) for mention in aims)
        )

    def _hand_aims_down(self) -> None:
        """Gives the purposes of a statement without data to what it aims at ("to plan, we use cookies to log X")."""
        for group in self.groups:
            if group.first.place is not Place.AIM or group.of(*AIMS) or not group.of(Role.DATA_CATEGORY):
                continue
            governing = [g for g in self.main if g.end <= group.first.start][-1:]
            if governing and not governing[0].of(Role.DATA_CATEGORY) and governing[0].back is None:
                inside = [self._span(m) for m in group.of(Role.DATA_CATEGORY)]
                group.arguments.extend(
                    m for m in governing[0].of(*AIMS) if not any(_overlap(self._span(m), s) for s in inside)
                )

    # -- everything else ----------------------------------------------------------------------------------------------

    def _for_other(self, role: Role, start: int, end: int) -> list[Group]:
        """The groups that a mention of another role than data belongs to."""
        nearest = _nearest(self.states, start, end)
        if role in (Role.RECIPIENT, Role.SOURCE):
            acting = [g for g in self.states if _acts(g, start, end)]
            if acting:
                return acting[:1]
        if role in AIMS:
            return self._with_governing(nearest)
        if role is Role.LEGAL_BASIS:
            return [g for g in self.main if not self._broken(g.end, start)] or self._with_governing(nearest)
        if role is Role.DATA_SUBJECT:
            return [g for g in self.states if not self._broken(g.end, start)] or nearest
        if role is Role.RECIPIENT:
            return self._for_recipient(start, end)
        described = [g for g in self.groups if g.first.place is Place.RELATIVE and self._next_to(g, start)]
        if role is Role.SOURCE and described:
            return described[-1:]
        takers = _TAKERS.get(role)
        found = (
            [] if takers is None else _nearest([g for g in self.states if g.processing & takers], start, end)
        )
        if found or role in (Role.SOURCE, Role.TRACKING_TECHNOLOGY):
            return found
        with_data = [g for g in self.states if g.of(Role.DATA_CATEGORY) or g.back is not None]
        return _nearest(with_data, start, end)

    def _next_to(self, group: Group, start: int) -> bool:
        """Whether words follow a verb within its own clause ("data that we receive from partners")."""
        return group.end <= start < group.end + 60 and not re.search(r"[,:;(]", self.text[group.end : start])

    def _with_governing(self, nearest: list[Group]) -> list[Group]:
        """A group and, when it is an aim ("cookies to collect data"), the statement that it serves."""
        if nearest and nearest[0].first.place is Place.AIM:
            return [*[g for g in self.main if g.end <= nearest[0].first.start][-1:], *nearest]
        return nearest

    def _for_recipient(self, start: int, end: int) -> list[Group]:
        """The group that shares with somebody."""
        sharing = [g for g in self.groups if g.processing & SHARING]
        stated = [g for g in sharing if g in self.states]
        near = [
            g for g in sharing if g in stated or (g.first.place is Place.RELATIVE and self._next_to(g, start))
        ]
        before = [g for g in near if g.end <= start and not self._broken(g.end, start)]
        return before[-1:] or _nearest(stated or self.states, start, end)


def _acts(group: Group, start: int, end: int) -> bool:
    """Whether words are the subject of somebody else's verb ("our partners share")."""
    first = group.first
    return first.actor is Actor.OTHER and first.subject <= start + 1 and end <= first.start + 1


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def _takes(group: Group) -> bool:
    """Whether a group can take other arguments than data: it is stated, or aims at data of its own."""
    if group.first.place is Place.AIM:
        return bool(group.of(Role.DATA_CATEGORY)) or group.back is not None
    return group.first.place is Place.MAIN


def _nearest(groups: Sequence[Group], start: int, end: int) -> list[Group]:
    """The nearest group before some words, else the first inside or after them; none when there is no group."""
    before = [g for g in groups if g.first.start <= start]
    holding = [g for g in groups if start <= g.first.start < end]
    return before[-1:] or holding[:1] or [g for g in groups if g.first.start >= end][:1]
