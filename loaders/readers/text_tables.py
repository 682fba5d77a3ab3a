"""Tables drawn in plain text: with pipes, with tabs, or with columns of blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.lines import Line

__all__ = ["take_tables"]

_SEPARATOR_ROW = re.compile(r"^\|?[\s:|+=-]*-[\s:|+=-]*\|?$")
_COLUMN_GAP = re.compile(r"\t+| {3,}")
_BORDER = re.compile(r"^\+[-=+]+\+$")


def take_tables(lines: Sequence[Line]) -> list[Line]:
    """Replace the lines of each table by one line that holds its rows.

    A lone line with a stray pipe or tab is no table: it loses the pipes at its ends and stays a line.
    """
    found: list[Line] = []
    at = 0
    while at < len(lines):
        for read in (_pipes, _columns):
            taken = read(lines, at)
            if taken is not None:
                table, at = taken
                found.append(table)
                break
        else:
            line = lines[at]
            if "|" in line.text:
                line.text = line.text.strip("| ")
            if line.text:
                found.append(line)
            elif at + 1 < len(lines):
                lines[at + 1].gap = True  # a line of nothing but pipes parts what it stands between
            at += 1
    return found


def _pipes(lines: Sequence[Line], start: int) -> tuple[Line, int] | None:
    """The table with pipes that begins at a line, and the index after it."""
    rows: list[tuple[str, ...]] = []
    header = False
    at = start
    while at < len(lines) and (at == start or not lines[at].gap):
        text = lines[at].text
        if _BORDER.match(text) or ("|" in text and _SEPARATOR_ROW.match(text)):
            header = header or len(rows) == 1
            at += 1
            continue
        cells = tuple(cell.strip() for cell in text.strip().strip("|").split("|"))
        if len(cells) < 2 or not any(cells):
            break
        if rows and len(cells) != len(rows[0]) and not header:
            break
        rows.append(cells)
        at += 1
    if len(rows) < 2:
        return None
    return _table(lines[start], rows, header), at


def _columns(lines: Sequence[Line], start: int) -> tuple[Line, int] | None:
    """The table with tabs or aligned columns that begins at a line, and the index after it."""
    rows: list[tuple[str, ...]] = []
    starts: list[int] = []
    at = start
    while at < len(lines):
        raw = lines[at].raw.rstrip()
        body = raw.lstrip()
        tabbed = "\t" in body
        if at > start and lines[at].gap and not tabbed:
            break
        cells = tuple(clean_line(cell) for cell in _COLUMN_GAP.split(body))
        if len(cells) < 2 or not all(cells) or len(cells[0]) < 2:
            break
        here = [len(raw) - len(body)] + [
            gap.end() + len(raw) - len(body) for gap in _COLUMN_GAP.finditer(body)
        ]
        if rows and len(cells) != len(rows[0]):
            break
        if rows and not tabbed and any(abs(a - b) > 1 for a, b in zip(here, starts, strict=True)):
            break
        rows.append(cells)
        starts = starts or here
        at += 1
    tabs = any("\t" in line.raw.strip() for line in lines[start:at])
    if len(rows) < (2 if tabs else 3):
        return None
    return _table(lines[start], rows, header=False), at


def _table(first: Line, rows: list[tuple[str, ...]], header: bool) -> Line:
    """A line that stands for a table."""
    return Line(
        text=" ".join(rows[0]),
        indent=first.indent,
        gap=first.gap,
        fixed=True,
        rows=tuple(rows),
        header=header,
    )
