"""The graph of one policy as rdflib sees it, with Oxigraph answering its SPARQL.

pySHACL walks the triples of an rdflib graph, see :mod:`privagraph.shapes.statements`, and hands the SPARQL of the
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
from rdflib.query import Result
from rdflib.term import Identifier

from privagraph.ontology.remote import remote_line
from privagraph.shapes.statements import Statements
from privagraph.shapes.terms import to_oxigraph, to_rdflib

__all__ = ["RemoteQueryError", "policy_graph"]


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
    return rdflib.Graph(_TwofoldStore(statements, oxigraph), bind_namespaces="none")


class _TwofoldStore(Statements):
    """Triples as they are looked at, solutions from Oxigraph."""

    def __init__(self, statements: Iterable[ox.Quad], oxigraph: ox.Store) -> None:
        super().__init__(statements)
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
