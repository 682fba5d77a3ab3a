"""Gathers what a page says of one node."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from privagraph.ontology.namespaces import compact, expand
from privagraph.ontology.vocabulary import TermKind, vocabulary
from privagraph.queries.explaining import explain
from privagraph.web.linked.values import ResourceView, Said, Shown

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["found_among", "resource_view"]

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_VALUES, _NODES, _EXAMPLES, _LENGTH = 40, 12, 10, 1_200
"""How many values of a property, nodes that lead here and examples are shown, and how much of a long text."""
_KINDS = {TermKind.CLASS: "concept", TermKind.PROPERTY: "property", TermKind.INDIVIDUAL: "value"}
_TYPE, _LABEL = expand("rdf:type"), expand("rdfs:label")
_STRING = expand("xsd:string")
_LEADING = "SELECT ?p (COUNT(*) AS ?n) ?node { GRAPH ?g { ?s ?p ?node } } GROUP BY ?p ?node"
_SUBJECTS = f"SELECT DISTINCT ?s ?p ?node {{ GRAPH ?g {{ ?s ?p ?node }} }} LIMIT {_NODES}"
_MEANT = (
    "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?policies) ?node "
    "{ GRAPH ?g { ?mention pg:concept ?node } } GROUP BY ?node"
)
_USES = "SELECT (COUNT(*) AS ?n) ?node { GRAPH ?g { ?s ?node ?o } } GROUP BY ?node"
_IN_USE = f"SELECT ?s ?o ?node {{ GRAPH ?g {{ ?s ?node ?o }} }} LIMIT {_EXAMPLES}"


def found_among(store: GraphStore, iris: Collection[str]) -> str | None:
    """The first IRI that names something.

    Args:
        store: The graph.
        iris: What might.

    Returns:
        One of them; None where none does.
    """
    return next((iri for iri in iris if iri in vocabulary() or _stands_somewhere(store, iri)), None)


def resource_view(store: GraphStore, iri: str) -> ResourceView | None:
    """What is known of a node.

    Args:
        store: The graph.
        iri: Its IRI.

    Returns:
        All that a page shows; None where neither the graph nor the vocabulary knows it.
    """
    if found_among(store, [iri]) is None:
        return None
    words = vocabulary()
    term = words.term(iri) if iri in words else None
    told = explain(store, iri) if term is None and _can_be_told(store, iri) else None
    uses = _count(store, _USES, iri)
    kind = _KINDS[term.kind] if term is not None else told.kind if told is not None else "node"
    meant = _rows(store, _MEANT, node=ox.NamedNode(iri)) if term is not None else []
    return ResourceView(
        iri=iri,
        label=term.label if term is not None else told.label if told is not None else compact(iri),
        kind="property" if term is None and uses else kind,
        types=tuple(sorted((_node(store, each.value) for each in _types(store, iri)), key=_by_name)),
        definition=term.definition if term else "",
        example=term.example if term else "",
        broader=tuple(_node(store, each) for each in (term.broader if term else ())),
        narrower=tuple(_node(store, each) for each in (words.narrower(iri) if term else ())),
        told=told,
        said=_said(store, iri),
        leading=_leading(store, iri),
        mentions=sum(int(row["n"].value) for row in meant),
        policies=sum(int(row["policies"].value) for row in meant),
        uses=uses,
        examples=_examples(store, iri) if uses else (),
    )


def _by_name(shown: Shown) -> tuple[str, str]:
    return shown.text.casefold(), shown.iri


def _stands_somewhere(store: GraphStore, iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:  # no IRI at all, so no node
        return False
    places = ({"subject": iri}, {"target": iri}, {"predicate": iri})
    return any(True for place in places for _ in islice(store.matching(**place), 1))


def _can_be_told(store: GraphStore, iri: str) -> bool:
    """Whether something is said of a node, and its name is not taken for the end of others' names."""
    return ("://" in iri or iri.startswith("urn:")) and any(
        True for _ in islice(store.matching(subject=iri), 1)
    )


def _types(store: GraphStore, iri: str) -> set[ox.NamedNode]:
    found = store.matching(subject=iri, predicate=_TYPE)
    return {quad.object for quad in found if isinstance(quad.object, ox.NamedNode)}


def _said(store: GraphStore, iri: str) -> tuple[Said, ...]:
    """All properties of a node, with their first values."""
    values: dict[str, set[_Term]] = {}
    for quad in store.matching(subject=iri):
        if quad.predicate.value != _TYPE:
            values.setdefault(quad.predicate.value, set()).add(quad.object)
    return tuple(
        Said(
            property_,
            _name(property_),
            tuple(_shown(store, each) for each in sorted(terms, key=str)[:_VALUES]),
            len(terms),
        )
        for property_, terms in sorted(values.items(), key=lambda item: (_name(item[0]), item[0]))
    )


def _leading(store: GraphStore, iri: str) -> tuple[Said, ...]:
    """The properties that lead to a node, with the first nodes that have them."""
    node = ox.NamedNode(iri)
    found = []
    for row in _rows(store, _LEADING, node=node):
        property_ = row["p"].value
        subjects = _rows(store, _SUBJECTS, node=node, p=ox.NamedNode(property_))
        nodes = {_shown(store, each["s"]) for each in subjects}
        count = int(row["n"].value)
        found.append(Said(property_, _name(property_), tuple(sorted(nodes, key=_by_name)), count))
    return tuple(sorted(found, key=lambda each: (each.name, each.iri)))


def _examples(store: GraphStore, iri: str) -> tuple[tuple[Shown, Shown], ...]:
    rows = _rows(store, _IN_USE, node=ox.NamedNode(iri))
    return tuple((_shown(store, row["s"]), _shown(store, row["o"])) for row in rows)


def _count(store: GraphStore, text: str, iri: str) -> int:
    return sum(int(row["n"].value) for row in _rows(store, text, node=ox.NamedNode(iri)))


def _rows(store: GraphStore, text: str, **bindings: ox.NamedNode) -> list[ox.QuerySolution]:
    rows = store.query(text, bindings=bindings)
    assert isinstance(rows, ox.QuerySolutions)  # a SELECT query has no other answer
    return list(rows)


def _shown(store: GraphStore, term: _Term) -> Shown:
    if isinstance(term, ox.NamedNode):
        return _node(store, term.value)
    if not isinstance(term, ox.Literal):
        return Shown(str(term))
    note = term.language or ""
    if not note and term.datatype.value != _STRING:
        note = compact(term.datatype.value).partition(":")[2]
    text = term.value
    if len(text) > _LENGTH:
        return Shown(f"{text[:_LENGTH]}…", note=note, length=len(text))
    return Shown(text, note=note)


def _node(store: GraphStore, iri: str) -> Shown:
    """A node by its label."""
    if iri in vocabulary():
        return Shown(vocabulary().label(iri), iri, compact(iri))
    labels = [
        quad.object.value
        for quad in islice(store.matching(subject=iri, predicate=_LABEL), _NODES)
        if isinstance(quad.object, ox.Literal)
    ]
    short = compact(iri)
    return Shown(min(labels, default=short), iri, short if labels and short != iri else "")


def _name(property_: str) -> str:
    """A property as words."""
    if property_ in vocabulary():
        return vocabulary().label(property_).lower()
    local = compact(property_).partition(":")[2] or property_
    return "".join(f" {char.lower()}" if char.isupper() else char for char in local).strip()
