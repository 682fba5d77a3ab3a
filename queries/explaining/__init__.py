"""One node of a graph, told to a person: its words, what they say, how that was found, how sure it is, what follows.

What is told is in the graph and in the vocabulary; nothing is inferred but what is broader than a concept.
"""

from __future__ import annotations

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import PREFIXES
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.explaining.asking import rows_about
from privagraph.queries.explaining.policy_nodes import PolicyNode
from privagraph.queries.explaining.shared_nodes import concept, shared
from privagraph.queries.explaining.values import Explanation, Fact, Words
from privagraph.queries.store import GraphStore

__all__ = ["Explanation", "Fact", "Words", "explain"]


def explain(store: GraphStore, name: str) -> Explanation:
    """Explain a node of a graph.

    Args:
        store: The graph.
        name: Its IRI, a CURIE, or the end of its IRI from a slash on, such as ``practice/0123456789abcdef``.

    Returns:
        What is known of it.

    Raises:
        GraphError: The graph and the vocabulary know no such node, or several nodes end so.
    """
    iri = _resolved(store, name)
    graphs = sorted(
        row["graph"].value for row in rows_about(store, iri, "graph", "GRAPH ?graph { ?node ?p ?o }")
    )
    policies = [each for each in graphs if iri == each or iri.startswith(f"{each}/")]
    if policies:
        return PolicyNode(store, policies[0], iri).explained()
    if iri in vocabulary():
        return concept(store, iri)
    return shared(store, iri)


def _resolved(store: GraphStore, name: str) -> str:
    """The IRI that a person means."""
    asked = name.strip().removeprefix("<").removesuffix(">")
    if asked.partition(":")[0] in PREFIXES:
        return vocabulary().iri(asked)
    if "://" in asked or asked.startswith("urn:"):
        found = [asked] if asked in vocabulary() or _is_known(store, asked) else []
    else:
        tail = "/" + asked.removeprefix("…").removeprefix("...").strip("/")
        text = "SELECT DISTINCT ?node ?tail { GRAPH ?g { ?node a ?type } FILTER(STRENDS(STR(?node), ?tail)) }"
        rows = store.query(text, bindings={"tail": ox.Literal(tail)})
        assert isinstance(rows, ox.QuerySolutions)  # a SELECT query has no other answer
        found = sorted(row["node"].value for row in rows if isinstance(row["node"], ox.NamedNode))
    if len(found) > 1:
        raise GraphError(
            store.location,
            f"holds {len(found)} nodes whose names end in {asked!r}",
            f"name one: {' '.join(found[:4])}",
        )
    if not found:
        raise GraphError(
            store.location,
            f"knows no node {name!r}",
            "give an IRI from the answer of a query, such as `privagraph query practices --format csv`",
        )
    return found[0]


def _is_known(store: GraphStore, iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:  # no IRI at all, so no node
        return False
    return bool(rows_about(store, iri, "p", "GRAPH ?g { ?node ?p ?o }"))
