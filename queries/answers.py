"""What a query gives back, and how it is written down.

An :class:`Answer` keeps what the engine said, in SPARQL 1.1 Query Results JSON, and makes rows of Python values of it
when they are asked for. So the standard formats are the engine's own, byte for byte, and a large answer that is only
written to a file never becomes Python objects.

Parameters are bound by the engine; no value is ever pasted into a query's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import IO, TYPE_CHECKING, Literal

import pyoxigraph as ox

from privagraph.errors import QueryError
from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.catalogue import Query, load
from privagraph.queries.frames import data_frame
from privagraph.queries.guarded import guarded
from privagraph.queries.running import INLINE, Results, Term, results
from privagraph.queries.store import GraphStore
from privagraph.queries.values import Iri, Value, value_of

if TYPE_CHECKING:
    import pandas

__all__ = ["FORMATS", "Answer", "Format", "Iri", "Value", "answer_to", "run", "write"]

Format = Literal["table", "csv", "tsv", "json", "xml", "markdown", "html", "parquet", "turtle"]
"""How an answer is written."""

FORMATS: tuple[Format, ...] = ("table", "csv", "tsv", "json", "xml", "markdown", "html", "parquet", "turtle")
"""All formats; ``csv``, ``tsv``, ``json``, ``xml`` are SPARQL 1.1's, and ``turtle`` is for CONSTRUCT and DESCRIBE."""

_RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_FITTING: Mapping[str, tuple[Format, ...]] = {
    "select": tuple(each for each in FORMATS if each != "turtle"),
    "ask": ("table", "csv", "tsv", "json", "xml"),
    "construct": ("turtle",),
}
_SHOWN = 100
"""How many rows a notebook shows."""


class Answer:
    """What a query gave back.

    Iterating gives one mapping from column to value for each row; ``len`` is the number of rows or triples.

    Attributes:
        kind: ``select``, ``ask`` or ``construct`` (``DESCRIBE`` counts as the latter).
        columns: Names of the columns, in order; empty unless the kind is ``select``.
        query: The named query that was asked, or None for a text.
    """

    __slots__ = ("_json", "_rows", "_triples", "_truth", "columns", "kind", "query")

    def __init__(self, said: Results, *, query: Query | None = None) -> None:
        self.query = query
        self.columns: tuple[str, ...] = ()
        self._json, self._triples, self._truth = b"", (), False
        self._rows: tuple[tuple[Value, ...], ...] | None = None
        self.kind: Literal["select", "ask", "construct"]
        if isinstance(said, ox.QuerySolutions):
            self.kind = "select"
            self.columns = tuple(variable.value for variable in said.variables)
            self._json = said.serialize(format=ox.QueryResultsFormat.JSON) or b""
        elif isinstance(said, ox.QueryBoolean):
            self.kind = "ask"
            self._truth = bool(said)
            self._json = said.serialize(format=ox.QueryResultsFormat.JSON) or b""
        else:
            self.kind = "construct"
            self._triples = tuple(sorted(set(said), key=str))

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows of a SELECT, each a tuple of Python values in the order of the columns."""
        if self._rows is None:
            self._rows = tuple(self._parsed())
        return self._rows

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE, sorted."""
        return self._triples

    @property
    def truth(self) -> bool:
        """What an ASK found."""
        return self._truth

    @property
    def findings(self) -> bool:
        """Whether a check has found something; never for an answer."""
        return self.query is not None and self.query.kind == "check" and len(self) > 0

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self._triples) if self.kind == "construct" else len(self.rows)

    def __repr__(self) -> str:
        size = {"select": "rows", "ask": f"{self._truth}", "construct": "triples"}[self.kind]
        return f"<Answer {size}>" if self.kind == "ask" else f"<Answer of {len(self)} {size}>"

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame; an unbound cell is None.

        Raises:
            MissingDependencyError: pandas is not installed.
            QueryError: The query was no SELECT.
        """
        if self.kind != "select":
            raise QueryError(f"a data frame needs rows, and this was {_named(self.kind)}; ask a SELECT query")
        return data_frame([list(row) for row in self.rows], self.columns)

    def _repr_html_(self) -> str:
        """The answer for a notebook: its first rows, or yes or no, or its triples as Turtle."""
        from privagraph.queries.forms import html_table, html_text

        if self.kind == "select":
            return html_table(self.columns, self.rows, limit=_SHOWN)
        if self.kind == "ask":
            return html_text("yes" if self.truth else "no")
        stream = BytesIO()
        write(self, "turtle", stream)
        return html_text(stream.getvalue().decode())

    def _parsed(self) -> Iterator[tuple[Value, ...]]:
        if self.kind != "select":
            return
        solutions = ox.parse_query_results(self._json, format=ox.QueryResultsFormat.JSON)
        assert isinstance(solutions, ox.QuerySolutions)  # what was written is what is read
        for solution in solutions:
            yield tuple(value_of(term) for term in solution)

    def _standard(self, format_: Format) -> bytes:
        """The answer in one of the W3C's formats."""
        if format_ == "json":
            return self._json + b"\n"
        if self.kind == "ask" and format_ != "xml":
            return f"{str(self._truth).lower()}\n".encode()
        text = self._json if format_ == "xml" else guarded(self._json)
        results = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
        return results.serialize(format=_RESULTS[format_]) or b""


