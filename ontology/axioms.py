"""The vocabulary as a reasoner reads it: classes, a class tree, and the axioms of ``privagraph.ttl``.

DPV is a SKOS hierarchy whose concepts are classes too, and a practice points at the concepts themselves:
``<practice> dpv:hasPersonalData pd:Health``. An OWL reasoner needs individuals on both ends and a class tree
above them. So, and only for reasoning:

* every ``skos:broader`` between classes is read as ``rdfs:subClassOf``. (Three in four DPV terms that have
  the one lack the other.) This is what "health data are personal data" means for the data that a practice
  handles;
* a concept at the end of a property stands for some fresh individual of that class: the practice above
  handles *some* data that are in the class ``pd:Health``. No IRI is class and individual at once, and none of
  the graph's is touched;
* labels, definitions and other annotations are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import TermKind, vocabulary

__all__ = ["class_tree", "ontology_axioms", "practice_classes"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_CLASS = ox.NamedNode(expand("owl:Class"))
_SUBCLASS = ox.NamedNode(expand("rdfs:subClassOf"))
_CONCEPT = ox.NamedNode(expand("skos:Concept"))
_ANNOTATION = ox.NamedNode(expand("owl:AnnotationProperty"))
_EQUIVALENT = ox.NamedNode(expand("owl:equivalentClass"))


@cache
def _statements() -> tuple[ox.Triple, ...]:
    """Every statement of ``privagraph.ttl``."""
    text = (files(__package__ or "privagraph.ontology") / "privagraph.ttl").read_bytes()
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def ontology_axioms() -> Iterator[ox.Triple]:
    """The statements of ``privagraph.ttl`` without its annotations."""
    left_out = {triple.subject for triple in _statements() if triple.object == _ANNOTATION}
    for triple in _statements():
        if triple.predicate not in left_out and triple.subject not in left_out and triple.object != _CONCEPT:
            yield triple


def class_tree(names: Iterable[str] | None = None) -> Iterator[ox.Triple]:
    """The classes of the vocabulary, with ``skos:broader`` read as ``rdfs:subClassOf``.

    Args:
        names: CURIEs or IRIs of the classes to take, each with all above it; by default every class there is.

    Raises:
        UnknownTermError: A name is not of the vocabulary.
    """
    words = vocabulary()
    wanted = {term.iri for term in words} if names is None else set()
    for name in names or ():
        wanted.update((words.iri(name), *words.broader(name)))
    for iri in sorted(wanted):
        term = words.term(iri)
        if term.kind is TermKind.CLASS:
            yield ox.Triple(ox.NamedNode(iri), _TYPE, _CLASS)
            for above in term.broader:
                yield ox.Triple(ox.NamedNode(iri), _SUBCLASS, ox.NamedNode(above))


@cache
def practice_classes() -> tuple[str, ...]:
    """IRIs of the classes of practices that a reasoner infers, sorted.

    They are the classes of ``privagraph.ttl`` that are defined by an equivalence and lie below
    ``pg:AffirmedPractice``.
    """
    words = vocabulary()
    defined = {
        triple.subject.value
        for triple in _statements()
        if triple.predicate == _EQUIVALENT and isinstance(triple.subject, ox.NamedNode)
    }
    return tuple(sorted(iri for iri in defined if words.is_a(iri, "pg:AffirmedPractice")))
