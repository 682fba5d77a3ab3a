"""Answers to named questions as files, whole and within a size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

from privagraph.errors import QueryLimitError

if TYPE_CHECKING:
    from privagraph.queries.answers import Format
    from privagraph.queries.store import GraphStore

__all__ = ["FILES", "FileKind", "file_of_question", "files_there"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A format of files.

    Attributes:
        extension: What names of such files end in.
        label: What it is called.
        format: What :func:`privagraph.queries.answers.write` calls it.
        media_type: Its media type.
    """

    extension: str
    label: str
    format: Format
    media_type: str


FILES: Mapping[str, FileKind] = {
    kind.extension: kind
    for kind in (
        FileKind("csv", "CSV", "csv", "text/csv; charset=utf-8"),
        FileKind("tsv", "TSV", "tsv", "text/tab-separated-values; charset=utf-8"),
        FileKind("json", "JSON", "json", "application/sparql-results+json"),
        FileKind("xml", "XML", "xml", "application/sparql-results+xml"),
        FileKind("md", "Markdown", "markdown", "text/markdown; charset=utf-8"),
        FileKind("parquet", "Parquet", "parquet", "application/vnd.apache.parquet"),
    )
}
"""The formats, by the extension; the first four are SPARQL 1.1's."""


def files_there() -> tuple[FileKind, ...]:
    """The formats that can be written here: Parquet needs a package that is not always installed."""
    return tuple(
        kind for kind in FILES.values() if kind.format != "parquet" or find_spec("polars") is not None
    )


def file_of_question(
    store: GraphStore,
    name: str,
    params: tuple[tuple[str, str], ...],
    extension: str,
    *,
    on: date | None = None,
    all_versions: bool = False,
    most: int,
) -> bytes:
    """The whole answer to a named question as a file.

    Args:
        store: The graph.
        name: The question.
        params: Values of its parameters.
        extension: One of :data:`FILES`.
        on: Ask the versions that are in force on this day.
        all_versions: Ask versions too that were replaced.
        most: How many bytes it may have.

    Raises:
        QueryLimitError: It has more.
        PrivagraphError: See :func:`privagraph.web.answering.rows.part_of_question`.
    """
    from privagraph.queries.answers import run, write
    from privagraph.queries.catalogue import load
    from privagraph.web.answering.rows import values_of_question

    query = load(name)
    answer = run(store, query, values_of_question(store, query, params), on=on, all_versions=all_versions)
    stream = BytesIO()
    write(answer, FILES[extension].format, stream)
    if stream.tell() > most:
        raise QueryLimitError(
            "size",
            f"the file would have {stream.tell():,} bytes, and this server hands out {most:,} at most",
            f"ask for one policy, or write it here: privagraph query {name} --format {FILES[extension].format}",
        )
    return stream.getvalue()
