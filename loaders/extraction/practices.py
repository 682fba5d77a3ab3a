"""From mentions to practices: who does what with which data, why, for whom, as one passage states it.

Mentions are tied where the text ties them, and nowhere else:

=====================  ===============================================================================  ==========
what ties              for example                                                                       confidence
=====================  ===============================================================================  ==========
a clause               "We collect your name to open your account"                                       0.9
a list and its intro   "We collect:" with the items "your name", "your e-mail address"                   0.8
a row of a table       cells headed "Data", "Purpose", "Legal basis"                                     0.8
a reference back       "This information is used to …", "The legal basis is your consent"                0.7
a heading              "Information we collect" over bare names of data                                   0.6
a clause without data  "We use cookies for statistics"                                                    0.6
an exception           "We share nothing, except with couriers": sharing with couriers is possible       0.5
another's act          "Our partners may collect your address"                                            0.5
=====================  ===============================================================================  ==========

Where several hold, the lowest counts. A denied statement gives a denied practice, and what its exception allows gives a
possible one beside it. What readers do, what other sites do, what a condition only supposes and what the policy only
announces to describe gives none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.extraction import references
from privagraph.loaders.extraction.assignment import (
    COLLECTING,
    SHARING,
    Group,
    Statement,
    exception_matters,
    read_statement,
    speaks_of_data,
)
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.verb_nouns import nominal_operations
from privagraph.loaders.extraction.verbs import Operation, Place, Voice
from privagraph.loaders.facts import Mention, Modality, Polarity, Practice, Role
from privagraph.ontology.namespaces import expand

__all__ = ["tie"]

Span = tuple[int, int]

CLAUSE, LISTED, REFERRED, HEADED, DATALESS, EXCEPTED, FOREIGN = 0.9, 0.8, 0.7, 0.6, 0.6, 0.5, 0.5

_PROCESSING = expand("dpv:Processing")
_OBTAIN = expand("dpv:Obtain")
_AIMS = (Role.PURPOSE, Role.LEGITIMATE_INTEREST)
_POOLED = frozenset({Role.DATA_CATEGORY, Role.SOURCE, Role.DATA_SUBJECT, Role.TRACKING_TECHNOLOGY})
_TELLING = frozenset(
    {
        Role.PURPOSE,
        Role.LEGITIMATE_INTEREST,
        Role.RECIPIENT,
        Role.LEGAL_BASIS,
        Role.RETENTION,
        Role.STORAGE_LOCATION,
        Role.TRANSFER_DESTINATION,
        Role.SOURCE,
    }
)


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_TO_US = _re(r"^(?:[^.;]{0,80}?)\b(?:with|to)\s+us\b|^\s+us\b")
_ELSEWHERE = _re(
    r"\blink(?:s|ed|ing)?\b|\b(?:other|third[\s-]party|external)\s+(?:web)?(?:sites?|pages?)\b|\bnot\s+(?:operated|controlled|owned)\b"
)
_READER_LEAD = _re(
    r"\b(?:you|users?|individuals?|(?:data\s+)?subjects?|parents?|residents|customers)\s+(?:\w+\s+){0,4}?(?:have|has|can|may|are\s+entitled|should|must|will|could|need|agree|choose|want|wish)\b[^.;]{0,90}[:]?\s*$"
    r"|\b(?:your|following|these|the|individual|legal|privacy|subject|consumer|user|gdpr|certain)\s+(?:\w+\s+)?(?:rights|choices|options)\b"
    r"|\bcookies?\s+(?:are|is)\b"
)
_DATA_ACTS = _re(
    r"\b(?:this|that|these|such|the|your|personal|any|some)\s+(?:\w+\s+)?(?:information|data|details)\s+(?:(?:do|does|will|may|can|could|is|are|not|also|\w+n['’]t|\w+ly|no\s+longer)\s+)*$"
)
"""Data as the subject of an active verb ("this information does not reveal who you are"): nobody processes anything."""

_FINITE = _re(r"\b(?:is|are|was|were|will|may|can|have|has|do|does|must|shall|should|would|we|you)\b")
_COPULA = _re(
    r"[^.;]{0,120}?(?:\b(?:(?:may|can|might|will|also|typically)\s+)*(?:includes?|comprises?|consists?\s+of|are|is|be|being)\b|:)"
)
_PURPOSE_TAIL = _re(
    r"(?:\bto|\bfor|in\s+order\s+to|\b(?:purposes?|reasons?|ways?|cases|circumstances|situations|instances|uses))\b[^:]{0,40}:?\s*$"
)


def tie(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Practice, ...]:
    """The practices that a document states.

    Args:
        document: The policy as it was read.
        sentences: Its sentences, in order.
        mentions: Its mentions, sorted by offset.

    Returns:
        The practices sorted by offset, without duplicates; the same for the same arguments, always.
    """
    return _Tier(document, sentences, mentions).practices()


@dataclass(slots=True)
class _Draft:
    """A practice in the making."""

    processing: str
    start: int
    end: int
    polarity: Polarity
    modality: Modality
    condition: Span | None
    controller: str | None
    confidence: float
    arguments: dict[tuple[int, int, Role], Mention] = field(default_factory=dict)

    def add(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            self.arguments.setdefault((mention.start, mention.end, mention.role), mention)

    def of(self, *roles: Role) -> list[Mention]:
        return [m for m in self.arguments.values() if m.role in roles]

    def practice(self) -> Practice:
        ordered = sorted(self.arguments.values(), key=lambda m: (m.start, m.end, m.role.value))
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
        )


@dataclass(slots=True)
class _Frame:
    """What a line that introduces a list hands down to its items.

    Attributes:
        operations: The operations that its items complete.
        denied: Whether the items stand under its negation.
        modality: How firmly the line states.
        condition: What limits it, as offsets in the document.
        arguments: What the line itself ties to the operations.
        span: The line.
        confidence: How sure the tying through it is.
        reader: Whether it speaks of what readers can do; then its items are no practices.
        speaks: Whether what it acts on has a word for data.
        pool: Drafts that gather the data of bare items.
    """

    operations: list[Operation]
    denied: bool
    modality: Modality
    condition: Span | None
    arguments: list[Mention]
    span: Span
    confidence: float
    reader: bool = False
    speaks: bool = False
    pool: list[_Draft] = field(default_factory=list)


class _Tier:
    """The reading of one document, block by block."""

    def __init__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> None:
        self.document = document
        self.blocks = document.blocks
        self.drafts: list[_Draft] = []
        self.by_block: dict[int, list[Statement]] = defaultdict(list)
        self.made: dict[int, list[_Draft]] = {}
        self.resolved: dict[int, list[Mention]] = {}
        self.frames: dict[int, _Frame] = {}
        self.rows: set[tuple[int, int]] = set()
        self.intros = _intros(document)
        ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.role.value))
        starts = [m.start for m in ordered]
        for sentence in sentences:
            inside = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            statement = read_statement(document.text, sentence, inside)
            self.by_block[sentence.block].append(statement)

    def practices(self) -> tuple[Practice, ...]:
        """Goes through the blocks in order and closes the drafts."""
        for index, block in enumerate(self.blocks):
            if block.kind is BlockKind.HEADING:
                continue
            if block.kind is BlockKind.TABLE_CELL and block.table is not None and block.row is not None:
                self._row(block.table, block.row)
            elif (intro := self.intros[index]) is not None:
                self._item(index, intro)
            else:
                self._paragraph(index)
        return _finished(self.drafts)

    # -- paragraphs ---------------------------------------------------------------------------------------------

    def _paragraph(self, index: int) -> None:
        lead: list[Mention] = []
        for position, statement in enumerate(self.by_block[index]):
            made = self._statement(statement, index, position)
            if made and lead:
                made[0].add(lead)
                for draft in made[1:]:
                    if draft.processing in COLLECTING:
                        draft.add(lead)
                lead = []
            elif not made and position == 0 and _is_lead(statement):
                lead = statement.data()
            self._keep(statement, made)

    def _keep(self, statement: Statement, made: list[_Draft]) -> None:
        self.made[id(statement)] = made
        self.drafts.extend(d for d in made if not any(d is e for e in self.drafts[-40:]))

    def _statement(
        self, statement: Statement, index: int, position: int, frame: _Frame | None = None
    ) -> list[_Draft]:
        """The practices of one sentence, by its own verbs or by what it goes on from."""
        if references.elaborates(statement.text) and statement.data():
            target = self._elaborated(index, position)
            if target and not any(self._complete(statement, g) for g in statement.groups):
                for draft in target:
                    draft.add(
                        m for m in statement.mentions if m.role in _POOLED and self._affirmed(statement, m)
                    )
                return []
        made = self._by_verbs(statement, index, position, frame)
        if made or frame is not None:
            return made
        made = self._promoted(statement)
        if made:
            return made
        made = self._continued(statement, index, position)
        return made or self._bare(statement, index)

    def _by_verbs(
        self, statement: Statement, index: int, position: int, frame: _Frame | None
    ) -> list[_Draft]:
        made: list[_Draft] = []
        for group in statement.groups:
            if frame is not None and frame.reader and group.first.actor in (Actor.UNNAMED, Actor.READER):
                continue
            if not self._stated(statement, group):
                continue
            arguments = list(group.arguments)
            confidence = CLAUSE
            anaphor = self._anaphor(statement, group)
            if anaphor is not None:
                back = self._antecedent(index, position, anaphor)
                self.resolved.setdefault(id(statement), []).extend(back)
                if back:
                    arguments.extend(back)
                    confidence = REFERRED
            arguments.extend(self._referred(statement, group, index, position))
            if not self._enough(statement, group, arguments):
                continue
            if not any(m.role is Role.DATA_CATEGORY for m in arguments):
                confidence = min(confidence, DATALESS)
            made.extend(self._drafts(statement, group, arguments, confidence, frame))
        return made

    def _stated(self, statement: Statement, group: Group) -> bool:
        """Whether a group states a practice of its own."""
        first = group.first
        if first.place is Place.MAIN:
            if first.actor is Actor.OTHER:
                if _ELSEWHERE.search(statement.text):
                    return False
                # What others promise not to do is no denial of the controller's.
                return group.polarity is Polarity.AFFIRMED or self._actor_key(statement, group) is not None
            words = statement.text[first.subject : first.start]
            return first.voice is Voice.PASSIVE or not _DATA_ACTS.search(words)
        if first.place is Place.AIM:
            return any(m.role is Role.DATA_CATEGORY for m in group.arguments) or group.back is not None
        if first.place is Place.RELATIVE:
            after = [
                m
                for m in group.arguments
                if m.start - statement.sentence.start >= group.end and m.role is Role.DATA_CATEGORY
            ]
            if first.voice is Voice.ACTIVE and after and first.actor is not Actor.READER:
                return True
            return bool(group.of(Role.DATA_CATEGORY)) and bool(group.of(Role.SOURCE, Role.RECIPIENT, *_AIMS))
        return False

    def _complete(self, statement: Statement, group: Group) -> bool:
        return (
            group.first.place is Place.MAIN
            and self._enough(statement, group, group.arguments)
            and bool(group.of(Role.DATA_CATEGORY))
        )

    def _enough(self, statement: Statement, group: Group, arguments: list[Mention]) -> bool:
        roles = {m.role for m in arguments}
        if Role.DATA_CATEGORY in roles:
            return True
        if group.first.place is Place.AIM:
            return False
        if Role.TRACKING_TECHNOLOGY in roles and roles & (_TELLING | {Role.DATA_SUBJECT}):
            return True
        if group.denied or group.excepted:
            return True
        return bool(roles & _TELLING) and speaks_of_data(statement, group)

    def _drafts(
        self,
        statement: Statement,
        group: Group,
        arguments: list[Mention],
        confidence: float,
        frame: _Frame | None,
    ) -> list[_Draft]:
        """The drafts of a group: one for each verb, and those for what is taken out of it."""
        start, end = statement.sentence.start, statement.sentence.end
        condition = None
        if group.condition is not None:
            condition = (start + group.condition.start, start + group.condition.end)
        polarity, modality = group.polarity, group.modality
        if frame is not None:
            if frame.denied:
                polarity = Polarity.DENIED
            if modality is Modality.ASSERTED and group.first.actor is Actor.UNNAMED:
                modality = frame.modality
            condition = condition or frame.condition
        controller: str | None = None
        if group.first.actor is Actor.OTHER:
            confidence = min(confidence, FOREIGN)
            controller = self._actor_key(statement, group)
        made: list[_Draft] = []
        for operation in group.operations:
            processing, key, sure = operation.processing, controller, confidence
            if (
                group.first.actor is Actor.OTHER
                and processing in SHARING
                and _TO_US.search(statement.text, operation.end)
            ):
                processing, key, sure = _OBTAIN, None, CLAUSE
            draft = _Draft(processing, start, end, polarity, modality, condition, key, sure)
            draft.add(arguments)
            if draft.arguments:
                made.append(draft)
            if group.denied:
                out = _Draft(processing, start, end, Polarity.DENIED, modality, condition, key, sure)
                out.add(group.denied)
                made.append(out)
            twin = self._twin(statement, group, draft)
            if twin is not None:
                made.append(twin)
        return made

    def _twin(self, statement: Statement, group: Group, denied: _Draft) -> _Draft | None:
        """What the exception of a denial allows: a possible practice beside the denied one."""
        exception = group.condition
        if denied.polarity is not Polarity.DENIED or exception is None or not exception.exception:
            return None
        if not exception_matters(statement.reading, exception):
            return None
        start = statement.sentence.start
        data = [m for m in group.excepted if m.role is Role.DATA_CATEGORY] or denied.of(Role.DATA_CATEGORY)
        twin = _Draft(
            denied.processing,
            denied.start,
            denied.end,
            Polarity.AFFIRMED,
            Modality.POSSIBLE,
            (start + _skip_space(statement.text, exception.inner), start + exception.end),
            denied.controller,
            EXCEPTED,
        )
        twin.add(data)
        twin.add(m for m in group.excepted if m.role is not Role.DATA_CATEGORY)
        return twin if twin.arguments and exception.inner < exception.end else None

    def _actor_key(self, statement: Statement, group: Group) -> str | None:
        """The organisation that the subject of a verb names."""
        at = statement.sentence.start
        for mention in statement.mentions:
            if (
                mention.agent
                and group.first.subject <= mention.start - at
                and mention.end - at <= group.first.start
            ):
                return mention.agent
        return None

    @staticmethod
    def _affirmed(statement: Statement, mention: Mention) -> bool:
        at = statement.sentence.start
        return statement.reading.polarity(mention.start - at, mention.end - at) is Polarity.AFFIRMED

    # -- going on from what was said before -----------------------------------------------------------------------

    def _anaphor(self, statement: Statement, group: Group) -> Span | None:
        """Where the data of a group points back, or None."""
        if group.back is not None:
            return group.back
        at = statement.sentence.start
        for mention in group.of(Role.DATA_CATEGORY):
            if references.is_anaphoric(statement.text, mention.start - at, mention.end - at):
                return mention.start - at, mention.end - at
        return None

    def _antecedent(self, index: int, position: int, words: Span) -> list[Mention]:
        """The data that words point back to: in the sentence, the block, or the blocks before it in the section."""
        statements = self.by_block[index]
        here = statements[position]
        at = here.sentence.start
        same = [m for m in here.data() if m.end - at <= words[0]]
        if same:
            return same
        near = references.is_pronoun(here.text[words[0] : words[1]])
        for earlier in range(position - 1, max(-1, position - (2 if near else 5)), -1):
            statement = statements[earlier]
            found = [*statement.data(), *self.resolved.get(id(statement), [])]
            if found:
                if earlier and references.elaborates(statement.text):
                    found = [*statements[earlier - 1].data(), *found]
                return found
        if near and position > 0:
            return []
        return self._data_before(index, far=bool(references.LISTED_ABOVE.search(here.text)))

    def _data_before(self, index: int, *, far: bool) -> list[Mention]:
        """The data of the list, table or paragraph that comes before a block in its section."""
        intro = self.intros[index]
        if intro is not None:
            return self._data_of_block(intro)
        seen = 0
        for earlier in range(index - 1, -1, -1):
            other = self.blocks[earlier]
            if other.kind is BlockKind.HEADING:
                if far:
                    continue
                return []
            if intro is not None and self.intros[earlier] == intro:
                continue
            if self.intros[earlier] is not None:
                found = self._data_of_list(earlier)
            elif other.kind is BlockKind.TABLE_CELL:
                found = self._data_of_table(other.table)
            else:
                found = self._data_of_block(earlier)
            if found:
                return found
            seen += 1
            if seen > 3 and not far:
                return []
        return []

    def _data_of_block(self, index: int) -> list[Mention]:
        found: list[Mention] = []
        for statement in self.by_block[index]:
            found.extend(m for m in statement.data() if self._affirmed(statement, m))
            found.extend(self.resolved.get(id(statement), []))
        return found

    def _data_of_list(self, last: int) -> list[Mention]:
        """The data of the whole list that ends with a block, nested items included."""
        root = self._root_intro(last)
        found: list[Mention] = []
        for index in range(last, -1, -1):
            if self.intros[index] is None or self._root_intro(index) != root:
                break
            found[:0] = self._data_of_block(index)
        return found

    def _root_intro(self, index: int) -> int | None:
        """The block that introduces the outermost list of an item."""
        intro = self.intros[index]
        while intro is not None and self.intros[intro] is not None:
            intro = self.intros[intro]
        return intro

    def _data_of_table(self, table: int | None) -> list[Mention]:
        found: list[Mention] = []
        for index, block in enumerate(self.blocks):
            if block.kind is BlockKind.TABLE_CELL and block.table == table:
                found.extend(self._data_of_block(index))
        return found

    def _referred(self, statement: Statement, group: Group, index: int, position: int) -> list[Mention]:
        """Recipients and purposes that a sentence points back to ("that third party", "such a function")."""
        roles: list[Role] = []
        if (
            group.processing & SHARING
            and not group.of(Role.RECIPIENT)
            and references.refers_to_recipients(statement.text)
        ):
            roles.append(Role.RECIPIENT)
        if not group.of(*_AIMS) and references.refers_to_purposes(statement.text):
            roles.extend(_AIMS)
        found: list[Mention] = []
        for role in roles:
            for earlier in range(position - 1, max(-1, position - 4), -1):
                before = self.by_block[index][earlier].of(role)
                if before:
                    found.extend(before)
                    break
        return found

    def _last_made(self, index: int, position: int) -> list[_Draft]:
        """The affirmed drafts of the nearest statement before one: in its block, else in the block before it."""
        for earlier in range(position - 1, max(-1, position - 4), -1):
            made = self.made.get(id(self.by_block[index][earlier]), [])
            if made:
                return made
        if position > 1 or index == 0:
            return []
        other = self.blocks[index - 1]
        if other.kind is BlockKind.HEADING or other.heading != self.blocks[index].heading:
            return []
        intro = self.intros[index - 1]
        if intro is not None:
            frame = self.frames.get(intro)
            if frame is not None and frame.pool:
                return frame.pool
        for statement in reversed(self.by_block[index - 1]):
            made = self.made.get(id(statement), [])
            if made:
                return made
        return []

    def _elaborated(self, index: int, position: int) -> list[_Draft]:
        """The drafts whose data a sentence spells out."""
        made = [d for d in self._last_made(index, position) if d.of(Role.DATA_CATEGORY)]
        if not made:
            return []
        polarity = made[-1].polarity
        return [
            d
            for d in made
            if d.polarity is polarity and not (d.confidence == EXCEPTED and d.modality is Modality.POSSIBLE)
        ]

    def _promoted(self, statement: Statement) -> list[_Draft]:
        """ "The data we collect includes X": a verb that describes the data, whose statement spells the data out."""
        if not statement.data() or not statement.loose:
            return []
        for group in statement.groups:
            if group.first.place is not Place.RELATIVE and not (
                group.first.place is Place.ASKED and ":" in statement.text
            ):
                continue
            if group.first.actor is Actor.OTHER or not _COPULA.match(statement.text, group.end):
                continue
            arguments = [*group.arguments, *(m for m in statement.loose if m.role in _POOLED | _TELLING)]
            return self._drafts(statement, group, arguments, CLAUSE, None)
        return []

    def _continued(self, statement: Statement, index: int, position: int) -> list[_Draft]:
        """ "The legal basis is your consent.": more about the practice of the sentence before."""
        told = [m for m in statement.loose if m.role in _TELLING and m.role is not Role.SOURCE]
        bases = [m for m in told if m.role is Role.LEGAL_BASIS]
        if not told or statement.text.endswith("?"):
            return []
        back = references.continues_statement(statement.text) or references.refers_to_practice(statement.text)
        if any(
            g.first.actor is not Actor.UNNAMED for g in statement.groups
        ) and not references.refers_to_practice(statement.text):
            back = False
        sources = (
            [d for d in self._last_made(index, position) if d.polarity is Polarity.AFFIRMED] if back else []
        )
        told = [m for m in told if self._affirmed(statement, m)]
        span = (statement.sentence.start, statement.sentence.end)
        data = [m for m in statement.loose if m.role is Role.DATA_CATEGORY and self._affirmed(statement, m)]
        made: list[_Draft] = []
        for source in sources:
            draft = _Draft(
                source.processing,
                *span,
                Polarity.AFFIRMED,
                source.modality,
                source.condition,
                source.controller,
                min(source.confidence, REFERRED),
            )
            draft.add(source.of(Role.DATA_CATEGORY))
            if bases:
                draft.add(source.of(*_AIMS))
            draft.add([*data, *told])
            if any(m.role is Role.DATA_CATEGORY for m in draft.arguments.values()):
                made.append(draft)
        if not made and bases and (data or any(m.role in _AIMS for m in told)):
            draft = _Draft(_PROCESSING, *span, Polarity.AFFIRMED, Modality.ASSERTED, None, None, DATALESS)
            draft.add([*data, *told])
            made.append(draft)
        return made

    def _bare(self, statement: Statement, index: int) -> list[_Draft]:
        """Names of data without a verb under a heading that has one."""
        data = [m for m in statement.loose if m.role is Role.DATA_CATEGORY and self._affirmed(statement, m)]
        heading = self.blocks[index].heading
        if (
            not data
            or heading is None
            or _FINITE.search(statement.text)
            or _is_lead_of_more(self.by_block[index], statement)
        ):
            return []
        frame = self._frame(heading)
        if (
            frame.reader
            or not frame.operations
            or not any(o.processing in COLLECTING for o in frame.operations)
        ):
            return []
        return self._from_frame(
            frame, [*statement.mentions], (statement.sentence.start, statement.sentence.end)
        )

    # -- lists ----------------------------------------------------------------------------------------------------

    def _item(self, index: int, intro: int) -> None:
        frame = self._frame(intro)
        statements = self.by_block[index]
        own: list[_Draft] = []
        lead: list[Mention] = []
        for position, statement in enumerate(statements):
            inherited = frame if position == 0 else _later(frame)
            made = self._statement(statement, index, position, inherited)
            if not made and position > 0:
                made = self._continued(statement, index, position)
            if made and lead:
                made[0].add(lead)
                lead = []
            elif not made and position == 0 and len(statements) > 1 and _is_lead(statement):
                lead = statement.data()
            own.extend(made)
            self._keep(statement, made)
        if frame.reader or not frame.operations or not statements:
            return
        mentions = [m for s in statements for m in s.mentions if self._affirmed(s, m)]
        data = [m for s in statements for m in s.data() if self._affirmed(s, m)]
        if own:
            if self._pools(frame) and data and frame.confidence > HEADED:
                self._pool(frame, data)
            return
        if any(_has_subject(s, g) for s in statements for g in s.groups):
            return
        span = (self.blocks[index].start, self.blocks[index].end)
        telling = [m for m in mentions if m.role in _TELLING and m.role is not Role.SOURCE]
        pooled = [m for m in mentions if m.role in _POOLED]
        if data and not telling:
            self._pool(frame, pooled)
        elif telling:
            if data and self._pools(frame):
                self._pool(frame, pooled)
            made = self._from_frame(frame, mentions, span, statements[0])
            self.made[id(statements[-1])] = made
            self.drafts.extend(made)

    @staticmethod
    def _pools(frame: _Frame) -> bool:
        """Whether a list is a list of data: its intro collects or uses data that it does not name."""
        return any(o.processing in COLLECTING for o in frame.operations) and not any(
            m.role in (*_AIMS, Role.RECIPIENT) for m in frame.arguments
        )

    def _pool(self, frame: _Frame, mentions: list[Mention]) -> None:
        if not frame.pool:
            for operation in frame.operations:
                draft = self._framed(frame, operation, frame.span)
                draft.add(frame.arguments)
                frame.pool.append(draft)
            self.drafts.extend(frame.pool)
        for draft in frame.pool:
            draft.add(mentions)

    def _from_frame(
        self, frame: _Frame, mentions: Sequence[Mention], span: Span, statement: Statement | None = None
    ) -> list[_Draft]:
        """The practices of an item that has no verb of its own: the intro's, with what the item adds."""
        made: list[_Draft] = []
        condition = frame.condition
        if condition is None and statement is not None and statement.reading.conditions:
            first = statement.reading.conditions[0]
            condition = (statement.sentence.start + first.start, statement.sentence.start + first.end)
        for operation in frame.operations:
            draft = self._framed(frame, operation, span)
            draft.condition = condition
            draft.add(frame.arguments)
            draft.add(mentions)
            roles = {m.role for m in draft.arguments.values()}
            if Role.DATA_CATEGORY in roles or (operation.processing in SHARING and Role.RECIPIENT in roles):
                made.append(draft)
            elif roles & _TELLING and frame.speaks:
                draft.confidence = min(draft.confidence, DATALESS)
                made.append(draft)
        return made

    @staticmethod
    def _framed(frame: _Frame, operation: Operation, span: Span) -> _Draft:
        polarity = Polarity.DENIED if frame.denied else Polarity.AFFIRMED
        return _Draft(
            operation.processing, *span, polarity, frame.modality, frame.condition, None, frame.confidence
        )

    def _frame(self, index: int) -> _Frame:
        """What a block hands down to the list that it introduces."""
        if index not in self.frames:
            self.frames[index] = self._read_frame(index)
        return self.frames[index]

    def _read_frame(self, index: int) -> _Frame:
        block = self.blocks[index]
        statements = self.by_block[index]
        empty = _Frame([], False, Modality.ASSERTED, None, [], (block.start, block.end), LISTED)
        if not statements:
            return empty
        if block.kind is BlockKind.HEADING:
            return self._heading_frame(index)
        statement = statements[-1]
        group = self._open_group(statement)
        if group is not None:
            return self._group_frame(statement, group, index)
        denied = statement.reading.open_denial
        if _READER_LEAD.search(statement.text):
            empty.reader = True
            return empty
        if denied:
            empty.denied = True
            return empty
        parent: _Frame | None = None
        intro = self.intros[index]
        if intro is not None:
            parent = self._frame(intro)
        elif len(statements) > 1 and (
            references.elaborates(statement.text) or statement.text.rstrip().endswith(":")
        ):
            previous = self._open_group(statements[-2])
            if previous is not None:
                parent = self._group_frame(statements[-2], previous, index)
        if parent is None and block.heading is not None:
            parent = self._frame(block.heading)
        if parent is None:
            return empty
        own = [m for m in statement.mentions if self._affirmed(statement, m)]
        keep = intro is not None or bool(_PURPOSE_TAIL.search(statement.text))
        child = _Frame(
            parent.operations,
            parent.denied,
            parent.modality,
            parent.condition,
            [*parent.arguments, *(own if keep else [m for m in own if m.role is Role.DATA_CATEGORY])],
            (statement.sentence.start, statement.sentence.end),
            min(parent.confidence, LISTED),
            parent.reader,
            parent.speaks,
        )
        if not own and intro is not None:
            child.pool = parent.pool
        return child

    def _open_group(self, statement: Statement) -> Group | None:
        """The verbs that a list after a statement completes: the last that are stated."""
        stated = [
            g
            for g in statement.groups
            if g.first.place is Place.MAIN or (g.first.place is Place.AIM and g.of(Role.DATA_CATEGORY))
        ]
        if stated:
            return stated[-1]
        described = [
            g
            for g in statement.groups
            if g.first.place is Place.RELATIVE and g.first.actor is not Actor.OTHER
        ]
        if described and _COPULA.match(statement.text, described[-1].end):
            return described[-1]
        asked = [
            g for g in statement.groups if g.first.place is Place.ASKED and g.first.actor is not Actor.OTHER
        ]
        return asked[-1] if asked and statement.text.rstrip().endswith((":", "?")) else None

    def _group_frame(self, statement: Statement, group: Group, index: int) -> _Frame:
        position = self.by_block[index].index(statement)
        arguments = [
            m
            for m in group.arguments
            if m.role is not Role.DATA_SUBJECT or group.first.place is not Place.ASKED
        ]
        anaphor = self._anaphor(statement, group)
        confidence = LISTED
        if anaphor is not None:
            back = self.resolved.get(id(statement)) or self._antecedent(index, position, anaphor)
            arguments.extend(back)
            confidence = REFERRED if back else LISTED
        start = statement.sentence.start
        denied = statement.reading.open_denial and group.polarity is Polarity.DENIED
        modality, condition = group.modality, group.condition
        if group.polarity is Polarity.DENIED and not denied:
            # The list is the exception: what follows "except in these cases:" may happen.
            modality, condition, confidence = Modality.POSSIBLE, None, min(confidence, EXCEPTED)
        frame = _Frame(
            list(group.operations),
            denied,
            modality,
            None if condition is None else (start + condition.start, start + condition.end),
            arguments,
            (start, statement.sentence.end),
            confidence if group.first.actor is not Actor.OTHER else min(confidence, FOREIGN),
            speaks=speaks_of_data(statement, group),
        )
        processing = {o.processing for o in group.operations}
        made = [d for d in self.made.get(id(statement), []) if d.processing in processing]
        if made and not any(
            m.role in _TELLING for d in made for m in d.arguments.values() if m.role is not Role.SOURCE
        ):
            frame.pool = [d for d in made if (d.polarity is Polarity.DENIED) == denied]
        return frame

    def _heading_frame(self, index: int) -> _Frame:
        """What a heading hands down: the verb that it names, or its parent heading's."""
        block = self.blocks[index]
        empty = _Frame([], False, Modality.ASSERTED, None, [], (block.start, block.end), HEADED)
        for statement in self.by_block[index]:
            if _READER_LEAD.search(statement.text) and not statement.groups:
                empty.reader = True
                return empty
            groups = [g for g in statement.groups if g.first.actor is not Actor.OTHER]
            found = list(groups[-1].operations) if groups else list(nominal_operations(statement.text))
            if found:
                at = statement.sentence.start
                data = [m for m in statement.mentions if m.start >= at]
                denied = statement.reading.open_denial and not statement.text.rstrip().endswith("?")
                return _Frame(found, denied, Modality.ASSERTED, None, data, (block.start, block.end), HEADED)
        parent = block.heading
        if parent is not None:
            above = self._frame(parent)
            return _Frame(
                above.operations,
                above.denied,
                above.modality,
                above.condition,
                above.arguments,
                above.span,
                HEADED,
                above.reader,
            )
        return empty

    # -- tables ---------------------------------------------------------------------------------------------------

    def _row(self, table: int, row: int) -> None:
        """A row is one practice; its cells' own sentences may state more."""
        if (table, row) in self.rows:
            return
        self.rows.add((table, row))
        cells = [
            i
            for i, b in enumerate(self.blocks)
            if b.kind is BlockKind.TABLE_CELL and b.table == table and b.row == row
        ]
        headers = {
            b.column_header for b in self.blocks if b.kind is BlockKind.TABLE_CELL and b.table == table
        }
        if (
            len(cells) == 1
            and self.blocks[cells[0]].row_header is None
            and self.blocks[cells[0]].column_header is None
        ):
            self._paragraph(cells[0])
            return
        if all(i in headers for i in cells):
            return
        sources = list(
            dict.fromkeys([*(h for i in cells if (h := self.blocks[i].row_header) is not None), *cells])
        )
        sources = [i for i in sources if i not in headers or i in cells]
        mentions: list[Mention] = []
        for index in sources:
            for position, statement in enumerate(self.by_block[index]):
                if index in cells:
                    self._keep(
                        statement,
                        [
                            d
                            for d in self._by_verbs(statement, index, position, None)
                            if d.of(Role.DATA_CATEGORY)
                        ],
                    )
                mentions.extend(m for m in statement.mentions if self._affirmed(statement, m))
        roles = {m.role for m in mentions}
        answers = self._answers(cells)
        span = (min(self.blocks[i].start for i in cells), max(self.blocks[i].end for i in cells))
        data = [m for m in mentions if m.role is Role.DATA_CATEGORY]
        for operation, yes in answers:
            if data:
                polarity = Polarity.AFFIRMED if yes else Polarity.DENIED
                draft = _Draft(operation.processing, *span, polarity, Modality.ASSERTED, None, None, LISTED)
                draft.add(mentions if yes else data)
                self.drafts.append(draft)
        if answers or not (Role.DATA_CATEGORY in roles or {Role.PURPOSE, Role.LEGAL_BASIS} <= roles):
            return
        for processing in self._row_processing(cells, roles):
            draft = _Draft(processing, *span, Polarity.AFFIRMED, Modality.ASSERTED, None, None, LISTED)
            draft.add(mentions)
            self.drafts.append(draft)

    def _answers(self, cells: list[int]) -> list[tuple[Operation, bool]]:
        """Cells that say yes or no under a header with a verb ("Collected", "Shared with third parties")."""
        found: list[tuple[Operation, bool]] = []
        for index in cells:
            header = self.blocks[index].column_header
            word = self.document.text_of(self.blocks[index]).strip().lower().rstrip(".")
            if header is None or word not in _YES | _NO:
                continue
            for statement in self.by_block[header]:
                for group in statement.groups:
                    found.extend((operation, word in _YES) for operation in group.operations)
        return found

    def _row_processing(self, cells: list[int], roles: set[Role]) -> list[str]:
        """What is done in a row: what a column header says, else what stands before the table, else processing."""
        for index in cells:
            header = self.blocks[index].column_header
            if header is None:
                continue
            for statement in self.by_block[header]:
                for group in statement.groups:
                    if group.first.actor is not Actor.OTHER:
                        return [o.processing for o in group.operations]
        first = cells[0]
        while first > 0 and self.blocks[first].kind is BlockKind.TABLE_CELL:
            first -= 1
        frames = [self._frame(first)] if self.blocks[first].kind is not BlockKind.TABLE_CELL else []
        heading = self.blocks[cells[0]].heading
        if heading is not None:
            frames.append(self._frame(heading))
        for frame in frames:
            if frame.operations and not frame.reader and not frame.denied:
                return list(dict.fromkeys(o.processing for o in frame.operations))
        return [_PROCESSING]


