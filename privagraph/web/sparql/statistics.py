"""What a graph holds, in numbers: for VoID and the service description."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.ontology.namespaces import PREFIXES, VOCABULARY_GRAPH, compact

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["Statistics", "statistics"]

_PROPERTIES = "SELECT ?g ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ?p"
_CLASSES = "SELECT ?g ?c (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?c } } GROUP BY ?g ?c"
_ENTITIES = (
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?c } FILTER(?g != <" + VOCABULARY_GRAPH + ">) }"
)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of a graph, the vocabulary apart.

    Attributes:
        triples: How many statements there are; one that two policies make counts twice.
        entities: How many nodes have a type.
        properties: How often each property is used, by its IRI, most used first.
        classes: How many nodes each class has, by its IRI, most first.
        graphs: How many statements each policy's graph has, by its IRI, in the order of the IRIs.
        vocabulary_triples: How many statements the vocabulary's graph has.
    """

    triples: int
    entities: int
    properties: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]
    graphs: tuple[tuple[str, int], ...]
    vocabulary_triples: int

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces of the properties and classes that are used, sorted."""
        used = {compact(iri).partition(":")[0] for iri, _ in (*self.properties, *self.classes)}
        return tuple(sorted(space for prefix, space in PREFIXES.items() if prefix in used))


def statistics(store: GraphStore) -> Statistics:
    """Count what a graph holds; it takes some seconds for a thousand policies.

    Args:
        store: The graph.
    """
    properties: Counter[str] = Counter()
    graphs: Counter[str] = Counter()
    own = 0
    for graph, property_, count in _counts(store, _PROPERTIES, "g", "p"):
        if graph == VOCABULARY_GRAPH:
            own += count
        else:
            properties[property_] += count
            graphs[graph] += count
    classes: Counter[str] = Counter()
    for graph, class_, count in _counts(store, _CLASSES, "g", "c"):
        if graph != VOCABULARY_GRAPH:
            classes[class_] += count
    return Statistics(
        triples=graphs.total(),
        entities=_entities(store),
        properties=_ordered(properties),
        classes=_ordered(classes),
        graphs=tuple(sorted(graphs.items())),
        vocabulary_triples=own,
    )


def _counts(store: GraphStore, text: str, *names: str) -> list[tuple[str, str, int]]:
    rows = store.query(text)
    assert isinstance(rows, ox.QuerySolutions)  # a SELECT query has no other answer
    return [(row[names[0]].value, row[names[1]].value, int(row["n"].value)) for row in rows]


def _entities(store: GraphStore) -> int:
    rows = store.query(_ENTITIES)
    assert isinstance(rows, ox.QuerySolutions)  # a SELECT query has no other answer
    return sum(int(row["n"].value) for row in rows)


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
