"""The statements of a policy give rdflib the very same as its own store in memory does."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib

from privagraph.shapes.statements import Statements
from privagraph.shapes.terms import to_rdflib

TEXT = (
    '<urn:a> <urn:p> <urn:b>, _:x, "caf\\u00e9"@fr, 7, "7" . _:x <urn:p> "deep" ; <urn:q> <urn:b> . '
    "<urn:b> <urn:q> 01.0, 1.0 ; a <urn:a> ."
)


@pytest.fixture
def quads(quads_of: Callable[[str], list[ox.Quad]]) -> list[ox.Quad]:
    made = quads_of(TEXT)
    return [*made, *made[:3]]  # some of them twice


@pytest.fixture
def usual(quads: list[ox.Quad]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, value, _ in quads:
        graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))
    return graph


def test_every_pattern_finds_the_same(quads: list[ox.Quad], usual: rdflib.Graph) -> None:
    ours = rdflib.Graph(Statements(quads), bind_namespaces="none")
    nowhere = rdflib.URIRef("urn:nowhere")
    patterns = itertools.product(
        [None, nowhere, *usual.subjects(unique=True)],
        [None, nowhere, *usual.predicates(unique=True)],
        [None, nowhere, *usual.objects(unique=True)],
    )
    for pattern in patterns:
        found = list(ours.triples(pattern))
        assert len(found) == len(set(found)), pattern
        assert set(found) == set(usual.triples(pattern)), pattern
    assert len(ours) == len(usual) == 10


def test_statements_are_counted_once(quads: list[ox.Quad], work: Callable[..., int]) -> None:
    """pySHACL asks for their number at every node, only to see whether there are any."""
    ours = Statements(quads)
    assert len(ours) == 10
    assert work(len, ours) < 10


def test_literals_keep_their_spelling(quads: list[ox.Quad]) -> None:
    ours = rdflib.Graph(Statements(quads), bind_namespaces="none")
    told = map(str, ours.objects(rdflib.URIRef("urn:b"), rdflib.URIRef("urn:q")))
    assert sorted(told) == ["01.0", "1.0"]


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib warns of itself
def test_a_dataset_sees_one_graph(quads: list[ox.Quad], usual: rdflib.Graph) -> None:
    """pySHACL puts what it gets into one."""
    dataset = rdflib.Dataset(Statements(quads), default_union=True)
    assert set(dataset.triples((None, rdflib.RDF.type, None))) == set(
        usual.triples((None, rdflib.RDF.type, None))
    )
