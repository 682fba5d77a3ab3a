"""Our own ontology: complete, documented, and in line with the code and the graph model."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.loaders.facts import Modality, Polarity, Role
from privagraph.ontology.axioms import practice_classes
from privagraph.ontology.namespaces import PREFIXES, compact, expand
from privagraph.ontology.vocabulary import Branch, Term, TermKind, vocabulary

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "ontology" / "privagraph.ttl"
TRIPLES = [quad.triple for quad in ox.parse(SOURCE.read_bytes(), format=ox.RdfFormat.TURTLE)]
OURS = [term for term in vocabulary() if term.curie.startswith("pg:")]


def values(subject: str, predicate: str) -> list[str]:
    return [
        triple.object.value
        for triple in TRIPLES
        if triple.predicate.value == expand(predicate)
        and not isinstance(triple.subject, ox.BlankNode)
        and triple.subject.value == expand(subject)
        and not isinstance(triple.object, ox.BlankNode)
    ]


def test_there_are_as_many_terms_as_expected() -> None:
    assert len(OURS) >= 260


@pytest.mark.parametrize("term", OURS, ids=lambda term: term.curie)
def test_a_term_is_documented(term: Term) -> None:
    assert term.label
    assert term.definition.endswith(".")
    if term.kind is not TermKind.PROPERTY and not vocabulary().is_a(term.iri, "dpv:Law"):
        assert term.example, "a class or value has an example"


def test_every_subject_is_labelled() -> None:
    ours = PREFIXES["pg"]
    subjects = {
        t.subject.value
        for t in TRIPLES
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(ours)
    }
    assert subjects == {term.iri for term in OURS}


@pytest.mark.parametrize(
    ("names", "top"), [(Role, "pg:Role"), (Polarity, "pg:Polarity"), (Modality, "pg:Modality")]
)
def test_the_values_of_the_code_are_those_of_the_ontology(
    names: type[Role | Polarity | Modality], top: str
) -> None:
    individuals = {
        t.subject.value
        for t in TRIPLES
        if t.predicate.value == expand("rdf:type") and t.object == ox.NamedNode(expand(top))
    }
    assert individuals == {expand(f"pg:{name}") for name in names}


def test_every_term_of_the_graph_model_is_there() -> None:
    text = (ROOT / "docs" / "graph-model.md").read_text("utf-8")
    named = set(re.findall(r"\bpg:[A-Za-z_]+\b", text))
    assert len(named) >= 40
    assert {name for name in named if name not in vocabulary()} == set()


def test_a_denied_practice_is_disjoint_with_a_process() -> None:
    assert values("pg:DeniedPractice", "owl:disjointWith") == [expand("dpv:Process")]
    assert values("pg:deniesPractice", "owl:propertyDisjointWith") == [expand("dpv:hasProcess")]
    assert not vocabulary().is_a("pg:DeniedPractice", "dpv:Process")
    assert vocabulary().is_a("pg:AffirmedPractice", "dpv:Process")


def test_every_subclass_of_a_vocabulary_term_has_it_as_broader() -> None:
    for triple in TRIPLES:
        if triple.predicate.value in {expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")}:
            assert isinstance(triple.subject, ox.NamedNode)
            if isinstance(triple.object, ox.NamedNode) and triple.object.value in vocabulary():
                assert triple.object.value in vocabulary().term(triple.subject.value).broader


def test_every_concept_lies_in_a_hierarchy_of_dpv() -> None:
    concepts = {t.subject.value for t in TRIPLES if t.object == ox.NamedNode(expand("skos:Concept"))}
    ours = [term for term in OURS if term.iri in concepts]
    assert len(ours) >= 160
    outside = [
        term.curie
        for term in ours
        if not vocabulary().branches(term.iri) and not vocabulary().is_a(term.iri, "dpv:OptingOutFromProcess")
    ]
    assert outside == []


@pytest.mark.parametrize("iri", practice_classes(), ids=compact)
def test_a_class_of_practices_is_affirmed(iri: str) -> None:
    assert vocabulary().is_a(iri, "pg:AffirmedPractice")
    assert not vocabulary().is_a(iri, "pg:DeniedPractice")


def test_there_are_classes_of_practices_for_what_people_ask() -> None:
    assert len(practice_classes()) >= 25
    asked = (
        "pg:ThirdPartySharing",
        "pg:SpecialCategoryProcessing",
        "pg:ChildDataProcessing",
        "pg:TargetedAdvertisingPractice",
        "pg:ThirdCountryTransfer",
        "pg:SaleOfData",
        "pg:ConsentBasedProcessing",
        "pg:LegitimateInterestProcessing",
    )
    assert {expand(name) for name in asked} <= set(practice_classes())


def test_every_law_names_its_jurisdiction() -> None:
    laws = [term for term in OURS if Branch.LAW in vocabulary().branches(term.iri)]
    assert len(laws) >= 45
    for law in laws:
        (place,) = values(law.curie, "dpv:hasJurisdiction")
        assert vocabulary().branches(place) == {Branch.LOCATION}
        assert values(law.curie, "dct:source"), law.curie


def test_no_label_is_used_twice() -> None:
    labels = [term.label.casefold() for term in OURS if term.kind is TermKind.CLASS]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_the_ontology_says_who_it_is() -> None:
    ontology = "https://w3id.org/privagraph/ns"
    said = {
        triple.predicate.value: triple.object.value
        for triple in TRIPLES
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value == ontology
    }
    assert said["http://purl.org/vocab/vann/preferredNamespacePrefix"] == "pg"
    assert said["http://purl.org/vocab/vann/preferredNamespaceUri"] == PREFIXES["pg"]
    assert said[expand("dct:conformsTo")] == "https://w3id.org/dpv/2.3"
    assert said[expand("owl:versionIRI")] == f"{ontology}/{said[expand('owl:versionInfo')]}"
