"""The graph as an rdflib dataset, for tools that work with rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier

__all__ = ["to_dataset"]


def to_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Quads as an rdflib dataset, whose default graph is the union of all graphs.

    Terms are made directly: writing and parsing a file takes some ten times as long.

    Args:
        quads: The quads.

    Returns:
        A dataset of one's own; changes to it do not reach the graph that it came from.
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for prefix, space in PREFIXES.items():
        dataset.bind(prefix, space, replace=True)
    graphs: dict[object, rdflib.Graph] = {}
    for quad in quads:
        graph = graphs.get(quad.graph_name)
        if graph is None:
            named = not isinstance(quad.graph_name, ox.DefaultGraph)
            graph = dataset.graph(_term(quad.graph_name)) if named else dataset.default_graph
            graphs[quad.graph_name] = graph
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return dataset


@lru_cache(maxsize=65536)
def _term(term: object) -> Identifier:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == PREFIXES["xsd"] + "string"
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    raise TypeError(f"no term of RDF 1.1: {term}")
