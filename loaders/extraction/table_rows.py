"""Practices of table rows: the cells of one row belong to one practice.

What is done comes from the header of the data with a verb ("Data we collect"), else from the line or heading over the
table, else it is processing. A cell that only says yes or no under such a header affirms or denies it for the row's
data.
"""

from __future__ import annotations

from privagraph.loaders.document import BlockKind
from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.drafts import LISTED, Draft
from privagraph.loaders.extraction.frames import Frames
from privagraph.loaders.extraction.verbs import Operation
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["is_lone_cell", "row_drafts"]

_YES = frozenset({"yes", "y", "x", "✓", "✔", "✅"})
_NO = frozenset({"no", "n", "none", "never", "✗", "✘", "❌", "not collected", "not shared", "not sold"})


def is_lone_cell(frames: Frames, cells: list[int]) -> bool:
    """Whether a row is a single cell without headers, which is nothing but a paragraph in a box."""
    block = frames.outline.blocks[cells[0]]
    return len(cells) == 1 and block.row_header is None and block.column_header is None


def row_drafts(frames: Frames, cells: list[int]) -> list[Draft]:
    """The drafts of one row.

    Args:
        frames: The document with its frames.
        cells: The blocks of the row's cells, in order.
    """
    blocks, statements = frames.outline.blocks, frames.outline.statements
    if any(_is_header(frames, index) for index in cells):
        return []
    heads = [head for index in cells if (head := blocks[index].row_header) is not None]
    mentions = [
        mention
        for index in dict.fromkeys([*heads, *cells])
        for statement in statements[index]
        for mention in statement.mentions
        if statement.affirms(mention)
    ]
    span = (min(blocks[index].start for index in cells), max(blocks[index].end for index in cells))
    answers = _answers(frames, cells)
    if answers:
        return [
            _answered(operation.processing, yes, mentions, span)
            for operation, yes in answers
            if _data(mentions)
        ]
    roles = {mention.role for mention in mentions}
    if Role.DATA_CATEGORY not in roles and not {Role.PURPOSE, Role.LEGAL_BASIS} <= roles:
        return []
    return [
        Draft(processing, *span, confidence=LISTED).add(mentions) for processing in _processing(frames, cells)
    ]


def _is_header(frames: Frames, index: int) -> bool:
    """Whether a cell heads a column of its table."""
    block = frames.outline.blocks[index]
    if block.column_header is not None or block.table is None:
        return False
    below = frames.outline.rows.get((block.table, (block.row or 0) + 1), [])
    return any(frames.outline.blocks[cell].column_header == index for cell in below)


def _data(mentions: list[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.role is Role.DATA_CATEGORY]


def _answered(processing: str, yes: bool, mentions: list[Mention], span: tuple[int, int]) -> Draft:
    polarity = Polarity.AFFIRMED if yes else Polarity.DENIED
    return Draft(processing, *span, polarity, confidence=LISTED).add(mentions if yes else _data(mentions))


def _answers(frames: Frames, cells: list[int]) -> list[tuple[Operation, bool]]:
    """The operations of column headers that cells of the row say yes or no to."""
    found: list[tuple[Operation, bool]] = []
    for index in cells:
        header = frames.outline.blocks[index].column_header
        word = frames.outline.document.text_of(frames.outline.blocks[index]).strip().lower().rstrip(".")
        if header is not None and word in _YES | _NO:
            found.extend((operation, word in _YES) for operation in _operations(frames, header))
    return found


def _operations(frames: Frames, index: int) -> list[Operation]:
    """The operations that a cell names, those of others left out."""
    return [
        operation
        for statement in frames.outline.statements[index]
        for group in statement.groups
        if group.first.actor is not Actor.OTHER
        for operation in group.operations
    ]


def _processing(frames: Frames, cells: list[int]) -> list[str]:
    """What is done in a row without a verb."""
    blocks = frames.outline.blocks
    for index in cells:
        header = blocks[index].column_header
        names_data = any(statement.data() for statement in frames.outline.statements[index])
        if header is not None and names_data and (found := _operations(frames, header)):
            return list(dict.fromkeys(operation.processing for operation in found))
    before = frames.outline.before_tables[cells[0]]
    above = [before] if before >= 0 and _may_announce(frames, before) else []
    heading = blocks[cells[0]].heading
    for index in [*above, *([] if heading is None else [heading])]:
        frame = frames.of(index)
        if frame.operations and not frame.reader and not frame.denied:
            return list(dict.fromkeys(operation.processing for operation in frame.operations))
    return [expand("dpv:Processing")]


def _may_announce(frames: Frames, index: int) -> bool:
    """Whether the table below can be what a block speaks of; the last item of a list mostly speaks for itself."""
    block = frames.outline.blocks[index]
    if block.kind is BlockKind.LIST_ITEM:
        return frames.outline.document.text_of(block).rstrip().endswith(":")
    return block.kind is BlockKind.PARAGRAPH
