"""The views by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeAlias

from privagraph.errors import GraphError
from privagraph.queries.networks.filters import Filters
from privagraph.queries.networks.flows import flows, flows_by_data
from privagraph.queries.networks.parts import whole_of
from privagraph.queries.networks.practices import practices
from privagraph.queries.networks.sharing import sharing
from privagraph.queries.networks.similarity import similarity
from privagraph.queries.networks.together import together_in_policies, together_in_practices
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["VIEWS", "View", "view"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"


@dataclass(frozen=True, slots=True)
class View:
    """A way to see the graph as a network.

    Attributes:
        name: What it is called.
        shows: What it shows, in a few words.
        build: Makes it of a graph.
    """

    name: str
    shows: str
    build: Callable[[GraphStore, Filters], _Network]


VIEWS: Mapping[str, View] = {
    each.name: each
    for each in (
        View("full", "everything that the graph holds", whole_of),
        View("practices", "policies, their practices, and what each is about", practices),
        View("flows", "who gives data to whom: people, controllers, recipients", flows),
        View("flows-by-data", "the same with an edge for each category of data and purpose", flows_by_data),
        View("sharing", "who shares with whom, and who runs the services that are named", sharing),
        View("data", "which categories of data are named together in a practice", together_in_practices),
        View("data-in-policies", "which are named together in a policy", together_in_policies),
        View("similarity", "which policies are alike in what they do", similarity),
    )
}
"""The views, by name."""


def view(store: GraphStore, name: str, *, filters: Filters = Filters()) -> _Network:  # noqa: B008  # frozen
    """One view of a graph.

    Every node has ``label``, ``kind`` and ``types``. Every edge has ``label``, ``property`` (the IRI that it stands
    for, or nothing), ``polarity``, ``weight``, ``policies``, ``evidence`` (a record for each passage or mention that it
    rests on) and ``quotes`` (their words).

    Args:
        store: The graph.
        name: One of :data:`VIEWS`.
        filters: Which practices it is made of.

    Returns:
        A network of one's own; nodes and edges come in sorted order.

    Raises:
        GraphError: There is no such view, or no such policy.
    """
    if name not in VIEWS:
        near = get_close_matches(name, VIEWS, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(VIEWS)}"
        raise GraphError(store.location, f"has no view {name!r}", advice)
    return VIEWS[name].build(store, filters)
