"""What the graph and the vocabulary say of one node, beyond what a picture shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.networks import Polarity
from privagraph.queries.store import GraphStore
from privagraph.web.exploring.around import Way, around, ways_of
from privagraph.web.exploring.links import Links

__all__ = ["Details", "details"]

_FACTS = {
    "pg:condition": "Condition",
    "pg:confidence": "Certainty",
    "pg:kindOfService": "Kind of service",
    "pg:duration": "Length",
    "pg:effectiveDate": "In force from",
    "pg:lastUpdated": "Last updated",
    "foaf:name": "Name",
    "skos:altLabel": "Also called",
    "schema:email": "E-mail",
    "schema:url": "Address on the web",
    "dct:date": "Collected",
    "rdfs:comment": "Remark",
}
"""What is told of a node, and what it is called."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a node.

    Attributes:
        iri: The node.
        label: What it is called.
        kind: What it is: policy, practice, agent, concept and so on.
        curie: Its short name; empty where it has none.
        definition: What the concept means; empty where our vocabulary does not say.
        facts: Names and values.
        ways: How it is joined with others in the whole graph.
        policies: IRIs of the policies that state something of it.
    """

    iri: str
    label: str
    kind: str
    curie: str
    definition: str
    facts: tuple[tuple[str, str], ...]
    ways: tuple[Way, ...]
    policies: tuple[str, ...]


def details(store: GraphStore, iri: str, polarity: Polarity = "both") -> Details:
    """What is known of a node.

    Args:
        store: The graph.
        iri: The node.
        polarity: Which of its edges count.

    Raises:
        GraphError: The graph says nothing of it.
    """
    network = around(store, (iri,), hops=0).network
    if iri not in network:
        raise GraphError(store.location, f"says nothing of {iri}", "search for a node by its name")
    node, known, links = network.nodes[iri], vocabulary(), Links(store)
    short = compact(iri)
    return Details(
        iri=iri,
        label=str(node["label"]),
        kind=str(node["kind"]),
        curie="" if short == iri else short,
        definition=known.term(iri).definition if iri in known else "",
        facts=tuple(_facts(node)),
        ways=ways_of(links, iri, polarity=polarity),
        policies=tuple(sorted({link.policy for link in links.of(iri) if link.policy})),
    )


def _facts(node: dict[str, object]) -> Iterator[tuple[str, str]]:
    known = vocabulary()
    for name, value in node.items():
        title = _FACTS.get(name.partition("@")[0])
        if title is None or value in (node["label"], None, ""):
            continue
        values = value if isinstance(value, list) else [value]
        yield title, ", ".join(known.label(str(each)) if str(each) in known else str(each) for each in values)
