"""Graphs put on a SPARQL server, or into a store of this machine: whole policies, as many as there are.

The graph of a policy takes the place of the one that is there, at once: either in one request of SPARQL 1.1 Update
(https://www.w3.org/TR/sparql11-update/), which servers take as one transaction and which holds several policies where
they are small, or by a PUT of the Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/#http-put).
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from privagraph.errors import GraphError, InputError, ServiceError
from privagraph.ontology.namespaces import VOCABULARY_GRAPH
from privagraph.queries.endpoints.addresses import Address, address_of, update_address
from privagraph.queries.endpoints.connection import Patience
from privagraph.queries.endpoints.database import EndpointDatabase
from privagraph.queries.endpoints.graphs import PolicyGraph, graphs_of
from privagraph.queries.endpoints.record import LoadRecord, graph_digest, usual_place
from privagraph.queries.sources import with_other_sources
from privagraph.queries.store import GraphStore
from privagraph.queries.vocabulary import version_quad, vocabulary_graph

__all__ = ["BATCH", "LoadProgress", "LoadReport", "load_graph"]

BATCH = 4_000_000
"""Bytes of one request, about; a policy that is larger has one of its own."""

LoadProgress = Callable[[int, int, str], None]
"""Is told how many policies and quads are behind, and where the next is from."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did.

    Attributes:
        policies: How many different policies there were.
        sent: How many of them were put into the graph.
        unchanged: How many were there already, as they are.
        quads: How many quads were sent.
        requests: How many requests it took; 0 for a store.
    """

    policies: int = 0
    sent: int = 0
    unchanged: int = 0
    quads: int = 0
    requests: int = 0


def load_graph(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    endpoint: str | None = None,
    output: str | os.PathLike[str] | None = None,
    update_url: str | None = None,
    graph_store_url: str | None = None,
    state: str | os.PathLike[str] | None = None,
    again: bool = False,
    jobs: int = 1,
    batch: int = BATCH,
    patience: Patience | None = None,
    progress: LoadProgress | None = None,
) -> LoadReport:
    """Put the policies of graphs on a SPARQL server, or into a store.

    What was sent before and is still there is not sent again, so a load that was interrupted goes on where it stopped.
    A policy that several files hold is one policy with several sources, wherever it is.

    Args:
        sources: Stores, files with graphs, folders of N-Quads such as ``privagraph map --shards`` writes.
        endpoint: Where the server takes queries, such as ``http://localhost:7878/query``.
        output: The folder of a store instead; it is made where it is not there.
        update_url: Where the server takes updates, unless the usual place beside the endpoint is right.
        graph_store_url: Where it takes graphs by the Graph Store Protocol; then that is used.
        state: The file that remembers what was sent; one in the user's folder for such things when None.
        again: Whether to send what is there already, too.
        jobs: How many requests may be under way at the same time.
        batch: How many bytes of policies one update holds, about.
        patience: Limits for the server, and how long failures are borne; the defaults when None.
        progress: Is told how far the load is.

    Returns:
        What was done.

    Raises:
        InputError: Neither an endpoint nor an output was named, or both.
        GraphError: A source or the output cannot be used, or the record of what was sent; or there are no policies.
        ServiceError: The server cannot be reached, or refuses. What it took before stays, and is remembered; the
            message says how much that is.
    """
    named = [sources] if isinstance(sources, str | os.PathLike) else [*sources]
    if (endpoint is None) == (output is None):
        raise InputError("load", "takes either an endpoint or an output", "name one of the two")
    places = [os.fspath(each) for each in named]
    graphs = graphs_of(places)
    if output is not None:
        return _into_store(_expected(graphs, places), output, progress)
    assert endpoint is not None  # one of the two is given
    asked = address_of(endpoint)
    to = address_of(update_url) if update_url is not None else update_address(asked)
    store = address_of(graph_store_url) if graph_store_url is not None else None
    with ExitStack() as open_:
        server = EndpointDatabase(endpoint, patience=patience or Patience(), loaded=False)
        open_.callback(server.close)
        place = usual_place(asked) if state is None else Path(state)
        record = open_.enter_context(LoadRecord(place, asked))
        pool = open_.enter_context(ThreadPoolExecutor(jobs, thread_name_prefix="load"))
        loading = _Loading(server, record, pool, update=to, store=store, jobs=jobs, batch=batch, again=again)
        graphs = _expected(graphs, places)
        try:
            loading.put_vocabulary()
            for graph in graphs:
                if progress is not None:
                    progress(loading.policies, loading.quads, graph.place)
                loading.take(graph)
            loading.finish()
        except ServiceError as error:
            raise loading.ended(error) from error
        return loading.report


def _expected(graphs: Iterator[PolicyGraph], places: list[str]) -> Iterator[PolicyGraph]:
    """The graphs, of which there must be one before anything is made for them."""
    first = next(graphs, None)
    if first is None:
        raise GraphError(
            ", ".join(places),
            "holds no graph of a policy",
            "name what `privagraph map` wrote; documents and records are mapped first, with `privagraph map`",
        )
    return chain((first,), graphs)


def _into_store(
    graphs: Iterator[PolicyGraph], output: str | os.PathLike[str], progress: LoadProgress | None
) -> LoadReport:
    seen: set[bytes] = set()
    changed: set[bytes] = set()
    quads = 0
    with GraphStore.open(output, writable=True) as store:
        for graph in graphs:
            if progress is not None:
                progress(len(seen), quads, graph.place)
            key = _key(graph.iri)
            seen.add(key)
            if store.write_policy(graph.iri, graph.quads):
                changed.add(key)
                quads += len(graph.quads)
    return LoadReport(len(seen), len(changed), len(seen) - len(changed), quads)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A graph that is to be sent."""

    iri: str
    triples: bytes
    digest: bytes
    added: bool = False
    """Whether what another file says of the policy is among them."""
    new: bool = False
    """Whether the server has no such graph, so that none need be cleared, which takes its time."""


