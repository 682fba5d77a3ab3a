from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import QueryError
from privagraph.ontology.namespaces import expand
from privagraph.queries.catalogue import Param, Query, catalogue
from privagraph.queries.endpoints.rewriting import looks_outside_graphs, with_prefixes, with_values
from privagraph.queries.store import GraphStore

A = ox.NamedNode("urn:a")
TEXT = ox.Literal('it "ends" } # here\n')
VALUES = {
    "concept": ox.NamedNode(expand("pd:EmailAddress")),
    "date": ox.Literal("2024-06-01", datatype=ox.NamedNode(expand("xsd:date"))),
    "integer": ox.Literal(3),
    "iri": A,
    "string": ox.Literal("recipient"),
}


def value(param: Param, store: GraphStore) -> ox.NamedNode | ox.Literal:
    return ox.NamedNode(store.policies()[0]) if param.type == "policy" else VALUES[param.type]


def csv(store: GraphStore, text: str, bindings: dict[str, ox.NamedNode | ox.Literal] | None = None) -> bytes:
    found = store.query(text, bindings=bindings)
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.CSV) or b""


@pytest.mark.parametrize("query", catalogue(), ids=lambda query: query.id)
def test_every_named_query_finds_the_same_with_values_in_its_text(
    query: Query, sample_store: GraphStore
) -> None:
    given = {param.name: value(param, sample_store) for param in query.params if param.required}
    for param in query.params:
        values = {**given, param.name: value(param, sample_store)}
        written = with_values(query.text, values)
        assert csv(sample_store, written) == csv(sample_store, query.text, values)
    assert not looks_outside_graphs(query.text)  # so that they run on a server of any size


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("SELECT ?v $o { $v ?p ?o }", "SELECT (<urn:a> AS ?v) $o { <urn:a> ?p ?o }"),
        ("ASK { ?v ?p '?v' } # ?v", "ASK { <urn:a> ?p '?v' } # ?v"),
        ("DESCRIBE ?v { ?v ?p ?o }", "DESCRIBE <urn:a> { <urn:a> ?p ?o }"),
        ("CONSTRUCT { ?v a ?t } WHERE { ?v a ?t }", "CONSTRUCT { <urn:a> a ?t } WHERE { <urn:a> a ?t }"),
        ("SELECT ?v { FILTER(BOUND(?v)) }", "SELECT (<urn:a> AS ?v) { FILTER((true)) }"),
        (
            "SELECT ?v { { SELECT ?s { ?s ?p ?v } } ?v ?p ?s }",
            "SELECT (<urn:a> AS ?v) { { SELECT ?s { ?s ?p ?v } } <urn:a> ?p ?s }",
        ),
        (
            "SELECT ?v { { SELECT ?v { ?v ?p ?o } } }",
            "SELECT (<urn:a> AS ?v) { { SELECT (<urn:a> AS ?v_1) { <urn:a> ?p ?o } } }",
        ),
        (
            "SELECT ?v (COUNT(?v) AS ?n) { ?v ?p ?o } GROUP BY ?v HAVING(?v > 1) ORDER BY ?v DESC(?v)",
            "SELECT (<urn:a> AS ?v) (COUNT(<urn:a>) AS ?n) { <urn:a> ?p ?o } GROUP BY (<urn:a>) "
            "HAVING(<urn:a> > 1) ORDER BY (<urn:a>) DESC(<urn:a>)",
        ),
        (
            "SELECT ?v { VALUES (?v ?o) { (<urn:b> 1) } }",
            "SELECT (<urn:a> AS ?v) { VALUES (?v_1 ?o) { (<urn:b> 1) } FILTER(sameTerm(?v_1, <urn:a>))  }",
        ),
        (
            "SELECT ?v { BIND(IF(true, 1, 2) AS ?v) }",
            "SELECT (<urn:a> AS ?v) { BIND(IF(true, 1, 2) AS ?v_1) FILTER(sameTerm(?v_1, <urn:a>))  }",
        ),
        ("SELECT * { ?v ?p ?o }", "SELECT * { <urn:a> ?p ?o  BIND(<urn:a> AS ?v) }"),
        ("SELECT ?vw { ?vw ?p ?o }", "SELECT ?vw { ?vw ?p ?o }"),
    ],
)
def test_a_value_stands_wherever_the_variable_is_meant(text: str, written: str) -> None:
    assert with_values(text, {"v": A}) == written
    ox.Store().query(written)  # it is SPARQL


def test_a_text_stays_a_text_whatever_is_in_it() -> None:
    written = with_values("SELECT ?v { ?s ?p ?o FILTER(?o = ?v) }", {"v": TEXT})
    assert written.count("\\n") == 2
    store = ox.Store()
    store.add(ox.Quad(A, A, TEXT))
    found = store.query(written)
    assert isinstance(found, ox.QuerySolutions)
    assert [row["v"] for row in found] == [TEXT]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (1 AS ?v) {}",
        "SELECT ?v { ?s ?p ?v } VALUES ?v { 1 }",
        "SELECT ?s { ?s ?p ?o } GROUP BY (1 AS ?v) ?s",
    ],
)
def test_what_a_query_computes_cannot_be_given(text: str) -> None:
    with pytest.raises(QueryError, match=r"the query computes \?v itself"):
        with_values(text, {"v": A})


def test_a_blank_node_cannot_be_given() -> None:
    with pytest.raises(QueryError, match=r"\?v cannot be _:b for a SPARQL server"):
        with_values("SELECT ?v { ?v ?p ?o }", {"v": ox.BlankNode("b")})


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("ASK { ?s ?p ?o }", True),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", False),
        ("ASK { GRAPH ?g { { SELECT ?s { ?s ?p ?o } } } }", False),
        ("ASK { GRAPH ?g { ?s ?p ?o } OPTIONAL { [] a ?o } }", True),
        ("SELECT ?s { VALUES ?g { <urn:g> } GRAPH ?g { ?s ?p ?o } FILTER(?s != 'a') BIND(?s AS ?t) }", False),
        ("SELECT ?s { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s a ?o } }", True),
        ("SELECT ?s { { SELECT ?s { GRAPH ?g { ?s ?p ?o } } GROUP BY ?s ORDER BY ?s } }", False),
        ("CONSTRUCT { ?s a ?o } WHERE { GRAPH ?g { ?s a ?o } }", False),
        ("CONSTRUCT WHERE { ?s a ?o }", True),
        ("DESCRIBE <urn:a>", True),
        ("ASK FROM <urn:g> { GRAPH <urn:g> { ?s ?p '{ x' } } # ?s ?p ?o", False),
    ],
)
def test_patterns_outside_of_graphs_are_seen(text: str, outside: bool) -> None:
    assert looks_outside_graphs(text) is outside


def test_prefixes_are_declared_where_the_query_does_not() -> None:
    text = "PREFIX dpv: <urn:other> ASK { ?s a dpv:Collect ; oa:hasTarget ?o }"
    assert with_prefixes(text) == f"PREFIX oa: <http://www.w3.org/ns/oa#>\n{text}"
    assert (
        with_prefixes("ASK { <x> a ?t }", "http://a.example/") == "BASE <http://a.example/>\nASK { <x> a ?t }"
    )
