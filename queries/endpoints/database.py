"""A graph on a SPARQL server, with the face of the database that a store on this machine has.

:class:`privagraph.queries.store.GraphStore` reads from either without knowing which, so that all that takes a graph
takes one on a server too. A policy is a named graph there, and the vocabulary is another; what a server holds in its
default graph alone is not seen.

Servers differ in what a pattern outside ``GRAPH`` sees: the union of all graphs (GraphDB, Virtuoso, QLever, Neptune,
``privagraph serve``), or nothing (Oxigraph, Fuseki, unless told otherwise when they start). Here it is the union. Where
it matters to a query, and a server says by its answers that it has another mind, the union is asked for in the way that
it knows; or else by naming all graphs, as the Protocol allows
(https://www.w3.org/TR/sparql11-protocol/#dataset).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

import pyoxigraph as ox

from privagraph.errors import GraphError, QueryError, ServiceError
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.ontology.remote import remote_line
from privagraph.queries.endpoints.addresses import Address, address_of
from privagraph.queries.endpoints.connection import Connection, Patience, Reply
from privagraph.queries.endpoints.rewriting import looks_outside_graphs, with_prefixes, with_values

__all__ = ["EndpointDatabase"]

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_READ = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
_MARK = f"<{VOCABULARY_GRAPH}> <{expand('owl:versionInfo')}> ?version"
_HOLDS = f"ASK {{ GRAPH <{VOCABULARY_GRAPH}> {{ {_MARK} }} }}"
_SEES_UNION = f"ASK {{ {_MARK} }}"
_JENA = ("default-graph-uri", "urn:x-arq:UnionGraph")
"""How Fuseki is asked for the union; what stands in ``GRAPH`` finds nothing then."""
_UNIONS = (("union-default-graph", "true"), _JENA)
"""How servers are asked for the union: Oxigraph, Fuseki."""
_SEEN, _BY_NAME = ("", "seen"), ("", "by name")
"""The union is what patterns see anyway; or only by the names of all graphs."""
_POLICIES = f"SELECT ?g {{ GRAPH ?g {{ ?g a <{expand('pg:PrivacyPolicy')}> }} }}"
_MOST_GRAPHS = 20_000
"""How many graphs are named in one request: some megabytes."""

_Node = ox.NamedNode | ox.BlankNode | ox.Triple
_Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Quad = tuple[_Node, ox.NamedNode, _Value, ox.NamedNode]


class EndpointDatabase:
    """The graph of a server, to read.

    Args:
        url: Where the server takes queries.
        patience: Limits for the server; when None, those of somebody who waits for an answer.
        loaded: Whether it must hold a graph of privagraph already.

    Attributes:
        location: The address for messages.

    Raises:
        GraphError: That is no address, or the server holds no graph of privagraph.
        ServiceError: The server cannot be reached, refuses, or is none of SPARQL.
    """

    def __init__(self, url: str, *, patience: Patience | None = None, loaded: bool = True) -> None:
        address = address_of(url)
        self.location = address.shown
        self._connection = Connection(address, patience=patience or Patience(attempts=4))
        self._grammar = ox.Store()
        """Empty: it says whether a text is SPARQL, and what kind of answer it has."""
        self._union: tuple[str, str] | None = None
        """How the union is asked for; None while nobody has needed it."""
        try:
            if not self._asked(_HOLDS) and loaded:
                raise GraphError(
                    self.location,
                    "holds no graph of privagraph with its vocabulary",
                    f"put one there: privagraph load GRAPH --endpoint {self.location}",
                )
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    def __len__(self) -> int:
        """The number of quads in named graphs."""
        rows = self._rows("SELECT (COUNT(*) AS ?count) { GRAPH ?g { ?s ?p ?o } }")
        return int(next(iter(rows))["count"].value)

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: Collection[ox.NamedNode | ox.BlankNode] | None = None,
        named_graphs: Collection[ox.NamedNode | ox.BlankNode] | None = None,
        substitutions: Mapping[ox.Variable, _Value] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask a query, as :meth:`pyoxigraph.Store.query` does.

        Raises:
            SyntaxError: The text is no query.
            ValueError: A variable that has a value is none of the query's.
            QueryError: The query asks another computer, the server refuses it, or it would name too many graphs.
            ServiceError: The server does not answer as it should.
        """
        if (line := remote_line(query)) is not None:
            raise QueryError(f"{self.location}: line {line}: SERVICE asks another computer; leave it out")
        kind = self._grammar.query(
            query, base_iri=base_iri, prefixes=dict(prefixes or {}), substitutions=dict(substitutions or {})
        )
        values = {variable.value: value for variable, value in (substitutions or {}).items()}
        written = with_prefixes(with_values(query, values), base_iri)
        outside = looks_outside_graphs(query)
        if default_graph is not None or named_graphs is not None:
            fields = self._named(default_graph or () if outside else (), named_graphs or ())
        elif use_default_graph_as_union and outside:
            fields = self._as_union(query)
        else:
            fields = []
        if isinstance(kind, ox.QueryTriples):
            copy = ox.Store()
            copy.extend(ox.Quad(*triple) for triple in self._triples(written, fields))
            found = copy.query("CONSTRUCT WHERE { ?s ?p ?o }")
            assert isinstance(found, ox.QueryTriples)
            return found
        return self._answer(written, fields)

    def quads_for_pattern(
        self,
        subject: _Node | None,
        predicate: ox.NamedNode | None,
        target: _Value | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads of a pattern, in the order in which the server sends them.

        Args:
            subject: What they are about; anything when None.
            predicate: Their property; any when None.
            target: What they lead to; anything when None.
            graph_name: Their graph; any named one when None. The default graph counts as empty.

        Raises:
            ServiceError: The server does not answer as it should.
        """
        if isinstance(graph_name, ox.DefaultGraph):
            return
        given = (subject, predicate, target)
        pattern = " ".join(
            f"?{name}" if each is None else str(each) for name, each in zip("spo", given, strict=True)
        )
        if graph_name is not None:
            text = f"CONSTRUCT {{ {pattern} }} WHERE {{ GRAPH {graph_name} {{ {pattern} }} }}"
            for each in self._triples(text, []):
                yield ox.Quad(each.subject, each.predicate, each.object, graph_name)
            return
        free = [f"?{name}" for name, each in zip("spo", given, strict=True) if each is None]
        rows = self._rows(f"SELECT {' '.join(free)} ?g WHERE {{ GRAPH ?g {{ {pattern} }} }}")
        for row in rows:
            found = (row[name] if each is None else each for name, each in zip("spo", given, strict=True))
            yield ox.Quad(*cast("_Quad", (*found, row["g"])))

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """The graphs of policies, and that of the vocabulary; what else a server holds is none of ours."""
        yield ox.NamedNode(VOCABULARY_GRAPH)
        for row in self._rows(_POLICIES):
            if isinstance(row["g"], ox.NamedNode):
                yield row["g"]

    def update(self, address: Address, text: str) -> None:
        """Have the server change its graphs, all of the text or nothing.

        Args:
            address: Where it takes updates.
            text: SPARQL 1.1 Update.

        Raises:
            QueryError: The server refuses the text.
            ServiceError: The server cannot be reached, or takes no updates.
        """
        self._connection.send("POST", address, text.encode(), media_type="application/sparql-update")

    def put(self, address: Address, graph: str, triples: bytes) -> None:
        """Make statements the whole graph of a name.

        Args:
            address: Where the server speaks the Graph Store Protocol.
            graph: The name.
            triples: The statements, as N-Triples.

        Raises:
            QueryError: The server refuses them.
            ServiceError: The server cannot be reached, or takes no graphs.
        """
        self._connection.send(
            "PUT", address, triples, media_type="application/n-triples", params=[("graph", graph)]
        )

    def _named(
        self,
        default: Collection[ox.NamedNode | ox.BlankNode],
        named: Collection[ox.NamedNode | ox.BlankNode],
    ) -> list[tuple[str, str]]:
        """The fields of a request that says which graphs a query sees."""
        if len(default) + len(named) > 2 * _MOST_GRAPHS:
            raise QueryError(
                f"{self.location}: the question is about {max(len(default), len(named)):,} policies by name, and a "
                f"request may name {_MOST_GRAPHS:,}; ask all versions of all policies, or fewer policies"
            )
        return [
            *(("default-graph-uri", graph.value) for graph in default),
            *(("named-graph-uri", graph.value) for graph in named),
        ]

    def _as_union(self, query: str) -> list[tuple[str, str]]:
        """What goes with a query so that it sees the union of all graphs outside of ``GRAPH``."""
        way = self._union
        if way is None:
            way = self._union = _SEEN if self._asked(_SEES_UNION) else self._way_of_server()
        if way == _SEEN:
            return []
        with_graphs = "graph" in query.lower()
        if way == _BY_NAME or (way == _JENA and with_graphs):
            graphs = [*self.named_graphs()]
            return self._named(graphs, graphs if with_graphs else ())
        return [way]

    def _way_of_server(self) -> tuple[str, str]:
        for way in _UNIONS:
            try:
                if self._asked(_SEES_UNION, [way]):
                    return way
            except (QueryError, ServiceError):
                continue  # it takes what it does not know for a mistake
        return _BY_NAME

    def _asked(self, text: str, fields: Sequence[tuple[str, str]] = ()) -> bool:
        return bool(self._answer(text, fields))

    def _rows(self, text: str) -> ox.QuerySolutions:
        found = self._answer(text, ())
        assert isinstance(found, ox.QuerySolutions)
        return found

    def _answer(self, text: str, fields: Sequence[tuple[str, str]]) -> ox.QuerySolutions | ox.QueryBoolean:
        reply = self._connection.ask([("query", text), *fields], accept=_ROWS)
        if reply.media_type not in (_ROWS, "application/json"):
            raise self._no_sparql(reply)
        try:
            seen = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
            if isinstance(seen, ox.QuerySolutions):
                for _ in seen:  # to its end, while a fault can still be told as one of the server
                    pass
        except (SyntaxError, ValueError, OSError) as error:
            raise self._garbled() from error
        reply.body.seek(0)
        return ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)

    def _triples(self, text: str, fields: Sequence[tuple[str, str]]) -> Iterator[ox.Triple]:
        reply = self._connection.ask([("query", text), *fields], accept=_TRIPLES)
        read = _READ.get(reply.media_type)
        if read is None:
            raise self._no_sparql(reply)
        try:
            for quad in ox.parse(reply.body, format=read):
                yield quad.triple
        except (SyntaxError, ValueError, OSError) as error:
            raise self._garbled() from error

    def _no_sparql(self, reply: Reply) -> ServiceError:
        what = "a web page" if "html" in reply.media_type else reply.media_type or "something without a type"
        return ServiceError(
            self._connection.address.service,
            f"answers with {what}, as no SPARQL server does",
            "name the address that takes queries, such as .../query or .../sparql",
        )

    def _garbled(self) -> ServiceError:
        return ServiceError(
            self._connection.address.service,
            "breaks off in the middle of an answer, or writes it wrongly",
            "look at what the server logs; a limit on time or size may have struck",
        )
