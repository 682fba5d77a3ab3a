"""A sentence with what surrounds it: the unit that every finder reads.

Policies say half of what they mean in headings and in the lines that introduce lists: "name" under "Information we
collect" is collected, "to improve our service" after "We use your data:" is a purpose. A :class:`Passage` carries both,
and the topics of its section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.facts import Mention, Role

__all__ = ["Passage", "Topic", "passages", "topics_of"]


class Topic(StrEnum):
    """What a section is about, as its heading says."""

    COLLECTION = "collection"
    USE = "use"
    SHARING = "sharing"
    RETENTION = "retention"
    RIGHTS = "rights"
    SECURITY = "security"
    CHILDREN = "children"
    TRANSFER = "transfer"
    TRACKING = "tracking"
    CONTACT = "contact"
    CHANGES = "changes"
    LINKS = "links"
    DEFINITIONS = "definitions"
    LEGAL_BASIS = "legal_basis"
    SOURCES = "sources"


_DATA = r"(?:information|data|details)"

_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        (
            Topic.COLLECTION,
            rf"\bcollect|\bgather|(what|which|types?|kinds?|categor\w+)\b.*\b{_DATA}\b|"
            rf"\b{_DATA} (that )?(we|you|i)\b"
            rf"|^(personal|usage|log|device|technical|location|account|profile|registration|payment|"
            rf"contact)( \w+)? {_DATA}\b"
            r"|\bdata process(ed|ing)\b|\bpermissions?\b",
        ),
        (
            Topic.USE,
            rf"\buse of\b|\b(how|why)\b.*\b(use|process)|\bpurposes?\b|\buses?\b.*\b{_DATA}\b|"
            rf"do with (this|your|the)\b",
        ),
        (
            Topic.SHARING,
            r"\bshar(e|ed|es|ing)\b|\bdisclos|\brecipients?\b|third[- ]part(y|ies)\b|"
            r"\bservice providers?\b|\bwith whom\b"
            r"|\bwho (else )?(has|have|can|will)\b|\bsell(ing)?\b|\bsale\b|\bprocessors?\b|"
            r"\bvendors?\b|\bproviders\b",
        ),
        (
            Topic.RETENTION,
            r"\bretention\b|\bretain|\bhow long\b|\bkeep(ing)?\b|\bstor(e|ed|ing|age)\b|\bdelet",
        ),
        (
            Topic.RIGHTS,
            r"\brights?\b|\bchoices?\b|\bopt(ing)?[- ]?outs?\b|\byour control\b|\bcontrol (of|over)\b|"
            r"\baccess(ing)?\b|\berasure\b",
        ),
        (
            Topic.SECURITY,
            r"\bsecur|\bprotect(ion|ing)? (of )?(your|personal|the)?\b|\bsafe(guard|ty)?\b|\bencrypt",
        ),
        (
            Topic.CHILDREN,
            r"\bchild|\bminors?\b|\bkids?\b|\bcoppa\b|\bunder (the age of )?1\d\b|\bstudents? under\b|"
            r"\bparent",
        ),
        (
            Topic.TRANSFER,
            r"\btransfers?\b|\binternational|\bcross[- ]border|\boutside (of )?the\b|"
            r"\bwhere\b.*\b(stored?|kept|held|process)",
        ),
        (
            Topic.TRACKING,
            r"\bcookies?\b|\btrack|\bbeacons?\b|\banalytics\b|\blog (files?|data)\b|\bpixels?\b",
        ),
        (
            Topic.CONTACT,
            r"\bcontact|\bquestions?\b|\breach us\b|\bcontroller\b|\bwho (we are|is responsible)\b|"
            r"\babout us\b|\bimprint\b",
        ),
        (Topic.CHANGES, r"\bchang(e|es|ing)\b|\bmodif|\bupdat(e|es|ing)\b|\bamend|\brevis"),
        (Topic.LINKS, r"\blinks?\b|\b(other|external|third[- ]party) (web)?sites?\b"),
        (Topic.DEFINITIONS, r"\bdefin(ed|itions?)\b|\binterpretation\b|\bterminology\b|\bglossary\b"),
        (
            Topic.LEGAL_BASIS,
            r"\b(legal|lawful) (bas[ie]s|grounds?|reasons?)\b|\bon what basis\b|\bgrounds? for\b",
        ),
        (Topic.SOURCES, rf"\bsources?\b|\b{_DATA} from (other|third)|\bobtain"),
    )
)


@lru_cache(maxsize=4096)
def topics_of(heading: str) -> frozenset[Topic]:
    """The topics that a heading announces; empty when it announces none of them."""
    return frozenset(topic for topic, pattern in _TOPICS if pattern.search(heading))


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, its text, and its surroundings.

    Attributes:
        document: The document.
        sentence: The sentence's place.
        block: The block that it lies in.
        text: The sentence's words.
        first: Whether it is the first sentence of its block.
        heading: Text of the nearest heading above that has a topic, else of the nearest, else empty.
        topics: Topics of that heading; for a heading itself, its own.
        intro: Text of the last sentence of the block that introduces this list item, else empty.
        column: Text of the heading cell of this cell's column, else empty.
    """

    document: Document
    sentence: Sentence
    block: Block
    text: str
    first: bool
    heading: str
    topics: frozenset[Topic]
    intro: str
    column: str

    @property
    def start(self) -> int:
        """Offset of the sentence in the document's text."""
        return self.sentence.start

    def mention(
        self,
        start: int,
        end: int,
        role: Role,
        concept: str | None = None,
        *,
        confidence: float,
        value: str | None = None,
        agent: str | None = None,
    ) -> Mention:
        """A mention of words of this sentence.

        Args:
            start: Offset of the words within the sentence.
            end: Offset after them.
            role: What they are about.
            concept: IRI of the concept that they support, or None.
            confidence: How sure the finder is, from 0 to 1.
            value: A normalised value, where there is one.
            agent: Key of the organisation that they name, or None.
        """
        return Mention(
            self.start + start,
            self.start + end,
            role,
            concept,
            confidence=confidence,
            value=value,
            agent=agent,
        )

    @property
    def is_heading(self) -> bool:
        """Whether the sentence is (part of) a heading."""
        return self.block.kind is BlockKind.HEADING

    @property
    def is_item(self) -> bool:
        """Whether the sentence lies in a list item."""
        return self.block.kind is BlockKind.LIST_ITEM

    @property
    def is_cell(self) -> bool:
        """Whether the sentence lies in a table cell."""
        return self.block.kind is BlockKind.TABLE_CELL


