"""What is said of a node that several policies may speak of: an organisation, a person, a concept."""

from __future__ import annotations

import pyoxigraph as ox

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, compact
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.explaining.asking import rows_about
from privagraph.queries.explaining.naming import MANY, broader, defined, few, local, more, named
from privagraph.queries.explaining.values import Explanation, Fact
from privagraph.queries.store import GraphStore
from privagraph.queries.values import value_of

__all__ = ["concept", "shared"]

_TOLD = """
  OPTIONAL {{ GRAPH ?policy {{ {node} rdfs:label ?label }} }}
  OPTIONAL {{ GRAPH ?policy {{ ?policy prov:wasDerivedFrom/pg:fileName ?source }} }}
  FILTER(BOUND(?label) && BOUND(?source))
"""
"""What a node of a policy is called, and the policy's file. OPTIONAL has the engine look both up for the nodes that
were found, where it would else go through all labels of the graph."""


def shared(store: GraphStore, iri: str) -> Explanation:
    """What all policies say of an organisation, person or program."""
    rows = rows_about(store, iri, "p o", "GRAPH ?g { ?node ?p ?o }")
    facts = [
        Fact(
            local(row["p"].value),
            _label_of(store, row["o"].value)
            if isinstance(row["o"], ox.NamedNode)
            else str(value_of(row["o"])),
            row["o"].value if isinstance(row["o"], ox.NamedNode) else None,
        )
        for row in sorted(rows, key=lambda row: (row["p"].value, str(row["o"])))
        if compact(row["p"].value) not in ("rdf:type", "rdfs:label")
    ]
    used = rows_about(
        store,
        iri,
        "source step label user",
        f"GRAPH ?policy {{ ?user ?step ?node FILTER(?step != pg:agent) }} {_TOLD.format(node='?user')}",
    )
    follows = few(
        [
            Fact(
                f"{row['source'].value}: {local(row['step'].value)} of",
                row["label"].value,
                row["user"].value,
            )
            for row in sorted(
                used, key=lambda row: (row["source"].value, row["step"].value, row["user"].value)
            )
        ]
    )
    organisation = any(fact.name == "name" for fact in facts)
    return Explanation(
        iri,
        "organisation" if organisation else "node",
        _label_of(store, iri),
        None,
        "",
        (),
        tuple(facts),
        (),
        follows,
    )


def concept(store: GraphStore, iri: str) -> Explanation:
    """A term of the vocabulary, and where policies mean it."""
    facts = [Fact("definition", definition)] if (definition := defined(iri)) else []
    meant = rows_about(
        store,
        iri,
        "policy mention term",
        f"""{{ SELECT ?term ?node {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?term skos:broader* ?node }} }} }}
            GRAPH ?policy {{ ?mention pg:concept ?term . ?policy pg:hasMention ?mention }}""",
    )
    sources = _sources(store)
    places = sorted(
        (source, row["mention"].value, row["term"].value)
        for row in meant
        for source in sources.get(row["policy"].value, ())
    )
    told = [
        Fact(
            f"meant in {source}",
            f"“{_label_of(store, mention)}”" + ("" if term == iri else f", {named(term)}"),
            mention,
        )
        for source, mention, term in places[:MANY]
    ]
    if len(places) > MANY:
        told.append(more(len(places)))
    return Explanation(
        iri, "concept", vocabulary().label(iri), None, "", (), tuple(facts), (), (*broader([iri]), *told)
    )


def _sources(store: GraphStore) -> dict[str, list[str]]:
    """The names of the files of each policy, by its IRI."""
    found = store.query(
        "SELECT ?policy ?name { GRAPH ?policy { ?policy prov:wasDerivedFrom/pg:fileName ?name } }"
    )
    assert isinstance(found, ox.QuerySolutions)  # a SELECT query has no other answer
    names: dict[str, list[str]] = {}
    for row in found:
        names.setdefault(row["policy"].value, []).append(row["name"].value)
    return names


def _label_of(store: GraphStore, iri: str) -> str:
    if iri in vocabulary():
        return named(iri)
    rows = rows_about(store, iri, "label", "GRAPH ?g { ?node rdfs:label ?label }")
    return min((row["label"].value for row in rows), default=iri)
