"""The whole network, or the part of it that filters leave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from privagraph.queries.networks.filters import Filters
from privagraph.queries.networks.reading import read
from privagraph.queries.networks.whole import in_order, to_networkx
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["whole_of"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_BESIDES = frozenset({"dpv:hasDataController", "pg:operatedBy", "pg:kindOfService"})
"""What is told of policies and organisations beside the practices that were asked for."""


def whole_of(store: GraphStore, filters: Filters) -> _Network:
    """Everything that a graph holds, or what is left of it.

    Args:
        store: The graph.
        filters: With a polarity, practices and mentions of the other one are left out. With data, a purpose or a
            recipient, the practices that fit are left, with their policies and all that they lead to.

    Raises:
        GraphError: There is no such policy.
    """
    if filters == Filters():
        return to_networkx(store)
    reading = read(store, replace(filters, all_versions=True), otherwise="both")
    network = to_networkx(quad for each in sorted(reading.policies) for quad in store.unsorted_quads(each))
    kept = {row.iri for row in reading.rows}
    near = kept.union(
        *(network.predecessors(each) for each in kept), *(network.successors(each) for each in kept)
    )
    part: _Network = network.__class__()
    for source, target, key, data in network.edges(keys=True, data=True):
        kinds = (network.nodes[end]["kind"] for end in (source, target))
        if any(
            kind == "practice" and end not in kept for end, kind in zip((source, target), kinds, strict=True)
        ):
            continue
        if filters.by_concept:
            stays = source in kept or target in kept or (source in near and key in _BESIDES)
        else:
            stays = not data["polarity"] or filters.takes(data["polarity"], otherwise="both")
        if stays:
            part.add_nodes_from((end, network.nodes[end]) for end in (source, target))
            part.add_edge(source, target, key, **data)
    return in_order(part)
