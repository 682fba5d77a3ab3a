"""Proves the ontology consistent, and infers the classes of practices, with the OWL reasoner HermiT.

HermiT comes with Owlready2 and runs on Java. What it reads is described in :mod:`privagraph.ontology.axioms`;
every run has a world of its own, so that nothing stays behind.

A practice is classified by what it points at, so practices that point at the same things are handed to the
reasoner as one. A thousand that are all different take some ten seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.errors import GraphError, MissingDependencyError
from privagraph.ontology.axioms import class_tree, ontology_axioms, practice_classes
from privagraph.ontology.namespaces import expand
from privagraph.ontology.signatures import Classes, PracticeGraph, Signature
from privagraph.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    import owlready2

__all__ = ["Inference", "Proof", "infer", "prove"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_INDIVIDUAL = ox.NamedNode(expand("owl:NamedIndividual"))
_FRESH = "urn:privagraph:reasoning:"
_BATCH = 2000
"""How many different practices one run of the reasoner takes."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the reasoner found out about the ontology.

    Attributes:
        consistent: Whether the ontology can be true at all.
        classes: How many classes were examined.
        unsatisfiable: IRIs of the classes that can have no member, sorted; empty when all is well.
    """

    consistent: bool
    classes: int
    unsatisfiable: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the ontology is consistent and every class can have members."""
        return self.consistent and not self.unsatisfiable


@dataclass(frozen=True, slots=True)
class Inference:
    """The classes of practices that follow from a graph.

    Attributes:
        quads: ``practice rdf:type class`` for each class that follows, in the graph of the practice; sorted,
            without those that the graph has already.
        practices: How many practices the graph has, affirmed and denied.
        members: The practices in each class, for all classes that can be inferred, as IRIs; both sorted.
    """

    quads: tuple[ox.Quad, ...]
    practices: int
    members: Mapping[str, tuple[str, ...]]


def prove(extension: Iterable[ox.Triple] = ()) -> Proof:
    """Examine the whole vocabulary, DPV's classes and ours.

    Args:
        extension: OWL axioms to be examined together with it, such as those of an extension of the
            vocabulary.

    Raises:
        MissingDependencyError: There is no Java.

    Example:
        >>> prove().holds  # doctest: +SKIP
        True
    """
    with closing(_world([*ontology_axioms(), *class_tree(), *extension])) as world:
        classes = sum(1 for _ in world.classes())
        if not _run(world):
            return Proof(False, classes, ())
        empty = {found.iri for found in world.inconsistent_classes()} - {expand("owl:Nothing")}
        return Proof(True, classes, tuple(sorted(empty)))


def infer(quads: Iterable[ox.Quad]) -> Inference:
    """Infer the classes of the practices of a graph.

    Args:
        quads: The graph, with practices as ``docs/graph-model.md`` has them. Statements on other things are
            ignored.

    Returns:
        The classes that follow for each practice, also those that follow from others. Denied practices have
        none.

    Raises:
        GraphError: The graph contradicts the ontology, as when a practice is both affirmed and denied.
        MissingDependencyError: There is no Java.
    """
    graph = PracticeGraph(quads)
    signatures: dict[Signature, list[str]] = defaultdict(list)
    for practice in graph.practices:
        signatures[graph.signature(practice)].append(practice)
    members: dict[str, list[str]] = {iri: [] for iri in practice_classes()}
    for batch in _batches(list(signatures)):
        for signature, classes in _classify(batch, graph).items():
            for iri in classes:
                members[iri] += signatures[signature]
    inferred = {
        ox.Quad(ox.NamedNode(practice), _TYPE, ox.NamedNode(iri), where)
        for iri, practices in members.items()
        for practice in practices
        for where in graph.practices[practice]
    }
    return Inference(
        quads=tuple(sorted(inferred - graph.typed, key=str)),
        practices=len(graph.practices),
        members={iri: tuple(sorted(practices)) for iri, practices in members.items()},
    )