def passages(document: Document, found: tuple[Sentence, ...]) -> tuple[Passage, ...]:
    """One passage for each sentence, in the order of the text."""
    last_of_block = {sentence.block: sentence for sentence in found}
    result: list[Passage] = []
    previous_block = -1
    for sentence in found:
        block = document.blocks[sentence.block]
        heading, topics = _section(document, block)
        intro = ""
        if block.intro is not None and block.intro in last_of_block:
            introducing = last_of_block[block.intro]
            intro = document.text[introducing.start : introducing.end]
        column = "" if block.column_header is None else document.text_of(document.blocks[block.column_header])
        result.append(
            Passage(
                document=document,
                sentence=sentence,
                block=block,
                text=document.text[sentence.start : sentence.end],
                first=sentence.block != previous_block,
                heading=heading,
                topics=topics,
                intro=intro,
                column=column,
            )
        )
        previous_block = sentence.block
    return tuple(result)


def _section(document: Document, block: Block) -> tuple[str, frozenset[Topic]]:
    """The heading that tells what a block is about, and its topics."""
    chain = (
        (block, *document.headings_above(block))
        if block.kind is BlockKind.HEADING
        else document.headings_above(block)
    )
    for heading in chain:
        text = document.text_of(heading)
        topics = topics_of(text)
        if topics:
            return text, topics
    return (document.text_of(chain[0]), frozenset()) if chain else ("", frozenset())
