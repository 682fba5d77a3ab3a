"""The picture that was chosen: the network, its places and looks, and what had to be left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from privagraph.errors import GraphError
from privagraph.queries.drawing import Scene, scene
from privagraph.queries.networks import Filters, view
from privagraph.queries.store import GraphStore
from privagraph.web.exploring.around import Around, Way, around
from privagraph.web.exploring.choice import Wanted

if TYPE_CHECKING:
    import networkx

__all__ = ["Drawn", "drawn", "network_of"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture.

    Attributes:
        scene: Nodes and edges in their places.
        ways: How the nodes in the middle are joined, with the numbers of neighbours.
    """

    scene: Scene
    ways: tuple[Way, ...]


def drawn(store: GraphStore, wanted: Wanted) -> Drawn:
    """The picture of a choice.

    Args:
        store: The graph.
        wanted: The choice.

    Raises:
        GraphError: The graph says nothing of a node, or there is no such policy.
    """
    network, found = network_of(store, wanted)
    mixed = bool(wanted.opened or wanted.opened_far) and wanted.view not in ("", "practices", "full")
    made = scene(
        network,
        view=wanted.view,
        title=_title(network, wanted),
        layout="springs" if mixed else None,
        most=wanted.most,
    )
    notes = list(made.notes)
    if found is not None and found.cut and not notes:
        notes.append(f"Shown are the {len(made.nodes):,} nearest nodes. There are more.")
    return Drawn(replace(made, notes=tuple(notes)), found.ways if found else ())


def network_of(store: GraphStore, wanted: Wanted) -> tuple[_Network, Around | None]:
    """The network of a choice, before it is cut to what can be shown.

    Args:
        store: The graph.
        wanted: The choice.

    Returns:
        The network, and what is known of the surroundings in it where nodes were opened.

    Raises:
        GraphError: The graph says nothing of a node, or there is no such policy.
    """
    import networkx

    parts: list[Around] = []
    middle = ((wanted.node,) if wanted.node else (), wanted.hops)
    for nodes, hops in (middle, (wanted.opened, 1), (wanted.opened_far, 2)):
        if nodes:
            part = around(
                store,
                nodes,
                hops=hops,
                each=wanted.each,
                most=wanted.most,
                polarity=wanted.polarity,
                first=frozenset(wanted.policies),
            )
            if missing := [node for node in nodes if node not in part.network]:
                raise GraphError(
                    store.location, f"says nothing of {missing[0]}", "search for a node by its name"
                )
            parts.append(part)
    networks = [part.network for part in parts]
    if wanted.view:
        filters = Filters(policies=wanted.policies, polarity=wanted.polarity)
        networks.insert(0, view(store, wanted.view, filters=filters))
    if len(networks) > 1:
        # the last one that knows a node or an edge says what it is like: here the first
        network: _Network = networkx.compose_all(networks[::-1])
        network.graph.pop("symmetric", None)
    else:
        network = networks[0]
    if not parts:
        return network, None
    ways = dict.fromkeys(way for part in parts for way in part.ways)
    return network, Around(network, tuple(ways), any(part.cut for part in parts))


def _title(network: _Network, wanted: Wanted) -> str | None:
    return f"Around {network.nodes[wanted.node]['label']}" if wanted.node else None
