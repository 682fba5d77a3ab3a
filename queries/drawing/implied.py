"""Edges of a picture of practices that something else in it shows already."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from privagraph.queries.drawing.looks import PROVENANCE

if TYPE_CHECKING:
    import networkx

__all__ = ["ONLY_WHERE_NEW", "implied"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_BY_FRAME = frozenset({"dpv:hasProcess", "pg:deniesPractice"})
_BY_LABEL = frozenset({"dpv:hasProcessing", "pg:processing"})
_CONTROLLER = "dpv:hasDataController"
ONLY_WHERE_NEW = frozenset({"data", "source", "subject", "purpose", "recipient", "basis"})
"""Groups that a policy's own edges need not show again once a practice does."""
_UNDRAWN_KINDS = PROVENANCE - {"decision", "person"}


def implied(network: _Network, groups: dict[str, str]) -> set[tuple[str, str, str]]:
    """The edges, by their ends and keys: the frame of a policy shows its practices, the label what is done.

    Args:
        network: A network with practices.
        groups: The group of each node.
    """
    kinds = dict(network.nodes(data="kind"))
    by_practice = {target for source, target in network.edges() if kinds[source] == "practice"}
    controllers = {
        target
        for source, target, key in network.edges(keys=True)
        if kinds[source] == "policy" and key == _CONTROLLER
    }
    found: set[tuple[str, str, str]] = set()
    for source, target, key in network.edges(keys=True):
        of_policy = kinds[source] == "policy"
        if (
            key in _BY_FRAME | _BY_LABEL
            or {kinds[source], kinds[target]} & _UNDRAWN_KINDS
            or (kinds[source] == "practice" and key == _CONTROLLER and target in controllers)
            or (
                of_policy
                and groups[target] in ONLY_WHERE_NEW
                and target in by_practice
                and key != _CONTROLLER
            )
        ):
            found.add((source, target, key))
    return found
