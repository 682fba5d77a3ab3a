"""Which version of a policy is before another one and after it, in a graph that is being written.

A run over a corpus that was fetched again gives nearly every policy a newer version. So nothing here looks at the whole
graph: each step is looked up, and the links that the run itself has made are kept in mind, since the graphs that say
them may still wait to be written.
"""

from __future__ import annotations

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.queries.store import GraphStore

__all__ = ["Lineage", "link_line"]

_REVISION = expand("prov:wasRevisionOf")


def link_line(policy: str, earlier: str) -> bytes:
    """What makes a policy the version after another one, as a line of its graph in N-Quads.

    Args:
        policy: IRI of the new version.
        earlier: IRI of the one before it.
    """
    return f"{_quad(policy, earlier)} .\n".encode()


class Lineage:
    """The links between versions in one graph, which nobody else writes to meanwhile.

    Attributes:
        store: The graph.
    """

    __slots__ = ("_after", "store")

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self._after: dict[str, str] = {}

    def before(self, policy: str) -> str | None:
        """The version before a policy, if there is one."""
        return next(iter(self.store.said(policy, _REVISION)), None)

    def newest(self, policy: str) -> str:
        """The last version of a policy; in a circle, which somebody else may have made, the last before it closes."""
        passed = {policy}
        while (after := self._after_of(policy)) is not None and after not in passed:
            passed.add(after)
            policy = after
        return policy

    def note(self, policy: str, earlier: str) -> None:
        """Keep in mind a link that is written with the graph of its policy, see :func:`link_line`.

        Args:
            policy: IRI of the new version.
            earlier: IRI of the one before it.
        """
        self._after[earlier] = policy

    def link(self, policy: str, earlier: str) -> bool:
        """Make a policy of the graph the version after another one of it.

        A policy that is back after it was replaced leaves its old place in the chain, so that the chain never closes.
        One that is the version after it already keeps its place, with those that came later.

        Args:
            policy: IRI of the new version.
            earlier: IRI of the one before it.

        Returns:
            Whether that changed anything.

        Raises:
            GraphError: The graph is not open for writing, or the disk fails.
        """
        before, after = self.before(policy), self._after_of(policy)
        if before == earlier:
            return False
        gone, come = [], [(policy, earlier)]
        if before is not None:
            gone.append((policy, before))
        if after is not None:
            gone.append((after, policy))
            if before is not None:
                come.append((after, before))
        self.store.change((_quad(*each) for each in gone), (_quad(*each) for each in come))
        for _, older in (*gone, *come):
            self._after.pop(older, None)  # they are looked up now
        return True

    def _after_of(self, policy: str) -> str | None:
        noted = self._after.get(policy)
        return noted if noted is not None else min(self.store.revisions_of(policy), default=None)


def _quad(newer: str, older: str) -> ox.Quad:
    policy = ox.NamedNode(newer)
    return ox.Quad(policy, ox.NamedNode(_REVISION), ox.NamedNode(older), policy)