_YES = frozenset({"yes", "y", "x", "✓", "✔", "✅"})
_NO = frozenset({"no", "n", "none", "never", "✗", "✘", "❌", "not collected", "not shared", "not sold"})


_LIKE_ITEM = _re(
    r"""
    \s*(?: [•*▪◦·–—-]\s | [(\[]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)\]]\s | (?:to|for|in\s+order\s+to|by|with)\s+\w
        | (?-i:[a-z]) | \w+ing\s )
    """
)


def _intros(document: Document) -> list[int | None]:
    """The block that introduces each block, or None; paragraphs after a colon that read like items count as a list."""
    blocks = document.blocks
    found: list[int | None] = []
    for index, block in enumerate(blocks):
        intro = block.intro if block.kind is BlockKind.LIST_ITEM else None
        if intro is not None and intro >= index:
            intro = None
        if block.kind is BlockKind.PARAGRAPH and index and blocks[index - 1].kind is BlockKind.PARAGRAPH:
            before = document.text_of(blocks[index - 1]).rstrip()
            opener = index - 1 if before.endswith(":") else found[index - 1]
            if opener is not None and blocks[opener].heading == block.heading:
                text = document.text_of(block)
                if _LIKE_ITEM.match(text) or (
                    len(text.split()) <= 12 and not _FINITE.search(text) and text[-1:] != ":"
                ):
                    intro = opener
        found.append(intro)
    return found


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _later(frame: _Frame) -> _Frame:
    """A frame for the sentences of an item after its first: they stand on their own, but a rights list stays one."""
    return _Frame([], False, Modality.ASSERTED, None, [], frame.span, frame.confidence, frame.reader)


