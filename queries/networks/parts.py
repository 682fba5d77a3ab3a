"""Parts of the whole network: the practices that fit some filters, and what they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from privagraph.queries.networks.filters import Filters, is_or_is_under
from privagraph.queries.networks.whole import in_order, to_networkx
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["practices_of"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_ROLES = {"data": "data_category", "purpose": "purpose", "recipient": "recipient"}
"""The filters on what a practice is about, and the roles of the words that say it."""
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
    network = to_networkx(_quads(store, filters.policies))
    whole = whole and not filters.by_concept
    kept = {
        node
        for node, data in network.nodes(data=True)
        if data["kind"] == "practice" and _fits(network, node, filters)
    }
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


def _quads(store: GraphStore, policies: Iterable[str]) -> Iterator[ox.Quad]:
    chosen = sorted(set(policies))
    if not chosen:
        return store.quads()
    return chain.from_iterable(store.quads(policy) for policy in chosen)


def _fits(network: _Network, practice: str, filters: Filters) -> bool:
    """Whether a practice is of the polarity, and about what was asked for."""
    if not filters.takes(network.nodes[practice].get("polarity", "affirmed"), otherwise="both"):
        return False
    about = [
        (record["role"], end)
        for _, target, data in network.out_edges(practice, data=True)
        for record in data["evidence"]
        for end in {target, record.get("concept", target)}
    ]
    return all(
        wanted is None or any(role == each and is_or_is_under(end, wanted) for each, end in about)
        for name, role in _ROLES.items()
        for wanted in (getattr(filters, name),)
    )
