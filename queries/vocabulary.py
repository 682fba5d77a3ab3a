"""The graph of the vocabulary: labels and hierarchy of the concepts, so that a query can walk up to broader ones."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Quad

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand

__all__ = ["version_quad", "vocabulary_graph"]


@cache
def version_quad() -> Quad:
    """What tells the graph of one release of the vocabulary from another: a hash over its files."""
    from privagraph.ontology.vocabulary import DPV_RELEASE, FILES

    digest = hashlib.sha256()
    for name in FILES:
        digest.update((files("privagraph.ontology") / name).read_bytes())
    graph = NamedNode(VOCABULARY_GRAPH)
    version = Literal(f"DPV {DPV_RELEASE}, files {digest.hexdigest()[:16]}")
    return Quad(graph, NamedNode(expand("owl:versionInfo")), version, graph)


def vocabulary_graph() -> set[Quad]:
    """All quads of the vocabulary of this release."""
    from privagraph.ontology.vocabulary import vocabulary_quads

    return {version_quad(), *vocabulary_quads()}
