"""CSV and TSV: one record a row, the names of the columns in the first (RFC 4180 and what programs make of it).

A row that is damaged costs itself: the line after its first is tried as the beginning of a row, then the next, until
one fits. A quotation mark that is not closed swallows what follows, so the lines of the record at hand are held. Going
back takes no more than one more look at each line: where a row that failed stood within a field at the end of a line,
another that does too would fail in the same way, and is given up at once. No row as RFC 4180 wants it is lost by that:
its first line has an odd number of quotation marks, and a line that stays within a field has an even one.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from privagraph.loaders.collections.compression import ByteStream, is_utf16, opened
from privagraph.loaders.collections.progress import Progress
from privagraph.loaders.collections.rows import Row, sources_of
from privagraph.loaders.collections.troubles import LARGEST_RECORD, broken, cut_off, too_large, unopened
from privagraph.loaders.inputs import Columns, LeftOut, Source

__all__ = ["read_delimited"]

_DELIMITERS = ",;\t|"
_TOLD = re.compile(r'"?sep=([^\w\s"]|\t)"?[\r\n]*', re.IGNORECASE)
"""The line in front of the others that tells Excel the delimiter."""
_MOST_FIELDS = 5_000_000
"""How often the delimiter may stand in one record: fields take more memory than the byte that parts them."""
_MOST_LINES = 1_000_000
"""How many lines one record may have: each is held, in case that it is read again."""


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
            A line in front of it such as ``sep=;`` goes before both.

    Returns:
        The rows in order.
    """
    try:
        stream = opened(path)
    except OSError as error:
        yield unopened(name, error)
        return
    place = f"{name}:1"
    with stream:
        try:
            lines = _Lines(stream)
            if told := _TOLD.fullmatch(lines.first()):
                lines.drop_first()
            delimiter = told[1] if told else delimiter or _likeliest(lines.first())
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            place = f"{name}:{lines.begin(delimiter)}"
            csv.field_size_limit(
                max(csv.field_size_limit(), LARGEST_RECORD)
            )  # of the process: there is no other
            header = next(reader, None)
        except OSError as error:
            yield cut_off(place, error)
        except (csv.Error, _TooLargeError):
            yield cut_off(place, "its first line does not name columns")
        else:
            if header is not None:
                rows = _rows(lines, reader, header, name, progress)
                yield from sources_of(rows, name, columns, header)


def _rows(
    lines: _Lines, reader: Iterator[list[str]], header: list[str], name: str, progress: Progress
) -> Iterator[Row | LeftOut]:
    """The rows beneath the header; of what follows a damaged one, each line is tried until one fits the header."""
    number = 0
    damaged = False
    unclosed: LeftOut | None = (
        None  # runs to the end of the file, so that what follows says what became of it
    )
    while True:
        place = f"{name}:{lines.begin()}"
        try:
            row = next(reader, None)
        except (csv.Error, _TooLargeError, _SameEndError) as error:
            at_end, alone = lines.ended, lines.parts >= len(header)
            lines.back()
            if not damaged or alone:
                if unclosed is not None:
                    yield unclosed
                number, damaged = number + 1, True
                trouble = _trouble(place, error)
                unclosed = trouble if at_end else None
                if not at_end:
                    yield trouble
            continue
        if row is None:
            break
        progress.behind = lines.behind
        fits = len(row) == len(header)
        if row and damaged and not fits:
            lines.back()
        elif row:
            if unclosed is not None:
                yield unclosed
            number, damaged, unclosed = number + 1, False, None
            if fits:
                yield Row(place, number, dict(zip(header, row, strict=True)), escaped=True)
            else:
                yield broken(place, f"has {len(row)} fields where the first line names {len(header)}")
                damaged = len(row) < len(header) and lines.back()  # a field may have swallowed what follows
    if lines.error is not None:
        yield cut_off(unclosed.source if unclosed is not None else place, lines.error)
    elif unclosed is not None:
        yield cut_off(
            unclosed.source, "the last record is not complete, a quotation mark in it is not closed"
        )