def _batches(signatures: list[Signature]) -> Iterator[list[Signature]]:
    for start in range(0, len(signatures), _BATCH):
        yield signatures[start : start + _BATCH]


def _classify(signatures: list[Signature], graph: PracticeGraph) -> dict[Signature, tuple[str, ...]]:
    """The classes of practices that follow from each signature."""
    things = {classes: f"{_FRESH}thing:{number}" for number, classes in enumerate(_things(signatures))}
    axioms = [*ontology_axioms(), *_needed_classes(things)]
    for classes, iri in things.items():
        axioms += _individual(iri, classes)
    for number, (own, links) in enumerate(signatures):
        practice = f"{_FRESH}practice:{number}"
        axioms += _individual(practice, own)
        axioms += [_triple(practice, link, things[classes]) for link, classes in links]
    wanted = set(practice_classes())
    with closing(_world(axioms)) as world:
        if not _run(world):
            raise GraphError(
                "the graph",
                f"contradicts the ontology: {_contradiction(graph)}",
                "`privagraph validate` shows where a graph breaks its own structure",
            )
        return {
            signature: tuple(sorted(wanted & _ancestors(world[f"{_FRESH}practice:{number}"])))
            for number, signature in enumerate(signatures)
        }


def _needed_classes(things: Iterable[Classes]) -> Iterator[ox.Triple]:
    """The part of the class tree that the axioms and the given things are in."""
    words = vocabulary()
    named = {triple.object.value for triple in ontology_axioms() if isinstance(triple.object, ox.NamedNode)}
    return class_tree({iri for iri in named if iri in words}.union(practice_classes(), *things))


def _individual(iri: str, classes: Classes) -> list[ox.Triple]:
    made = ox.NamedNode(iri)
    types = (ox.NamedNode(name) for name in sorted(classes))
    return [ox.Triple(made, _TYPE, _INDIVIDUAL), *(ox.Triple(made, _TYPE, name) for name in types)]


def _triple(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))


def _contradiction(graph: PracticeGraph) -> str:
    """What is wrong with a graph that cannot be true."""
    culprits = graph.contradictions()
    if not culprits:
        return "something that a practice points at is in two classes that exclude each other"
    more = f" (and {len(culprits) - 1} more)" if len(culprits) > 1 else ""
    return f"{culprits[0]}{more} is both an affirmed and a denied practice"


def _things(signatures: Iterable[Signature]) -> list[Classes]:
    """What the links of the signatures lead to, each once, in a fixed order."""
    return sorted({classes for _, links in signatures for _, classes in links}, key=sorted)


def _ancestors(individual: owlready2.Thing) -> set[str]:
    """IRIs of all named classes of an individual."""
    return {
        above.iri
        for parent in individual.is_a
        if hasattr(parent, "ancestors")
        for above in parent.ancestors()
    }


def _world(triples: Iterable[ox.Triple]) -> owlready2.World:
    """A fresh world that holds the statements."""
    from io import BytesIO

    import owlready2

    stream = BytesIO()
    ox.serialize(triples, stream, format=ox.RdfFormat.N_TRIPLES)
    stream.seek(0)
    world = owlready2.World()
    world.get_ontology("https://w3id.org/privagraph/ns#").load(fileobj=stream)
    return world


def _run(world: owlready2.World) -> bool:
    """Let HermiT classify a world; False when it is inconsistent."""
    import shutil

    import owlready2

    if shutil.which(owlready2.JAVA_EXE) is None:
        raise MissingDependencyError(
            "Java",
            "reasoning",
            "install a Java runtime, version 8 or newer (such as `apt install default-jre-headless`), "
            "and see that `java` is on the PATH",
        )
    try:
        with world.get_ontology(f"{_FRESH}inferred#"):
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    except owlready2.OwlReadyJavaError as error:
        said = next((line.strip() for line in str(error).splitlines()[1:] if line.strip()), "no reason given")
        raise MissingDependencyError(
            "a Java runtime that can run HermiT", "reasoning", f"the one on the PATH says: {said}"
        ) from error
    return True
