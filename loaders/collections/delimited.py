"""CSV and TSV: one record a row, the names of the columns in the first (RFC 4180 and what programs make of it)."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from privagraph.loaders.collections.compression import ByteStream, opened
from privagraph.loaders.collections.progress import Progress
from privagraph.loaders.collections.rows import Row, sources_of
from privagraph.loaders.collections.troubles import LARGEST_RECORD, broken, cut_off, too_large, unopened
from privagraph.loaders.inputs import Columns, LeftOut, Source

__all__ = ["read_delimited"]

_DELIMITERS = ",;\t|"
_MOST_FIELDS = 5_000_000
"""How often the delimiter may stand in one record: fields take more memory than the byte that parts them."""


def read_delimited(
    path: Path, name: str, columns: Columns, progress: Progress, *, delimiter: str | None = None
) -> Iterator[Source | LeftOut]:
    """Go through a table.

    Args:
        path: The file.
        name: What to call it.
        columns: Which columns hold what.
        progress: Is told how far it is.
        delimiter: What stands between fields; the one that parts the first line most, of four usual ones, when None.

    Returns:
        The rows in order.
    """
    try:
        stream = opened(path)
    except OSError as error:
        yield unopened(name, error)
        return
    with stream:
        try:
            lines = _Lines(stream)
            delimiter = delimiter or _likeliest(lines.first())
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            lines.begin(delimiter)
            csv.field_size_limit(
                max(csv.field_size_limit(), LARGEST_RECORD)
            )  # of the process: there is no other
            header = next(reader, None)
        except OSError as error:
            yield cut_off(f"{name}:1", error)
        except (csv.Error, _TooLargeError):
            yield cut_off(f"{name}:1", "its first line does not name columns")
        else:
            if header is not None:
                rows = _rows(lines, reader, header, name, progress)
                yield from sources_of(rows, name, columns, header)


def _rows(
    lines: _Lines, reader: Iterator[list[str]], header: list[str], name: str, progress: Progress
) -> Iterator[Row | LeftOut]:
    """The rows beneath the header; what follows a damaged one and does not fit the header belongs to it."""
    number = 0
    damaged = False
    while True:
        place = f"{name}:{lines.begin()}"
        try:
            row = next(reader, None)
        except OSError as error:
            yield cut_off(place, error)
            return
        except _TooLargeError as error:
            number, damaged = number + 1, True
            yield (
                too_large(place) if error.args[0] else broken(place, f"has more than {_MOST_FIELDS:,} fields")
            )
            continue
        except csv.Error as error:
            if lines.ended:
                yield cut_off(place, "the last record is not complete, a quotation mark in it is not closed")
                return
            if not damaged:
                number, damaged = number + 1, True
                yield broken(
                    place, f"is no row of a table ({error}): are the quotation marks in its fields doubled?"
                )
            continue
        if row is None:
            return
        progress.behind = lines.behind
        if not row or (damaged and len(row) != len(header)):
            continue
        number, damaged = number + 1, False
        if len(row) != len(header):
            yield broken(place, f"has {len(row)} fields where the first line names {len(header)}")
        else:
            yield Row(place, number, dict(zip(header, row, strict=True)), escaped=True)


class _TooLargeError(Exception):
    """A record is larger than any may be, in bytes (True) or in fields."""


class _Lines:
    """The lines of a file, with an eye on the size of each record.

    Attributes:
        ended: Whether the last line was read.
    """

    def __init__(self, stream: ByteStream) -> None:
        wide = stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        self._text = io.TextIOWrapper(
            stream,
            "utf-16" if wide else "utf-8-sig",
            errors="replace" if wide else "surrogateescape",
            newline="",
        )
        self._stream = stream
        self._waiting: list[str] = []
        self._delimiter = ""
        self._line = self._size = self._fields = 0
        self.ended = False

    @property
    def behind(self) -> int:
        """How many bytes of the file are behind."""
        return self._stream.behind

    def first(self) -> str:
        """The first line, which will come again."""
        self._waiting = [self._next()]
        return self._waiting[0]

    def begin(self, delimiter: str | None = None) -> int:
        """A record begins here: the number of its first line."""
        self._delimiter = delimiter or self._delimiter
        self._size = self._fields = 0
        return self._line + 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._next()
        if not line:
            self.ended = True
            raise StopIteration
        self._line += 1
        self._size += len(line)
        self._fields += line.count(self._delimiter)
        if self._size > LARGEST_RECORD or self._fields > _MOST_FIELDS:
            while not line.endswith(("\n", "\r")) and (line := self._text.readline(1 << 20)):
                pass
            raise _TooLargeError(self._size > LARGEST_RECORD)
        return line

    def _next(self) -> str:
        return self._text.readline(LARGEST_RECORD + 1)


def _likeliest(line: str) -> str:
    """The delimiter that parts a line into the most fields."""
    quoted = "".join(line.split('"')[::2])  # what stands in quotation marks parts nothing
    return max(_DELIMITERS, key=quoted.count)
