"""The graph of the vocabulary: labels and hierarchy of the concepts, so that a query can walk up to broader ones."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Quad

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand

__all__ = ["version_quad", "vocabulary_graph"]


def version_quad() -> Quad:
    """What tells the graph of one release of the vocabulary from that of another."""
    graph = NamedNode(VOCABULARY_GRAPH)
    return Quad(graph, NamedNode(expand("owl:versionInfo")), Literal(_version()), graph)


def vocabulary_graph() -> set[Quad]:
    """All quads of the vocabulary of this release."""
    from privagraph.ontology.vocabulary import vocabulary_quads

    return {version_quad(), *vocabulary_quads()}


def _version() -> str:
    """The release of DPV, and a hash over the files that hold it and what we add."""
    from privagraph.ontology.vocabulary import DPV_RELEASE, FILES

    digest = hashlib.sha256()
    for name in FILES:
        digest.update((files("privagraph.ontology") / name).read_bytes())
    return f"DPV {DPV_RELEASE}, files {digest.hexdigest()[:16]}"