class _Loading:
    """One run: what waits to be sent, what is under way, and what is behind."""

    def __init__(
        self,
        server: EndpointDatabase,
        record: LoadRecord,
        pool: ThreadPoolExecutor,
        *,
        update: Address,
        store: Address | None,
        jobs: int,
        batch: int,
        again: bool,
    ) -> None:
        self._server, self._record, self._pool = server, record, pool
        self._update, self._store = update, store
        self._jobs, self._batch, self._again = jobs, batch, again
        self._there = {_key(graph.value) for graph in server.named_graphs()}
        self._seen: set[bytes] = set()
        self._waiting: list[_Parcel] = []
        self._under_way: deque[tuple[Future[int], list[_Parcel]]] = deque()
        self.quads = self._sent = self._taken = self._unchanged = self._requests = 0

    @property
    def policies(self) -> int:
        """How many different policies are behind."""
        return len(self._seen)

    @property
    def report(self) -> LoadReport:
        """What was done so far."""
        return LoadReport(self.policies, self._sent, self._unchanged, self.quads, self._requests)

    def put_vocabulary(self) -> None:
        """Put the vocabulary of this release on the server, unless it is there."""
        version = version_quad()
        held = self._server.quads_for_pattern(
            version.subject, version.predicate, version.object, version.graph_name
        )
        if self._again or not any(True for _ in held):
            triples, digest = graph_digest(vocabulary_graph())
            self._send([_Parcel(VOCABULARY_GRAPH, triples, digest)])
            self._settle(0)

    def take(self, graph: PolicyGraph) -> None:
        """Put a policy on the server, now or with others."""
        key = _key(graph.iri)
        again = key in self._seen
        self._seen.add(key)
        triples, digest = graph_digest(graph.quads)
        known = (key in self._there or again) and self._record.knows(graph.iri, digest)
        if known and (again or not self._again):
            self._unchanged += not again
            return
        if again:  # another file with the same content
            self._settle(0)
            name = ox.NamedNode(graph.iri)
            old = [*self._server.quads_for_pattern(None, None, None, name)]
            triples, _ = graph_digest(with_other_sources(graph.quads, old, name))
        else:
            self._sent += 1
        self.quads += len(graph.quads)
        self._waiting.append(
            _Parcel(graph.iri, triples, digest, again, new=key not in self._there and not again)
        )
        if (
            again
            or self._store is not None
            or sum(len(each.triples) for each in self._waiting) >= self._batch
        ):
            self._settle(self._jobs)

    def ended(self, error: ServiceError) -> ServiceError:
        """The error that ends the run, with what the server has taken before."""
        if not self._taken and not self._unchanged:
            return error
        told = f"{self._taken:,} policies were loaded and {self._unchanged:,} were there already"
        return ServiceError(
            error.service, error.reason, f"{error.advice}; {told}: the same command goes on from there"
        )

    def finish(self) -> None:
        """Send what waits, and wait for what is under way."""
        self._settle(0)

    def _settle(self, most: int) -> None:
        """Send what waits, and wait until no more than so many requests are under way."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._send(waiting)
        while len(self._under_way) > most:
            sent, parcels = self._under_way.popleft()
            self._requests += sent.result()
            self._record.note((each.iri, each.digest, each.added) for each in parcels)
            self._taken += sum(not each.added and each.iri != VOCABULARY_GRAPH for each in parcels)

    def _send(self, parcels: list[_Parcel]) -> None:
        self._under_way.append((self._pool.submit(self._sent_now, parcels), parcels))

    def _sent_now(self, parcels: list[_Parcel]) -> int:
        """Send graphs; returns the number of requests."""
        if self._store is not None:
            for each in parcels:
                self._server.put(self._store, each.iri, each.triples)
            return len(parcels)
        self._server.update(self._update, ";\n".join(map(_replacing, parcels)))
        return 1


def _replacing(parcel: _Parcel) -> str:
    """The step of an update that makes statements the whole graph of that name."""
    graph = ox.NamedNode(parcel.iri)
    clear = "" if parcel.new else f"CLEAR SILENT GRAPH {graph};\n"
    return f"{clear}INSERT DATA {{ GRAPH {graph} {{\n{parcel.triples.decode()}}} }}"


def _key(iri: str) -> bytes:
    """A short name for an IRI, so that millions of them take little memory."""
    return hashlib.blake2b(iri.encode(), digest_size=12).digest()
