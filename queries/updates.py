"""Steps of SPARQL 1.1 Update that put new quads in the place of others (https://www.w3.org/TR/sparql11-update/)."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat

from privagraph.queries.formats import serialized

__all__ = ["data", "replacement"]


def replacement(graph: NamedNode, old: set[Quad], new: set[Quad]) -> list[str]:
    """The steps that put new quads in the place of a graph's old ones; none where they are the same.

    Args:
        graph: The graph.
        old: What stands in it.
        new: What should.
    """
    if old == new:
        return []
    gone, come = old - new, new - old
    remove = f"DELETE DATA {data(gone, graph)}"
    if any(isinstance(term, BlankNode) for quad in gone for term in (quad.subject, quad.object)):
        remove, come = f"CLEAR GRAPH {graph}", new  # a blank node cannot be named in DELETE DATA
    return [remove, f"INSERT DATA {data(come, graph)}"]


def data(quads: Iterable[Quad], graph: object) -> str:
    """Quads as the data of an update.

    Args:
        quads: The quads.
        graph: The graph that they are put into, or taken from.
    """
    triples = serialized((quad.triple for quad in quads), RdfFormat.N_TRIPLES).decode()
    return f"{{ GRAPH {graph} {{ {triples} }} }}"
