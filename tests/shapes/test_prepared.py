"""The graph of one policy as the shapes are run on it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.shapes.prepared import PreparedPolicy

POLICY = "https://example.org/p"
PG = f"PREFIX pg: <{PREFIXES['pg']}>\n"


def prepared(turtle: str) -> PreparedPolicy:
    prefixes = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
    return PreparedPolicy(POLICY, ox.parse(f"{prefixes}{turtle}", format=ox.RdfFormat.TRIG))


@pytest.fixture
def small() -> PreparedPolicy:
    return prepared(
        f"GRAPH <urn:g> {{ <{POLICY}> pg:hasMention <urn:b>, <urn:a>, _:blank ; pg:text 'one', 'another' . }}\n"
        "<urn:a> pg:confidence 0.90 . <urn:b> pg:confidence 01.0 ."
    )


def test_all_graphs_are_one(small: PreparedPolicy) -> None:
    assert {quad.graph_name for quad in small.quads} == {ox.DefaultGraph()}
    assert len(small.store) == len(small.quads) == len(small.graph) == 7


def test_values_and_subjects(small: PreparedPolicy) -> None:
    policy = ox.NamedNode(POLICY)
    found = small.values(policy, "pg:hasMention")
    assert {str(each) for each in found if isinstance(each, ox.NamedNode)} == {"<urn:a>", "<urn:b>"}
    assert len(found) == 3
    assert small.subjects("pg:hasMention", ox.NamedNode("urn:a")) == [policy]
    assert small.values(policy, "pg:concept") == small.subjects("pg:concept", policy) == []
    assert small.values(ox.Literal("words"), "pg:text") == []


def test_the_value_is_the_first_in_the_alphabet(small: PreparedPolicy) -> None:
    assert small.value(ox.NamedNode(POLICY), "pg:text") == "another"
    assert small.value(ox.NamedNode(POLICY), "pg:concept") == ""


def test_rdflib_sees_every_literal_as_it_was_written(small: PreparedPolicy) -> None:
    confidence = rdflib.URIRef(expand("pg:confidence"))
    assert sorted(map(str, small.graph.objects(None, confidence))) == ["0.90", "01.0"]
    assert small.graph is small.graph


def test_a_query_selects_each_value_once_in_the_order_of_its_solutions(small: PreparedPolicy) -> None:
    twice = "{ $this pg:hasMention ?value } UNION { $this pg:hasMention ?value }"
    query = f"{PG}SELECT $this ?value WHERE {{ {twice} FILTER isIRI(?value) }} ORDER BY"
    assert [each.value for each in small.select(f"{query} ?value")] == ["urn:a", "urn:b"]
    assert [each.value for each in small.select(f"{query} DESC(?value)")] == ["urn:b", "urn:a"]


def test_a_query_knows_the_policy_alone_as_this(small: PreparedPolicy) -> None:
    other = PreparedPolicy("https://example.org/other", small.quads)
    query = f"{PG}SELECT $this ?value WHERE {{ $this pg:text ?value }}"
    assert {each.value for each in small.select(query)} == {"one", "another"}
    assert other.select(query) == []


def test_a_solution_without_a_value_is_passed_over(small: PreparedPolicy) -> None:
    query = f"{PG}SELECT $this ?value WHERE {{ $this pg:text ?text OPTIONAL {{ $this pg:concept ?value }} }}"
    assert small.select(query) == []


@pytest.mark.parametrize(
    ("query", "error", "reason"),
    [
        ("SELECT $this ?value WHERE {", SyntaxError, "expected"),
        ("SELECT ?value WHERE { ?value ?p ?o }", ValueError, r"does not select \$this"),
        ("SELECT $this WHERE { $this ?p ?o }", ValueError, r"does not select \?value"),
        ("ASK { ?s ?p ?o }", ValueError, "does not select"),
        ("CONSTRUCT { $this ?p ?value } WHERE { $this ?p ?value }", ValueError, "does not select"),
    ],
)
def test_a_query_of_another_kind_is_an_error(
    small: PreparedPolicy, query: str, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        small.select(query)


def test_quoted_triples_are_no_values() -> None:
    said = prepared(f"<{POLICY}> pg:text <<( <urn:s> <urn:p> <urn:o> )>>, 'words' .")
    assert [each.value for each in said.values(ox.NamedNode(POLICY), "pg:text")] == ["words"]
    assert len(said.graph) == 1
