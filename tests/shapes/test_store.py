from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import URIRef

from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.terms import to_oxigraph, to_rdflib

TERMS = [
    ox.NamedNode("urn:a"),
    ox.BlankNode("x"),
    ox.Literal("plain"),
    ox.Literal("caf\u00e9 \\d \n \U0001f4da", language="fr"),
    ox.Literal("0.90", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("P6M", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#duration")),
]


@pytest.fixture
def graph(quads_of: Callable[[str], list[ox.Quad]]) -> rdflib.Graph:
    return PreparedPolicy(
        "urn:a",
        quads_of('<urn:a> <urn:p> <urn:b>, _:x, "caf\\u00e9"@fr, 7, "1 \\\\d" . _:x <urn:p> "deep" .'),
    ).graph


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_terms_come_back_as_they_were(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
    assert to_oxigraph(to_rdflib(term)) == term


def test_triples_and_solutions_hold_the_same(graph: rdflib.Graph) -> None:
    found = graph.query(
        "SELECT $this ?value WHERE { $this <urn:p> ?value }", initBindings={"this": URIRef("urn:a")}
    )
    assert {row[1] for row in found} == set(graph.objects(URIRef("urn:a"), URIRef("urn:p")))
    assert {row[0] for row in found} == {URIRef("urn:a")}
    assert len(found) == 5


def test_blank_nodes_are_the_same_in_both(graph: rdflib.Graph) -> None:
    (row,) = graph.query("SELECT ?node WHERE { <urn:a> <urn:p> ?node . ?node <urn:p> ?deep }")
    assert [str(value) for value in graph.objects(row[0])] == ["deep"]


def test_a_variable_that_is_not_bound_is_left_out(graph: rdflib.Graph) -> None:
    rows = list(graph.query("SELECT ?a ?b WHERE { ?a <urn:p> 7 OPTIONAL { ?a <urn:q> ?b } }"))
    assert [row.asdict() for row in rows] == [{"a": URIRef("urn:a")}]


def test_oxigraph_answers_and_not_rdflib(graph: rdflib.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from rdflib.plugins.sparql import processor

    def unwanted(*_: object) -> None:
        raise AssertionError("rdflib was asked")

    monkeypatch.setattr(processor, "prepareQuery", unwanted)
    monkeypatch.setattr(processor, "parseQuery", unwanted)
    assert len(graph.query("SELECT ?value WHERE { <urn:a> <urn:p> / <urn:p> ?value }")) == 1


def test_rdflib_answers_what_oxigraph_does_not_bind(graph: rdflib.Graph) -> None:
    """A bound variable that is not selected, and a query that is no SELECT."""
    found = graph.query(
        "SELECT ?value WHERE { $this <urn:p> ?value }", initBindings={"this": URIRef("urn:a")}
    )
    assert len(found) == 5
    assert graph.query("ASK { <urn:a> <urn:p> 7 }").askAnswer is True
    assert graph.query("ASK { <urn:a> <urn:p> 8 }").askAnswer is False


def test_graphs_share_nothing(graph: rdflib.Graph) -> None:
    assert len(PreparedPolicy("urn:a", []).graph) == 0
    assert len(graph) == 6


def test_quoted_triples_state_nothing() -> None:
    a, p = ox.NamedNode("urn:a"), ox.NamedNode("urn:p")
    quads = [ox.Quad(a, p, ox.Triple(a, p, a)), ox.Quad(a, p, a)]
    assert len(PreparedPolicy("urn:a", quads).graph) == 1
