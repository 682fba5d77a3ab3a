"""The formats of answers, and how clients name them: by media type, or by a short name in ``?format=``.

Answers in rows: https://www.w3.org/TR/sparql11-results-json/, https://www.w3.org/TR/rdf-sparql-XMLres/,
https://www.w3.org/TR/sparql11-results-csv-tsv/. Graphs: the formats of RDF 1.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from privagraph.web.sparql.negotiation import preferred

__all__ = ["GRAPHS", "ROWS", "AnswerFormat", "chosen", "names"]


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """A format of answers.

    Attributes:
        name: Its short name.
        label: What people call it.
        media_type: What it is sent as.
        encoder: The engine's name of it.
        also: Other short names that clients use.
        media_types: Other media types by which it is asked for; it is then sent as that one.
        iri: Its IRI in https://www.w3.org/ns/formats/.
    """

    name: str
    label: str
    media_type: str
    encoder: ox.QueryResultsFormat | ox.RdfFormat
    also: tuple[str, ...]
    media_types: tuple[str, ...]
    iri: str

    @property
    def names(self) -> tuple[str, ...]:
        """All its short names."""
        return self.name, *self.also

    def content_type(self, media_type: str) -> str:
        """The header ``Content-Type`` for one of its media types."""
        return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


_W3C = "http://www.w3.org/ns/formats/"
ROWS = (
    AnswerFormat(
        "json",
        "JSON",
        "application/sparql-results+json",
        ox.QueryResultsFormat.JSON,
        (),
        ("application/json",),
        _W3C + "SPARQL_Results_JSON",
    ),
    AnswerFormat(
        "xml",
        "XML",
        "application/sparql-results+xml",
        ox.QueryResultsFormat.XML,
        (),
        ("application/xml", "text/xml"),
        _W3C + "SPARQL_Results_XML",
    ),
    AnswerFormat("csv", "CSV", "text/csv", ox.QueryResultsFormat.CSV, (), (), _W3C + "SPARQL_Results_CSV"),
    AnswerFormat(
        "tsv",
        "TSV",
        "text/tab-separated-values",
        ox.QueryResultsFormat.TSV,
        (),
        (),
        _W3C + "SPARQL_Results_TSV",
    ),
)
"""For SELECT and ASK, the usual one first."""
GRAPHS = (
    AnswerFormat(
        "turtle",
        "Turtle",
        "text/turtle",
        ox.RdfFormat.TURTLE,
        ("ttl", "n3"),
        ("application/x-turtle", "text/n3", "text/rdf+n3"),
        _W3C + "Turtle",
    ),
    AnswerFormat(
        "jsonld",
        "JSON-LD",
        "application/ld+json",
        ox.RdfFormat.JSON_LD,
        ("json-ld", "json"),
        ("application/json",),
        _W3C + "JSON-LD",
    ),
    AnswerFormat(
        "ntriples",
        "N-Triples",
        "application/n-triples",
        ox.RdfFormat.N_TRIPLES,
        ("nt", "n-triples"),
        ("text/plain",),
        _W3C + "N-Triples",
    ),
    AnswerFormat(
        "rdfxml",
        "RDF/XML",
        "application/rdf+xml",
        ox.RdfFormat.RDF_XML,
        ("rdf", "rdf+xml", "xml"),
        ("application/xml", "text/xml"),
        _W3C + "RDF_XML",
    ),
    AnswerFormat("trig", "TriG", "application/trig", ox.RdfFormat.TRIG, (), (), _W3C + "TriG"),
    AnswerFormat(
        "nquads",
        "N-Quads",
        "application/n-quads",
        ox.RdfFormat.N_QUADS,
        ("nq", "n-quads"),
        (),
        _W3C + "N-Quads",
    ),
)
"""For CONSTRUCT, DESCRIBE and pages about a node, the usual one first."""


def chosen(
    formats: Sequence[AnswerFormat], *, named: str, accept: str | None
) -> tuple[AnswerFormat, str] | None:
    """The format to send, and the media type to call it.

    Args:
        formats: Those that fit the answer, best first.
        named: A short name that the client gave, or media types like those of ``Accept``; this comes before ``accept``.
            What names none of these formats counts for nothing.
        accept: The value of the header ``Accept``.

    Returns:
        One of the formats; None where the client wants none of them.
    """
    offered = {type_: each for each in formats for type_ in (each.media_type, *each.media_types)}
    types = [*(each.media_type for each in formats), *offered]
    if "/" in named:
        found = preferred(named, types)
    else:
        found = next((each.media_type for each in formats if named and named.lower() in each.names), None)
    found = found or preferred(accept, types)
    return None if found is None else (offered[found], found)


def names(formats: Sequence[AnswerFormat]) -> str:
    """Short names and media types, to read."""
    return ", ".join(f"{each.name} ({each.media_type})" for each in formats)
