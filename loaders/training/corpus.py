"""The annotated corpora that the tagger learns from, as documents with labelled spans."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.tagging.labels import CORPUS_ITEMS, ITEMS

__all__ = ["Annotated", "Span", "fold_of", "read_gdpr200"]


@dataclass(frozen=True, slots=True)
class Span:
    """Labelled words: ``text[start:end]`` of their document."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document and its labelled spans.

    Attributes:
        name: Name of the policy or fragment.
        document: The document, with a block for each passage.
        spans: The labelled spans.
        judged: The labels that the annotators looked for; of the others nothing is known.
    """

    name: str
    document: Document
    spans: tuple[Span, ...]
    judged: frozenset[str]


def fold_of(name: str) -> int:
    """A number from 0 to 9 that follows from a policy's name: 0 is kept for the figures, 1 for setting thresholds."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10


_KINDS = {
    "headline": BlockKind.HEADING,
    "text": BlockKind.PARAGRAPH,
    "list_item": BlockKind.LIST_ITEM,
    "table_cell": BlockKind.TABLE_CELL,
    "table_header": BlockKind.TABLE_CELL,
}


def read_gdpr200(folder: Path) -> Iterator[Annotated]:
    """The policies of a folder of GDPR-Transparency-200 (Cory et al., arXiv 2503.10727).

    Args:
        folder: One JSON file a policy: a list of passages ``{type, context, passage, annotations}``.

    Yields:
        One annotated document a file. Values that are not in their passage word for word are left out: one in ten, most
        of them quotations with gaps ("delete [...] your account").
    """
    for path in sorted(folder.glob("*.json")):
        passages = json.loads(path.read_text(encoding="utf-8"))
        parts: list[str] = []
        blocks: list[Block] = []
        spans: list[Span] = []
        at = 0
        headings: list[tuple[int, int]] = []  # level and index of those that are open
        intro: int | None = None
        for passage in passages:
            text = " ".join(passage["passage"].split())
            if not text:
                continue
            kind = _KINDS[passage["type"]]
            level = 0
            if kind is BlockKind.HEADING:
                level = min(6, 1 + sum(part["type"][:1] == "h" for part in passage["context"]))
                while headings and headings[-1][0] >= level:
                    headings.pop()
            elif kind is BlockKind.LIST_ITEM:
                level = 1
            else:
                intro = None
            blocks.append(
                Block(
                    kind,
                    at,
                    at + len(text),
                    level=level,
                    heading=headings[-1][1] if headings else None,
                    intro=intro if kind is BlockKind.LIST_ITEM else None,
                )
            )
            if kind is BlockKind.HEADING:
                headings.append((level, len(blocks) - 1))
            if kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
                intro = len(blocks) - 1
            for annotation in passage["annotations"]:
                place = _locate(text, annotation["value"])
                if place:
                    spans.append(Span(at + place[0], at + place[1], CORPUS_ITEMS[annotation["requirement"]]))
            parts.append(text)
            at += len(text) + 1
        document = Document("\n".join(parts), tuple(blocks), path.name, "application/json", "")
        yield Annotated(path.stem, document, tuple(spans), ITEMS)


def _locate(passage: str, value: str) -> tuple[int, int] | None:
    """Where an annotated value stands in its passage, or None where it is not quoted word for word."""
    words = re.findall(r"\w+", value)
    if not words:
        return None
    wanted = " ".join(value.split())
    at = passage.casefold().find(wanted.casefold()) if len(passage.casefold()) == len(passage) else -1
    if at >= 0:
        return at, at + len(wanted)
    found = re.search(r"\W+".join(map(re.escape, words)), passage, re.IGNORECASE)
    return found.span() if found else None
