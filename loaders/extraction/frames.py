"""What the line that introduces a list, or a heading, hands down to what stands under it.

"We collect the following from you:" makes its bare items collected data; "We use your name:" makes its items purposes
of that use; "We never:" denies them; "We share nothing except with:" allows them; "You have the right to:" makes no
practice of them at all. A line without a verb of its own ("These include:") goes on from the line, list or heading
before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from privagraph.loaders.document import BlockKind
from privagraph.loaders.extraction import references
from privagraph.loaders.extraction.actors import Actor, actor_of
from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.discourse import Discourse
from privagraph.loaders.extraction.drafts import (
    AIMS,
    DATALESS,
    EXCEPTED,
    FOREIGN,
    HEADED,
    LISTED,
    REFERRED,
    TELLING,
    Draft,
)
from privagraph.loaders.extraction.groups import COLLECTING, SHARING, Group, Statement, speaks_of_data
from privagraph.loaders.extraction.outline import FINITE
from privagraph.loaders.extraction.verb_nouns import nominal_operations
from privagraph.loaders.extraction.verbs import Operation, Place, Voice
from privagraph.loaders.facts import Mention, Modality, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["SPELLS_OUT", "Frame", "Frames"]

Span = tuple[int, int]

_READER_LEAD = pattern(
    r"""
    \b(?:you|users?|individuals?|(?:data\s+)?subjects?|parents?|residents|customers)\s+(?:\w+\s+){0,4}?
      (?:have|has|can|may|are\s+entitled|should|must|will|could|need|agree|choose|want|wish)\b[^.;]{0,90}[:]?\s*$
  | \b(?:your|following|these|the|individual|legal|privacy|subject|consumer|user|gdpr|certain)\s+(?:\w+\s+)?
      (?:rights|choices|options)\b
  | \bcookies?\s+(?:are|is)\b
    """
)
"""A line about what readers can do, or what a word means; its items are no practices."""

_RIGHTS_LEAD = pattern(
    r"""
    (?<!\breserve\s)(?<!\breserve\sthe\s)(?<!\bwe\shave\sthe\s)(?<!\bour\s)
    \brights?\s+(?:(?:in|under|with)\s[^.;:]{1,60}\s)?to(?:\s+(?:request|ask|require|demand|obtain|know)(?:\s+[\w-]+){0,5})?\s*:?\s*$
    """
)
"""A line that leaves a right to be named by its items ("You have the right to:")."""

_CIRCUMSTANCES = pattern(
    r"\b(?:circumstances|cases|situations|conditions|grounds|reasons)\b[^.;]{0,40}:?\s*$"
)
_RIGHTS_HEADING = pattern(r"\brights?\b")
"""A line over the cases in which a right holds, under a heading that names it."""

SPELLS_OUT = pattern(
    r"""
    [^.;]{0,120}?(?:\b(?:(?:may|can|might|will|also|typically)\s+)*
      (?:includes?|comprises?|consists?\s+of|are|is|be|being)\b|:)
    """
)
"""After a verb that describes data, what says which data it is ("the data we collect includes")."""

_WHO_GETS = pattern(
    r"\W*(?:\d[\d.]*\W+)?who\s+(?:else\s+)?(?:(?:can|may|will|might)\s+)?(?:gets?|receives?|sees?|has\s+access|have\s+access|access(?:es)?)\b"
)
"""A heading that asks for the recipients ("Who receives your data?")."""

_SHARE = expand("dpv:Share")

_PURPOSE_TAIL = pattern(
    r"(?:\bto|\bfor|\b(?:purposes?|reasons?|ways?|cases|circumstances|situations|instances|uses))\b[^:]{0,40}:?\s*$"
)


@dataclass(slots=True)
class Frame:
    """What a line hands down.

    Attributes:
        span: The line.
        operations: The operations that its items complete; none when the line has no verb and goes on from none.
        denied: Whether the items stand under its negation.
        modality: How firmly the line states.
        condition: What limits it, as offsets in the document.
        arguments: What the line itself ties to the operations.
        confidence: How sure the tying through it is.
        foreign: Whether somebody else than the controller acts in it.
        controller: Key of the organisation that acts in it, or None.
        reader: Whether it speaks of what readers can do; then its items are no practices.
        rights: Whether it names a right; then its items state nothing unless their subject is "we".
        speaks: Whether what it acts on has a word for data.
        pool: Drafts that gather the data of bare items.
    """

    span: Span
    operations: list[Operation] = field(default_factory=list)
    denied: bool = False
    modality: Modality = Modality.ASSERTED
    condition: Span | None = None
    arguments: list[Mention] = field(default_factory=list)
    confidence: float = LISTED
    foreign: bool = False
    controller: str | None = None
    reader: bool = False
    rights: bool = False
    speaks: bool = False
    pool: list[Draft] = field(default_factory=list)

    @property
    def gathers(self) -> bool:
        """Whether a list under it is a list of data: it collects, and says neither what for nor for whom."""
        collects = any(operation.processing in COLLECTING for operation in self.operations)
        return collects and not any(m.role in (*AIMS, Role.RECIPIENT) for m in self.arguments)

    def without_verb(self) -> Frame:
        """The frame of an item's sentences after its first: they state for themselves, but a rights list stays one."""
        return Frame(self.span, confidence=self.confidence, reader=self.reader, rights=self.rights)

    def draft(self, operation: Operation, span: Span) -> Draft:
        """A draft of one of its operations, with its own arguments."""
        polarity = Polarity.DENIED if self.denied else Polarity.AFFIRMED
        made = Draft(
            operation.processing,
            *span,
            polarity,
            self.modality,
            self.condition,
            self.controller,
            self.confidence,
        )
        made.foreign = self.foreign
        return made.add(self.arguments)

    def gather(self, mentions: Sequence[Mention]) -> list[Draft]:
        """Adds the mentions of a bare item to the drafts of the whole list, and returns those drafts when new."""
        new = [] if self.pool else [self.draft(operation, self.span) for operation in self.operations]
        self.pool.extend(new)
        for draft in self.pool:
            draft.add(mentions)
        return new

    def complete(self, mentions: Sequence[Mention], span: Span, condition: Span | None) -> list[Draft]:
        """The practices of an item that has no verb of its own: those of the line, with what the item adds."""
        made: list[Draft] = []
        for operation in self.operations:
            draft = self.draft(operation, span).add(mentions)
            draft.condition = self.condition or condition
            shares = operation.processing in SHARING and Role.RECIPIENT in draft.roles
            if Role.DATA_CATEGORY in draft.roles or shares:
                made.append(draft)
            elif draft.roles & TELLING and self.speaks:
                draft.confidence = min(draft.confidence, DATALESS)
                made.append(draft)
        return made


