"""The readers on real policies, where the shared folder is at hand: nothing lost, structure found, all let in."""

from __future__ import annotations

import html
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privagraph.loaders.admission import check
from privagraph.loaders.document import BlockKind, Document
from privagraph.loaders.readers import read_bytes, read_path
from privagraph.loaders.readers.canonical import clean_line

SHARED = Path(os.environ.get("PRIVAGRAPH_SHARED") or Path(__file__).resolve().parents[4] / "shared")
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="the shared folder of real policies is absent (set PRIVAGRAPH_SHARED)"
    ),
]

KINDS = {
    "headline": "heading",
    "list_item": "list_item",
    "table_cell": "table_cell",
    "table_header": "table_cell",
}
TYPED_BULLET = re.compile(r"^[-*•–●·◦]\s*")


def corpus() -> Iterator[tuple[str, list[dict[str, str]]]]:
    for file in sorted((SHARED / "corpora" / "gdpr200-dev").glob("*.json")):
        yield file.stem, json.loads(file.read_text(encoding="utf-8"))


def rendered(passages: list[dict[str, str]], *, title: bool) -> bytes:
    """A policy as a page with one element for each passage."""
    body = []
    for passage in passages:
        words = html.escape(passage["passage"])
        kind = passage["type"]
        if kind == "headline":
            body.append(f"<h2>{words}</h2>")
        elif kind == "list_item":
            body.append(f"<ul><li>{words}</li></ul>")
        elif kind.startswith("table"):
            tag = "th" if kind == "table_header" else "td"
            body.append(f"<table><tr><{tag}>{words}</{tag}></tr></table>")
        else:
            body.append(f"<p>{words}</p>")
    head = "<title>Privacy Policy</title>" if title else ""
    return (
        f"<!doctype html><html><head>{head}</head><body><main>{''.join(body)}</main></body></html>".encode()
    )


def test_no_passage_is_lost_and_each_keeps_its_kind(check_invariants: Callable[[Document], None]) -> None:
    found = lost = 0
    kinds: Counter[tuple[str, bool]] = Counter()
    for name, passages in corpus():
        document = read_bytes(rendered(passages, title=True), name=f"{name}.html")
        check_invariants(document)
        text = " ".join(document.text.split())
        as_read: dict[str, set[str]] = {}
        for block in document.blocks:
            as_read.setdefault(" ".join(document.text_of(block).split()), set()).add(str(block.kind))
        at = 0
        for passage in passages:
            words = TYPED_BULLET.sub("", clean_line(passage["passage"]))
            place = text.find(words, at)
            if place < 0:
                lost += 1
                continue
            found += 1
            at = place + len(words)
            if passage["type"] in KINDS:
                kept = KINDS[passage["type"]] in as_read.get(clean_line(passage["passage"]), set())
                kinds[passage["type"], kept] += 1
    assert found >= 6500
    assert lost <= 0.001 * found
    for kind in KINDS:
        assert kinds[kind, False] <= 0.005 * kinds[kind, True], kind


@pytest.mark.parametrize("title", [True, False], ids=["titled", "untitled"])
def test_every_policy_of_the_corpus_is_let_in(title: bool) -> None:
    count = 0
    for name, passages in corpus():
        check(read_bytes(rendered(passages, title=title), name=f"{name}.html"))
        count += 1
    assert count >= 101


def test_five_real_texts(check_invariants: Callable[[Document], None]) -> None:
    files = sorted((SHARED / "policies").glob("*.txt"))
    assert len(files) >= 5
    for file in files:
        document = read_path(file)
        check_invariants(document)
        assert check(document) == ()
        assert document.title
        kinds = Counter(block.kind for block in document.blocks)
        assert kinds[BlockKind.HEADING] >= 8, file.name
        assert kinds[BlockKind.LIST_ITEM] >= 10, file.name
        # Nothing but bullets and rules is left out of the text.
        letters = Counter(character for character in file.read_text(encoding="utf-8") if character.isalnum())
        assert Counter(character for character in document.text if character.isalnum()) == letters
        items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
        assert sum(block.intro is not None for block in items) >= 0.95 * len(items)
