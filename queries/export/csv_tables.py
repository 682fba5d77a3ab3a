"""The tables of practices and of mentions as CSV (RFC 4180).

Two flavours, because spreadsheets and programs want different things. ``write`` is for spreadsheets: the file begins
with the mark by which Excel knows UTF-8, and no cell is run as a formula
(:mod:`privagraph.ontology.spreadsheets`). ``write_plain`` is for programs: no mark, every text as it is.

Several values in a cell are joined by ``; ``. A backslash stands before a semicolon or backslash that is part of one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable

from privagraph.ontology.spreadsheets import safe
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.policies import policies_of
from privagraph.queries.export.practice_tables import MENTIONS, PRACTICES, Cell, Table
from privagraph.queries.export.source import Source

__all__ = ["joined", "split", "write", "write_plain"]

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that steer terminals and break readers of CSV."""


def joined(values: Iterable[str]) -> str:
    r"""Several values as the text of one cell.

    Example:
        >>> joined(["Email Address", "name; surname"])
        'Email Address; name\\; surname'
    """
    return "; ".join(re.sub(r"([\\;])", r"\\\1", each) for each in values)


def split(cell: str) -> list[str]:
    r"""The values of a cell that :func:`joined` made.

    Example:
        >>> split("Email Address; name\\; surname")
        ['Email Address', 'name; surname']
    """
    if not cell:
        return []
    parts = re.findall(r"(?:^|; )((?:[^\\;]|\\.)*)", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", each, flags=re.DOTALL) for each in parts]


def write(source: Source, output: Output) -> Written:
    """Write the table of practices for spreadsheets; into a folder, the table of mentions too."""
    return _write(
        source, output, guard=lambda text: safe(_STEERING.sub("\N{REPLACEMENT CHARACTER}", text)), mark=True
    )


def write_plain(source: Source, output: Output) -> Written:
    """Write the table of practices for programs; into a folder, the table of mentions too."""
    return _write(source, output, guard=str, mark=False)


def _write(source: Source, output: Output, *, guard: Callable[[str], str], mark: bool) -> Written:
    tables = (PRACTICES, MENTIONS) if output.folder else (PRACTICES,)
    rows = 0
    for table, name in zip(tables, output.format.files, strict=False):
        text = io.StringIO(newline="")
        rows += _write_table(source, table, text, guard)
        with output.open(name) as stream:
            stream.write(text.getvalue().encode("utf-8-sig" if mark else "utf-8"))
    return Written(rows=rows)


def _write_table(source: Source, table: Table, text: io.StringIO, guard: Callable[[str], str]) -> int:
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    number = 0
    for policy in policies_of(source):
        for row in table.rows(policy):
            writer.writerow([_cell(row[column.name], guard) for column in table.columns])
            number += 1
    return number


def _cell(value: Cell, guard: Callable[[str], str]) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, list):
        return guard(joined(value))
    return guard(value) if isinstance(value, str) else value
