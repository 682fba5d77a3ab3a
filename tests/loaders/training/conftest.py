"""What the tests of training share: fragments in the project's own format, and a tokenizer."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from privagraph.loaders.tagging.windows import Tokenizer, tokenizer_of
from privagraph.loaders.training.corpus import Annotated
from privagraph.loaders.training.passages import read_passages

Fragments = Callable[[str], list[Annotated]]


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The tokenizer of the shipped model."""
    model = files("privagraph.loaders.tagging") / "model" / "tokenizer.json"
    return tokenizer_of(model.read_text(encoding="utf-8"))


@pytest.fixture
def fragments(tmp_path: Path) -> Fragments:
    """Reads fragments from text, of a file named ``made.txt``."""

    def made(text: str) -> list[Annotated]:
        path = tmp_path / "made.txt"
        path.write_text(text, encoding="utf-8")
        return list(read_passages(path))

    return made
