"""Which formats there are to export to, and where their writers are.

A format is one line here. Its writer is the function ``write(source, output) -> Written`` of the module that the line
names, or another function of it after a colon; the module is imported when it is needed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from privagraph.queries.export.output import Output, Written
    from privagraph.queries.export.source import Source

    Writer: TypeAlias = Callable[[Source, Output], Written]

__all__ = ["FORMATS", "Format", "Kind"]


class Kind(StrEnum):
    """What a format holds."""

    RDF = "rdf"
    """The quads of the graph as they are."""
    NETWORK = "network"
    """A view of the graph as nodes and edges."""
    PICTURE = "picture"
    """A view of the graph, drawn."""
    TABLES = "tables"
    """Rows and columns."""
    DOCUMENT = "document"
    """What another standard can say of a policy."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export to.

    Attributes:
        name: What it is called on the command line.
        kind: What it holds.
        files: The names that its files get in a folder; the first is the one that is written where a file was asked
            for, and its extension is the format's.
        purpose: Who reads it, in a line without a full stop.
        writer: Its module in this package, or ``module:function`` where the function is not called ``write``.
        folder: Whether it is always a folder of several files, so that no pipe can take it.
    """

    name: str
    kind: Kind
    files: tuple[str, ...]
    purpose: str
    writer: str
    folder: bool = False

    @property
    def extension(self) -> str:
        """The end of the name of its (first) file, with the dot."""
        return "." + self.files[0].rpartition(".")[2]

    @property
    def of_view(self) -> bool:
        """Whether it holds a view of the graph, drawn or not."""
        return self.kind in (Kind.NETWORK, Kind.PICTURE)

    def load(self) -> Writer:
        """The function that writes it."""
        module, _, function = self.writer.partition(":")
        found: Writer = getattr(importlib.import_module(f"{__package__}.{module}"), function or "write")
        return found


_NETWORK, _RDF, _TABLES, _DOCUMENT = Kind.NETWORK, Kind.RDF, Kind.TABLES, Kind.DOCUMENT
_PICTURE = Kind.PICTURE
_CYTOSCAPE = ("graph.cyjs", "styles.xml", "styles.json")
_NEO4J = ("nodes.csv", "relationships.csv")

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "svg", _PICTURE, ("graph.svg",), "a picture for pages, slides and print", "pictures:write_svg"
        ),
        Format("png", _PICTURE, ("graph.png",), "the same picture in pixels", "pictures:write_png"),
        Format(
            "html",
            _PICTURE,
            ("graph.html",),
            "a page to explore it in, without a server",
            "pictures:write_html",
        ),
        Format("graphml", _NETWORK, ("graph.graphml",), "yEd, Cytoscape, Gephi, igraph, networkx", "graphml"),
        Format("gexf", _NETWORK, ("graph.gexf",), "Gephi", "graphml:write_gexf"),
        Format("dot", _NETWORK, ("graph.dot",), "Graphviz, a picture: `dot -Tsvg graph.dot`", "dot"),
        Format("gml", _NETWORK, ("graph.gml",), "igraph, yEd, Cytoscape", "gml"),
        Format("cytoscape", _NETWORK, _CYTOSCAPE, "Cytoscape and cytoscape.js, with a style", "cytoscape"),
        Format("mermaid", _NETWORK, ("graph.mmd",), "Markdown pages and wikis, a flowchart", "mermaid"),
        Format("d3", _NETWORK, ("graph.json",), "D3 and networkx, as node-link JSON", "node_link"),
        Format("neo4j", _NETWORK, _NEO4J, "Neo4j's importer, as CSV; a folder", "neo4j", folder=True),
        Format("cypher", _NETWORK, ("graph.cypher",), "Neo4j and others, as a script", "cypher"),
        Format("turtle", _RDF, ("graph.ttl",), "RDF, all policies in one graph", "rdf"),
        Format("trig", _RDF, ("graph.trig",), "RDF, a named graph for each policy", "rdf"),
        Format("nquads", _RDF, ("graph.nq",), "RDF, a statement with its graph on each line", "rdf"),
        Format("jsonld", _RDF, ("graph.jsonld",), "RDF as JSON, a named graph for each policy", "rdf"),
        Format(
            "jsonld-tree", _RDF, ("graph.jsonld",), "RDF as JSON, each policy a tree of practices", "tree"
        ),
        Format(
            "jsonld-linked",
            _RDF,
            ("graph.jsonld",),
            "the same, with the IRI of its context in the context's place",
            "tree:write_linked",
        ),
        Format("ntriples", _RDF, ("graph.nt",), "RDF, a triple on each line", "triples:write_ntriples"),
        Format("rdfxml", _RDF, ("graph.rdf",), "RDF as XML", "triples:write_rdfxml"),
        Format("csv", _TABLES, ("practices.csv", "mentions.csv"), "spreadsheets", "csv_tables"),
        Format(
            "csv-plain",
            _TABLES,
            ("practices.csv", "mentions.csv"),
            "programs: CSV with every text as it is",
            "csv_tables:write_plain",
        ),
        Format(
            "parquet",
            _TABLES,
            ("practices.parquet", "mentions.parquet"),
            "data frames: Polars, pandas, DuckDB, R",
            "parquet_tables",
        ),
        Format(
            "tilt",
            _DOCUMENT,
            ("policies.tilt.json",),
            "readers of TILT, the Transparency Information Language",
            "tilt",
        ),
        Format("odrl", _DOCUMENT, ("policies.odrl.jsonld",), "readers of ODRL 2.2, rules as JSON-LD", "odrl"),
    )
}
"""The formats by their names, in the order in which they are shown."""
