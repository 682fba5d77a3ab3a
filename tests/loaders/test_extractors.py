"""Extractors by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from privagraph import KnowledgeGraph
from privagraph.errors import InputError
from privagraph.loaders.extractors import DEFAULT_EXTRACTOR, EXTRACTORS, make_extractor


def test_the_usual_one_is_among_them_and_needs_nothing() -> None:
    assert DEFAULT_EXTRACTOR in EXTRACTORS
    assert DEFAULT_EXTRACTOR != "llm"
    assert make_extractor().name.startswith(DEFAULT_EXTRACTOR)


def test_a_name_and_options_make_one(tmp_path: Path) -> None:
    made = make_extractor("llm", url="http://localhost/v1", model="tiny", cache=tmp_path)
    assert made.name.startswith("llm/tiny")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lexikon", "did you mean lexicon"),
        ("???", "the names are hybrid, lexicon"),
        ("llm", "names no model"),
    ],
)
def test_what_cannot_be_made_is_told(name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make_extractor(name)


def test_a_graph_takes_a_name(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(
        "Privacy Policy. We collect your name and your e-mail address to send letters. " * 3
    )
    with KnowledgeGraph.map(tmp_path / "p.txt", extractor="lexicon") as graph:
        (row,) = graph.query("SELECT ?extractor { ?mapping pg:extractor ?extractor }")
    assert row["extractor"] == "lexicon/1"
    with pytest.raises(InputError, match="no extractor has this name"):
        KnowledgeGraph.map(tmp_path / "p.txt", extractor="lexica")


def test_one_extractor_does_not_load_the_others() -> None:
    code = (
        "import sys; from privagraph.loaders.extractors import make_extractor; make_extractor('lexicon'); "
        "print('privagraph.loaders.llm' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
