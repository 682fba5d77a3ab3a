"""From mentions to practices: who does what with which data, why, for whom, as one passage states it.

Mentions are tied where the text ties them, and nowhere else:

=====================  ==========================================================================  ==========
what ties              for example                                                                 confidence
=====================  ==========================================================================  ==========
a clause               "We collect your name to open your account"                                 0.9
a list and its intro   "We collect:" with the items "your name", "your e-mail address"             0.8
a form                 "Data: your name. Purpose: badges. Legal basis: consent."                    0.8
a row of a table       cells headed "Data", "Purpose", "Legal basis"                               0.8
a reference back       "This information is used to …", "The legal basis is your consent"          0.7
a name for data        "… (“Usage Data”). We share Usage Data with …"                              0.7
a heading              "Information we collect" over bare names of data                             0.6
a clause without data  "We use cookies for statistics"                                              0.6
an exception           "We share nothing, except with couriers": sharing with them is possible     0.5
another's act          "Our partners may collect your address"                                      0.5
=====================  ==========================================================================  ==========

Where several hold, the lowest counts. A denied statement gives a denied practice, and what its exception allows gives a
possible one beside it. What readers do, what other sites do, what a condition only supposes and what the policy only
announces to describe gives none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from privagraph.loaders.document import BlockKind, Document
from privagraph.loaders.extraction import references
from privagraph.loaders.extraction import verb_cues as cues
from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.discourse import Discourse
from privagraph.loaders.extraction.drafts import (
    AIMS,
    CLAUSE,
    DATALESS,
    HEADED,
    POOLED,
    REFERRED,
    TELLING,
    Draft,
    finished,
)
from privagraph.loaders.extraction.frames import SPELLS_OUT, Frame, Frames
from privagraph.loaders.extraction.groups import COLLECTING, SHARING, Group, Statement
from privagraph.loaders.extraction.outline import FINITE, Outline
from privagraph.loaders.extraction.records import record_drafts
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.extraction.stated import group_drafts, is_complete, is_enough, is_stated
from privagraph.loaders.extraction.table_rows import is_lone_cell, row_drafts
from privagraph.loaders.extraction.verbs import Place, Voice
from privagraph.loaders.facts import Mention, Polarity, Practice, Role
from privagraph.ontology.namespaces import expand

__all__ = ["tie"]

_IS_HINT = pattern(
    r"\A\W*to\s+opt\b|\bopt(?:ing)?[\s-]?out\b|\A\W*for\s+(?:more|further)\s+information\b|\byou\s+(?:can|may|should)\b"
)
"""A sentence that tells readers what they can do goes on about no practice."""

_EXAMPLES = pattern(
    r"[^.;:]{0,160}?[,(]\s*(?:such\s+as|including|for\s+example|for\s+instance|e\.g\.|like)(?!\w)"
)
"""After a verb that describes data, examples of it ("data collected by the server, such as")."""

_WE = re.compile(r"\bwe\b", re.IGNORECASE)

_LEAD_WORDS = 12
"""A run-in heading has no more words than this."""


def tie(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Practice, ...]:
    """The practices that a document states.

    Args:
        document: The policy as it was read.
        sentences: Its sentences, in order.
        mentions: Its mentions.

    Returns:
        The practices sorted by offset, without duplicates; the same for the same arguments, always.
    """
    outline = Outline(document, sentences, mentions)
    return finished(_Tier(outline).drafts())


class _Tier:
    """Goes through a document block by block and makes drafts."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.discourse = Discourse(outline)
        self.frames = Frames(self.discourse)
        self.found: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """The drafts of all blocks."""
        done: set[tuple[int, int]] = set()
        for index, block in enumerate(self.outline.blocks):
            if block.kind is BlockKind.HEADING:
                if any(map(_denies, self.outline.statements[index])):
                    self._sentences(index, None)
                continue
            intro = self.outline.intros[index]
            if block.kind is BlockKind.TABLE_CELL and block.table is not None and block.row is not None:
                if (block.table, block.row) not in done:
                    done.add((block.table, block.row))
                    self._row(self.outline.rows[(block.table, block.row)])
            elif intro is not None:
                self._item(index, self.frames.of(intro))
            else:
                self._sentences(index, None)
        self.found.extend(record_drafts(self.frames))
        return self.found

    # -- blocks -------------------------------------------------------------------------------------------------------

    def _sentences(self, index: int, frame: Frame | None) -> list[Draft]:
        """The drafts of a block's sentences; a run-in heading's data goes to the sentence after it."""
        statements = self.outline.statements[index]
        all_made: list[Draft] = []
        lead: list[Mention] = []
        for position, statement in enumerate(statements):
            inherited = frame.without_verb() if frame is not None and position else frame
            made = self._sentence(statement, index, position, inherited)
            if made and lead:
                for draft in made:
                    if draft is made[0] or draft.processing in COLLECTING:
                        draft.add(lead)
                lead = []
            elif not made and position == 0 and len(statements) > 1 and _is_lead(statement):
                lead = statement.data()
            self.discourse.made[(index, position)] = made
            all_made.extend(made)
        self.found.extend(all_made)
        return all_made

    def _item(self, index: int, frame: Frame) -> None:
        """A list item: its own statements, else those of the line that introduces it."""
        statements = self.outline.statements[index]
        made = self._sentences(index, frame)
        if frame.foreign:
            self.discourse.foreign.add(index)
        if frame.reader or not frame.operations or not statements:
            return
        data = [m for s in statements for m in s.data() if s.affirms(m)]
        if made and frame.gathers:
            if data and frame.confidence > HEADED:
                self.found.extend(frame.gather(data))
            return
        if self.discourse.made.get((index, 0)):
            return
        if made:
            # "To seat you: to find you a chair. We log its number.": the first sentence completes the line.
            statements, data = statements[:1], []
            if FINITE.search(statements[0].text):
                return
        mentions = [m for s in statements for m in s.mentions if s.affirms(m)]
        if any(_has_subject(s, g) for s in statements for g in s.groups):
            return
        telling = [m for m in mentions if m.role in TELLING and m.role is not Role.SOURCE]
        pooled = [m for m in mentions if m.role in POOLED]
        if data and (not telling or frame.gathers):
            self.found.extend(frame.gather(pooled))
        sentence = FINITE.search(statements[0].text) and frame.confidence <= HEADED
        if telling and not sentence:
            block, first = self.outline.blocks[index], statements[0]
            limit = first.reading.conditions[0] if first.reading.conditions else None
            at = first.sentence.start
            condition = None if limit is None else (at + limit.start, at + limit.end)
            completed = frame.complete(mentions, (block.start, block.end), condition)
            self.discourse.made.setdefault((index, len(statements) - 1), []).extend(completed)
            self.found.extend(completed)

    def _row(self, cells: list[int]) -> None:
        """A row of a table, and what its cells state in sentences of their own."""
        if is_lone_cell(self.frames, cells):
            self._sentences(cells[0], None)
            return
        for index in cells:
            for position, statement in enumerate(self.outline.statements[index]):
                made = [
                    d for d in self._by_verbs(statement, index, position, None) if d.of(Role.DATA_CATEGORY)
                ]
                self.discourse.made[(index, position)] = made
                self.found.extend(made)
        self.found.extend(row_drafts(self.frames, cells))

    # -- sentences ----------------------------------------------------------------------------------------------------

    def _sentence(self, statement: Statement, index: int, position: int, frame: Frame | None) -> list[Draft]:
        """The practices of one sentence, by its own verbs or by what it goes on from."""
        if references.elaborates(statement.text) and statement.data():
            spelled = self.discourse.elaborated(index, position)
            if spelled and not any(is_complete(statement, group) for group in statement.groups):
                more = [m for m in statement.mentions if m.role in POOLED and statement.affirms(m)]
                for draft in spelled:
                    draft.add(more)
                return []
        if self._named_recipients(statement, index, position):
            return []
        made = self._by_verbs(statement, index, position, frame)
        if not made and (frame is None or not frame.operations):
            made = self._spelled_out(statement)
        if made or (frame is not None and position == 0):
            return made
        made = self._continued(statement, index, position)
        return made if made or frame is not None else self._bare(statement, index)

    def _by_verbs(self, statement: Statement, index: int, position: int, frame: Frame | None) -> list[Draft]:
        """The practices that the verbs of a sentence state."""
        made: list[Draft] = []
        for group in statement.groups:
            unnamed = group.first.actor in (Actor.UNNAMED, Actor.READER)
            promised = (
                # What others promise not to do is no denial of the controller's.
                frame is not None
                and frame.foreign
                and frame.controller is None
                and unnamed
                and (frame.denied or group.polarity is Polarity.DENIED)
            )
            of_reader = frame is not None and frame.reader and unnamed
            bidden = (frame is None or position > 0) and _is_bidden(statement, group)
            of_right = (
                frame is not None
                and frame.rights
                and not _WE.search(statement.text, group.first.subject, group.first.start)
            )
            if of_right or of_reader or promised or bidden or not is_stated(statement, group):
                continue
            arguments, confidence = list(group.arguments), CLAUSE
            anaphor = self.discourse.anaphor(statement, group)
            if anaphor is not None and self.discourse.is_restricted(statement, group, anaphor):
                anaphor = None
            if anaphor is not None and (back := self.discourse.antecedent(index, position, anaphor)):
                arguments.extend(back)
                confidence = REFERRED
            if defined := self.discourse.defined(statement, arguments):
                arguments.extend(defined)
                confidence = REFERRED
            arguments.extend(self.discourse.referred(statement, group, index, position))
            arguments.extend(self.discourse.aims_of_service(statement, group, index, position))
            if not is_enough(statement, group, arguments):
                continue
            if not any(m.role is Role.DATA_CATEGORY for m in arguments):
                confidence = min(confidence, DATALESS)
            made.extend(group_drafts(statement, group, arguments, confidence, frame))
        return made

    def _spelled_out(self, statement: Statement) -> list[Draft]:
        """The practices of "the data we collect includes X", whose verb only describes the data."""
        if not statement.data() or not statement.loose:
            return []
        for group in statement.groups:
            asked = group.first.place is Place.ASKED and ":" in statement.text
            described = group.first.place is Place.RELATIVE or asked
            if (
                described
                and group.first.actor is not Actor.OTHER
                and (
                    SPELLS_OUT.match(statement.text, group.end) or _EXAMPLES.match(statement.text, group.end)
                )
            ):
                more = [m for m in statement.loose if m.role in POOLED | TELLING]
                return group_drafts(statement, group, [*group.arguments, *more], CLAUSE, None)
        return []

    def _continued(self, statement: Statement, index: int, position: int) -> list[Draft]:
        """More about the practice of the sentence before ("The legal basis is your consent.")."""
        loose = [m for m in statement.loose if statement.affirms(m)]
        told = [m for m in loose if m.role in TELLING and m.role is not Role.SOURCE]
        if not told or statement.text.endswith("?"):
            return []
        data = [m for m in loose if m.role is Role.DATA_CATEGORY]
        bases = [m for m in told if m.role is Role.LEGAL_BASIS]
        span = (statement.sentence.start, statement.sentence.end)
        if references.acts_as_help(statement.text) and (
            helped := self._helped(statement, index, position, told)
        ):
            return helped
        made: list[Draft] = []
        for before in self._continues(statement, index, position):
            draft = before.like(*span, REFERRED).add(before.of(Role.DATA_CATEGORY))
            draft.add([*(before.of(*AIMS) if bases else ()), *data, *told])
            if Role.DATA_CATEGORY in draft.roles:
                made.append(draft)
        if not made and bases and (data or any(m.role in AIMS for m in told)):
            made.append(Draft(expand("dpv:Processing"), *span, confidence=DATALESS).add([*data, *told]))
        return made

    def _helped(
        self, statement: Statement, index: int, position: int, told: Sequence[Mention]
    ) -> list[Draft]:
        """The use of the data of "this information helps us to"."""
        pointer = references.data_pointer(statement.text)
        back = self.discourse.antecedent(index, position, pointer) if pointer else []
        if not back:
            return []
        span = (statement.sentence.start, statement.sentence.end)
        return [Draft(expand("dpv:Use"), *span, confidence=REFERRED).add([*back, *told])]

    def _named_recipients(self, statement: Statement, index: int, position: int) -> bool:
        """Adds the recipients of "our partners include X" to the sharing of the sentence before; whether it did."""
        named = [m for m in statement.of(Role.RECIPIENT) if statement.affirms(m)]
        if not named or not references.names_recipients(statement.text) or statement.data():
            return False
        shared = [
            d
            for d in self.discourse.last_made(index, position)
            if d.processing in SHARING and Role.RECIPIENT in d.roles and d.polarity is Polarity.AFFIRMED
        ]
        for draft in shared:
            draft.add(named)
        return bool(shared)

    def _continues(self, statement: Statement, index: int, position: int) -> list[Draft]:
        """The affirmed drafts that a sentence goes on about, none when it starts afresh."""
        if _IS_HINT.search(statement.text):
            return []
        named = references.refers_to_practice(statement.text)
        own_subject = any(group.first.actor is not Actor.UNNAMED for group in statement.groups)
        if not named and (own_subject or not references.continues_statement(statement.text)):
            return []
        return [
            d
            for d in self.discourse.last_made(index, position)
            if d.polarity is Polarity.AFFIRMED and not d.foreign
        ]

    def _bare(self, statement: Statement, index: int) -> list[Draft]:
        """Names of data without a verb under a heading that collects, of recipients under one that shares data."""
        heading = self.outline.blocks[index].heading
        statements = self.outline.statements[index]
        lead = len(statements) > 1 and statements[0] is statement and _is_lead(statement)
        sentence = FINITE.search(statement.text) and not references.elaborates(statement.text)
        roles = {m.role for m in statement.loose if statement.affirms(m)}
        if heading is None or lead or sentence or not roles & {Role.DATA_CATEGORY, Role.RECIPIENT}:
            return []
        frame = self.frames.of(heading)
        named = any(m.role is Role.DATA_CATEGORY for m in frame.arguments)
        acts = COLLECTING if Role.DATA_CATEGORY in roles else SHARING if named else frozenset()
        if frame.reader or not any(o.processing in acts for o in frame.operations):
            return []
        return frame.complete(statement.mentions, (statement.sentence.start, statement.sentence.end), None)


