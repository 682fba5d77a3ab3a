"""Documents in one line: what the tests of extraction are written with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.extraction.practices import tie
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import Mention, Modality, Polarity, Practice, Role
from privagraph.ontology.namespaces import compact

Build = Callable[..., Document]

_KINDS = {"#": BlockKind.HEADING, "-": BlockKind.LIST_ITEM}


def build(*lines: str) -> Document:
    """A document of blocks: "# heading", "- list item" (introduced by the last paragraph), else a paragraph."""
    text, blocks = "", []
    heading: int | None = None
    intro: int | None = None
    for index, line in enumerate(lines):
        kind = _KINDS.get(line[:1], BlockKind.PARAGRAPH) if line[1:2] == " " else BlockKind.PARAGRAPH
        words = line[2:] if kind is not BlockKind.PARAGRAPH else line
        block = Block(
            kind,
            len(text),
            len(text) + len(words),
            level=0 if kind is BlockKind.PARAGRAPH else 1,
            heading=None if kind is BlockKind.HEADING else heading,
            intro=intro if kind is BlockKind.LIST_ITEM else None,
        )
        blocks.append(block)
        text += words + "\n"
        if kind is BlockKind.HEADING:
            heading = intro = index
        elif kind is BlockKind.PARAGRAPH:
            intro = index
    return Document(text, tuple(blocks), "policy.txt", "text/plain", "0" * 64)


@pytest.fixture(scope="session")
def document() -> Build:
    """The builder of documents."""
    return build


ROLES = {
    "data": Role.DATA_CATEGORY,
    "for": Role.PURPOSE,
    "interest": Role.LEGITIMATE_INTEREST,
    "to": Role.RECIPIENT,
    "on": Role.LEGAL_BASIS,
    "from": Role.SOURCE,
    "of": Role.DATA_SUBJECT,
    "kept": Role.RETENTION,
    "in": Role.STORAGE_LOCATION,
    "abroad": Role.TRANSFER_DESTINATION,
    "safe": Role.SECURITY_MEASURE,
    "tool": Role.TRACKING_TECHNOLOGY,
    "right": Role.RIGHT,
    "contact": Role.CONTACT,
}
NAMES = {role: name for name, role in ROLES.items()}


def read(*lines: str) -> tuple[Document, list[Mention]]:
    """The document of some lines, and the mentions marked in them.

    A line is ``# heading``, ``## heading below it``, ``- item``, ``-- nested item``, ``| cell | cell`` (the first row
    of a table heads its columns), else a paragraph. A mention stands in square brackets with its role:
    ``[your name|data]``, and its organisation: ``[Lupa|to/lupa]``.
    """
    text, blocks, mentions = "", [], []
    headings: list[int] = []
    items: dict[int, int] = {}
    last_row: list[int] = []
    tables, rows = -1, 0
    paragraph: int | None = None
    for line in lines:
        index = len(blocks)
        marks, words = re.fullmatch(r"(#+ |-+ |\| )?(.*)", line, re.DOTALL).groups()
        cells = words.split(" | ") if marks == "| " else [words]
        if marks != "| ":
            last_row = []
        elif not last_row:
            tables, rows, header = tables + 1, -1, []
        rows += marks == "| "
        for column, cell in enumerate(cells):
            start = len(text)
            for plain, marked, role in re.findall(r"([^\[]+)|\[([^|\]]+)\|([\w/-]+)\]", cell):
                if marked:
                    name, _, agent = role.partition("/")
                    mentions.append(
                        Mention(len(text), len(text) + len(marked), ROLES[name], agent=agent or None)
                    )
                text += plain or marked
            block = Block(BlockKind.PARAGRAPH, start, len(text), heading=headings[-1] if headings else None)
            if marks and marks[0] == "#":
                level = len(marks) - 1
                del headings[level - 1 :]
                parent = headings[-1] if headings else None
                block = replace(block, kind=BlockKind.HEADING, level=level, heading=parent)
                headings.append(index)
            elif marks and marks[0] == "-":
                level = len(marks) - 1
                intro = items[level - 1] if level > 1 else paragraph
                block = replace(block, kind=BlockKind.LIST_ITEM, level=level, intro=intro)
                items[level] = index
            elif marks:
                if rows == 0:
                    header.append(len(blocks))
                head = header[column] if rows else None
                block = replace(
                    block,
                    kind=BlockKind.TABLE_CELL,
                    table=tables,
                    row=rows,
                    column=column,
                    column_header=head,
                )
                last_row = cells
            if not marks or marks[0] == "#":
                paragraph = index
            blocks.append(block)
            text += "\n"
    return Document(text, tuple(blocks), "policy.txt", "text/plain", "0" * 64), mentions


def told(document: Document, practice: Practice) -> str:
    """A practice in words: ``not may Collect: data; for purpose; to recipient (if ...)``."""
    words = {
        Modality.ASSERTED: "",
        Modality.POSSIBLE: "may ",
        Modality.REQUIRED: "must ",
    }[practice.modality] + compact(practice.processing).partition(":")[2]
    words = f"not {words}" * (practice.polarity is Polarity.DENIED) or words
    by_role: dict[str, list[str]] = {}
    for mention in practice.arguments:
        by_role.setdefault(NAMES[mention.role], []).append(document.text[mention.start : mention.end])
    data = ", ".join(by_role.pop("data", ["-"]))
    rest = "".join(f"; {name} {', '.join(by_role[name])}" for name in ROLES if name in by_role)
    actor = practice.controller or "others" * practice.foreign
    by = f" by {actor}" if actor else ""
    limit = f" ({document.text[slice(*practice.condition)]})" if practice.condition else ""
    return f"{words}{by}: {data}{rest}{limit}"


def said(*lines: str) -> list[str]:
    """The practices of some lines, in words."""
    document, mentions = read(*lines)
    return [told(document, p) for p in tie(document, sentences(document), mentions)]


@pytest.fixture(scope="session")
def marked() -> Callable[..., tuple[Document, list[Mention]]]:
    """The builder of documents with marked mentions; see :func:`read`."""
    return read


@pytest.fixture(scope="session")
def stated() -> Callable[..., list[str]]:
    """What is tied in lines with marked mentions, each practice in the words of :func:`told`."""
    return said
