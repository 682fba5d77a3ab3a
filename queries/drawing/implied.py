"""Edges of a picture of practices that something else in it shows already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import networkx

__all__ = ["ORIGIN", "controllers", "implied"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_BY_FRAME = frozenset({"dpv:hasProcess", "pg:deniesPractice"})
_BY_LABEL = frozenset({"dpv:hasProcessing", "pg:processing"})
_CONTROLLER = "dpv:hasDataController"
_ONLY_WHERE_NEW = frozenset({"data", "source", "subject", "purpose", "recipient", "basis"})
"""Groups that a policy's own edges need not show again once a practice does."""
ORIGIN = frozenset({"activity", "software", "source"})
"""Kinds of nodes that say where a graph came from."""


def controllers(network: _Network) -> dict[str, str]:
    """The controller of each policy: who does most of what it says, or whom it names where practices say nothing.

    Args:
        network: A network with practices.
    """
    kinds = {node: str(data["kind"]) for node, data in network.nodes(data=True)}
    home = {
        end: node for node, end in network.edges() if kinds[node] == "policy" and kinds[end] == "practice"
    }
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for source, target, key in network.edges(keys=True):
        if key == _CONTROLLER and kinds[source] in ("policy", "practice"):
            counts[source if kinds[source] == "policy" else home.get(source, "")][target] += 1
    return {
        policy: min(found, key=lambda each: (-found[each], each))
        for policy, found in sorted(counts.items())
        if policy
    }


def implied(network: _Network, groups: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """The edges, by their ends and keys.

    The frame of a policy shows its practices and its controller, the label of a practice what is done, and a practice
    what its policy says besides.

    Args:
        network: A network with practices.
        groups: The group of each node.
    """
    kinds = {node: str(data["kind"]) for node, data in network.nodes(data=True)}
    home = {
        end: node for node, end in network.edges() if kinds[node] == "policy" and kinds[end] == "practice"
    }
    responsible = controllers(network)
    by_practice = {target for source, target in network.edges() if kinds[source] == "practice"}
    found: set[tuple[str, str, str]] = set()
    for source, target, key in network.edges(keys=True):
        if kinds[source] == "policy":
            again = target in by_practice and groups[target] in _ONLY_WHERE_NEW and key != _CONTROLLER
        else:
            again = key == _CONTROLLER and target == responsible.get(home.get(source, ""))
        if again or key in _BY_FRAME | _BY_LABEL or {kinds[source], kinds[target]} & ORIGIN:
            found.add((source, target, key))
    return found
