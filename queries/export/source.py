"""What an export is made from: some policies of a graph, and the practices that fit, as quads or as a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from privagraph.queries.drawing import Drawing
from privagraph.queries.export.narrowing import narrowed
from privagraph.queries.networks import Filters, view
from privagraph.queries.networks.reading import read
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
        view: The view of it that a network is of.
        filters: Which policies and practices.
        drawing: What was chosen of a picture.
    """

    store: GraphStore
    view: str = "full"
    filters: Filters = field(default_factory=Filters)
    drawing: Drawing = field(default_factory=Drawing)

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """The quads of the chosen policies, each policy in its named graph; without the vocabulary.

        Where filters choose practices, those that fit and all that they rest on, see
        :func:`~privagraph.queries.export.narrowing.narrowed`.

        Raises:
            GraphError: There is no such policy.
        """
        policies: tuple[str | None, ...] = tuple(sorted(set(self.filters.policies))) or (None,)
        quads = [quad for policy in policies for quad in self.store.quads(policy)]
        if self.practices is None:
            return quads
        polarity = None if self.filters.by_concept else self.filters.polarity
        return narrowed(quads, self.practices, polarity=polarity)

    def unsorted_quads(self) -> Iterator[ox.Quad]:
        """The same quads in any order, for those that only count them: sorting takes longer than reading.

        Raises:
            GraphError: There is no such policy.
        """
        if self.narrows or "quads" in self.__dict__:
            yield from self.quads
            return
        for policy in self.filters.policies or (None,):
            yield from self.store.unsorted_quads(policy)

    @cached_property
    def practices(self) -> frozenset[str] | None:
        """The IRIs of the practices that the filters choose; None where they choose none, and all are meant."""
        if not self.narrows:
            return None
        chosen = read(self.store, replace(self.filters, all_versions=True), otherwise="both")
        return frozenset(row.iri for row in chosen.rows)

    @property
    def narrows(self) -> bool:
        """Whether the filters leave practices out."""
        return self.filters.by_concept or self.filters.polarity in ("affirmed", "denied")

    @cached_property
    def network(self) -> networkx.MultiDiGraph[str]:
        """The view that was asked for.

        Raises:
            GraphError: There is no such view or policy.
        """
        return view(self.store, self.view, filters=self.filters)