def _denies(statement: Statement) -> bool:
    """Whether a heading is a sentence that denies ("We never sell data"), or a question that is answered."""
    if statement.reading.answer is not None:
        return True
    return any(g.polarity is Polarity.DENIED and _has_subject(statement, g) for g in statement.groups)


def _is_bidden(statement: Statement, group: Group) -> bool:
    """Whether a verb opens its sentence, which bids the reader do something ("Keep your password secret.")."""
    first = group.first
    bare = not statement.text[: first.start].strip(' \t•*-–—·"“(') or cues.BIDS.match(
        statement.text[: first.start]
    )
    going_on = group.polarity is Polarity.DENIED and first.voice is Voice.ACTIVE
    if going_on and cues.BIDDEN_BEFORE.search(statement.text[: first.start]):
        return True
    if first.form == "noun" and group.polarity is Polarity.DENIED:
        # "Disclosure to others does not take place."
        return False
    bids = first.form in ("base", "noun")
    return first.place is Place.MAIN and first.voice is Voice.ACTIVE and bids and bool(bare)


def _is_lead(statement: Statement) -> bool:
    """Whether a sentence is a run-in heading: a few words that name data, and little else."""
    data = statement.data()
    if statement.groups or not data or FINITE.search(statement.text):
        return False
    named = sum(mention.end - mention.start for mention in data)
    return len(statement.text.split()) <= _LEAD_WORDS and 2 * named >= len(statement.text)


def _has_subject(statement: Statement, group: Group) -> bool:
    """Whether a verb is stated with a subject of its own, so that it needs no introducing line."""
    first = group.first
    named = first.place is Place.MAIN and first.actor in (Actor.CONTROLLER, Actor.OTHER)
    return named and bool(statement.text[first.subject : first.start].strip())
