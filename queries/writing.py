"""What writes to a database of this machine: whoever reads it sees the old graph of a policy or the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.filling import add
from privagraph.queries.folders import size_of, sync_logs, told
from privagraph.queries.formats import serialized
from privagraph.queries.sources import with_other_sources
from privagraph.queries.updates import data, replacement
from privagraph.queries.vocabulary import add_vocabulary, version_quad, vocabulary_graph
from privagraph.queries.waiting import Waiting

__all__ = ["Writer"]

_VOCABULARY = NamedNode(VOCABULARY_GRAPH)
_REVISION = NamedNode(expand("prov:wasRevisionOf"))


class Writer:
    """Writes to one database; on disk, new graphs wait beside it to go into it together.

    What its methods do is told by those of :class:`~privagraph.queries.store.GraphStore` of the same names. All of them
    raise a :class:`~privagraph.errors.GraphError` where the disk fails.

    Args:
        store: The database.
        location: What its user calls it.
        folder: Its folder, to which nobody else writes; None where it is in memory.
    """

    __slots__ = ("_alone", "_folder", "_is_logged", "_location", "_store", "_waiting")

    def __init__(self, store: Store, location: str, folder: Path | None = None) -> None:
        self._store, self._location, self._folder = store, location, folder
        self._is_logged = False  # whether the database's log holds what may not be on the disk
        self._waiting = None if folder is None else Waiting(store, folder)
        # What waits must not go into the database between the look at an old graph and the writing of the new one.
        self._alone: AbstractContextManager[object] = (
            nullcontext() if self._waiting is None else self._waiting.lock
        )

    def write_policy(self, policy: str, quads: Iterable[Quad]) -> bool:
        """Make quads the graph of a policy; says whether anything changed."""
        graph = NamedNode(policy)
        new = set(quads)
        if any(quad.graph_name != graph for quad in new):
            raise ValueError(f"quads of another graph than {policy}")
        with self._alone:
            old = self._old(graph)
            if old:
                new = with_other_sources(new, old, graph)
                new.update(quad for quad in old if quad.predicate == _REVISION and quad.subject == graph)
            self._replace(graph, old, new)
        return old != new

    def add_policy(self, policy: str, nquads: bytes) -> bool:
        """Add the graph of a policy, unless it is there already; says whether it was added."""
        graph = NamedNode(policy)
        lines = nquads.count(b"\n")
        if nquads.count(f" {graph} .\n".encode()) != lines or not nquads.endswith(b"\n"):
            raise ValueError(f"quads of another graph than {policy}")
        with self._alone, told(self._location):
            if self._is_there(graph):
                return False
            if self._waiting is None:
                self._store.bulk_load(input=nquads, format=RdfFormat.N_QUADS, lenient=True)
            else:
                self._waiting.add(graph, nquads, lines)
        return True

    def load(self, path: Path) -> None:
        """Add all graphs of a file; what is there stays."""
        self.settle()
        before = self._size()
        try:
            with told(self._location):
                add(self._store, path)
        finally:
            if self._waiting is not None:
                self._waiting.count(self._size() - before)

    def replace_policies(self, graphs: Mapping[str, Iterable[Quad]]) -> bool:
        """Make quads the graphs of several policies, or of none; says whether anything changed."""
        self.settle()
        steps: list[str] = []
        for policy, quads in graphs.items():
            graph, new = NamedNode(policy), set(quads)
            steps += replacement(graph, self._old(graph), new)
        self._update(steps, ())
        return bool(steps)

    def change(self, gone: Iterable[Quad], come: Iterable[Quad]) -> None:
        """Take quads out of the graph and put others in, all of them or none."""
        changes = [("DELETE", quad) for quad in gone] + [("INSERT", quad) for quad in come]
        steps = [f"{verb} DATA {data([quad], quad.graph_name)}" for verb, quad in changes]
        self._update(steps, [quad.graph_name for _, quad in changes])

    def put_vocabulary(self) -> None:
        """Put the vocabulary of this release into its graph, unless it is there."""
        with told(self._location):
            if version_quad() in self._store:
                return
            if old := self._old(_VOCABULARY):
                self._replace(_VOCABULARY, old, vocabulary_graph())
            else:
                add_vocabulary(self._store)

    def keep(self) -> None:
        """See that what was written stays, however the program ends."""
        if self._waiting is not None and self._folder is not None:
            with self._alone, told(self._location):
                self._waiting.keep()
                if self._is_logged:
                    sync_logs(self._folder)
                    self._is_logged = False

    def settle(self, graph: NamedNode | None = None) -> None:
        """Put the graphs that wait into the database; where one is named, only if it is among them."""
        if self._waiting and (graph is None or graph in self._waiting):
            with told(self._location):
                self._waiting.settle()

    def finish(self) -> None:
        """Put all that waits into the database, and see that it is on the disk."""
        if self._waiting is not None:
            with told(self._location):
                self._waiting.finish()

    def _size(self) -> int:
        return 0 if self._folder is None else size_of(self._folder)

    def _is_there(self, graph: NamedNode) -> bool:
        waits = self._waiting is not None and graph in self._waiting
        return waits or any(True for _ in self._store.quads_for_pattern(None, None, None, graph))

    def _old(self, graph: NamedNode) -> set[Quad]:
        """What stands in a graph now."""
        found = set(self._store.quads_for_pattern(None, None, None, graph))
        if self._waiting is not None and graph in self._waiting:
            with told(self._location):
                return found | self._waiting.of(graph)
        return found

    def _replace(self, graph: NamedNode, old: set[Quad], new: set[Quad]) -> None:
        """Put new quads in the place of a graph's old ones, all of them or none."""
        waits = self._waiting is not None and graph in self._waiting
        if not (waits or not old) or not old <= new:
            self._update(replacement(graph, old, new), (graph,))
            return
        with told(self._location):
            if self._waiting is None:
                self._store.extend(new)
            elif old != new:
                come = new - old
                self._waiting.add(graph, serialized(come, RdfFormat.N_QUADS), len(come))

    def _update(self, steps: Sequence[str], graphs: Iterable[object]) -> None:
        """Take the steps of an update of some graphs in one transaction; what waits of others goes on waiting."""
        if not steps:
            return
        if self._waiting is not None and any(graph in self._waiting for graph in graphs):
            self.settle()
        with self._alone, told(self._location):
            self._is_logged = True
            self._store.update("; ".join(steps))
