"""Tables that people fill in with Excel or LibreOffice: written so that they open well, read as these save them.

They are UTF-8 with a byte order mark, without which Excel takes CSV for the code page of the machine. Read are UTF-8
and UTF-16 (Excel's "Unicode text"), with commas, semicolons (Excel where the comma is the decimal point) or tabs
between the cells.

A cell that begins like a formula is guarded, see :mod:`privagraph.ontology.spreadsheets`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privagraph.errors import InputError
from privagraph.ontology.spreadsheets import restored, safe

__all__ = ["SheetRow", "read_sheet", "written_sheet"]

_DELIMITERS = (",", ";", "\t")
_MARK = "\ufeff"
_LONGEST = 32_000
"""The most characters of a cell; Excel takes 32,767, the csv module reads 131,072."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that has anything in it.

    Attributes:
        source: The name of the file.
        number: Its number in the spreadsheet; the header is row 1.
        cells: The cells by the names of their columns, without blanks around them.
    """

    source: str
    number: int
    cells: Mapping[str, str]

    def wrong(self, reason: str, advice: str) -> InputError:
        """The error that something is wrong with this row."""
        return InputError(f"{self.source}, row {self.number}", reason, advice)


def written_sheet(columns: Sequence[str], rows: Iterable[Sequence[str]], *, tabs: bool = False) -> bytes:
    """A table as bytes.

    Args:
        columns: The names of the columns.
        rows: The rows; line breaks and runs of blanks in their cells become one blank, and what is longer than a
            spreadsheet takes is cut.
        tabs: Whether tabs are between the cells (TSV), not commas (CSV).
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter="\t" if tabs else ",", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(_short(" ".join(cell.split()))) for cell in row] for row in rows)
    return (_MARK + stream.getvalue()).encode("utf-8", "replace")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def read_sheet(content: bytes, *, name: str, needed: Sequence[str]) -> list[SheetRow]:
    """The rows of a table.

    Args:
        content: A file as a spreadsheet saved it.
        name: What to call it in messages.
        needed: Columns that it must have.

    Returns:
        The rows that are not empty.

    Raises:
        InputError: It is no such table.
    """
    text = _decoded(content, name)
    head = text.split("\n", 1)[0].rstrip("\r")
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(name, f"not a table ({error})", "save it as CSV UTF-8 again") from error
    columns = [column.strip().casefold() for column in lines[0]] if lines else []
    missing = [column for column in needed if column not in columns]
    if missing:
        raise InputError(
            name,
            f"no column {' and '.join(missing)}",
            "keep the first row as `privagraph review` wrote it, or write the file anew",
        )
    found = []
    for number, line in enumerate(lines[1:], start=2):
        cells = {column: restored(cell.strip()).strip() for column, cell in zip(columns, line, strict=False)}
        if any(cells.values()):
            found.append(SheetRow(name, number, {column: cells.get(column, "") for column in columns}))
    return found


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(name, "a workbook, not a table of text", "save it as CSV UTF-8 or TSV")
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            name, f"not {encoding.upper().removesuffix('-SIG')}", "save it as CSV UTF-8"
        ) from error
    if "\0" in text:
        raise InputError(name, "not a text file", "save the table as CSV UTF-8 or TSV")
    return text
