"""The graph as JSON-LD for people: a policy is a tree of its practices, with the words that each rests on.

It says the same triples as the other RDF formats. The names in it are those of the published context
(``ontology/context.jsonld``), the shape is that of the frame (``ontology/frame.jsonld``): a node stands where it is met
first, and elsewhere its IRI alone (``@embed: @once`` in https://www.w3.org/TR/json-ld11-framing/). IRIs under a policy
are relative to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.ontology.context import CONTEXT_IRI, Context, published_context
from privagraph.ontology.jsonld import Json
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import read_offset
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source
from privagraph.queries.formats import sorted_quads

__all__ = ["write", "write_linked"]

_TYPE = expand("rdf:type")
_TO_PRACTICES = frozenset(map(expand, ("dpv:hasProcess", "pg:deniesPractice")))
_LONG = frozenset(map(expand, ("pg:text", "pg:extraction", "pg:options")))
"""Texts that are so long that they stand behind everything else."""
_DEEPEST = 40
"""Nodes are not put into each other deeper than this; what lies deeper stands beside the tree."""

_Node = ox.NamedNode | ox.BlankNode
_About = Mapping[_Node, Sequence[ox.Quad]]


def write(source: Source, output: Output) -> Written:
    """Write the tree with the context in it, so that the file is read without a network.

    Raises:
        GraphError: The graph holds what JSON-LD cannot.
    """
    return _write(source, output, dict(published_context().document))


def write_linked(source: Source, output: Output) -> Written:
    """Write the tree with the IRI of the context in its place: shorter, for tools that can fetch or know it.

    Raises:
        GraphError: The graph holds what JSON-LD cannot.
    """
    return _write(source, output, CONTEXT_IRI)


def _write(source: Source, output: Output, context: Json) -> Written:
    graphs = (
        entry
        for _, quads in groupby(source.quads, key=lambda quad: quad.graph_name)
        for entry in _entries(quads, source.store.location)
    )
    with output.open() as stream:
        stream.write(b'{\n "@context": ' + _indented(context, 1) + b',\n "@graph": [')
        for number, entry in enumerate(graphs):
            stream.write((b"\n  " if number == 0 else b",\n  ") + _indented(entry, 2))
        stream.write(b"\n ]\n}\n")
    return Written()


def _indented(value: Json, depth: int) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.replace("\n", "\n" + " " * depth).encode()


def _entries(quads: Iterable[ox.Quad], where: str) -> list[Json]:
    """What stands for one named graph, or for the nodes of the default graph."""
    ordered = sorted_quads(quads)
    name = ordered[0].graph_name
    if not isinstance(name, ox.NamedNode):
        nodes = _Tree(ordered, published_context(), where).nodes()
        return nodes if isinstance(name, ox.DefaultGraph) else [{"id": str(name), "@graph": nodes}]
    context = published_context().based_on(f"{name.value}/")
    nodes = _Tree(ordered, context, where, root=name).nodes()
    return [{"@context": {"@base": f"{name.value}/"}, "id": name.value, "@graph": nodes}]


class _Tree:
    """The nodes of one graph, put into each other."""

    def __init__(
        self, quads: Sequence[ox.Quad], context: Context, where: str, *, root: _Node | None = None
    ) -> None:
        self._context = context
        self._about: dict[_Node, list[ox.Quad]] = {}
        for quad in quads:
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                raise GraphError(
                    where, "says something of a statement, which JSON-LD 1.1 cannot hold", "export to trig"
                )
            self._about.setdefault(quad.subject, []).append(quad)
        self._order = [*([root] if root in self._about else []), *self._about]
        self._placed: set[_Node] = set()

    def nodes(self) -> list[Json]:
        """The root with what hangs on it, then what does not."""
        return [self._node(node, 0) for node in self._order if node not in self._placed]

    def _node(self, node: _Node, depth: int) -> Json:
        self._placed.add(node)
        members: dict[str, Json] = {"id": self._context.iri(node)}
        said: dict[str, list[ox.Quad]] = {}
        for quad in self._about[node]:
            said.setdefault(quad.predicate.value, []).append(quad)
        if types := said.pop(_TYPE, None):
            members["type"] = [self._context.type_name(quad.object) for quad in types]
        for predicate in sorted(said, key=lambda each: _rank(each, said[each])):
            values = [quad.object for quad in said[predicate]]
            if predicate in _TO_PRACTICES:
                values.sort(key=self._place)
            members.update(self._context.members(predicate, [self._value(each, depth) for each in values]))
        return members

    def _value(self, value: object, depth: int) -> ox.Literal | _Node | Json:
        """A literal or an IRI as it is; a node of this graph that has no place yet, whole."""
        if isinstance(value, ox.Literal):
            return value
        assert isinstance(value, ox.NamedNode | ox.BlankNode)  # triples were refused
        if value in self._about and value not in self._placed and depth < _DEEPEST:
            return self._node(value, depth + 1)
        return value

    def _place(self, practice: object) -> tuple[int, str]:
        """Where the sentence of a practice begins."""
        step: Iterable[object] = [practice]
        for predicate in ("pg:evidence", "oa:hasSelector", "oa:start"):
            step = [
                quad.object
                for node in step
                if isinstance(node, ox.NamedNode)
                for quad in self._about.get(node, ())
                if quad.predicate.value == expand(predicate)
            ]
        starts = [read_offset(each.value) for each in step if isinstance(each, ox.Literal)]
        return min((each for each in starts if each is not None), default=0), str(practice)


def _rank(predicate: str, quads: Sequence[ox.Quad]) -> tuple[bool, bool, str]:
    """Short literals first, then what leads on, in the order in which framing takes it; long texts last."""
    literal = isinstance(quads[0].object, ox.Literal)
    return predicate in _LONG, not literal, predicate
