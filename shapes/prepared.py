"""The graph of one policy as the shapes are run on it.

It is held by Oxigraph, which answers the SPARQL of the shapes and is quick to fill. pySHACL walks an rdflib graph;
that copy is made only when it is asked for, because making it takes longer than most checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.shapes.results import Term

if TYPE_CHECKING:
    import rdflib

__all__ = ["PreparedPolicy"]


class PreparedPolicy:
    """One policy, what was derived from it, and the terms of the vocabulary that it uses; for reading alone.

    Attributes:
        iri: The policy's IRI.
        quads: All statements, in the default graph, every literal as it was written.
        store: The same in a store, which keeps values and not spellings.
    """

    def __init__(self, iri: str, quads: Iterable[ox.Quad]) -> None:
        self.iri = iri
        self.quads = [ox.Quad(subject, predicate, value) for subject, predicate, value, _ in quads]
        self.store = ox.Store()
        self.store.bulk_extend(self.quads)

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The same for rdflib, every literal as it was written, with Oxigraph answering its SPARQL."""
        from privagraph.shapes.graphs import quiet_literals
        from privagraph.shapes.store import policy_graph

        with quiet_literals():
            return policy_graph(self.quads, self.store)

    @cached_property
    def text(self) -> str:
        """The policy's text, fetched once: it is looked into for each quote."""
        return self.value(ox.NamedNode(self.iri), "pg:text")

    def values(self, subject: Term, curie: str) -> list[Term]:
        """What a node has by a property."""
        if isinstance(subject, ox.Literal):
            return []
        found = (
            quad.object for quad in self.store.quads_for_pattern(subject, ox.NamedNode(expand(curie)), None)
        )
        return [each for each in found if not isinstance(each, ox.Triple)]

    def value(self, subject: Term, curie: str) -> str:
        """The value that a node has by a property, the first in the alphabet of several, or nothing."""
        return min((each.value for each in self.values(subject, curie)), default="")

    def subjects(self, curie: str, value: Term) -> list[Term]:
        """The nodes that have a value by a property."""
        found = (
            quad.subject for quad in self.store.quads_for_pattern(None, ox.NamedNode(expand(curie)), value)
        )
        return [each for each in found if not isinstance(each, ox.Triple)]

    def select(self, query: str) -> list[Term]:
        """What a query about the policy selects as ``?value``, each once, in the order of the solutions.

        Args:
            query: ``SELECT $this ?value WHERE { … }``, with the prefixes that it needs.

        Raises:
            SyntaxError: The query is not SPARQL.
            ValueError: It is no SELECT query, or does not select both variables.
        """
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
        bound = {ox.Variable("this"): ox.NamedNode(self.iri)}
        try:
            solutions = self.store.query(query, substitutions=bound)
        except RuntimeError as error:  # it binds only what is selected
            raise ValueError("it does not select $this") from error
        if not isinstance(solutions, ox.QuerySolutions) or ox.Variable("value") not in solutions.variables:
            raise ValueError("it does not select ?value")
        found = dict.fromkeys(row["value"] for row in solutions)
        return [each for each in found if isinstance(each, ox.NamedNode | ox.BlankNode | ox.Literal)]
