"""What the service says of itself and of its graph, in RDF.

Service description: https://www.w3.org/TR/sparql11-service-description/. Dataset: https://www.w3.org/TR/void/. No
licence is stated, for the graph holds the words of policies that belong to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.ontology.namespaces import BASE, PREFIXES, VOCABULARY_GRAPH, expand
from privagraph.web.links import resource_url
from privagraph.web.sparql.answering import LimitedStream, written_triples
from privagraph.web.sparql.formats import GRAPHS, ROWS, AnswerFormat

if TYPE_CHECKING:
    from privagraph.web.sparql.statistics import Statistics

__all__ = ["GRAPHS_AT_ONCE", "dataset_description", "service_description"]

GRAPHS_AT_ONCE = 1_000
"""How many policies' graphs one description lists."""
_SD, _VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_PREFIXES = {**PREFIXES, "sd": _SD, "void": _VOID, "formats": "http://www.w3.org/ns/formats/"}
_ROOM = 50_000_000
_EXAMPLES = 5
_ABOUT = (
    "Privacy policies as a knowledge graph: what is done with which data, by whom, for what, and the words that say "
    "so. Each policy is a graph of its own; the vocabulary is another. Without FROM a query sees all of them together."
)


class _Triples:
    """Gathers triples."""

    def __init__(self) -> None:
        self.all: list[ox.Triple] = []

    def add(self, subject: str, property_: str, *values: str | int | ox.Literal) -> None:
        """Say something of a node; a string is an IRI."""
        for value in values:
            term = ox.NamedNode(value) if isinstance(value, str) else _literal(value)
            self.all.append(ox.Triple(ox.NamedNode(subject), ox.NamedNode(property_), term))

    def written(self, format_: AnswerFormat) -> bytes:
        """All of it in a format."""
        by_subject: dict[object, list[ox.Triple]] = {}
        for triple in self.all:
            by_subject.setdefault(triple.subject, []).append(triple)
        stream = LimitedStream(_ROOM)
        written_triples(chain.from_iterable(by_subject.values()), stream, format_, prefixes=_PREFIXES)
        return stream.getvalue()


def _literal(value: int | ox.Literal) -> ox.Literal:
    return ox.Literal(value) if isinstance(value, int) else value


def _text(value: str) -> ox.Literal:
    return ox.Literal(value, language="en")


def service_description(counted: Statistics, address: str, format_: AnswerFormat, *, limits: str) -> bytes:
    """The description of the endpoint.

    Args:
        counted: The numbers of the graph.
        address: The endpoint's address.
        format_: The format to write.
        limits: What limits queries have, in one sentence.
    """
    made = _Triples()
    service, dataset, default = f"{address}#service", f"{address}#dataset", f"{address}#default-graph"
    made.add(service, expand("rdf:type"), _SD + "Service")
    made.add(service, expand("rdfs:comment"), _text(limits))
    made.add(service, _SD + "endpoint", address)
    made.add(service, _SD + "supportedLanguage", _SD + "SPARQL11Query")
    made.add(service, _SD + "feature", _SD + "UnionDefaultGraph")
    made.add(service, _SD + "defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    made.add(service, _SD + "resultFormat", *(each.iri for each in (*ROWS, *GRAPHS)))
    made.add(service, _SD + "defaultDataset", dataset)
    made.add(dataset, expand("rdf:type"), _SD + "Dataset")
    made.add(dataset, expand("rdfs:comment"), _text(_ABOUT))
    made.add(dataset, _SD + "defaultGraph", default)
    made.add(default, expand("rdf:type"), _SD + "Graph")
    made.add(default, _VOID + "triples", counted.triples + counted.vocabulary_triples)
    named = ((VOCABULARY_GRAPH, counted.vocabulary_triples), *counted.graphs[:GRAPHS_AT_ONCE])
    for number, (graph, triples) in enumerate(named):
        node, content = f"{address}#named-graph-{number}", f"{address}#graph-{number}"
        made.add(dataset, _SD + "namedGraph", node)
        made.add(node, expand("rdf:type"), _SD + "NamedGraph")
        made.add(node, _SD + "name", graph)
        made.add(node, _SD + "graph", content)
        made.add(content, expand("rdf:type"), _SD + "Graph")
        made.add(content, _VOID + "triples", triples)
    return made.written(format_)


def dataset_description(
    counted: Statistics,
    root: str,
    format_: AnswerFormat,
    *,
    titles: Sequence[tuple[str, str]],
    name: str,
    page: int,
) -> bytes:
    """The description of the graph as a dataset.

    Args:
        counted: The numbers of the graph.
        root: The address of the site, without a final slash.
        format_: The format to write.
        titles: IRI and name of each policy, in the order in which they are listed.
        name: What the graph is called.
        page: Which policies to list: from 1, :data:`GRAPHS_AT_ONCE` each.
    """
    made = _Triples()
    document, dataset = f"{root}/void", f"{root}/void#dataset"
    made.add(document, expand("rdf:type"), _VOID + "DatasetDescription")
    made.add(document, expand("foaf:primaryTopic"), dataset)
    made.add(dataset, expand("rdf:type"), _VOID + "Dataset")
    made.add(dataset, expand("dct:title"), ox.Literal(name))
    made.add(dataset, expand("dct:description"), _text(_ABOUT))
    made.add(dataset, _VOID + "sparqlEndpoint", f"{root}/sparql")
    for base in sorted({iri.rpartition("policy/")[0] or BASE for iri, _ in titles} or {BASE}):
        made.add(dataset, _VOID + "uriSpace", ox.Literal(base))
    made.add(dataset, _VOID + "uriLookupEndpoint", f"{root}/resource?iri=")
    made.add(dataset, _VOID + "triples", counted.triples)
    made.add(dataset, _VOID + "entities", counted.entities)
    made.add(dataset, _VOID + "classes", len(counted.classes))
    made.add(dataset, _VOID + "properties", len(counted.properties))
    made.add(dataset, _VOID + "documents", len(counted.graphs))
    made.add(dataset, _VOID + "vocabulary", *counted.vocabularies)
    made.add(dataset, _VOID + "feature", *(each.iri for each in GRAPHS))
    made.add(dataset, _VOID + "exampleResource", *(iri for iri, _ in titles[:_EXAMPLES]))
    for kind, counts, partition, count in (
        ("class", counted.classes, _VOID + "classPartition", _VOID + "entities"),
        ("property", counted.properties, _VOID + "propertyPartition", _VOID + "triples"),
    ):
        for number, (iri, amount) in enumerate(counts):
            part = f"{document}#{kind}-{number}"
            made.add(dataset, partition, part)
            made.add(part, _VOID + kind, iri)
            made.add(part, count, amount)
    triples = dict(counted.graphs)
    first = (page - 1) * GRAPHS_AT_ONCE
    for iri, title in titles[first : first + GRAPHS_AT_ONCE]:
        part = f"{root}{resource_url(iri)}#graph"
        made.add(dataset, _VOID + "subset", part)
        made.add(part, expand("rdf:type"), _VOID + "Dataset")
        made.add(part, expand("dct:title"), ox.Literal(title))
        made.add(part, expand("foaf:primaryTopic"), iri)
        made.add(part, _SD + "name", iri)
        made.add(part, _VOID + "triples", triples.get(iri, 0))
    if first + GRAPHS_AT_ONCE < len(titles):
        made.add(document, expand("rdfs:seeAlso"), f"{document}?page={page + 1}")
    return made.written(format_)
