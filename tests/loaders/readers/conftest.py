"""What the tests of the readers share: a document as an outline that can be compared at a glance."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

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
    """Assert everything that holds of every document, whatever it was read from; fuzzing asserts the same."""
    place = Path(__file__).parents[2] / "fuzz" / "invariants.py"
    spec = importlib.util.spec_from_file_location("fuzz_invariants", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    check: Callable[[Document], None] = module.check_document
    return check
