"""What the tests of the readers share: a document as an outline that can be compared at a glance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import BlockKind, Document
from privagraph.loaders.readers import read_bytes


def _outline(document: Document) -> list[str]:
    """One line a block: its kind and level, its words, and after an arrow what introduces or heads it."""
    lines: list[str] = []
    for block in document.blocks:
        words = document.text_of(block).replace("\n", " / ")
        if block.kind is BlockKind.HEADING:
            lines.append(f"{'#' * block.level} {words}")
        elif block.kind is BlockKind.LIST_ITEM:
            lines.append(f"{'  ' * (block.level - 1)}- {words}")
        elif block.kind is BlockKind.TABLE_CELL:
            heads = [
                document.text_of(document.blocks[i])
                for i in (block.row_header, block.column_header)
                if i is not None
            ]
            lines.append(
                f"[{block.table}.{block.row}.{block.column}] {words}"
                + (f" < {' < '.join(heads)}" if heads else "")
            )
        else:
            lines.append(words)
    return lines


@pytest.fixture(scope="session")
def outline() -> Callable[..., list[str]]:
    """Read text or bytes under a name and show the document's outline."""

    def read(data: str | bytes, name: str = "policy.html") -> list[str]:
        return _outline(read_bytes(data.encode() if isinstance(data, str) else data, name=name))

    return read


@pytest.fixture(scope="session")
def intros() -> Callable[[Document], dict[str, str | None]]:
    """The words that introduce each list item or continued item, by its own words."""

    def find(document: Document) -> dict[str, str | None]:
        return {
            document.text_of(block): document.text_of(document.blocks[block.intro])
            if block.intro is not None
            else None
            for block in document.blocks
            if block.kind is BlockKind.LIST_ITEM or block.intro is not None
        }

    return find


@pytest.fixture(scope="session")
def check_invariants() -> Callable[[Document], None]:
    """Assert everything that holds of every document, whatever it was read from."""
    return _check_invariants


def _check_invariants(document: Document) -> None:
    text = document.text
    assert all(
        character == "\n" or not (ord(character) < 32 or 127 <= ord(character) < 160) for character in text
    )
    assert not any(0xD800 <= ord(character) <= 0xDFFF for character in text)
    text.encode("utf-8")
    end = 0
    for index, block in enumerate(document.blocks):
        assert block.start >= end
        assert set(text[end : block.start]) <= {"\n"}
        assert (index == 0) == (block.start == end == 0)
        words = document.text_of(block)
        assert words == words.strip() != ""
        assert "  " not in words
        assert "\t" not in words
        assert "\n\n" not in words
        if block.kind in (BlockKind.HEADING,):
            assert 1 <= block.level <= 6
            assert "\n" not in words
        elif block.kind is BlockKind.LIST_ITEM:
            assert block.level >= 1
        else:
            assert block.level == 0
        for pointer in (block.heading, block.intro):
            assert pointer is None or 0 <= pointer < index
        if block.heading is not None:
            heading = document.blocks[block.heading]
            assert heading.kind is BlockKind.HEADING
            assert block.kind is not BlockKind.HEADING or heading.level < block.level
        cell = block.kind is BlockKind.TABLE_CELL
        assert cell == (block.table is not None) == (block.row is not None) == (block.column is not None)
        for pointer in (block.row_header, block.column_header):
            if pointer is not None:
                assert cell
                assert document.blocks[pointer].kind is BlockKind.TABLE_CELL
                assert document.blocks[pointer].table == block.table
                assert pointer < index
        assert block.language
        end = block.end
    assert end == len(text)
