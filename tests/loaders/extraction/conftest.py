"""Documents in one line: what the tests of extraction are written with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import Block, BlockKind, Document

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
