"""What the words that point back point at.

The data of "this information" stands before it: in the same sentence, else in the sentences before it in the block,
else in the list, table or paragraph before it in the section; beyond a heading only when the words say so
("listed above"). A pronoun reaches one sentence back, no further. In a table the row comes first, then the cell that
heads the column, then, for other words than pronouns, the rows right above. Where nothing is found, nothing is tied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from privagraph.loaders.document import BlockKind
from privagraph.loaders.extraction import references
from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.drafts import AIMS, EXCEPTED, Draft
from privagraph.loaders.extraction.groups import SHARING, Group, Statement
from privagraph.loaders.extraction.outline import Outline
from privagraph.loaders.extraction.terms import defined_terms, term_of
from privagraph.loaders.facts import Mention, Modality, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["Discourse"]

_USE = expand("dpv:Use")
_GENERAL = frozenset(map(expand, ("dpv:PersonalData", "dpv:CollectedPersonalData")))
"""What data as a whole is called."""

Span = tuple[int, int]

_AROUND = 60
_RESTRICTED = pattern(
    r"\b(?:not\s+relevant|unrelated|irrelevant|not\s+related|other\s+than|which|that\s+(?:is|are|was|were|we|you|does|do|has|have))\b"
)
_RESTRICTION_AFTER = pattern(
    r"\s*,?\s*(?:not\s+relevant|unrelated|irrelevant|not\s+related|other\s+than|which\b|that\s+(?:is|are|was|were|we|you|does|do|has|have))\b"
)
"""What says that only part of the data is meant."""

_ACT = pattern(
    r"\b(?:any\s+)?such\s+(?:access|use|usage|activit(?:y|ies)|requests?|disclosure|transfer|collection)\b"
)
"""Words that point back at an act and at no data."""

_SENTENCES_BACK, _BLOCKS_BACK, _ROWS_BACK = 4, 4, 4
"""How far is searched: sentences in the block, blocks without data in the section, and rows of the table."""

_SHORT = 8
"""A sentence with no more words can stand between a pronoun and what it stands for."""

_FAR_BLOCKS, _MOST_DATA = 60, 250
"""The same for "listed above", and how many mentions words stand for: both keep the time in line with the text."""


class Discourse:
    """What was said so far, and the look back at it.

    Attributes:
        outline: The document.
        made: The drafts of each block and position (the number of a sentence in its block).
        lists: The drafts that gather a list, for the block that introduces it.
        foreign: The items of lists about what somebody else does; nothing points back at them.
    """

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.made: dict[tuple[int, int], list[Draft]] = {}
        self.lists: dict[int, list[Draft]] = {}
        self.foreign: set[int] = set()
        self._terms = defined_terms(outline)
        self._resolved: dict[tuple[int, int], list[Mention]] = {}
        self._before: dict[tuple[int, bool, bool], list[Mention]] = {}
        self._rows: dict[tuple[int, int], list[Mention]] = {}
        self._firsts: dict[tuple[Role, int], tuple[list[Mention], int]] = {}
        self._heads = {block.column_header for block in outline.blocks}

    # -- data ---------------------------------------------------------------------------------------------------------

    def anaphor(self, statement: Statement, group: Group) -> Span | None:
        """The words of a group's object or subject that point back to data, as offsets in the sentence, or None."""
        if group.back is not None:
            return group.back
        at = statement.sentence.start
        for mention in group.of(Role.DATA_CATEGORY):
            if references.is_anaphoric(statement.text, mention.start - at, mention.end - at):
                return mention.start - at, mention.end - at
        return None

    def is_restricted(self, statement: Statement, group: Group, words: Span) -> bool:
        """Whether a denial says it of part of the data only, or of an act, so that nothing before it is denied."""
        if group.polarity is not Polarity.DENIED:
            return False
        left, right = group.first.subject, words[1]
        around = statement.text[min(left, words[0]) : right]
        after = statement.text[right : right + _AROUND]
        before_verb = statement.text[right : group.first.start] if right < group.first.start else ""
        return bool(
            _RESTRICTED.search(around)
            or _RESTRICTION_AFTER.match(after)
            or _RESTRICTED.search(before_verb)
            or _ACT.search(around + after[:20])
        )

    def antecedent(self, index: int, position: int, words: Span) -> list[Mention]:
        """The data that words of a sentence point back to; it counts as that sentence's own from now on.

        Args:
            index: The block.
            position: The number of the sentence in the block.
            words: The words that point back, as offsets in the sentence.
        """
        key = (index, position)
        if not self._resolved.get(key):
            self._resolved[key] = self._find(index, position, words)[:_MOST_DATA]
        return self._resolved[key]

    def defined(self, statement: Statement, arguments: Sequence[Mention]) -> list[Mention]:
        """The data that names among some arguments stand for, when another sentence defines them ("Usage Data")."""
        if not self._terms:
            return []
        text, start, end = self.outline.document.text, statement.sentence.start, statement.sentence.end
        return [
            mention
            for named in arguments
            if named.role is Role.DATA_CATEGORY
            for mention in self._terms.get(term_of(text[named.start : named.end]), ())
            if not start <= mention.start < end
        ]

    def _find(self, index: int, position: int, words: Span) -> list[Mention]:
        statements = self.outline.statements[index]
        here = statements[position]
        same = [m for m in here.data() if m.end - here.sentence.start <= words[0]]
        if same:
            # "We keep X, and if you send us Y, we erase it": the clause that is nearest and has data.
            openings = [*here.reading.breaks, *(c.start for c in here.reading.conditions if c.opens)]
            for opening in sorted((o for o in openings if o < words[0]), reverse=True):
                if nearest := [m for m in same if m.start - here.sentence.start >= opening]:
                    return nearest
            return same
        if named := references.section_named(here.text):
            return self._data_of_section(named, index)
        pronoun = references.is_pronoun(here.text[words[0] : words[1]])
        reach = 1 if pronoun else _SENTENCES_BACK
        if pronoun and position > 1 and self._only_goes_on(statements[position - 1]):
            reach = 2
        general: list[Mention] = []
        for earlier in range(position - 1, max(-1, position - 1 - reach), -1):
            found = self._data_of_sentence(index, earlier)
            if found and not pronoun and all(mention.concept in _GENERAL for mention in found):
                # "We collect your name. We keep your information safe. We share this information": the name.
                general = general or found
            elif found:
                # "We log your device. This includes its name. We use this information ...": both sentences.
                more = earlier and references.elaborates(statements[earlier].text)
                return [*self._data_of_sentence(index, earlier - 1), *found] if more else found
        if pronoun and position > 0:
            return []
        return self._before_block(index, bool(references.LISTED_ABOVE.search(here.text)), pronoun) or general

    def _only_goes_on(self, statement: Statement) -> bool:
        """Whether a short sentence only says more of what a pronoun stands for ("They are yours.")."""
        return len(statement.text.split()) <= _SHORT and bool(references.opens_with_pronoun(statement.text))

    def _before_block(self, index: int, far: bool, pronoun: bool) -> list[Mention]:
        """The data of the list, table or paragraph before a block in its section, or before its list."""
        key = (index, far, pronoun)
        if key not in self._before:
            self._before[key] = self._find_before(*key)
        return self._before[key]

    def _find_before(self, index: int, far: bool, pronoun: bool) -> list[Mention]:
        outline = self.outline
        intro = outline.intros[index]
        if intro is not None:
            return self._data_of_block(intro)
        start = index
        block = outline.blocks[index]
        if block.kind is BlockKind.TABLE_CELL and block.table is not None and block.row is not None:
            found, start = self._in_table(index, block.table, block.row, pronoun)
            if found:
                return found
        empty, done = 0, start
        for earlier in range(start - 1, max(-1, start - 1 - _FAR_BLOCKS), -1):
            block = outline.blocks[earlier]
            if block.kind is BlockKind.HEADING:
                if far:
                    continue
                return []
            if earlier < done:
                blocks: Sequence[int]
                if outline.intros[earlier] is not None:
                    blocks = outline.list_until(earlier)
                elif block.kind is BlockKind.TABLE_CELL:
                    blocks = outline.cells_of(block.table)
                else:
                    blocks = [earlier]
                done = blocks[0] if blocks else earlier
                found = [mention for number in blocks for mention in self._data_of_block(number)]
                if found:
                    return found
            empty += 1
            if empty == _BLOCKS_BACK and not far:
                return []
        return []

    def _in_table(self, index: int, table: int, row: int, pronoun: bool) -> tuple[list[Mention], int]:
        """The data that a cell's words stand for in its table, and the block before which to look if there are none.

        That is the data of its row, else of the cell that heads its column, else of the nearest row above; a pronoun
        does not leave its row. A row of a single cell speaks of all rows above it, up to another such row. What heads
        a column speaks of the rows beneath, which are read by themselves.
        """
        outline, block = self.outline, self.outline.blocks[index]
        if index in self._heads:
            return [], 0
        own = [m for m in self._data_of_row(table, row) if not block.start <= m.start < block.end]
        for head in (block.row_header, block.column_header):
            if not own and head is not None and head != index:
                own = self._data_of_block(head)
        alone = len(outline.rows[(table, row)]) == 1
        if own or (pronoun and not alone):
            return own, 0
        found: list[Mention] = []
        for above in range(row - 1, -1, -1):
            near = row - above <= _ROWS_BACK
            goes_on = alone and len(outline.rows.get((table, above), ())) > 1
            if (found or not near) and not goes_on:
                break
            found[:0] = self._data_of_row(table, above)
        return found, outline.cells_of(table)[0] if row <= _ROWS_BACK else 0

    def _data_of_row(self, table: int, row: int) -> list[Mention]:
        """The data that the cells of a row name."""
        key = (table, row)
        if key not in self._rows:
            cells = self.outline.rows.get(key, ())
            found = (mention for cell in cells for mention in self._data_of_block(cell))
            self._rows[key] = list(islice(found, _MOST_DATA))
        return self._rows[key]

    def _data_of_section(self, named: str, index: int) -> list[Mention]:
        """The data of the section with a number or title, the block at hand and what others do left out."""
        found = (
            mention
            for number in self.outline.section(named)
            if number != index
            for mention in self._data_of_block(number)
        )
        return list(islice(found, _MOST_DATA))

    def _data_of_sentence(self, index: int, position: int) -> list[Mention]:
        statement = self.outline.statements[index][position]
        return [*statement.data(), *self._resolved.get((index, position), [])]

    def _data_of_block(self, index: int) -> list[Mention]:
        if index in self.foreign:
            return []
        return [
            mention
            for position, statement in enumerate(self.outline.statements[index])
            for mention in self._data_of_sentence(index, position)
            if mention.start < statement.sentence.start or statement.affirms(mention)
        ]

    # -- recipients and purposes --------------------------------------------------------------------------------------

    def referred(self, statement: Statement, group: Group, index: int, position: int) -> list[Mention]:
        """Recipients and purposes of sentences before in the block that a sentence names again ("such a function")."""
        roles: list[Role] = []
        text = self.outline.document.text
        named = [
            m
            for m in group.of(Role.RECIPIENT)
            if not references.is_anaphoric_recipient(text[m.start : m.end])
        ]
        if group.processing & SHARING and not named:
            roles.extend([Role.RECIPIENT] if references.refers_to_recipients(statement.text) else [])
        if not group.of(*AIMS) and references.refers_to_purposes(statement.text):
            roles.extend(AIMS)
        found = [mention for role in roles for mention in self._nearest(role, index, position)]
        if group.first.actor is Actor.OTHER and not named:
            found.extend(self._acting(statement, group, index, position))
        return found

    def _acting(self, statement: Statement, group: Group, index: int, position: int) -> list[Mention]:
        """The recipients that the subject of somebody else's act points back to ("they", "these features")."""
        at, first = statement.sentence.start, group.first
        if not references.is_anaphoric_recipient(statement.text[first.subject : first.start]):
            return []
        same = [m for m in statement.of(Role.RECIPIENT) if m.end - at <= first.subject]
        if same or position == 0:
            return same[-1:]
        return self.outline.statements[index][position - 1].of(Role.RECIPIENT)

    def _nearest(self, role: Role, index: int, position: int) -> list[Mention]:
        """The nearest mentions of a role: in the sentences before, else in the list or paragraph before the block."""
        for earlier in range(position - 1, max(-1, position - 4), -1):
            found = self.outline.statements[index][earlier].of(role)
            if found:
                return found
        outline = self.outline
        if position > 1 or index == 0 or outline.blocks[index - 1].heading != outline.blocks[index].heading:
            return []
        before = outline.list_until(index - 1) or range(index - 1, index)
        return self._first_of(role, before)

    def _first_of(self, role: Role, blocks: range) -> list[Mention]:
        """The first mentions of a role in some blocks; what was read for the items before is not read again."""
        key = (role, blocks.start)
        found, read = self._firsts.get(key, ([], blocks.start))
        for number in range(read, blocks.stop if len(found) < _MOST_DATA else read):
            found.extend(m for s in self.outline.statements[number] for m in s.of(role))
        self._firsts[key] = found, max(read, blocks.stop)
        end = self.outline.blocks[blocks[-1]].end
        return [m for m in found[:_MOST_DATA] if m.start < end]

    def aims_of_service(self, statement: Statement, group: Group, index: int, position: int) -> list[Mention]:
        """What a service is used for, when it acts in a sentence right after the one that says so.

        "We use Lupa to count visits. Lupa collects your address.": Lupa collects it to count visits.
        """
        if group.first.actor is not Actor.OTHER or group.of(*AIMS) or position == 0:
            return []
        at, first = statement.sentence.start, group.first
        subject = statement.text[first.subject : first.start].casefold()
        before = self.outline.statements[index][position - 1]
        uses = [g for g in before.groups if g.first.actor is Actor.CONTROLLER and _USE in g.processing]
        named = [
            m
            for m in before.of(Role.RECIPIENT, Role.TRACKING_TECHNOLOGY)
            if self.outline.document.text[m.start : m.end].casefold().strip() in subject
        ]
        keyed = {m.agent for m in before.mentions if m.agent} & {
            m.agent for m in statement.mentions if m.agent and m.start - at < first.start
        }
        if not uses or not (named or keyed):
            return []
        return [m for m in before.of(*AIMS) if before.affirms(m)]

    # -- practices ----------------------------------------------------------------------------------------------------

    def last_made(self, index: int, position: int) -> list[Draft]:
        """The drafts of the nearest statement before one: in its block, else in the block before it in the section."""
        for earlier in range(position - 1, max(-1, position - 4), -1):
            if made := self.made.get((index, earlier)):
                return made
        if position > 1 or index == 0:
            return []
        outline = self.outline
        before = outline.blocks[index - 1]
        if before.kind is BlockKind.HEADING or before.heading != outline.blocks[index].heading:
            return []
        intro = outline.intros[index - 1]
        if intro is not None and self.lists.get(intro):
            return self.lists[intro]
        return next(self._made_of_block(index - 1), [])

    def _made_of_block(self, index: int) -> Iterator[list[Draft]]:
        """The drafts of a block's statements, the last first."""
        for position in range(len(self.outline.statements[index]) - 1, -1, -1):
            if made := self.made.get((index, position)):
                yield made

    def elaborated(self, index: int, position: int) -> list[Draft]:
        """The drafts whose data a sentence spells out ("This includes your name.")."""
        made = [d for d in self.last_made(index, position) if d.of(Role.DATA_CATEGORY)]
        return [
            d
            for d in made
            if d.polarity is made[-1].polarity
            and not (d.confidence == EXCEPTED and d.modality is Modality.POSSIBLE)
        ]
