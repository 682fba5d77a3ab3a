"""What an export is made from: some policies of a graph, as quads or as a network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from privagraph.queries.networks import to_networkx
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx
    import pyoxigraph as ox

__all__ = ["Source"]


@dataclass(frozen=True)
class Source:
    """What one export is made from.

    Attributes:
        store: The graph.
        policies: The IRIs of the policies to write; all of them when empty.
    """

    store: GraphStore
    policies: tuple[str, ...] = ()

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """The quads of the policies, each policy in its named graph; without the vocabulary.

        Raises:
            GraphError: There is no such policy.
        """
        return [quad for policy in self.policies or (None,) for quad in self.store.quads(policy)]

    @cached_property
    def network(self) -> networkx.MultiDiGraph[str]:
        """The view that was asked for."""
        return to_networkx(self.quads)
