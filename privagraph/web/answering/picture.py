"""An answer as a graph: triples as they are, or the IRIs of rows, each joined with the first of its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from privagraph.ontology.namespaces import compact, expand

if TYPE_CHECKING:
    import networkx

    from privagraph.queries.store import GraphStore

__all__ = ["picture_of_text"]

_MOST = 250
"""Nodes of a picture."""
_READ = 5_000
"""Triples or rows that are looked at."""
_ABOUT = tuple(map(expand, ("rdf:type", "rdfs:label", "pg:polarity", "pg:modality")))
_SAID = """SELECT ?node ?property ?value WHERE {
  VALUES ?node { %s } VALUES ?property { %s }
  GRAPH ?graph { ?node ?property ?value }
}"""

_Edge = tuple[str, str, str]


def picture_of_text(store: GraphStore, text: str) -> dict[str, Any]:
    """The picture of an answer, as ``drawGraph`` of ``graph.js`` takes it.

    Args:
        store: The graph.
        text: The query.

    Raises:
        QueryError: The text cannot be asked.
    """
    from privagraph.queries.drawing import scene
    from privagraph.queries.running import results

    said = results(store, text)
    edges: list[_Edge] = []
    literals: list[tuple[str, str, str]] = []
    if isinstance(said, ox.QueryTriples):
        for triple in sorted(set(islice(said, _READ)), key=str):
            if isinstance(triple.object, ox.Literal):
                literals.append((_name(triple.subject), triple.predicate.value, triple.object.value))
            else:
                edges.append((_name(triple.subject), triple.predicate.value, _name(triple.object)))
    elif isinstance(said, ox.QuerySolutions):
        names = [variable.value for variable in said.variables]
        for row in islice(said, _READ):
            edges += _of_row(names, row)
    more = not isinstance(said, ox.QueryBoolean) and next(iter(said), None) is not None
    made = scene(_network(store, edges, literals), title="The answer as a graph", most=_MOST).as_json()
    if more:
        made["notes"] = [*made["notes"], f"Only the first {_READ:,} rows or triples are looked at."]
    return made


def _of_row(names: list[str], row: Iterable[object]) -> Iterator[_Edge]:
    """The first IRI of a row with each of the others; the name of the column says how."""
    nodes = [
        (name, term.value) for name, term in zip(names, row, strict=True) if isinstance(term, ox.NamedNode)
    ]
    if len(nodes) == 1:
        yield nodes[0][1], "", ""
    for name, other in nodes[1:]:
        if other != nodes[0][1]:
            yield nodes[0][1], name, other


def _network(
    store: GraphStore, edges: list[_Edge], literals: list[tuple[str, str, str]]
) -> networkx.MultiDiGraph[str]:
    """The edges as a network, its nodes with what the graph says of them."""
    from privagraph.queries.networks import to_networkx
    from privagraph.queries.networks.whole import in_order, readable

    nodes = dict.fromkeys(node for source, _, target in edges for node in (source, target) if node)
    nodes |= dict.fromkeys(source for source, *_ in literals)
    known = to_networkx(_said_of(store, nodes))
    network = known.copy()
    for node in nodes:
        if node not in network:
            short = compact(node)
            network.add_node(
                node, label=short if short != node else _end(node), kind="node", types=[], policies=[]
            )
    for subject, property_, text in literals:
        network.nodes[subject].setdefault(compact(property_), text)
    for source, property_, target in edges:
        if not target:
            continue
        key = compact(property_)
        if network.has_edge(source, target, key):
            network.edges[source, target, key]["weight"] += 1
            continue
        network.add_edge(
            source,
            target,
            key,
            property=property_ if ":" in property_ else "",
            label=readable(property_) if ":" in property_ else property_.replace("_", " "),
            polarity=network.nodes[source].get("polarity", ""),
            policies=[],
            evidence=[],
            quotes=[],
            weight=1,
        )
    return in_order(network)


def _said_of(store: GraphStore, nodes: Iterable[str]) -> list[ox.Quad]:
    """Types, labels and polarities of nodes; what a mention or a span is stays untold, so that it is a node here."""
    from privagraph.web.answering.labels import labels_of

    named = [node for node in nodes if not node.startswith("_:")]
    if not named:
        return []
    values = (" ".join(str(ox.NamedNode(each)) for each in group) for group in (named, _ABOUT))
    said = store.query(_SAID % tuple(values))
    assert isinstance(said, ox.QuerySolutions)  # it is a SELECT
    home = ox.NamedNode(expand("pg:"))
    quads = [
        ox.Quad(node, property_, value, home)
        for node, property_, value in said
        if not (isinstance(value, ox.NamedNode) and value.value in _MACHINERY)
    ]
    label = ox.NamedNode(expand("rdfs:label"))
    for iri, text in sorted(labels_of(store, named).items()):
        quads.append(ox.Quad(ox.NamedNode(iri), label, ox.Literal(text), home))
    return quads


_MACHINERY = frozenset(
    map(
        expand,
        (
            "pg:Mention",
            "oa:Annotation",
            "oa:SpecificResource",
            "oa:TextPositionSelector",
            "oa:TextQuoteSelector",
        ),
    )
)


def _name(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _end(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
