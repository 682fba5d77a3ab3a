"""The passages that were written and labelled for this project, in a format for people.

A file holds fragments of policies of invented companies::

    # Blue Heron Reading, for teachers
    ## What we collect
    We collect [data_category your name] [purpose to open your account].
    - [data_category grades]
    | [data_category Device ID] | [retention 90 days]

One passage a line: ``#`` begins a fragment, ``##`` to ``####`` a heading, ``-`` a list item that the line above the
list introduces, ``|`` a row of a table; everything else is a paragraph. ``[label words]`` labels words; labels nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.tagging.labels import LABELS, TRANSFER
from privagraph.loaders.training.corpus import Annotated, Span

__all__ = ["own_passages", "read_passages", "unlabelled"]

# These passages tell destinations from safeguards; of the corpus's one label for both they say nothing.
_JUDGED = frozenset(LABELS) - {TRANSFER}

_OPEN = re.compile(r"\[([a-z_]+(?::[A-Za-z0-9-]+)?) ")


def read_passages(path: Path) -> Iterator[Annotated]:
    """The labelled fragments of a file.

    Args:
        path: A file in the format above.

    Yields:
        One annotated document a fragment.

    Raises:
        ValueError: When brackets do not balance, a label is unknown or labels nothing, or a line stands before the
            first fragment; with file and line.
    """
    fragment: list[tuple[int, str]] = []
    name = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# "):
            if fragment:
                yield _document(path, name, fragment)
            name, fragment = f"{path.stem}/{line[2:].strip()}", []
        elif line.strip():
            if not name:
                raise ValueError(
                    f"{path.name}, line {number}: no fragment has begun; begin one with '# Name'"
                )
            fragment.append((number, line.strip()))
    if fragment:
        yield _document(path, name, fragment)


def own_passages() -> list[Annotated]:
    """The labelled fragments of this project."""
    folder = files("privagraph.loaders.training") / "passages"
    return [each for path in sorted(Path(str(folder)).glob("*.txt")) for each in read_passages(path)]


def unlabelled(line: str) -> tuple[str, tuple[Span, ...]]:
    """The words of a labelled line, and the spans of its labels.

    Args:
        line: Words with ``[label words]`` among them.

    Raises:
        ValueError: When brackets do not balance, or a label is unknown or labels nothing.
    """
    text: list[str] = []
    length = 0
    open_: list[tuple[str, int]] = []
    spans: list[Span] = []
    at = 0
    while at < len(line):
        char = line[at]
        opening = _OPEN.match(line, at)
        if opening:
            if opening.group(1) not in LABELS:
                raise ValueError(f"unknown label {opening.group(1)!r}")
            open_.append((opening.group(1), length))
            at = opening.end()
            continue
        if char == "[":
            raise ValueError(f"a bracket without a label at {line[at : at + 20]!r}")
        if char == "]":
            if not open_:
                raise ValueError(f"a bracket is closed that was not opened, before {line[at : at + 20]!r}")
            label, start = open_.pop()
            if start == length:
                raise ValueError(f"{label!r} labels no words")
            spans.append(Span(start, length, label))
        else:
            text.append(char)
            length += 1
        at += 1
    if open_:
        raise ValueError(f"the bracket of {open_[-1][0]!r} is not closed")
    return "".join(text), tuple(spans)


def _document(path: Path, name: str, lines: list[tuple[int, str]]) -> Annotated:
    parts: list[str] = []
    blocks: list[Block] = []
    spans: list[Span] = []
    headings: list[tuple[int, int]] = []
    intro: int | None = None
    at, table, row = 0, -1, 0

    def add(kind: BlockKind, words: str, number: int, **place: int | None) -> None:
        nonlocal at
        try:
            text, found = unlabelled(words.strip())
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
        heading = headings[-1][1] if headings else None
        blocks.append(Block(kind, at, at + len(text), heading=heading, **place))  # type: ignore[arg-type]
        spans.extend(Span(at + span.start, at + span.end, span.label) for span in found)
        parts.append(text)
        at += len(text) + 1

    before = ""
    for number, line in lines:
        mark, _, words = line.partition(" ")
        if set(mark) == {"#"}:
            level = len(mark)
            while headings and headings[-1][0] >= level:
                headings.pop()
            add(BlockKind.HEADING, words, number, level=level)
            headings.append((level, len(blocks) - 1))
            intro = len(blocks) - 1
        elif mark == "-":
            add(BlockKind.LIST_ITEM, words, number, level=1, intro=intro)
        elif mark == "|":
            table, row = (table, row + 1) if before == "|" else (table + 1, 0)
            for column, cell in enumerate(words.strip("| ").split("|")):
                if cell.strip():
                    add(BlockKind.TABLE_CELL, cell, number, table=table, row=row, column=column)
        else:
            add(BlockKind.PARAGRAPH, line, number)
            intro = len(blocks) - 1
        before = mark
    document = Document("\n".join(parts), tuple(blocks), f"{name}.txt", "text/plain", "")
    return Annotated(name, document, tuple(spans), _JUDGED)
