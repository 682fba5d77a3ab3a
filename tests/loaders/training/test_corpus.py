"""The annotated corpus as documents with labelled spans."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from privagraph.loaders.document import BlockKind
from privagraph.loaders.tagging.labels import CORPUS_ITEMS
from privagraph.loaders.training.corpus import Annotated, Span, fold_of, read_gdpr200

SHARED = Path(os.environ.get("PRIVAGRAPH_SHARED", Path(__file__).parents[4] / "shared"))


def passage(
    kind: str, text: str, *labelled: tuple[str, str], context: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A passage as the corpus writes it."""
    return {
        "type": kind,
        "context": [{"type": each, "text": "above"} for each in context],
        "passage": text,
        "annotations": [{"requirement": item, "value": value} for item, value in labelled],
    }


def read(folder: Path, *passages: dict[str, Any]) -> Annotated:
    (folder / "kestrel.json").write_text(json.dumps(list(passages)), encoding="utf-8")
    (made,) = read_gdpr200(folder)
    return made


def labelled(annotated: Annotated) -> list[tuple[str, str]]:
    text = annotated.document.text
    return [(text[span.start : span.end], span.label) for span in annotated.spans]


@pytest.mark.parametrize(("name", "fold"), [("acme", 9), ("Blue Heron", 0), ("shop/b", 5)])
def test_folds_stay_as_they_are(name: str, fold: int) -> None:
    assert fold_of(name) == fold


def test_folds_are_of_like_size() -> None:
    sizes = [0] * 10
    for number in range(2000):
        sizes[fold_of(f"policy {number}")] += 1
    assert min(sizes) > 150
    assert max(sizes) < 250


def test_passages_are_blocks_in_their_sections(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        passage("headline", "What we collect"),
        passage("text", "We  collect your\n name:", ("Data Categories", "your name")),
        passage("list_item", "grades", ("Data Categories", "Grades")),
        passage("headline", "Loans", context=("h1",)),
        passage("table_header", "Kept for"),
        passage("table_cell", "ten years", ("Data Retention Period", "ten years")),
        passage("list_item", "an item of nothing"),
        passage("text", "  "),
        passage("headline", "Contact"),
    )
    blocks = made.document.blocks
    assert made.name == "kestrel"
    assert made.document.text.splitlines()[1] == "We collect your name:"
    assert [block.kind for block in blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.HEADING,
        BlockKind.TABLE_CELL,
        BlockKind.TABLE_CELL,
        BlockKind.LIST_ITEM,
        BlockKind.HEADING,
    ]
    assert [block.heading for block in blocks] == [None, 0, 0, 0, 3, 3, 3, None]
    assert [block.intro for block in blocks] == [None, None, 1, None, None, None, None, None]
    assert labelled(made) == [
        ("your name", "data_category"),
        ("grades", "data_category"),
        ("ten years", "retention"),
    ]
    assert made.judged == frozenset(CORPUS_ITEMS.values())


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("We keep it for ten years.", "for  ten years", "for ten years"),
        ("We keep it for ten years.", "FOR TEN YEARS", "for ten years"),
        ("Write to Kestrel Kites, Hill 3.", "Kestrel Kites - Hill 3", "Kestrel Kites, Hill 3"),
        ("In the İzmir office, for ten years.", "for ten years", "for ten years"),
    ],
)
def test_values_are_found_in_their_passages(tmp_path: Path, text: str, value: str, words: str) -> None:
    made = read(tmp_path, passage("text", text, ("Data Retention Period", value)))
    assert labelled(made) == [(words, "retention")]


@pytest.mark.parametrize("value", ["for eleven years", "for [...] years", "", "–"])
def test_loose_quotations_are_left_out(tmp_path: Path, value: str) -> None:
    made = read(tmp_path, passage("text", "We keep it for ten years.", ("Data Retention Period", value)))
    assert made.spans == ()


def test_a_span_is_a_place_and_a_label(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        passage("text", "One."),
        passage("text", "Ten years.", ("Data Retention Period", "Ten years")),
    )
    assert made.spans == (Span(5, 14, "retention"),)


def test_a_folder_without_policies_has_none(tmp_path: Path) -> None:
    assert list(read_gdpr200(tmp_path)) == []


@pytest.mark.shared
def test_the_corpus_itself() -> None:
    folder = SHARED / "corpora" / "gdpr200-dev"
    if not folder.is_dir():
        pytest.skip("the corpus is not at hand; set PRIVAGRAPH_SHARED to the folder that holds corpora/")
    policies = list(read_gdpr200(folder))
    assert len(policies) >= 90
    assert {span.label for each in policies for span in each.spans} == set(CORPUS_ITEMS.values())
    values = sum(
        len(passage["annotations"])
        for path in folder.glob("*.json")
        for passage in json.loads(path.read_text(encoding="utf-8"))
    )
    assert 0.89 < sum(len(each.spans) for each in policies) / values < 0.91  # the rest quotes with gaps
