"""The graph in the RDF formats without named graphs that only other tools read: N-Triples and RDF/XML.

All policies are merged into one graph, as in Turtle. XML holds fewer characters than RDF does: those that it forbids
become U+FFFD, one for one, so that offsets still count the same.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.drawing.text import NOT_XML
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source
from privagraph.queries.formats import serialized, sorted_quads

__all__ = ["write_ntriples", "write_rdfxml"]

_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")
"""How an IRI has to end to be the name of an XML element (https://www.w3.org/TR/rdf-syntax-grammar/#section-Serialising)."""


def write_ntriples(source: Source, output: Output) -> Written:
    """Write one triple a line (https://www.w3.org/TR/n-triples/)."""
    with output.open() as stream:
        stream.write(serialized(_merged(source), ox.RdfFormat.N_TRIPLES))
    return Written()


def write_rdfxml(source: Source, output: Output) -> Written:
    """Write RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/).

    Raises:
        GraphError: A property's IRI cannot be the name of an XML element.
    """
    replaced = 0
    triples = []
    for triple in _merged(source):
        if not _XML_NAME.search(triple.predicate.value):
            raise GraphError(
                str(output.path),
                f"the property {triple.predicate.value} has no name in RDF/XML",
                "export to turtle or ntriples",
            )
        if isinstance(triple.object, ox.Literal) and NOT_XML.search(triple.object.value):
            replaced += 1
            triple = ox.Triple(triple.subject, triple.predicate, _for_xml(triple.object))
        triples.append(triple)
    text = serialized(triples, ox.RdfFormat.RDF_XML, prefixes=dict(sorted(PREFIXES.items())))
    with output.open() as stream:
        stream.write(text.replace(b"\r", b"&#13;") + b"\n")  # an XML reader takes a bare one for a line end
    note = f"Characters that XML forbids became U+FFFD in {replaced} values."
    return Written(notes=(note,) if replaced else ())


def _merged(source: Source) -> list[ox.Triple]:
    return [quad.triple for quad in sorted_quads({ox.Quad(*quad.triple) for quad in source.quads})]


def _for_xml(literal: ox.Literal) -> ox.Literal:
    text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", literal.value)
    if literal.language is not None:
        return ox.Literal(text, language=literal.language)
    return ox.Literal(text, datatype=literal.datatype)
