"""Parts of the whole network: the practices that fit some filters, and what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from privagraph.queries.networks.filters import Filters
from privagraph.queries.networks.reading import read
from privagraph.queries.networks.whole import in_order, to_networkx
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["practices_of"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_ASIDE = frozenset({"source", "activity", "software", "decision", "person"})
"""Where a graph came from: no part of what a policy says."""
_BESIDES = frozenset({"dpv:hasDataController", "pg:operatedBy", "pg:kindOfService"})
"""What is told of policies and organisations beside their practices."""


def practices_of(store: GraphStore, filters: Filters, *, whole: bool = False) -> _Network:
    """The practices that fit, their policies and controllers, and all that the practices lead to.

    Args:
        store: The graph.
        filters: Which practices.
        whole: Whether what policies say outside practices, and where the graph came from, is in it too; only as long
            as no filter chooses practices by what they are about.

    Raises:
        GraphError: There is no such policy.
    """
    reading = read(store, filters, otherwise="both")
    kept = {row.iri for row in reading.rows}
    whole = whole and not filters.by_concept
    network = to_networkx(
        quad for policy in sorted(reading.policies) for quad in store.unsorted_quads(policy)
    )
    reached = kept.union(*(network.predecessors(each) for each in kept))
    reached.update(*(network.successors(each) for each in kept))
    part: _Network = network.__class__()
    for source, target, key, data in network.edges(keys=True, data=True):
        ends = {source, target}
        if any(network.nodes[end]["kind"] == "practice" and end not in kept for end in ends):
            continue
        if whole:
            stays = not data["polarity"] or filters.takes(data["polarity"], otherwise="both")
        else:
            stays = bool(ends & kept) or (source in reached and key in _BESIDES)
        if stays and not (not whole and any(network.nodes[end]["kind"] in _ASIDE for end in ends)):
            part.add_nodes_from((end, network.nodes[end]) for end in (source, target))
            part.add_edge(source, target, key, **data)
    return in_order(part)