class Frames:
    """The frames of a document, each read once, when the first block under it asks."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.outline = discourse.outline
        self._read: dict[int, Frame] = {}

    def of(self, index: int) -> Frame:
        """What a block hands down to the list that it introduces, or a heading to its section."""
        if index not in self._read:
            heading = self.outline.blocks[index].kind is BlockKind.HEADING
            frame = self._of_heading(index) if heading else self._of_line(index)
            self._read[index] = frame
            self.discourse.lists[index] = frame.pool
        return self._read[index]

    def _of_line(self, index: int) -> Frame:
        block, statements = self.outline.blocks[index], self.outline.statements[index]
        empty = Frame((block.start, block.end))
        if not statements:
            return empty
        position = len(statements) - 1
        statement = statements[position]
        if _RIGHTS_LEAD.search(statement.text) or (
            _CIRCUMSTANCES.search(statement.text) and self._under_rights(index)
        ):
            return replace(empty, reader=True, rights=True)
        group = _open_group(statement)
        if group is not None:
            return self._of_group(index, position, group)
        if _READER_LEAD.search(statement.text):
            return replace(empty, reader=True)
        modality = statement.reading.modality(len(statement.text))
        if _is_foreign(statement):
            return replace(empty, foreign=True, denied=statement.reading.open_denial, modality=modality)
        if statement.reading.open_denial:
            return replace(empty, denied=True, modality=modality)
        parent = self._parent(index, position)
        if parent is None or (not parent.operations and not parent.reader):
            return replace(empty, modality=modality)
        own = [m for m in statement.mentions if statement.affirms(m)]
        item = self.outline.intros[index] is not None
        if not item and not _PURPOSE_TAIL.search(statement.text):
            own = [m for m in own if m.role is Role.DATA_CATEGORY]
        return replace(
            parent,
            span=(statement.sentence.start, statement.sentence.end),
            arguments=[*parent.arguments, *own],
            modality=parent.modality if modality is Modality.ASSERTED else modality,
            confidence=min(parent.confidence, LISTED),
            pool=parent.pool if item and not own else [],
        )

    def _under_rights(self, index: int) -> bool:
        """Whether a block stands under a heading about rights."""
        heading = self.outline.blocks[index].heading
        return heading is not None and bool(
            _RIGHTS_HEADING.search(self.outline.document.text_of(self.outline.blocks[heading]))
        )

    def _parent(self, index: int, position: int) -> Frame | None:
        """The frame that a line without a verb goes on from."""
        statements = self.outline.statements[index]
        intro, heading = self.outline.intros[index], self.outline.blocks[index].heading
        if intro is not None:
            return self.of(intro)
        text = statements[position].text
        if position and (references.elaborates(text) or text.rstrip().endswith(":")):
            group = _open_group(statements[position - 1])
            if group is not None:
                return self._of_group(index, position - 1, group)
        if heading is None or (FINITE.search(text) and not references.elaborates(text)):
            # A line with a sentence of its own does not go on from the heading.
            return None
        return self.of(heading)

    def _of_group(self, index: int, position: int, group: Group) -> Frame:
        """The frame of a line whose verb its items complete."""
        statement = self.outline.statements[index][position]
        start = statement.sentence.start
        asked = group.first.place is Place.ASKED
        arguments = [m for m in group.arguments if not (asked and m.role is Role.DATA_SUBJECT)]
        confidence = FOREIGN if group.first.actor is Actor.OTHER else LISTED
        anaphor = self.discourse.anaphor(statement, group)
        if anaphor is not None and (back := self.discourse.antecedent(index, position, anaphor)):
            arguments.extend(back)
            confidence = min(confidence, REFERRED)
        modality, limit = group.modality, group.condition
        denied = group.polarity is Polarity.DENIED
        if denied and not statement.reading.open_denial:
            # The list is the exception: what follows "except in these cases:" may happen.
            denied, modality, limit, confidence = False, Modality.POSSIBLE, None, min(confidence, EXCEPTED)
            arguments = [m for m in arguments if m.role in (Role.DATA_CATEGORY, Role.DATA_SUBJECT)]
        frame = Frame(
            (start, statement.sentence.end),
            list(group.operations),
            denied,
            modality,
            None if limit is None else (start + limit.start, start + limit.end),
            arguments,
            confidence,
            foreign=group.first.actor is Actor.OTHER,
            controller=statement.actor_key(group),
            speaks=speaks_of_data(statement, group),
        )
        made = [d for d in self.discourse.made.get((index, position), []) if d.processing in group.processing]
        if not any(d.roles & (TELLING - {Role.SOURCE}) for d in made):
            frame.pool = [d for d in made if (d.polarity is Polarity.DENIED) == denied]
        return frame

    def _of_heading(self, index: int) -> Frame:
        """What a heading hands down: the verb or noun that it has, or its parent heading's."""
        block = self.outline.blocks[index]
        empty = Frame((block.start, block.end), confidence=HEADED)
        for statement in self.outline.statements[index]:
            if _READER_LEAD.search(statement.text) and not statement.groups:
                return replace(empty, reader=True)
            if _WHO_GETS.match(statement.text):
                share = Operation(0, 0, _SHARE, Actor.CONTROLLER, Voice.ACTIVE, Place.MAIN, 0, 0)
                return replace(empty, operations=[share], arguments=list(statement.mentions))
            groups = [g for g in statement.groups if g.first.actor is not Actor.OTHER]
            found = groups[-1].operations if groups else list(nominal_operations(statement.text))
            if found:
                return replace(
                    empty,
                    operations=list(found),
                    denied=statement.reading.open_denial,
                    arguments=list(statement.mentions),
                )
        return empty if block.heading is None else replace(self.of(block.heading), confidence=HEADED, pool=[])


def _is_foreign(statement: Statement) -> bool:
    """Whether the subject of a line without a verb of processing is somebody else ("The administrator may:")."""
    verb = FINITE.search(statement.text)
    return verb is not None and actor_of(statement.text[: verb.start()]) is Actor.OTHER


def _open_group(statement: Statement) -> Group | None:
    """The verbs that a list after a statement completes: the last that are stated, or that its statement spells out."""
    stated = [
        g
        for g in statement.groups
        if g.first.place is Place.MAIN or (g.first.place is Place.AIM and g.of(Role.DATA_CATEGORY))
    ]
    if stated:
        return stated[-1]
    ours = [g for g in statement.groups if g.first.actor is not Actor.OTHER]
    described = [g for g in ours if g.first.place is Place.RELATIVE]
    if described and SPELLS_OUT.match(statement.text, described[-1].end):
        return described[-1]
    asked = [g for g in ours if g.first.place is Place.ASKED]
    return asked[-1] if asked and statement.text.rstrip().endswith((":", "?")) else None
