"""The statements of one policy as rdflib reads them, each made into rdflib's terms only when somebody looks at it.

Making rdflib's terms and filling its own store in memory takes as long as most checks, and pySHACL looks at a small
part of a policy: it starts from the nodes of a type and follows a few properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from rdflib.store import Store
from rdflib.term import Identifier

from privagraph.shapes.terms import to_rdflib

if TYPE_CHECKING:
    from rdflib.graph import _ContextType, _TriplePatternType, _TripleType

__all__ = ["Statements"]

_Object = ox.NamedNode | ox.BlankNode | ox.Literal


class Statements(Store):
    """Statements for reading, in no order; those that hold a quoted triple state nothing and are left out.

    Args:
        statements: The statements; which named graphs they are in does not matter.
    """

    context_aware = graph_aware = (
        True  # pySHACL wraps what it gets in a dataset; it is one graph all the same
    )

    def __init__(self, statements: Iterable[ox.Quad]) -> None:
        super().__init__()
        self._nodes: dict[str, rdflib.URIRef] = {}  # IRIs recur, so that each is made once
        self._about: dict[Identifier, list[tuple[Identifier, _Object]]] = {}
        self._by: dict[Identifier, list[tuple[Identifier, _Object]]] = {}
        self._read_about: dict[Identifier, dict[Identifier, dict[Identifier, None]]] = {}
        self._read_by: dict[Identifier, dict[Identifier, dict[Identifier, None]]] = {}
        for subject, predicate, value, _ in statements:
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                continue
            about, by = self._node(subject), self._node(predicate)
            self._about.setdefault(about, []).append((by, value))
            self._by.setdefault(by, []).append((about, value))

    def triples(
        self, triple_pattern: _TriplePatternType, context: _ContextType | None = None
    ) -> Iterator[tuple[_TripleType, Iterator[_ContextType | None]]]:
        """The statements of a pattern.

        Args:
            triple_pattern: Subject, predicate and object; None for any.
            context: Not used: there is one graph.
        """
        subject, predicate, value = triple_pattern
        for found in self._found(subject, predicate, value):
            yield found, iter(())

    def __len__(self, context: _ContextType | None = None) -> int:
        """The number of different statements."""
        return self._size

    @cached_property
    def _size(self) -> int:  # counted once: pySHACL asks at each node whether there is anything in the graph
        return len({(about, by, value) for about, said in self._about.items() for by, value in said})

    def _found(
        self, subject: Any, predicate: Any, value: Any
    ) -> Iterator[tuple[Any, Any, Any]]:  # rdflib's own types
        if subject is not None:
            said = self._said_of(subject)
            for step in (predicate,) if predicate is not None else (*said,):
                values = said.get(step, {})
                if value is None:
                    yield from ((subject, step, each) for each in (*values,))
                elif value in values:
                    yield subject, step, value
            return
        for step in (predicate,) if predicate is not None else (*self._by,):
            leading = self._said_by(step)
            for each in (value,) if value is not None else (*leading,):
                yield from ((about, step, each) for about in (*leading.get(each, ()),))

    def _said_of(self, subject: Identifier) -> dict[Identifier, dict[Identifier, None]]:
        """What a node has, by the property."""
        made = self._read_about.get(subject)
        if made is None:
            made = {}
            for by, value in self._about.get(subject, ()):
                made.setdefault(by, {})[self._node(value)] = None
            self._read_about[subject] = made
        return made

    def _said_by(self, predicate: Identifier) -> dict[Identifier, dict[Identifier, None]]:
        """Which nodes have what by a property, by what they have."""
        made = self._read_by.get(predicate)
        if made is None:
            made = {}
            for about, value in self._by.get(predicate, ()):
                made.setdefault(self._node(value), {})[about] = None
            self._read_by[predicate] = made
        return made

    def _node(self, term: _Object) -> Identifier:
        if not isinstance(term, ox.NamedNode):
            return to_rdflib(term)
        iri = term.value
        if iri not in self._nodes:
            self._nodes[iri] = rdflib.URIRef(iri)
        return self._nodes[iri]