def _has_subject(statement: Statement, group: Group) -> bool:
    """Whether a verb is stated with a subject of its own, so that it needs no introducing line."""
    first = group.first
    words = statement.text[first.subject : first.start].strip()
    return first.place is Place.MAIN and first.actor in (Actor.CONTROLLER, Actor.OTHER) and bool(words)


def _is_lead(statement: Statement) -> bool:
    """Whether a sentence is a run-in heading: a few words without a verb that name data."""
    return (
        bool(statement.data())
        and not statement.groups
        and len(statement.text.split()) <= 12
        and not _FINITE.search(statement.text)
    )


def _is_lead_of_more(statements: Sequence[Statement], statement: Statement) -> bool:
    return len(statements) > 1 and statements[0] is statement and _is_lead(statement)


def _finished(drafts: Sequence[_Draft]) -> tuple[Practice, ...]:
    """The practices of the drafts: sorted, without doubles and without parts of a fuller one in the same place."""
    best: dict[tuple[object, ...], Practice] = {}
    for draft in drafts:
        if not draft.arguments:
            continue
        practice = draft.practice()
        key = (practice.processing, practice.start, practice.end, practice.polarity, practice.arguments)
        if key not in best or best[key].confidence < practice.confidence:
            best[key] = practice
    kept = sorted(
        best.values(),
        key=lambda p: (
            p.start,
            p.end,
            p.processing,
            p.polarity.value,
            p.modality.value,
            [(m.start, m.end, m.role.value) for m in p.arguments],
        ),
    )
    places: dict[tuple[object, ...], list[Practice]] = defaultdict(list)
    for practice in kept:
        places[
            (practice.processing, practice.start, practice.end, practice.polarity, practice.modality)
        ].append(practice)
    return tuple(
        p
        for p in kept
        if not any(
            q is not p and set(p.arguments) < set(q.arguments)
            for q in places[(p.processing, p.start, p.end, p.polarity, p.modality)]
        )
    )