def answer_to(
    store: GraphStore,
    question: str,
    /,
    *,
    on: date | None = None,
    all_versions: bool = False,
    **params: str | Term,
) -> Answer:
    """The answer to a named query, or to a SPARQL text.

    Args:
        store: The graph.
        question: The name of a query; or a text, which is told by the blank or brace in it.
        on: See :func:`run`.
        all_versions: See :func:`run`.
        **params: Values for the query's parameters.

    Raises:
        UnknownQueryError: No query has that name.
        QuerySyntaxError: The text is not SPARQL.
        QueryError: A parameter is missing, is none of the query's, or does not fit its type.
    """
    text = any(mark in question for mark in "{ \n\t")
    return run(store, question if text else load(question), params, on=on, all_versions=all_versions)


def run(
    store: GraphStore,
    query: Query | str,
    params: Mapping[str, str | Term] | None = None,
    *,
    where: str = INLINE,
    on: date | None = None,
    all_versions: bool = False,
) -> Answer:
    """Ask a graph.

    Args:
        store: The graph.
        query: A named query, or a SPARQL text; a text need not declare the project's prefixes.
        params: Values by parameter. For a named query they are read by the parameter's type; for a text, ``<...>``,
            an absolute IRI or a CURIE of the project is an IRI, a whole number is a number, all else is text.
        where: What to call a text in messages, such as its file's name.
        on: Ask the versions of policies that are in force on this day. Not for a text with ``FROM``, which names the
            graphs that it asks.
        all_versions: Ask versions too that were replaced. A text always does, unless a day is given; a named query
            asks the current ones otherwise.

    Returns:
        The answer.

    Raises:
        GraphError: No policy is in force on that day.
        QuerySyntaxError: The text is not SPARQL; the message names line and column.
        QueryError: The text is an update, asks a service or has ``FROM`` beside a day, or a parameter does not fit.
    """
    named = query if isinstance(query, Query) else None
    return Answer(results(store, query, params, where=where, on=on, all_versions=all_versions), query=named)


def write(answer: Answer, format_: Format, stream: IO[bytes], *, width: int | None = None) -> None:
    """Write an answer.

    Args:
        answer: The answer.
        format_: One of :data:`FORMATS` that fits the kind of the answer.
        stream: Where to; bytes, UTF-8.
        width: For a table: how many columns of characters the reader has; None for as many as it takes.

    Raises:
        QueryError: The format does not fit the kind of the answer.
        MissingDependencyError: The format needs a package that is not installed.
    """
    if format_ not in FORMATS:
        raise QueryError(f"no format {format_!r}; use one of {', '.join(FORMATS)}")
    fitting = _FITTING[answer.kind]
    if format_ not in fitting:
        named = ", ".join(fitting)
        raise QueryError(f"{_named(answer.kind)} cannot be written as {format_}; use --format {named}")
    if format_ == "turtle":
        prefixes = dict(sorted(PREFIXES.items()))
        stream.write(ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"")
    elif format_ == "table":
        from privagraph.queries.tables import table

        text = (
            table(answer.columns, answer.rows, width=width)
            if answer.kind == "select"
            else str(answer.truth).lower()
        )
        stream.write(text.encode() + b"\n")
    elif format_ == "markdown":
        from privagraph.queries.forms import markdown

        stream.write(markdown(answer.columns, answer.rows).encode())
    elif format_ == "html":
        from privagraph.queries.forms import html_page

        title = answer.query.question if answer.query is not None else "Answer"
        stream.write(html_page(title, answer.columns, answer.rows).encode())
    elif format_ == "parquet":
        from privagraph.queries.forms import write_parquet

        write_parquet(answer.columns, answer.rows, stream)
    else:
        stream.write(answer._standard(format_))


def _named(kind: str) -> str:
    return {"select": "an answer in rows", "ask": "a yes or no", "construct": "an answer in triples"}[kind]
