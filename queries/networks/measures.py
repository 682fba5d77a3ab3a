"""The usual measures of networks, for every node.

A measure is computed on the network that remains when parallel edges are joined into one, their weights added; what
several of them rest on counts once. Where a view has no direction (data, similarity) neither has the measure. Denied
edges count like any others, so leave them out of the network (``Filters(polarity="affirmed")``) unless the question is
about them.

The same network gives the same values: nodes are taken in the order of their names, and where chance is used it has a
seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.errors import QueryError

if TYPE_CHECKING:
    import networkx

__all__ = ["MEASURES", "Measure", "articulation_recipients", "measured", "with_measures"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_Simple: TypeAlias = "networkx.Graph[int]"
_Value: TypeAlias = int | float | bool

_SEED = 7
_SAMPLED_ABOVE = 2000
"""Of a network with more nodes betweenness is estimated from the paths of some of them, as U. Brandes and C. Pich do
(Centrality estimation in large networks, 2007)."""
_SAMPLE = 500
"""From how many."""
_ROUNDS = 100
"""The most rounds of PageRank."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of nodes.

    Attributes:
        name: What it is called; an attribute of nodes, too.
        says: What it says of a node, in a few words.
        of: Its values on a joined network.
    """

    name: str
    says: str
    of: Callable[[_Simple], Mapping[int, _Value]]


def measured(network: _Network, names: Collection[str] | None = None) -> dict[str, dict[str, _Value]]:
    """The values of measures.

    Args:
        network: A view.
        names: Some of :data:`MEASURES`; all of them when None.

    Returns:
        For each measure, in the order asked for, the value of each node.

    Raises:
        QueryError: There is no such measure.
    """
    chosen = list(MEASURES) if names is None else list(dict.fromkeys(names))
    for name in chosen:
        if name not in MEASURES:
            near = get_close_matches(name, MEASURES, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"choose some of {', '.join(MEASURES)}"
            raise QueryError(f"no measure {name!r}; {hint}")
    nodes = sorted(network)
    simple = _joined(network, nodes)
    found: dict[str, dict[str, _Value]] = {}
    for name in chosen:
        values = MEASURES[name].of(simple) if nodes else {}
        found[name] = {node: _plain(values[number]) for number, node in enumerate(nodes)}
    return found


def with_measures(network: _Network, names: Collection[str] | None = None) -> _Network:
    """A copy of a network with measures as attributes of its nodes, such as ``pagerank``.

    Args:
        network: A view.
        names: Some of :data:`MEASURES`; all of them when None.

    Raises:
        QueryError: There is no such measure.
    """
    copy: _Network = network.copy()
    for name, values in measured(network, names).items():
        for node, value in values.items():
            copy.nodes[node][name] = value
    return copy


def articulation_recipients(network: _Network) -> tuple[str, ...]:
    """The recipients without which the network falls into more parts than it has.

    Args:
        network: A view with recipients, such as ``flows`` or ``sharing``.

    Returns:
        Those that an edge leads to, in the order of the alphabet.
    """
    cuts = measured(network, ["articulation"])["articulation"]
    return tuple(node for node, cut in cuts.items() if cut and network.in_degree(node))


def _joined(network: _Network, nodes: Collection[str]) -> _Simple:
    """The network with one edge for all between two nodes.

    Its nodes are numbers in the order of the names: sets of numbers have the same order on every run, sets of texts do
    not, and some algorithms go through sets.
    """
    import networkx

    simple: _Simple = networkx.Graph() if network.graph.get("symmetric") else networkx.DiGraph()
    numbers = {node: number for number, node in enumerate(nodes)}
    simple.add_nodes_from(numbers.values())
    parallel = defaultdict[tuple[int, int], list[Mapping[str, Any]]](list)
    for source, target, data in network.edges(data=True):
        ends = numbers[source], numbers[target]
        parallel[(min(ends), max(ends)) if network.graph.get("symmetric") else ends].append(data)
    for ends in sorted(parallel):
        simple.add_edge(*ends, weight=_added(parallel[ends]))
    return simple


def _added(edges: Collection[Mapping[str, Any]]) -> float:
    """The weight of parallel edges together."""
    if len(edges) > 1 and all(edge["weight"] == len(edge["evidence"]) for edge in edges):
        return len({each.get("practice") or each["mention"] for edge in edges for each in edge["evidence"]})
    added: float = sum(edge["weight"] for edge in edges)
    return added


def _degree(network: _Simple) -> Mapping[int, _Value]:
    return dict(_undirected(network).degree())


def _strength(network: _Simple) -> Mapping[int, _Value]:
    return dict(network.degree(weight="weight"))


def _in_strength(network: _Simple) -> Mapping[int, _Value]:
    import networkx

    found = network.in_degree(weight="weight") if isinstance(network, networkx.DiGraph) else None
    return _strength(network) if found is None else dict(found)


def _out_strength(network: _Simple) -> Mapping[int, _Value]:
    import networkx

    found = network.out_degree(weight="weight") if isinstance(network, networkx.DiGraph) else None
    return _strength(network) if found is None else dict(found)


def _betweenness(network: _Simple) -> Mapping[int, _Value]:
    import networkx

    sample = _SAMPLE if len(network) > _SAMPLED_ABOVE else None
    found: Mapping[int, _Value] = networkx.betweenness_centrality(network, k=sample, seed=_SEED)
    return found


def _pagerank(network: _Simple) -> Mapping[int, _Value]:
    """PageRank by power iteration (L. Page and others, The PageRank Citation Ranking, 1999), damping 0.85.

    What networkx has for it needs SciPy, which is larger than all that this program needs besides.
    """
    import numpy as np

    count = network.number_of_nodes()
    edges = [(source, target, weight) for source, target, weight in network.edges(data="weight", default=1)]
    if not network.is_directed():
        edges += [(target, source, weight) for source, target, weight in edges if source != target]
    sources, targets = (np.array([edge[end] for edge in edges], dtype=int) for end in (0, 1))
    weights = np.array([edge[2] for edge in edges], dtype=float)
    given = np.bincount(sources, weights, count)
    shares = weights / given[sources]
    ranks = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        kept = ranks[given == 0].sum()  # what is not handed on goes to all alike
        new = 0.85 * (np.bincount(targets, ranks[sources] * shares, count) + kept / count) + 0.15 / count
        done = np.abs(new - ranks).sum() < count * 1e-6
        ranks = new
        if done:
            break
    return {number: float(rank) for number, rank in enumerate(ranks)}


def _community(network: _Simple) -> Mapping[int, _Value]:
    import networkx

    parts = networkx.community.louvain_communities(_undirected(network), weight="weight", seed=_SEED)
    ordered = sorted(parts, key=lambda part: (-len(part), min(part)))
    return {node: number for number, part in enumerate(ordered, start=1) for node in part}


def _clustering(network: _Simple) -> Mapping[int, _Value]:
    import networkx

    found: Any = networkx.clustering(_undirected(network))  # a mapping, where no node is named
    return dict(found)


def _articulation(network: _Simple) -> Mapping[int, _Value]:
    import networkx

    cuts = set(networkx.articulation_points(_undirected(network)))
    return {node: node in cuts for node in network}


def _undirected(network: _Simple) -> networkx.Graph[int]:
    """The network without directions or loops; the weights of an edge and its opposite are added."""
    import networkx

    plain: networkx.Graph[int] = networkx.Graph()
    plain.add_nodes_from(sorted(network))
    for source, target, data in network.edges(data=True):
        if source != target:
            before = plain.get_edge_data(source, target, {}).get("weight", 0)
            plain.add_edge(source, target, weight=before + data["weight"])
    return plain


def _plain(value: _Value) -> _Value:
    return round(value, _DIGITS) if isinstance(value, float) else value


MEASURES: Mapping[str, Measure] = {
    each.name: each
    for each in (
        Measure("degree", "how many others it is joined to", _degree),
        Measure("strength", "the weights of all its edges, added", _strength),
        Measure("in_strength", "the weights of the edges that lead to it, added", _in_strength),
        Measure("out_strength", "the weights of the edges that leave it, added", _out_strength),
        Measure(
            "betweenness", "how many shortest paths between others lead through it, as a share", _betweenness
        ),
        Measure("pagerank", "how much ends up with it when it is handed on along the edges", _pagerank),
        Measure(
            "community", "the group of nodes that are joined more among themselves, by number", _community
        ),
        Measure(
            "clustering",
            "how many of those it is joined to are joined to each other, as a share",
            _clustering,
        ),
        Measure("articulation", "whether the network falls apart without it", _articulation),
    )
}
"""The measures, by name. Sources: the reference of networkx, https://networkx.org/documentation/stable/reference/."""
