from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SKOS, Literal, URIRef

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.store import GraphStore
from privagraph.shapes.graphs import PolicySource, policy_graphs, quiet_literals, with_terms
from privagraph.shapes.prepared import PreparedPolicy

Quads = list[ox.Quad]
Reader = Callable[[str], Quads]

TWO = """
@prefix dpv: <https://w3id.org/dpv#> .
@prefix e: <https://example.org/> .
@prefix pg: <https://w3id.org/privagraph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/one> a pg:PrivacyPolicy ; pg:hasMention <https://example.org/one/mention/1> ;
    dpv:hasDataController e:acme .
<https://example.org/one/mention/1> rdfs:label "one" ; pg:agent e:shop .
<https://example.org/one/lost> rdfs:label "nobody points at it" .
<https://example.org/two> a pg:PrivacyPolicy ; dpv:hasDataController e:acme ; rdfs:seeAlso <https://example.org/one> .
e:acme rdfs:label "Acme" ; pg:operatedBy e:group .
e:group rdfs:label "Acme Group" .
e:shop rdfs:label "Shop" .
"""


def prepared(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Quads as the shapes are checked on them."""
    return PreparedPolicy("urn:graph", with_terms(quads)).graph


def in_graph(quads: Quads, name: str) -> Quads:
    return [ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(name)) for each in quads]


def subjects(quads: Quads) -> set[str]:
    return {quad.subject.value.removeprefix("https://example.org/") for quad in quads}  # type: ignore[union-attr]


def test_a_store_is_a_source_that_is_read_policy_by_policy(sample_store: GraphStore) -> None:
    assert isinstance(sample_store, PolicySource)
    found = dict(policy_graphs(sample_store))
    assert sorted(found) == sample_store.policies()
    for iri, quads in found.items():
        assert {quad.graph_name.value for quad in quads} == {iri}
        assert len(quads) == len(list(sample_store.quads(iri))) > 100


def test_only_the_named_policies_are_taken(
    sample_store: GraphStore, sample_quads: tuple[ox.Quad, ...]
) -> None:
    chosen = sample_store.policies()[1]
    for source in (sample_store, sample_quads):
        assert [iri for iri, _ in policy_graphs(source, only={chosen})] == [chosen]


def test_reading_is_lazy() -> None:
    """A thousand policies are never in memory together."""
    handed_out: list[str] = []

    class Source:
        location = "here"

        def policies(self) -> list[str]:
            return [f"https://example.org/{number}" for number in range(1000)]

        def unsorted_quads(self, policy_iri: str | None = None) -> Iterator[ox.Quad]:
            for iri in [policy_iri] if policy_iri else self.policies():
                handed_out.append(iri)
                node = ox.NamedNode(iri)
                yield ox.Quad(node, ox.NamedNode(expand("pg:text")), ox.Literal("words"), node)

    graphs = policy_graphs(Source())
    assert next(graphs)[0] == "https://example.org/0"
    assert len(handed_out) == 2


def test_quads_in_named_graphs_are_told_apart_by_them(quads_of: Reader) -> None:
    one = in_graph(
        quads_of("<https://example.org/a> a <https://w3id.org/privagraph/ns#PrivacyPolicy> ."), "urn:a"
    )
    stray = in_graph(quads_of("<urn:x> <urn:y> <urn:z> ."), "urn:stray")
    words = in_graph(quads_of("<urn:x> a <https://w3id.org/privagraph/ns#PrivacyPolicy> ."), VOCABULARY_GRAPH)
    assert list(policy_graphs([*one, *stray, *words])) == [("urn:a", one)]


def test_a_policy_that_is_not_typed_is_found_by_what_it_has(quads_of: Reader) -> None:
    quads = quads_of('<https://example.org/a> <https://w3id.org/privagraph/ns#text> "words" .')
    assert [iri for iri, _ in policy_graphs(quads)] == ["https://example.org/a"]


def test_several_policies_in_one_flat_file_are_parted(quads_of: Reader) -> None:
    found = {iri.rpartition("/")[2]: subjects(quads) for iri, quads in policy_graphs(quads_of(TWO))}
    assert found == {
        "one": {"one", "one/mention/1", "one/lost", "acme", "group", "shop"},
        "two": {"two", "acme", "group"},
    }


def test_the_terms_in_use_come_with_their_types_and_the_way_up(quads_of: Reader) -> None:
    graph = prepared(
        quads_of(
            "<urn:m> <https://w3id.org/privagraph/ns#concept> <https://w3id.org/dpv/legal/eu/gdpr#A6-1-a> ."
        )
    )
    consent, concept = URIRef(expand("dpv:Consent")), URIRef(expand("pg:concept"))
    assert (consent, RDF.type, SKOS.Concept) in graph
    assert consent in graph.transitive_objects(URIRef(expand("eu-gdpr:A6-1-a")), SKOS.broader)
    assert (concept, RDF.type, RDF.Property) in graph
    assert (URIRef(expand("pd:Name")), RDF.type, None) not in graph


def test_a_term_that_does_not_exist_gets_no_type(quads_of: Reader) -> None:
    graph = prepared(quads_of("<urn:m> <urn:p> <https://w3id.org/dpv/loc#Atlantis> ."))
    assert len(graph) == 1


def test_literals_keep_their_form_and_bad_ones_are_not_logged(
    quads_of: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    dates = '"2023-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'
    with caplog.at_level(logging.DEBUG):
        graph = prepared(quads_of(f'<urn:a> <urn:p> {dates} , "caf\\u00e9"@fr , 0.90 , "plain" .'))
    assert caplog.records == []
    assert {value.n3() for value in graph.objects()} == {
        f"{dates}",
        '"café"@fr',
        '"0.90"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"plain"',
    }


def test_rdflib_logs_again_afterwards(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        with quiet_literals():
            Literal("x", datatype=URIRef(expand("xsd:date")))
        assert len(caplog.records) == 0
        Literal("x", datatype=URIRef(expand("xsd:date")))
    assert len(caplog.records) == 1
