"""An answer as a graph: triples as they are; or the IRIs of each row, joined as the graph joins them.

An IRI of a row that the graph joins with no other one of the row is joined with the row's first, under the name of its
column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, permutations
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from privagraph.ontology.namespaces import compact, expand

if TYPE_CHECKING:
    import networkx

    from privagraph.queries.store import GraphStore

__all__ = ["picture_of_text"]

_MOST = 250
"""Nodes of a picture."""
_READ = 2_000
"""Triples or rows that are looked at."""
_PAIRS = 3_000
"""Pairs of IRIs that are looked up."""
_ABOUT = tuple(map(expand, ("rdf:type", "rdfs:label", "pg:polarity", "pg:modality")))
_SAID = """SELECT ?node ?property ?value WHERE {
  VALUES ?node { %s } VALUES ?property { %s }
  GRAPH ?graph { ?node ?property ?value }
}"""
_BETWEEN = """SELECT DISTINCT ?one ?property ?other WHERE {
  VALUES (?one ?other) { %s }
  GRAPH ?graph { ?one ?property ?other }
} ORDER BY ?one ?other ?property"""

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
        edges += _of_rows(store, [_iris(names, row) for row in islice(said, _READ)])
    more = not isinstance(said, ox.QueryBoolean) and next(iter(said), None) is not None
    made = scene(_network(store, edges, literals), title="The answer as a graph", most=_MOST).as_json()
    if more:
        made["notes"] = [*made["notes"], f"Only the first {_READ:,} rows or triples are looked at."]
    return made


def _iris(names: list[str], row: Iterable[object]) -> list[tuple[str, str]]:
    """The IRIs of a row, each with the name of its column."""
    return [
        (name, term.value) for name, term in zip(names, row, strict=True) if isinstance(term, ox.NamedNode)
    ]


def _of_rows(store: GraphStore, rows: list[list[tuple[str, str]]]) -> Iterator[_Edge]:
    joined = _joined(store, rows)
    for row in rows:
        nodes = list(dict.fromkeys(node for _, node in row))
        found = [
            (one, said, other)
            for one, other in permutations(nodes, 2)
            for said in joined.get((one, other), ())
        ]
        yield from found
        reached = {end for one, _, other in found for end in (one, other)}
        for name, node in row[1:]:
            if node not in reached and node != row[0][1]:
                yield row[0][1], name, node
        if len(nodes) == 1:
            yield nodes[0], "", ""


def _joined(store: GraphStore, rows: list[list[tuple[str, str]]]) -> dict[tuple[str, str], list[str]]:
    """The properties by which the graph joins two IRIs of a row, by these two."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for pair in permutations(dict.fromkeys(node for _, node in row), 2):
            if len(pairs) < _PAIRS:
                pairs.setdefault(pair, [])
    if pairs:
        values = " ".join(f"({ox.NamedNode(one)} {ox.NamedNode(other)})" for one, other in pairs)
        said = store.query(_BETWEEN % values)
        assert isinstance(said, ox.QuerySolutions)  # it is a SELECT
        for one, property_, other in said:
            pairs[one.value, other.value].append(property_.value)
    return pairs


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
