"""The vocabulary as a reasoner reads it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import UnknownTermError
from privagraph.ontology.axioms import class_tree, ontology_axioms, practice_classes
from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import TermKind, vocabulary

SUBCLASS = ox.NamedNode(expand("rdfs:subClassOf"))
TYPE = ox.NamedNode(expand("rdf:type"))
CLASS = ox.NamedNode(expand("owl:Class"))


def test_annotations_are_left_out_and_axioms_stay() -> None:
    axioms = list(ontology_axioms())
    predicates = {triple.predicate.value for triple in axioms}
    assert predicates.isdisjoint(
        map(expand, ("skos:prefLabel", "skos:definition", "skos:broader", "dpv:hasJurisdiction"))
    )
    assert expand("owl:disjointWith") in predicates
    assert expand("owl:someValuesFrom") in predicates
    assert all(triple.object != ox.NamedNode(expand("skos:Concept")) for triple in axioms)


def test_the_whole_tree_has_every_class_and_every_broader() -> None:
    tree = list(class_tree())
    classes = {triple.subject.value for triple in tree if triple.predicate == TYPE}
    assert classes == {term.iri for term in vocabulary() if term.kind is TermKind.CLASS}
    edges = {(t.subject.value, t.object.value) for t in tree if t.predicate == SUBCLASS}
    assert (expand("dpv:TargetedAdvertising"), expand("dpv:PersonalisedAdvertising")) in edges
    assert (expand("pg:Sell"), expand("dpv:Disclose")) in edges
    assert len(edges) > 2000


def test_a_part_of_the_tree_goes_up_to_the_top() -> None:
    tree = set(class_tree(["dpv:TargetedAdvertising"]))
    names = ("dpv:TargetedAdvertising", *vocabulary().broader("dpv:TargetedAdvertising"))
    expected = {ox.Triple(ox.NamedNode(vocabulary().iri(name)), TYPE, CLASS) for name in names}
    assert {triple for triple in tree if triple.predicate == TYPE} == expected
    assert len(tree) > len(expected)


def test_an_unknown_class_is_an_error() -> None:
    with pytest.raises(UnknownTermError):
        list(class_tree([":".join(("pd", "Nonsense"))]))


def test_no_iri_is_class_and_individual_at_once() -> None:
    triples = [*ontology_axioms(), *class_tree()]
    classes = {triple.subject for triple in triples if triple.predicate == TYPE and triple.object == CLASS}
    individuals = {
        triple.subject
        for triple in triples
        if triple.predicate == TYPE and triple.object == ox.NamedNode(expand("owl:NamedIndividual"))
    }
    assert len(individuals) == 35
    assert classes.isdisjoint(individuals)


def test_classes_of_practices_are_those_that_are_defined() -> None:
    defined = {
        triple.subject.value
        for triple in ontology_axioms()
        if triple.predicate == ox.NamedNode(expand("owl:equivalentClass"))
    }
    fixed = {expand(name) for name in ("pg:Role", "pg:Polarity", "pg:Modality", "pg:Verdict")}
    assert set(practice_classes()) == defined - fixed
    assert list(practice_classes()) == sorted(practice_classes())
