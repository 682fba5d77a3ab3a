"""The graph in a store: Oxigraph on disk, in memory for a graph that came from a file, or a SPARQL server, to read.

A store holds one named graph for each policy and the vocabulary in a graph of its own, so that a query can
walk up from a concept to what is broader. Queries take the union of all graphs as the default graph unless
asked not to.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from privagraph.errors import GraphError, QueryError, QuerySyntaxError
from privagraph.ontology.evidence import shortened
from privagraph.ontology.namespaces import PREFIXES, VOCABULARY_GRAPH, expand
from privagraph.queries.endpoints.addresses import address_of, is_address, looks_like_address
from privagraph.queries.filling import fill
from privagraph.queries.folders import holds_other_files, is_store, make_folder
from privagraph.queries.formats import sorted_quads, write_quads
from privagraph.queries.locks import StoreLock
from privagraph.queries.opening import open_database
from privagraph.queries.writing import Writer

if TYPE_CHECKING:
    from privagraph.queries.endpoints.database import EndpointDatabase

__all__ = ["GraphStore", "QueryTerm", "is_store"]

QueryTerm = str | NamedNode | BlankNode | Literal
"""What a variable of a query can be bound to; a plain string is an IRI."""

_Bound = NamedNode | BlankNode | Literal | Triple

_TYPE = NamedNode(expand("rdf:type"))
_POLICY = NamedNode(expand("pg:PrivacyPolicy"))
_VOCABULARY = NamedNode(VOCABULARY_GRAPH)
_FILE_NAME = NamedNode(expand("pg:fileName"))
_DECISION = NamedNode(expand("pg:ReviewDecision"))
_GENERATED_BY = NamedNode(expand("prov:wasGeneratedBy"))
_REVISION = NamedNode(expand("prov:wasRevisionOf"))
_PREFIXES = dict(PREFIXES)


class GraphStore:
    """A graph that can be asked, and, on disk or in memory, added to.

    Make one with :meth:`open` or :meth:`in_memory`; close it, or use it in a ``with`` statement.

    Attributes:
        location: Where the graph is, as the user named it; ``memory`` for one that is nowhere.
    """

    __slots__ = (
        "_lock",
        "_server",
        "_store",
        "_writer",
        "location",
    )

    def __init__(
        self,
        store: Store | None,
        location: str,
        *,
        writable: bool,
        lock: StoreLock | None = None,
        server: EndpointDatabase | None = None,
    ) -> None:
        self._store = store
        self._server = server
        self._lock = lock
        folder = None if lock is None else Path(location)
        self._writer = Writer(store, location, folder) if store is not None and writable else None
        self.location = location

    @classmethod
    def in_memory(cls, *, vocabulary: bool = True) -> Self:
        """A new graph in memory.

        Args:
            vocabulary: Whether it holds the vocabulary; gathering policies for a file can do without.
        """
        made = cls(Store(), "memory", writable=True)
        if vocabulary:
            made._writing.put_vocabulary()
        return made

    @classmethod
    def open(cls, location: str | os.PathLike[str], *, writable: bool = False) -> Self:
        """Open a graph.

        Args:
            location: A store's folder, a file with a graph, or where a SPARQL server takes queries.
            writable: Whether policies will be written. Then a folder that is not there, or is empty, becomes
                a new store. A file cannot be opened so: it is read into memory, and is written whole with
                :meth:`save`. Nor can a server, to which :func:`privagraph.load_graph` writes.

        Returns:
            The open graph; a store that is open to write cannot be opened a second time until it is closed.

        Raises:
            GraphError: There is no graph at that place, it is damaged, or another program uses it.
            ServiceError: A server cannot be reached, refuses, or is none of SPARQL.
        """
        name = os.fspath(location)
        if is_address(name):
            return cls._open_server(name, writable=writable)
        path = Path(name)
        if path.is_file():
            return cls._open_file(path, writable=writable)
        if path.is_dir() or (writable and not looks_like_address(name)):
            return cls._open_folder(path, writable=writable)
        if path.exists():
            raise GraphError(name, "neither a file nor a folder", "give what `privagraph map --output` wrote")
        if looks_like_address(name):
            address_of(name)  # says what it lacks
        raise GraphError(
            name,
            "no such file or folder",
            f"map policies into it first: privagraph map SOURCE --output {name}",
        )

    @classmethod
    def _open_server(cls, url: str, *, writable: bool) -> Self:
        from privagraph.queries.endpoints.database import EndpointDatabase

        if writable:
            raise GraphError(
                address_of(url).shown,
                "a server is not written to so",
                "write to a folder or file, and put that on the server with `privagraph load`",
            )
        server = EndpointDatabase(url)
        return cls(None, server.location, writable=False, server=server)

    @classmethod
    def _open_file(cls, path: Path, *, writable: bool) -> Self:
        if writable:
            raise GraphError(
                str(path), "a file cannot be added to", "map into a folder, which becomes a store, instead"
            )
        store = Store()
        fill(store, path)
        Writer(store, str(path)).put_vocabulary()
        return cls(store, str(path), writable=False)

    @classmethod
    def _open_folder(cls, path: Path, *, writable: bool) -> Self:
        name = str(path)
        if not is_store(path):
            if path.is_dir() and holds_other_files(path):
                raise GraphError(
                    name,
                    "a folder with other files, not a graph",
                    "name the graph's own folder, or a new one",
                )
            if not writable:
                raise GraphError(
                    name,
                    "an empty folder",
                    f"map policies into it first: privagraph map SOURCE --output {name}",
                )
        if writable:
            make_folder(path)
        store, lock = open_database(path, writable=writable)
        try:
            made = cls(store, name, writable=writable, lock=lock)
            if writable:
                made._writing.put_vocabulary()
        except BaseException:
            lock.release()
            raise
        return made

    def close(self) -> None:
        """Let go of the graph, so that others can write to it; answers still being read keep it open.

        Raises:
            GraphError: What was written last does not reach the disk.
        """
        try:
            if self._writer is not None:
                self._writer.finish()
        finally:
            self._writer = None
            self._store = None
            if self._server is not None:
                self._server.close()
                self._server = None
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of quads, those of the vocabulary included."""
        return len(self._open)

    @property
    def _database(self) -> Store:
        """The database of this machine, without what waits to be written."""
        if self._store is None:
            raise GraphError(self.location, "the graph is closed", "open it again")
        return self._store

    @property
    def _settled(self) -> Store | EndpointDatabase:
        """Where to read from, without what waits to be written."""
        return self._database if self._server is None else self._server

    @property
    def _open(self) -> Store | EndpointDatabase:
        """Where to read from, with all that was written in it."""
        settled = self._settled
        self._settle()
        return settled

    @property
    def _writing(self) -> Writer:
        """What writes to the database."""
        _ = self._settled  # raises where the graph is closed
        if self._writer is None:
            raise GraphError(self.location, "open for reading only", "open it with writable=True")
        return self._writer

    def _settle(self, graph: NamedNode | None = None) -> None:
        """Put the graphs that wait into the database; where one is named, only if it is among them."""
        if self._writer is not None:
            self._writer.settle(graph)

    # Asking

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, QueryTerm] | None = None,
        policies: Collection[str] | None = None,
        dataset: tuple[Collection[str], Collection[str]] | None = None,
        default_union: bool = True,
        base: str | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask a SPARQL 1.1 query; the prefixes of the project need not be declared.

        Args:
            text: The query.
            bindings: Values for variables of the query, by their names. A variable that is bound must be one
                that the query selects, so that an answer says what it was asked for.
            policies: IRIs of the policies that the query sees, besides the vocabulary; all that there are when None.
            dataset: IRIs of the graphs that are the default graph together, and of those that ``GRAPH`` sees, whatever
                the query says itself with ``FROM``; the query decides when None. Not together with ``policies``.
            default_union: Whether patterns outside ``GRAPH`` see all graphs together.
            base: What relative IRIs of the query are relative to; it can have none when None.

        Returns:
            Solutions, a truth value or triples, as the query asks; they are found while they are read.

        Raises:
            QuerySyntaxError: The text is not SPARQL.
            QueryError: A bound variable is not selected, or a value is no term.
        """
        try:
            values: dict[Variable, _Bound] = {
                Variable(name): _term(value) for name, value in (bindings or {}).items()
            }
            if dataset is not None:
                return self._open.query(
                    text,
                    base_iri=base,
                    prefixes=_PREFIXES,
                    default_graph=[NamedNode(iri) for iri in dataset[0]],
                    named_graphs=[NamedNode(iri) for iri in dataset[1]],
                    substitutions=values,
                )
            if policies is None:
                return self._open.query(
                    text,
                    base_iri=base,
                    prefixes=_PREFIXES,
                    use_default_graph_as_union=default_union,
                    substitutions=values,
                )
            graphs: list[NamedNode | BlankNode] = [*map(NamedNode, sorted(policies)), _VOCABULARY]
            return self._open.query(
                text,
                base_iri=base,
                prefixes=_PREFIXES,
                default_graph=[*graphs] if default_union else [],
                named_graphs=graphs,
                substitutions=values,
            )
        except SyntaxError as error:
            raise QuerySyntaxError("the query text", shortened(str(error.msg), 160)) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"{self.location}: the query cannot be run: {error}") from error

    def policies(self) -> list[str]:
        """The IRIs of all policies, sorted."""
        found = self._open.quads_for_pattern(None, _TYPE, _POLICY, None)
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})

    def quads(self, policy_iri: str | None = None) -> Iterator[Quad]:
        """The quads of one policy, or of all graphs but the vocabulary, in an order that is always the same.

        Args:
            policy_iri: A policy's IRI, or None.

        Raises:
            GraphError: There is no such policy.
        """
        if policy_iri is not None:
            found = self._of_graph(NamedNode(policy_iri))
            if not found:
                raise GraphError(
                    self.location, f"holds no policy {policy_iri}", "`privagraph query policies` lists them"
                )
            yield from found
            return
        for graph in self._graphs():
            yield from self._of_graph(graph)

    def matching(
        self, *, subject: str | None = None, predicate: str | None = None, target: str | None = None
    ) -> Iterator[Quad]:
        """The quads of a pattern, those of the vocabulary included, in no order: quicker than a query for one step.

        Args:
            subject: IRI of the node that they are about; any when None.
            predicate: IRI of the property; any when None.
            target: IRI of the node that they lead to; anything, texts and numbers too, when None.

        Raises:
            GraphError: One of them is no IRI.
        """
        try:
            about, step, leads_to = (
                None if each is None else NamedNode(each) for each in (subject, predicate, target)
            )
        except ValueError as error:
            raise GraphError(
                self.location, f"holds nothing by such a name: {error}", "give a whole IRI"
            ) from error
        yield from self._open.quads_for_pattern(about, step, leads_to, None)

    def was_mapped(self, policy: str, source: str, mapping: str) -> bool:
        """Whether the graph of a policy is there, knows a source, and came of an activity.

        Args:
            policy: The policy's IRI.
            source: The name of the file or address that it was read from.
            mapping: The activity's IRI.
        """
        graph = NamedNode(policy)
        self._settle(graph)
        database = self._database
        return any(
            True for _ in database.quads_for_pattern(graph, _GENERATED_BY, NamedNode(mapping), graph)
        ) and any(True for _ in database.quads_for_pattern(None, _FILE_NAME, Literal(source), graph))

    def has_decisions(self) -> bool:
        """Whether reviewers have decided anything in any policy."""
        return any(True for _ in self._database.quads_for_pattern(None, _TYPE, _DECISION, None))

    def reviewed(self, policy: str | None, source: str) -> Iterator[tuple[str, list[Quad]]]:
        """The graphs with decisions of reviewers that concern a policy: its own, and those of files of that name.

        Args:
            policy: The policy's IRI; it need not be there. None where it is not known yet.
            source: The name of its file.

        Yields:
            IRI and quads of each policy, in the order of their IRIs.
        """
        own = set() if policy is None else {policy}
        for each in own:
            self._settle(NamedNode(each))
        for graph in map(NamedNode, sorted(own | self.named_by_source(source))):
            if any(True for _ in self._settled.quads_for_pattern(None, _TYPE, _DECISION, graph)):
                yield graph.value, sorted_quads(self._settled.quads_for_pattern(None, None, None, graph))

    def named_by_source(self, source: str) -> set[str]:
        """The IRIs of the policies that were read from a file or address of that name.

        What still waits to be written is not among them: it came of this run, in which names differ.
        """
        named = self._settled.quads_for_pattern(None, _FILE_NAME, Literal(source), None)
        return {quad.graph_name.value for quad in named if isinstance(quad.graph_name, NamedNode)}

    def said(self, policy: str, step: str) -> list[str]:
        """What a policy says of itself with a property, sorted; its graph need not be read for that.

        Args:
            policy: The policy's IRI.
            step: The property's IRI.
        """
        graph = NamedNode(policy)
        self._settle(graph)
        found = self._settled.quads_for_pattern(graph, NamedNode(step), None, graph)
        return sorted(quad.object.value for quad in found if not isinstance(quad.object, Triple))

    def revisions_of(self, policy: str) -> set[str]:
        """The IRIs of the policies that say that they are the version after one, without what waits to be written."""
        found = self._settled.quads_for_pattern(None, _REVISION, NamedNode(policy), None)
        return {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write all graphs but the vocabulary to a file, in the format that its name tells.

        Raises:
            GraphError: The format is not written, or the place cannot be written to.
        """
        write_quads(self.unsorted_quads(), Path(path))

    def unsorted_quads(
        self, policy_iri: str | None = None, *, properties: Collection[str] | None = None
    ) -> Iterator[Quad]:
        """What :meth:`quads` hands out, one graph after the other, each in no order: several times as fast.

        Args:
            policy_iri: A policy's IRI, or None; there is nothing where there is no such policy.
            properties: IRIs of the only properties that are wanted; all when None.
        """
        wanted = [None] if properties is None else [NamedNode(each) for each in sorted(properties)]
        for graph in self._graphs() if policy_iri is None else (NamedNode(policy_iri),):
            for each in wanted:
                yield from self._open.quads_for_pattern(None, each, None, graph)

    def _graphs(self) -> list[NamedNode | BlankNode | DefaultGraph]:
        """All graphs but the vocabulary, in order; the default graph is the last."""
        named = (graph for graph in self._open.named_graphs() if graph != _VOCABULARY)
        return [*sorted(named, key=str), DefaultGraph()]

    def _of_graph(self, graph: NamedNode | BlankNode | DefaultGraph) -> list[Quad]:
        return sorted_quads(self._open.quads_for_pattern(None, None, None, graph))

    # Writing

    def write_policy(self, policy: str, quads: Iterable[Quad]) -> bool:
        """Make quads the graph of a policy, at once: a reader sees the old graph or the new one.

        What the old graph says of other source files with the same content is kept, and of which it is a revision.

        Args:
            policy: The policy's IRI, which names its graph.
            quads: All quads of the graph.

        Returns:
            Whether anything changed.

        Raises:
            GraphError: The graph is not open for writing, or the disk fails.
        """
        return self._writing.write_policy(policy, quads)

    def add_policy(self, policy: str, nquads: bytes) -> bool:
        """Add the graph of a policy that is not there yet: the quick way for one that was just mapped.

        Args:
            policy: The policy's IRI, which names its graph.
            nquads: All quads of the graph, each in a line of its own and only once, as Oxigraph writes them. Whether
                they are of that graph is checked, and no more.

        Returns:
            Whether it was added; what to do where the policy is there already is for :meth:`write_policy`.

        Raises:
            GraphError: The graph is not open for writing, or the disk fails.
        """
        return self._writing.add_policy(policy, nquads)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Add all graphs of a file; what is there stays.

        Where a long file of N-Quads turns out to be faulty, graphs that stand before the fault may stay: whole ones,
        and the beginning of one that takes more than 64 MB. Loading the repaired file makes that whole.

        Raises:
            GraphError: The file cannot be read, the graph is not open for writing, or the disk fails.
        """
        self._writing.load(Path(path))

    def replace_policies(self, graphs: Mapping[str, Iterable[Quad]]) -> bool:
        """Make quads the graphs of several policies: all of them, or where that fails none.

        Args:
            graphs: All quads of the graph of each policy, by its IRI.

        Returns:
            Whether anything changed.

        Raises:
            GraphError: The graph is not open for writing, or the disk fails.
        """
        return self._writing.replace_policies(graphs)

    def change(self, gone: Iterable[Quad], come: Iterable[Quad]) -> None:
        """Take quads out of the graph and put others in, all of them or none.

        Raises:
            GraphError: The graph is not open for writing, or the disk fails.
        """
        self._writing.change(gone, come)

    def commit(self) -> None:
        """See that what was written stays, however the program ends.

        New graphs wait beside the database to be written into it together, which is several times as fast. They go
        there when there are many of them, when something is asked, and when the graph is closed; or, where the program
        was ended before, when the graph is opened next.

        Raises:
            GraphError: The disk fails.
        """
        if self._writer is not None:
            self._writer.keep()


def _term(value: QueryTerm) -> _Bound:
    return NamedNode(value) if isinstance(value, str) else value
