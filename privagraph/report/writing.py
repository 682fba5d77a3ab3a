"""A report written to a file, or to a stream."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Literal, TypeAlias

from privagraph.errors import GraphError
from privagraph.queries.choice import policies_named
from privagraph.queries.formats import replacing
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_summaries
from privagraph.queries.versions import current_of, links_of
from privagraph.report.gathering import gathered
from privagraph.report.parts import Report
from privagraph.shapes.rules import DEFAULT_PROFILES, Profile

__all__ = ["FORMATS", "Format", "report_on", "write_report", "write_to"]

Format: TypeAlias = Literal["html", "markdown"]
"""How a report is written."""
FORMATS: tuple[Format, ...] = ("html", "markdown")
"""All formats."""
_ENDINGS = {".md": "markdown", ".markdown": "markdown"}


def write_report(
    graph: GraphStore | str | os.PathLike[str],
    path: str | os.PathLike[str],
    *,
    format_: Format | None = None,
    policies: Sequence[str] = (),
    profiles: Sequence[str | Profile] | None = None,
    title: str = "",
    on: date | None = None,
    jobs: int | None = 1,
) -> Report:
    """Write a report on policies of a graph to a file.

    Args:
        graph: A store that is open, or the folder or file of one; ``KnowledgeGraph.write_report`` does the same.
        path: The file; one that is there is replaced once the report is whole.
        format_: ``html`` or ``markdown``; as the name of the file ends, when None, else HTML.
        policies: Names, titles or IRIs of policies; all current ones when empty.
        profiles: What to check them for, see :func:`privagraph.shapes.rules.profiles`; the usual profiles when None,
            nothing when empty.
        title: The title of the report.
        on: The day for which they are checked; today when None.
        jobs: How many processes check policies at the same time; one for each processor when None. With more than
            one, a script must guard its start by ``if __name__ == "__main__"``.

    Returns:
        The report as values.

    Raises:
        GraphError: There is no graph, or no such policy in it, or the file cannot be written.
        ProfileError: There is no profile of a name.
        ValueError: There is no such format.

    Example:
        >>> import tempfile
        >>> from privagraph import KnowledgeGraph
        >>> from privagraph.report import write_report
        >>> with KnowledgeGraph.map("examples/pinata-habits.md") as graph, tempfile.TemporaryDirectory() as folder:
        ...     report = write_report(graph.store, f"{folder}/report.html", profiles=["structure"])
        >>> report.totals.practices > 0
        True
    """
    made = format_ or _ENDINGS.get(Path(path).suffix.lower(), "html")
    if made not in FORMATS:
        raise ValueError(f"no format {made!r}; use one of {', '.join(FORMATS)}")
    if isinstance(graph, GraphStore):
        report = report_on(graph, policies=policies, profiles=profiles, title=title, on=on, jobs=jobs)
    else:
        with GraphStore.open(graph) as store:
            report = report_on(store, policies=policies, profiles=profiles, title=title, on=on, jobs=jobs)
    with replacing(Path(path)) as stream:
        write_to(stream, report, "markdown" if made == "markdown" else "html")
    return report


def report_on(
    store: GraphStore,
    *,
    policies: Sequence[str] = (),
    profiles: Sequence[str | Profile] | None = None,
    title: str = "",
    on: date | None = None,
    jobs: int | None = 1,
) -> Report:
    """A report on policies of a graph, as values; the arguments are those of :func:`write_report`.

    Raises:
        GraphError: There is no such policy in the graph, or none at all.
        ProfileError: There is no profile of a name.
    """
    from privagraph.shapes.validation import validate

    chosen = _chosen(store, policies)
    checking = DEFAULT_PROFILES if profiles is None else tuple(profiles)
    validation = validate(store, profiles=checking, policies=chosen, on=on, jobs=jobs) if checking else None
    return gathered(store, chosen, validation, title=title)


def write_to(stream: IO[bytes], report: Report, format_: Format) -> None:
    """Write a report to a stream, in UTF-8.

    Args:
        stream: Where to.
        report: The report.
        format_: One of :data:`FORMATS`.
    """
    if format_ == "markdown":
        from privagraph.report.markdown import markdown_pieces as pieces
    else:
        from privagraph.report.html import html_pieces as pieces
    buffer = BytesIO()
    for piece in pieces(report):
        buffer.write(piece.encode("utf-8", "backslashreplace"))
        if buffer.tell() > 1_000_000:
            stream.write(buffer.getvalue())
            buffer = BytesIO()
    stream.write(buffer.getvalue())


def _chosen(store: GraphStore, names: Sequence[str]) -> tuple[str, ...]:
    """IRIs of the policies, each once: in the order in which they are named, else sorted by their files."""
    if names:
        return tuple(dict.fromkeys(iri for name in names for iri in policies_named(store, name)))
    found = current_of(links_of(store), [each.iri for each in policy_summaries(store)])
    if not found:
        raise GraphError(store.location, "holds no policy to report on", "add one with `privagraph map`")
    return found