def _trouble(place: str, error: Exception) -> LeftOut:
    """A row that cannot be read."""
    if isinstance(error, _TooLargeError):
        return broken(place, error.args[0]) if error.args else too_large(place)
    return broken(place, f"is no row of a table ({error}): are the quotation marks in its fields doubled?")


class _TooLargeError(Exception):
    """A record is larger than any may be: why, where it is not by its bytes."""


class _SameEndError(Exception):
    """A record goes on like one that failed."""


class _Lines:
    """The lines of a file, with an eye on the size of each record; those of the record at hand can be read again.

    Attributes:
        ended: Whether the record at hand was to go on where the file ends.
        error: What keeps the file from being read any further.
    """

    def __init__(self, stream: ByteStream) -> None:
        wide = is_utf16(stream)
        self._text = io.TextIOWrapper(
            stream,
            "utf-16" if wide else "utf-8-sig",
            errors="replace" if wide else "surrogateescape",
            newline="",
        )
        self._stream = stream
        self._record: list[str | None] = []
        self._again: deque[str | None] = deque()
        self._delimiter = ""
        self._line = self._size = self._fields = self._failed = 0
        self.ended = False
        self.error: OSError | None = None

    @property
    def behind(self) -> int:
        """How many bytes of the file are behind."""
        return self._stream.behind

    @property
    def parts(self) -> int:
        """How many fields the first line of the record at hand may have; many where it is too long to tell."""
        first = self._record[0]
        return _MOST_FIELDS if first is None else first.count(self._delimiter) + 1

    def first(self) -> str:
        """The first line, which will come again."""
        if not self._again:
            self._again.append(self._text.readline(LARGEST_RECORD + 1))
        return self._again[0] or ""

    def drop_first(self) -> None:
        """Go past the first line, which is none of the table."""
        self._again.clear()
        self._line += 1

    def begin(self, delimiter: str | None = None) -> int:
        """A record begins here: the number of its first line."""
        self._delimiter = delimiter or self._delimiter
        self._size = self._fields = 0
        self._record = []
        self.ended = False
        return self._line + 1

    def back(self) -> bool:
        """Go back to the line after the first of the record at hand, which failed; whether it has another line."""
        self._failed = max(self._failed, self._line)
        rest = self._record[1:]
        self._again.extendleft(reversed(rest))
        self._line -= len(rest)
        return bool(rest)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._record and self._line < self._failed:
            raise _SameEndError("a quotation mark in it is not closed")
        line = self._again.popleft() if self._again else self._next()
        if line == "":
            self.ended = True
            raise StopIteration
        self._line += 1
        self._record.append(line)
        if line is None:
            raise _TooLargeError
        self._size += len(line)
        self._fields += line.count(self._delimiter)
        if self._size > LARGEST_RECORD:
            raise _TooLargeError
        if self._fields > _MOST_FIELDS:
            raise _TooLargeError(f"has more than {_MOST_FIELDS:,} fields")
        if len(self._record) > _MOST_LINES:
            raise _TooLargeError(f"has more than {_MOST_LINES:,} lines")
        return line

    def _next(self) -> str | None:
        """The next line of the file; None for one that is too long, and nothing at its end."""
        if self.error is not None:
            return ""
        try:
            line = self._text.readline(LARGEST_RECORD + 1)
            if len(line) <= LARGEST_RECORD:
                return line
            while not line.endswith(("\n", "\r")) and (line := self._text.readline(1 << 20)):
                pass
        except OSError as error:
            self.error = error
            return ""
        return None


def _likeliest(line: str) -> str:
    """The delimiter that parts a line into the most fields."""
    quoted = "".join(line.split('"')[::2])  # what stands in quotation marks parts nothing
    return max(_DELIMITERS, key=quoted.count)
