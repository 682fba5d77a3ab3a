"""Answers a query in a process of its own, in the format that was asked for, up to the size that is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from privagraph.errors import QueryError, QueryLimitError, QuerySyntaxError
from privagraph.ontology.jsonld import compacted
from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.guarded import guarded
from privagraph.queries.sparql import check_readonly, graphs_named, located, names_graphs
from privagraph.web.sparql.formats import GRAPHS, ROWS, AnswerFormat, chosen, names

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore
    from privagraph.web.sparql.protocol import Asked

__all__ = ["LimitedStream", "NotAcceptableError", "Result", "answered", "written_triples"]

_Statement = TypeVar("_Statement", ox.Triple, ox.Quad)
_WHERE = "the query"
_PREFIXES = dict(sorted(PREFIXES.items()))
_ROOT = re.compile(rb"(<\?xml[^>]*\?>\s*<rdf:RDF )[^>]*>")
_RDF = PREFIXES["rdf"]
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")
"""What a property's IRI must end with to be the name of an element (https://www.w3.org/TR/xml-names/#NT-NCName)."""


class NotAcceptableError(QueryError):
    """The client wants none of the formats that fit the answer."""


@dataclass(frozen=True, slots=True)
class Result:
    """An answer, ready to be sent.

    Attributes:
        content_type: The header ``Content-Type``.
        body: The answer.
    """

    content_type: str
    body: bytes


class LimitedStream(BytesIO):
    """Takes what is written until it is too much.

    Args:
        limit: How many bytes an answer may have.
        spread: How many times as much it takes, where what is written becomes smaller before it is sent.
    """

    def __init__(self, limit: int, *, spread: int = 1) -> None:
        super().__init__()
        self._limit, self._spread, self._size = limit, spread, 0

    @property
    def room(self) -> int:
        """How many bytes it takes yet."""
        return self._limit * self._spread - self._size

    def write(self, data: object, /) -> int:
        """Take some bytes.

        Raises:
            QueryLimitError: There were too many.
        """
        size = super().write(data)  # type: ignore[arg-type]  # what the engine writes: bytes
        self._size += size
        if self._size > self._limit * self._spread:
            raise QueryLimitError(
                "size",
                f"stopped: the answer is larger than the {self._limit / 1e6:g} MB that this server sends",
                "ask for less: a LIMIT, fewer columns, one policy",
            )
        return size


def answered(store: GraphStore, asked: Asked, *, limit: int) -> Result:
    """Answer a query.

    Args:
        store: The graph.
        asked: What is asked.
        limit: How many bytes the answer may have.

    Raises:
        QuerySyntaxError: It is not SPARQL.
        NotAcceptableError: No format that fits the answer is wanted.
        QueryLimitError: The answer is too large.
        QueryError: It is an update, asks elsewhere, names a graph that is not here, or cannot be run.
    """
    check_readonly(asked.text, where=_WHERE)
    _check_graphs(store, asked)
    try:
        results = store.query(
            asked.text,
            dataset=asked.dataset,
            default_union=not names_graphs(asked.text),
            base=asked.base,
        )
    except QuerySyntaxError as error:
        raise located(error, asked.text, where=_WHERE) from error
    triples = isinstance(results, ox.QueryTriples)
    found = chosen(GRAPHS if triples else ROWS, named=asked.format, accept=asked.accept)
    if found is None:
        kind, formats = ("a graph", GRAPHS) if triples else ("an answer in rows", ROWS)
        raise NotAcceptableError(f"this query makes {kind}, which can be had as {names(formats)}")
    format_, media_type = found
    stream = LimitedStream(limit)
    try:
        if isinstance(results, ox.QueryTriples):
            written_triples(results, stream, format_)
        elif isinstance(results, ox.QueryBoolean) and format_.name in ("csv", "tsv"):
            stream.write(b"true\n" if results else b"false\n")  # these two have no form of their own for it
        elif asked.safe_cells and format_.name in ("csv", "tsv"):
            whole = LimitedStream(limit, spread=4)  # what is CSV in the end is JSON first
            results.serialize(whole, format=ox.QueryResultsFormat.JSON)
            rows = ox.parse_query_results(guarded(whole.getvalue()), format=ox.QueryResultsFormat.JSON)
            rows.serialize(stream, format=format_.encoder)  # type: ignore[arg-type]  # one of ROWS
        else:
            results.serialize(stream, format=format_.encoder)  # type: ignore[arg-type]  # one of ROWS
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be run: {error}; check its functions and values") from error
    return Result(format_.content_type(media_type), stream.getvalue())


