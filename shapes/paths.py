"""Property paths: as RDF, which SHACL has (section 2.3.1), and as SPARQL writes them, which people can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privagraph.ontology.namespaces import compact

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["written_path"]


def written_path(graph: rdflib.Graph, node: Node) -> str:
    """A property path as SPARQL writes it.

    Args:
        graph: What describes the path.
        node: The path: a property, or the blank node that stands for more than one.

    Returns:
        The IRI of the property, or a path of CURIEs such as ``^pg:hasDecision``.
    """
    from rdflib import SH, URIRef
    from rdflib.collection import Collection as RdfList

    def written(each: Node) -> str:
        if isinstance(each, URIRef):
            return compact(str(each))
        forms = (
            (SH.inversePath, "^{}"),
            (SH.zeroOrMorePath, "{}*"),
            (SH.oneOrMorePath, "{}+"),
            (SH.zeroOrOnePath, "{}?"),
        )
        for kind, form in forms:
            inner = graph.value(each, kind)
            if inner is not None:
                return form.format(written(inner))
        choice = graph.value(each, SH.alternativePath)
        members = RdfList(graph, each if choice is None else choice)
        return f"({('/' if choice is None else '|').join(written(member) for member in members)})"

    return str(node) if isinstance(node, URIRef) else written(node)
