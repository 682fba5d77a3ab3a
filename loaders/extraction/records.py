"""Practices written as a form: "Personal data: your name. Purpose: badges. Legal basis: consent.".

The lines of a form begin with labels; they stand in one block, or in blocks that follow each other. A label that comes
again begins the next form. A form is a practice when it says something of data: what for, for whom, on which basis, how
long. Data without a label of its own is what stands in bare words right before the first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from privagraph.loaders.document import BlockKind
from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.drafts import LISTED, POOLED, TELLING, Draft
from privagraph.loaders.extraction.frames import Frames
from privagraph.loaders.extraction.groups import Statement
from privagraph.loaders.extraction.outline import FINITE, Outline
from privagraph.loaders.extraction.verbs import operations
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.namespaces import expand

__all__ = ["record_drafts"]

_KINDS = {
    "basis": r"(?:the\s+|our\s+)?(?:legal|lawful)\s+(?:bas[ie]s|grounds?)|bas[ie]s|legal\s+grounds?|justification",
    "purpose": r"(?:the\s+|our\s+)?(?:business\s+|main\s+)?(?:purposes?|reasons?|objectives?)|why|what\s+for"
    r"|how\s+we\s+use",
    "recipient": r"(?:the\s+)?recipients?|shared\s+with|disclosed\s+to|who\s+(?:receives|has\s+access)"
    r"|third\s+parties|processors?",
    "retention": r"retention|how\s+long|storage\s+(?:period|time|duration)|duration|kept\s+for",
    "source": r"(?:the\s+)?sources?",
    "data": r"""(?:(?:the|types?|kinds?|categor\w+|what)\s+(?:of\s+)?)*(?:personal\s+|collected\s+|processed\s+)?
             (?:data|information)(?:\s+types?|\s+categor\w+)?|what\s+we\s+collect""",
}
_LABEL = pattern(
    rf"""
    (?:^|(?<=[\n.;|•]))[\s•*–—-]*
    (?:{"|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())})
    (?:\s+[\w/()'’-]+){{0,4}}?\s*:
    """
)
"""A label at the beginning of a line or sentence, with at most four more words ("Purposes of the processing:")."""

_MOST_MENTIONS = 200
"""A form with more mentions than this is none."""


@dataclass(slots=True)
class _Record:
    """The lines of one form.

    Attributes:
        kinds: The kinds of its labels.
        labels: The words of its labels.
        mentions: What its lines name.
        start: Offset of its first line.
        end: Offset after its last line.
        block: The block of its first line.
        inside: Whether it begins its block.
    """

    start: int
    end: int
    block: int
    kinds: set[str] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    inside: bool = True


def record_drafts(frames: Frames) -> Iterator[Draft]:
    """The drafts of all forms of a document, in order."""
    outline = frames.outline
    for record in _records(outline):
        if len(record.kinds) + ("data" not in record.kinds) < 2 or len(record.mentions) > _MOST_MENTIONS:
            continue
        mentions = [*record.mentions]
        if "data" not in record.kinds:
            mentions.extend(_bare_data_before(outline, record))
        roles = {mention.role for mention in mentions}
        if Role.DATA_CATEGORY not in roles or not roles & (TELLING - {Role.SOURCE}):
            continue
        for processing in _processing(frames, record):
            yield Draft(processing, record.start, record.end, confidence=LISTED).add(mentions)


def _records(outline: Outline) -> Iterator[_Record]:
    """The forms of a document; every line belongs to one at most."""
    current: _Record | None = None
    for index, block in enumerate(outline.blocks):
        text = outline.document.text_of(block)
        labels = (
            [] if block.kind in (BlockKind.HEADING, BlockKind.TABLE_CELL) else list(_LABEL.finditer(text))
        )
        if not labels or text[: labels[0].start()].strip():
            # Another block, or one that is more than a form: what came before is complete.
            if current is not None:
                yield current
            current = None
        for number, label in enumerate(labels):
            kind = next(name for name in _KINDS if label.group(name))
            start = block.start + label.start()
            end = block.start + (labels[number + 1].start() if number + 1 < len(labels) else len(text))
            if current is None or kind in current.kinds:
                if current is not None:
                    yield current
                current = _Record(start, end, index, inside=not text[: label.start()].strip())
            current.kinds.add(kind)
            current.labels.append(label.group())
            current.end = end
            current.mentions.extend(
                m for s in outline.statements[index] for m in _affirmed(s) if start <= m.start < end
            )
    if current is not None:
        yield current


def _affirmed(statement: Statement) -> list[Mention]:
    return [m for m in statement.mentions if m.role in POOLED | TELLING and statement.affirms(m)]


def _bare_data_before(outline: Outline, record: _Record) -> list[Mention]:
    """The data of the block before a form, or of the item that it is nested in, when nothing is stated of it."""
    if not record.inside or record.block == 0:
        return []
    block, intro = outline.blocks[record.block], outline.intros[record.block]
    before = record.block - 1 if intro is None else intro
    above = outline.blocks[before]
    if above.kind is BlockKind.TABLE_CELL or (
        above.kind is not BlockKind.HEADING and above.heading != block.heading
    ):
        return []
    statements = outline.statements[before]
    if len(statements) != 1 or statements[0].groups or FINITE.search(statements[0].text):
        return []
    return [m for m in _affirmed(statements[0]) if m.role is Role.DATA_CATEGORY]


def _processing(frames: Frames, record: _Record) -> list[str]:
    """What a form says is done: the verb of a label, else of the heading or line above it, else processing."""
    named = [
        o.processing
        for label in record.labels
        for o in operations(re.sub(r"^[\s•*–—-]+", "", label))
        if o.actor is not Actor.OTHER
    ]
    if named:
        return list(dict.fromkeys(named))
    intro, heading = frames.outline.intros[record.block], frames.outline.blocks[record.block].heading
    for index in (intro, heading):
        if index is None:
            continue
        frame = frames.of(index)
        if frame.reader or frame.denied or frame.foreign:
            return []
        if frame.operations:
            return list(dict.fromkeys(operation.processing for operation in frame.operations))
    return [expand("dpv:Processing")]
