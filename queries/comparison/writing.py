"""A comparison written down: for a terminal, as Markdown, as a page, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from privagraph.ontology.reading import Span
from privagraph.ontology.shown import escaped, markdown_table, one_line
from privagraph.ontology.spreadsheets import safe_row
from privagraph.queries.comparison.matrix import COLUMNS, Cell, Comparison, Row, State, Words
from privagraph.queries.comparison.terminal import text
from privagraph.queries.pages import page, part

__all__ = ["FORMATS", "body", "fragment", "written"]

FORMATS = ("text", "markdown", "html", "json", "csv")
"""How a comparison can be written."""

_QUOTES = 6
"""How many passages a cell of a page shows; the other formats leave none out."""


def written(
    comparison: Comparison, format_: str, *, every: bool = False, words: bool = False, width: int = 100
) -> str:
    """A comparison in one of :data:`FORMATS`.

    Args:
        comparison: The comparison.
        format_: The format's name.
        every: Whether text and Markdown show what is below each group too; the other formats always do.
        words: Whether text shows the words behind each cell; the other formats always do, Markdown never.
        width: How many characters fit side by side, for text.

    Raises:
        ValueError: There is no such format.
    """
    if format_ == "text":
        return text(comparison, every=every, words=words, width=width)
    if format_ == "markdown":
        return _markdown(comparison, every=every)
    if format_ == "html":
        return page("compare", script="compare.js", **_shown(comparison))
    if format_ == "json":
        return _json(comparison)
    if format_ == "csv":
        return _csv(comparison)
    raise ValueError(f"no format {format_!r}; use one of {', '.join(FORMATS)}")


def fragment(comparison: Comparison) -> str:
    """The comparison as a part of a page, for notebooks; groups alone."""
    return part("compare-fragment", **_shown(comparison))


def body(comparison: Comparison, *, places: Sequence[Callable[[Span], str]], addresses: Sequence[str]) -> str:
    """The comparison as a part of a page where its words can be read.

    Args:
        comparison: The comparison.
        places: For each policy, where words in a span of its text can be read.
        addresses: For each policy, where it can be read.
    """
    return part("compare-part", **_shown(comparison), places=places, addresses=addresses)


def _shown(comparison: Comparison) -> dict[str, object]:
    return {"comparison": comparison, "most": _QUOTES, "not_stated": State.NOT_STATED, "quotes": _quotes}


def _quotes(cell: Cell) -> list[Words]:
    """The passages behind a cell, each once."""
    return list({each.passage: each for each in reversed(cell.words)}.values())[::-1]


def _markdown(comparison: Comparison, *, every: bool) -> str:
    lines = [f"# {len(comparison.policies)} policies side by side", ""]
    for topic in comparison.topics:
        rows = [
            ["↳ " * below + row.label, *(each.note or each.state for each in row.cells)]
            for row, below in _levels(topic.rows, every=every)
        ]
        table = markdown_table([topic.name, *(each.name for each in comparison.policies)], rows)
        lines += [f"## {topic.name}", "", table]
    if any(comparison.only):
        lines += ["## What only one says", ""]
    for column, only in zip(comparison.policies, comparison.only, strict=True):
        if only:
            lines += [f"**{escaped(column.name)}**", ""]
            for name in dict.fromkeys(topic for topic, _ in only):
                labels = ", ".join(escaped(label) for topic, label in only if topic == name)
                lines.append(f"- {name}: {labels}")
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _levels(rows: tuple[Row, ...], *, every: bool) -> Iterator[tuple[Row, int]]:
    for row in rows:
        yield row, 0
        if every:
            yield from ((below, 1) for below in row.below)


def _json(comparison: Comparison) -> str:
    said = {
        "policies": [
            {"iri": each.policy, "name": each.name, "title": each.title} for each in comparison.policies
        ],
        "topics": [
            {"name": topic.name, "rows": [_row(row) for row in topic.rows]} for topic in comparison.topics
        ],
        "only": [[{"topic": topic, "row": label} for topic, label in only] for only in comparison.only],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _row(row: Row) -> Mapping[str, object]:
    said: dict[str, object] = {
        "label": row.label,
        "concept": row.concept,
        "cells": [_cell(each, row) for each in row.cells],
    }
    if row.below:
        said["below"] = [_row(each) for each in row.below]
    return said


def _cell(cell: Cell, row: Row) -> Mapping[str, object]:
    said: dict[str, object] = {"state": cell.state, "note": cell.note}
    if not row.below:  # the words of a group are those of what is below it
        said["words"] = [
            {
                "words": each.words,
                "passage": each.passage,
                "start": each.span and each.span.start,
                "end": each.span and each.span.end,
                "state": each.state,
                "condition": one_line(each.condition),
                "iri": each.iri,
            }
            for each in cell.words
        ]
    return said


def _csv(comparison: Comparison) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(safe_row(row) for row in comparison.rows())
    return stream.getvalue()
