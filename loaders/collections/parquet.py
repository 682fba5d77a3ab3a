"""Parquet, a few rows at a time (https://parquet.apache.org/docs/file-format/).

pyarrow reads the pages of a column one after the other, so that even a file of a single group of rows is never in
memory; polars, in which tables are exported, unpacks whole groups (a group of 420 MB took 860 MB, here 80).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privagraph.errors import MissingDependencyError
from privagraph.loaders.collections.progress import Progress
from privagraph.loaders.collections.rows import Row, chosen_columns, sources_of
from privagraph.loaders.collections.troubles import LARGEST_RECORD, cut_off, too_large, unopened
from privagraph.loaders.inputs import Columns, LeftOut, Source
from privagraph.ontology.shown import first_line

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["expected_records", "library", "read_parquet"]

_ROWS = 4
_BUFFER = 1 << 20


def library() -> ModuleType:
    """The library that reads Parquet.

    Raises:
        MissingDependencyError: It is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingDependencyError(
            "pyarrow", "reading Parquet", "run: pip install 'privagraph[parquet]'"
        ) from error
    parquet: ModuleType = pyarrow.parquet
    return parquet


def expected_records(path: Path) -> int | None:
    """How many rows a file has; None where it does not say."""
    import pyarrow

    try:
        return int(library().read_metadata(path).num_rows)
    except (OSError, ValueError, pyarrow.ArrowException):
        return None


def read_parquet(path: Path, name: str, columns: Columns, progress: Progress) -> Iterator[Source | LeftOut]:
    """Go through a Parquet file.

    Args:
        path: The file.
        name: What to call it.
        columns: Which columns hold what.
        progress: Is told how far it is.

    Returns:
        The rows in order.

    Raises:
        MissingDependencyError: The library is not installed.
    """
    parquet = library()
    import pyarrow

    try:
        with path.open("rb") as opened:
            size = opened.seek(0, 2)
        file = parquet.ParquetFile(
            path, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
        )
    except OSError as error:
        yield unopened(name, error)
        return
    except (ValueError, pyarrow.ArrowException) as error:  # names that are no UTF-8 are a ValueError
        yield cut_off(name, f"it is no whole Parquet file ({first_line(error)})")
        return
    with file:
        header = file.schema_arrow.names
        chosen = {choice.column for choice in chosen_columns(columns, tuple(header)).values()}
        used = sorted(column for column in chosen if header.count(column) == 1)  # no other can be asked for
        rows = _rows(file, used, name, progress, size)
        yield from sources_of(rows, name, columns, header)


def _rows(file: Any, used: list[str], name: str, progress: Progress, size: int) -> Iterator[Row | LeftOut]:
    """The rows, group by group; where a group is damaged, the next one is gone on with."""
    import pyarrow

    total = max(1, file.metadata.num_rows)
    before = 0
    for group in range(file.num_row_groups):
        number = before
        try:
            for batch in file.iter_batches(_ROWS, row_groups=[group], columns=used, use_threads=False):
                parts = [(column, batch.column(column)) for column in batch.schema.names]
                progress.behind = size * (number + batch.num_rows) // total
                for row in range(batch.num_rows):
                    number += 1
                    place = f"{name}:{number}"
                    try:
                        values = {column: _value(cells[row]) for column, cells in parts}
                    except _TooLargeError:
                        yield too_large(place)
                    else:
                        yield Row(place, number, values)
        except (OSError, ValueError, pyarrow.ArrowException) as error:
            yield cut_off(
                f"{name}:{number + 1}", f"its group of rows {group + 1} is damaged ({first_line(error)})"
            )
        before += file.metadata.row_group(group).num_rows


class _TooLargeError(Exception):
    """A cell is larger than any record may be."""


class OutOfRange:
    """Stands for a date or time that Python has no value for; a note on it shows the name of this class."""


def _value(cell: Any) -> object:
    """What a cell holds: a text as its bytes, which are looked at as those of a file are."""
    import pyarrow

    if isinstance(cell, pyarrow.DictionaryScalar):
        cell = cell.value
    if not cell.is_valid:
        return None
    if hasattr(cell, "as_buffer"):
        buffer = cell.as_buffer()
        if buffer.size > LARGEST_RECORD:
            raise _TooLargeError
        return buffer.to_pybytes()
    if pyarrow.types.is_nested(cell.type):
        return []
    try:
        if pyarrow.types.is_timestamp(cell.type):  # kept in UTC, whatever zone is named, which may be none
            cell = cell.cast(pyarrow.timestamp("s", cell.type.tz and "UTC"), safe=False)
        return cell.as_py()
    except (OverflowError, ValueError, LookupError):  # the cell's own fault, not one of its group of rows
        return OutOfRange()
