"""What IRIs are called."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["labels_of"]

_LABELS = """SELECT ?node (MIN(?label) AS ?first) WHERE {
  VALUES ?node { %s }
  GRAPH ?graph { ?node rdfs:label ?label }
} GROUP BY ?node"""


def labels_of(store: GraphStore, iris: Collection[str]) -> dict[str, str]:
    """The labels of some IRIs: the vocabulary's, else what a policy's graph says.

    Args:
        store: The graph.
        iris: The IRIs.

    Returns:
        Label by IRI; those that nobody names are left out.
    """
    from privagraph.ontology.vocabulary import vocabulary

    known = vocabulary()
    labels = {iri: known.label(iri) for iri in iris if iri in known}
    others = sorted(iri for iri in iris if iri not in labels)
    if others:
        said = store.query(_LABELS % " ".join(str(ox.NamedNode(iri)) for iri in others))
        assert isinstance(said, ox.QuerySolutions)  # it is a SELECT
        labels.update((node.value, label.value) for node, label in said)
    return labels
