"""Files that hold many policies: JSON Lines, CSV, Parquet and WARC, plain or compressed.

A collection is gone through from beginning to end and never held: what is in memory is one record. A record that
cannot be used is handed out as left out, with its place and the reason, and the next one follows; where a file breaks
off, everything before that is handed out, and then where it broke.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from privagraph.loaders.collections.progress import Progress
from privagraph.loaders.inputs import Columns, LeftOut, Source

__all__ = ["KINDS", "Progress", "check_installed", "expected_records", "is_collection", "records"]

KINDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".warc": "warc",
    ".parquet": "parquet",
}
"""The extensions by which collections are known; all but Parquet may be followed by ``.gz`` or ``.zst``."""


def is_collection(name: str) -> bool:
    """Whether a file is one of many policies, by its name.

    Example:
        >>> is_collection("crawl-2024.warc.gz"), is_collection("policy.html")
        (True, False)
    """
    return _kind(name) is not None


def check_installed(name: str) -> None:
    """Raise what is missing to read a collection.

    Raises:
        MissingDependencyError: A package is not installed.
    """
    if _kind(name) == "parquet":
        from privagraph.loaders.collections import parquet

        parquet.library()


def expected_records(path: Path) -> int | None:
    """How many records a collection has, where it says so; None otherwise."""
    if _kind(path.name) == "parquet":
        from privagraph.loaders.collections import parquet

        return parquet.expected_records(path)
    return None


def records(path: Path, name: str, *, columns: Columns, progress: Progress) -> Iterator[Source | LeftOut]:
    """Go through a collection.

    Args:
        path: The file.
        name: What to call it.
        columns: Which columns hold what.
        progress: Is told how far it is, and which records were passed over.

    Returns:
        The records in order, under names that differ: ``NAME#ID``, with their number where they have no id.
    """
    empty = True
    for record in _records(path, name, columns, progress):
        yield record
        empty = False
    if empty and not progress.passed_over:
        yield LeftOut(name, "empty", "the file holds no records", "check that it was saved or fetched whole")


def _records(path: Path, name: str, columns: Columns, progress: Progress) -> Iterator[Source | LeftOut]:
    """The records, by the reader of their format, which is imported when it is needed."""
    kind = _kind(path.name)
    if kind == "jsonl":
        from privagraph.loaders.collections.jsonl import read_jsonl

        return read_jsonl(path, name, columns, progress)
    if kind == "warc":
        from privagraph.loaders.collections.warc import read_warc

        return read_warc(path, name, progress)
    if kind == "parquet":
        from privagraph.loaders.collections.parquet import read_parquet

        return read_parquet(path, name, columns, progress)
    from privagraph.loaders.collections.delimited import read_delimited

    return read_delimited(path, name, columns, progress, delimiter="\t" if kind == "tsv" else None)


def _kind(name: str) -> str | None:
    """The format that a name tells."""
    plain = name.lower()
    kind = KINDS.get(Path(plain).suffix)
    if kind is None and plain.endswith((".gz", ".zst")):
        kind = KINDS.get(Path(plain.rpartition(".")[0]).suffix)
        return None if kind == "parquet" else kind
    return kind
