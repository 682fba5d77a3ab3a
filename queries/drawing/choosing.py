"""What of a large network a picture shows: as much as can be told apart, and a note on the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import networkx

__all__ = ["chosen", "strongest"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_EDGES = 3
"""Edges for each node, where nearly everything is joined with everything: more are a ball of wool."""


def chosen(network: _Network, most: int) -> tuple[_Network, tuple[str, ...]]:
    """A network with no more nodes than asked for, and what is to be said of those that are left out.

    With practices in it, whole policies stay, the first ones; of a policy that is too large itself, and of any other
    network, the nodes with the most neighbours.

    Args:
        network: The network.
        most: How many nodes may stay.
    """
    if len(network) <= most:
        return network, ()
    kept, policies = _whole_policies(network, most)
    if not kept:
        kept = _most_joined(network, policies or network, most)
    total, note = len(network), "those with the most neighbours"
    if policies:
        of = [node for node, data in network.nodes(data=True) if data["kind"] == "policy"]
        shown = [policy for policy in of if policy in kept]
        if len(shown) < len(of):
            note = f"{len(shown)} of {len(of)} policies"
            if len(policies) > most:
                note += ", and what is most joined in it"
    left = f"Shown are {len(kept):,} of {total:,} nodes: {note}. The others are left out."
    return network.subgraph(sorted(kept)).copy(), (left,)


def strongest(network: _Network) -> tuple[_Network, tuple[str, ...]]:
    """A network without direction, with the strongest edges alone where it has too many to tell apart.

    Each node keeps its strongest edges, as many for each as there is room for.

    Args:
        network: A view without direction.
    """
    edges = [
        (one, other, key, data["weight"]) for one, other, key, data in network.edges(keys=True, data=True)
    ]
    room = _EDGES * len(network)
    if len(edges) <= room:
        return network, ()
    by_node: dict[str, list[tuple[float, tuple[str, str, str]]]] = {node: [] for node in network}
    for one, other, key, weight in edges:
        by_node[one].append((-weight, (one, other, key)))
        by_node[other].append((-weight, (one, other, key)))
    ranked = [sorted(found) for found in by_node.values()]
    kept: set[tuple[str, str, str]] = set()
    for rank in range(max(map(len, ranked))):
        more = {found[rank][1] for found in ranked if rank < len(found)}
        if kept and len(kept | more) > room:
            break
        kept |= more
    made = network.copy()
    made.remove_edges_from(
        [(one, other, key) for one, other, key, _ in edges if (one, other, key) not in kept]
    )
    return made, (f"Shown are the {len(kept):,} strongest of {len(edges):,} edges.",)


def _whole_policies(network: _Network, most: int) -> tuple[set[str], set[str]]:
    """As many policies with all that belongs to them as there is room for, and the first one's nodes."""
    kinds = {node: str(data["kind"]) for node, data in network.nodes(data=True)}
    if "practice" not in kinds.values():
        return set(), set()
    kept: set[str] = set()
    first: set[str] = set()
    for policy in (node for node, kind in kinds.items() if kind == "policy"):
        practices = {node for node in network.successors(policy) if kinds[node] == "practice"}
        own = {
            policy,
            *practices,
            *(end for node in (policy, *practices) for end in network.successors(node)),
        }
        own |= {end for node in own for end in network.successors(node) if kinds[node] == "agent"}
        first = first or own
        if len(kept | own) > most:
            break
        kept |= own
    return kept, first


def _most_joined(network: _Network, among: Iterable[str], most: int) -> set[str]:
    """Nodes with the most neighbours; where practices are told, policies before all."""
    near = Counter(
        {node: len(set(network.successors(node)) | set(network.predecessors(node))) for node in among}
    )
    kinds = {node: str(data["kind"]) for node, data in network.nodes(data=True)}
    first = {"policy"} if "practice" in kinds.values() else set()
    order = sorted(near, key=lambda node: (kinds[node] not in first, -near[node], node))
    return set(order[:most])