def written_triples(
    triples: Iterator[_Statement],
    stream: LimitedStream,
    format_: AnswerFormat,
    *,
    prefixes: Mapping[str, str] = _PREFIXES,
) -> None:
    """Write triples, each once; the same triples in the same order give the same bytes.

    Args:
        triples: The triples; or quads, for a format that has named graphs.
        stream: Where to.
        format_: One of :data:`privagraph.web.sparql.formats.GRAPHS`.
        prefixes: Short names of namespaces; those that are used are declared.

    Raises:
        QueryLimitError: They are too many.
        QueryError: RDF/XML has no way to write a property.
    """
    once = _once(triples, named_elements=format_.name == "rdfxml")
    rdf, whole = format_.encoder, LimitedStream(stream.room)
    assert isinstance(rdf, ox.RdfFormat)  # as all of GRAPHS have
    if format_.name in ("ntriples", "nquads"):
        ox.serialize(once, stream, format=rdf)
    elif format_.name == "jsonld":
        ox.serialize(once, whole, format=rdf)
        stream.write(compacted(whole.getvalue(), _used(whole.getvalue(), prefixes, ns=True)))
    else:
        ox.serialize(once, whole, format=rdf, prefixes=dict(prefixes))
        stream.write((_xml if format_.name == "rdfxml" else _turtle)(whole.getvalue(), prefixes))


def _turtle(text: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Turtle or TriG whose head has the prefixes that are used, in order; the serializer has all, in no order."""
    start = 0
    while text.startswith(b"@prefix", start):
        start = text.index(b"\n", start) + 1
    body = text[start:]
    head = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in _used(body, prefixes).items()]
    return "".join([*head, "\n" if head else ""]).encode() + body


def _xml(text: bytes, prefixes: Mapping[str, str]) -> bytes:
    """RDF/XML whose root has the prefixes that are used, in order."""
    root = _ROOT.match(text)
    if root is None:
        return text
    body = text[root.end() :]
    used = {"rdf": _RDF, **_used(body, prefixes)}
    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in sorted(used.items()))
    return root[1] + spaces.encode() + b">" + body


def _used(body: bytes, prefixes: Mapping[str, str], *, ns: bool = False) -> dict[str, str]:
    """The prefixes whose short names, or whose namespaces, may stand in a text."""
    return {
        prefix: space
        for prefix, space in sorted(prefixes.items())
        if prefix == "rdf" or (space.encode() if ns else f"{prefix}:".encode()) in body
    }


def _once(triples: Iterator[_Statement], *, named_elements: bool) -> Iterator[_Statement]:
    seen: set[_Statement] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            if named_elements and not _is_element(triple.predicate.value):
                raise QueryError(
                    f"RDF/XML has no way to write the property <{triple.predicate.value}>; ask for Turtle"
                )
            yield triple


@cache
def _is_element(iri: str) -> bool:
    return _XML_NAME.search(iri) is not None


def _check_graphs(store: GraphStore, asked: Asked) -> None:
    """Refuse graphs that are not here, which would look empty: nothing is loaded from elsewhere."""
    graphs = [graph for part in asked.dataset or () for graph in part] or graphs_named(asked.text)
    for graph in dict.fromkeys(graphs):
        try:
            node = ox.NamedNode(graph)
        except ValueError:
            raise QueryError(f"{graph!r} is no absolute IRI, so it names no graph") from None
        rows = store.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 1", bindings={"g": node})
        if not any(True for _ in rows):  # type: ignore[union-attr]  # the rows of a SELECT
            raise QueryError(
                f"there is no graph <{graph}> here, and none is loaded from elsewhere; "
                "SELECT ?g { GRAPH ?g { ?policy a pg:PrivacyPolicy } } lists them"
            )
