"""The graph of one policy as rdflib sees it, with Oxigraph answering its SPARQL.

pySHACL walks the triples of an rdflib graph, which is quick from memory, and hands the SPARQL of the
constraints to the graph. rdflib's own SPARQL engine takes seconds for a policy with two hundred mentions, and
more than in proportion for a larger one; Oxigraph takes milliseconds. rdflib lets a store answer queries
itself, and this store does so. The tests check that both engines find the very same in every example of every
shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.stores.memory import Memory
from rdflib.query import Result
from rdflib.term import Identifier, Node

from privagraph.ontology.namespaces import expand
from privagraph.ontology.remote import remote_line

__all__ = ["RemoteQueryError", "policy_graph", "to_oxigraph", "to_rdflib"]

_STRING = expand("xsd:string")


class RemoteQueryError(Exception):
    """A query of a shape could ask another computer.

    pySHACL looks for ``SERVICE`` in the words of a query and does not find it everywhere; Oxigraph, which answers it,
    has no switch against it.
    """

    def __init__(self) -> None:
        super().__init__("SERVICE asks another computer, and checks use no network")


def policy_graph(statements: Iterable[ox.Quad], oxigraph: ox.Store) -> rdflib.Graph:
    """A graph for reading whose SPARQL is answered by Oxigraph.

    Args:
        statements: The statements; which named graphs they are in does not matter.
        oxigraph: A store that holds the same in its default graph.
    """
    store = _TwofoldStore(oxigraph)
    graph = rdflib.Graph(store, bind_namespaces="none")
    kept: dict[str, rdflib.URIRef] = {}  # IRIs recur, so that each is made once

    def node(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Identifier:
        if not isinstance(term, ox.NamedNode):
            return to_rdflib(term)
        if term.value not in kept:
            kept[term.value] = rdflib.URIRef(term.value)
        return kept[term.value]

    for subject, predicate, value, _ in statements:
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue  # a quoted triple states nothing
        graph.add((node(subject), node(predicate), node(value)))
    return graph


class _TwofoldStore(Memory):
    """Triples from rdflib's memory, solutions from Oxigraph; whoever makes it fills the memory."""

    def __init__(self, oxigraph: ox.Store) -> None:
        super().__init__()
        self.oxigraph = oxigraph

    def query(
        self,
        query: object,
        initNs: Mapping[str, Any],  # noqa: N803  # rdflib's names, which it passes by place
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **_: Any,  # rdflib's own type
    ) -> Result:
        """The solutions of a SELECT query that stays on this computer.

        Args:
            query: The query's text, with the prefixes that it needs.
            initNs: Not used: the shapes declare their prefixes.
            initBindings: Values of variables that are bound before the query runs.
            queryGraph: Not used: there is one graph.

        Raises:
            RemoteQueryError: The query could ask another computer.
        """
        if not isinstance(query, str):
            raise NotImplementedError  # rdflib takes this as: answer it yourself
        if _is_remote(query):
            raise RemoteQueryError
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
        bound = {ox.Variable(name): to_oxigraph(value) for name, value in initBindings.items()}
        try:
            solutions = self.oxigraph.query(query, substitutions=bound)
        except RuntimeError as error:  # it binds only what is selected, as SHACL asks of every constraint
            raise NotImplementedError from error
        if not isinstance(solutions, ox.QuerySolutions):
            raise NotImplementedError  # ASK and CONSTRUCT
        result = Result("SELECT")
        result.vars = [rdflib.Variable(each.value) for each in solutions.variables]
        result.bindings = [
            {
                name: to_rdflib(value)
                for name, value in zip(result.vars, solution, strict=True)
                if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal)
            }
            for solution in solutions
        ]
        return result


@lru_cache(maxsize=512)  # the shapes of a run are asked for every node
def _is_remote(query: str) -> bool:
    return remote_line(query) is not None


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Identifier:
    """The same term for rdflib, with its lexical form as it is."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == _STRING:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The same term for pyoxigraph."""
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _STRING)))
    return ox.BlankNode(str(term)) if isinstance(term, rdflib.BNode) else ox.NamedNode(str(term))
