"""Shapes of one's own: any SHACL file, read as a profile.

The files of this package are read strictly (:mod:`privagraph.shapes.rules`); one that somebody else wrote need not
name its shapes, nor give a title, a reason or a source. So this module takes what there is: ``rdfs:label`` or
``sh:name``, ``rdfs:comment`` or ``sh:description``, ``sh:message``, ``sh:severity``, ``dct:source``. A shape without
an IRI is told by the named one that it belongs to.

SHACL Core and SHACL-SPARQL are run (https://www.w3.org/TR/shacl/); rules and functions of SHACL Advanced Features and
``owl:imports`` are not.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.errors import ProfileError
from privagraph.shapes.rules import Profile, Rule, Severity

if TYPE_CHECKING:
    import os

    import rdflib
    from rdflib.term import Node

__all__ = ["named_shape", "own_profile"]

_UNNAMED = "urn:privagraph:shape:unnamed-"

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".shacl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def own_profile(path: str | os.PathLike[str]) -> Profile:
    """The shapes of a file as a profile, whose name is the file's.

    Args:
        path: A SHACL file: Turtle, N-Triples, RDF/XML or JSON-LD, told by its ending.

    Raises:
        ProfileError: The file cannot be read, is not RDF, or holds no shape.
    """
    file = Path(path)
    graph = _read(file)
    _name_shapes(graph)
    rules = tuple(_rule(graph, node, file.name) for node in _shapes(graph))
    if not rules:
        raise ProfileError(f"{path}: holds no SHACL shape; give it a node with sh:targetClass, for example")
    return Profile(
        name=file.name,
        title="Shapes of your own",
        description=f"The shapes of {file.name}.",
        since="",
        rules=rules,
        turtle=graph.serialize(format="turtle", encoding="utf-8"),
    )


def _read(file: Path) -> rdflib.Graph:
    """The statements of a file, read by Oxigraph: its parsers have one error for whatever is wrong."""
    import rdflib

    from privagraph.shapes.terms import to_rdflib

    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        raise ProfileError(
            f"{file}: shapes are read from {', '.join(_FORMATS)}; save the file as one of them"
        )
    graph = rdflib.Graph(bind_namespaces="none")
    try:
        for subject, predicate, value, _ in ox.parse(
            file.read_bytes().removeprefix(BOM_UTF8), format=form, base_iri=file.absolute().as_uri()
        ):
            if not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple):
                graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))
    except OSError as error:
        raise ProfileError(f"{file}: cannot be read ({error.strerror}); name a SHACL file") from error
    except SyntaxError as error:
        raise ProfileError(f"{file}: not {form.name}: {error.msg}; correct the file") from error
    return graph


def named_shape(shapes: rdflib.Graph, shape: Node) -> Node:
    """The shape with an IRI that a shape belongs to; the outermost one where none of them has an IRI."""
    import rdflib

    seen = {shape}
    while isinstance(shape, rdflib.BNode):
        above = min(
            (each for each in shapes.subjects(None, shape) if each not in seen), key=_iris_first, default=None
        )
        if above is None:
            break
        seen.add(above)
        shape = above
    return shape


def _name_shapes(graph: rdflib.Graph) -> None:
    """Give an IRI to the shapes that have none and belong to no other, so that findings can be told by them."""
    from rdflib import BNode, URIRef

    unnamed = [each for each in _shapes(graph) if isinstance(each, BNode)]
    for number, node in enumerate(unnamed, start=1):
        for triple in list(graph.triples((node, None, None))):
            graph.remove(triple)
            graph.add((URIRef(f"{_UNNAMED}{number}"), *triple[1:]))


def _shapes(graph: rdflib.Graph) -> list[Node]:
    """The shapes that findings are told by, sorted: those with an IRI, and those without that stand alone."""
    from rdflib import OWL, RDF, RDFS, SH, BNode, URIRef

    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    found = {each for kind in (SH.NodeShape, SH.PropertyShape) for each in graph.subjects(RDF.type, kind)}
    found |= {each for target in targets for each in graph.subjects(target, None)}
    found |= {each for part in (SH.property, SH.node) for each in graph.subjects(part, None)}
    found |= {each for each in graph.objects(None, SH.property) if isinstance(each, URIRef)}
    found -= set(graph.subjects(RDF.type, OWL.Ontology)) | set(graph.subjects(RDF.type, RDFS.Datatype))
    return sorted(
        (each for each in found if not isinstance(each, BNode) or named_shape(graph, each) == each), key=str
    )


def _iris_first(node: Node) -> tuple[bool, str]:
    """IRIs before blank nodes, which are named anew in each run."""
    from rdflib import BNode

    return isinstance(node, BNode), str(node)


def _english_first(value: Node) -> tuple[bool, str]:
    return getattr(value, "language", None) not in ("en", None), str(value)


def _rule(graph: rdflib.Graph, node: Node, profile: str) -> Rule:
    from rdflib import DCTERMS, RDFS, SH

    def said(*properties: rdflib.URIRef) -> str:
        for each in properties:
            values = sorted(graph.objects(node, each), key=_english_first)
            if values:
                return str(values[0])
        return ""

    iri = str(node)
    local = iri.rstrip("/#").replace("#", "/").replace(":", "/").rpartition("/")[2]
    severities = {each.iri: each for each in Severity}
    return Rule(
        iri=iri,
        name=f"{profile}:{local}",
        profile=profile,
        title=said(RDFS.label, SH.name) or local,
        reason=said(RDFS.comment, SH.description),
        message=said(SH.message),
        severity=severities.get(said(SH.severity), Severity.ERROR),
        sources=tuple(sorted(str(each) for each in graph.objects(node, DCTERMS.source))),
    )
