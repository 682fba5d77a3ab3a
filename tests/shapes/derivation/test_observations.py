"""Observations, and how they are written into a graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import UnknownTermError
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import PolicyView, Span
from privagraph.shapes.derivation.observations import Observation, observation_quads
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.words import evidence_of

POLICY = PolicyView("https://example.org/p", "📚 We may share data with trusted partners. We share nothing.")
TRUSTED, NOTHING = Span(25, 41), Span(43, 60)
ABOUT = ("https://example.org/p/practice/1", "https://example.org/p/mention/2")


def written(observation: Observation) -> PreparedPolicy:
    text = ox.Quad(ox.NamedNode(POLICY.iri), ox.NamedNode(expand("pg:text")), ox.Literal(POLICY.text))
    return PreparedPolicy(POLICY.iri, [text, *observation_quads(POLICY, observation)])


FULL = Observation("pg:VagueTerm", (TRUSTED, NOTHING), ABOUT, 0.73456, "Who they are is not said.")
NODE = ox.NamedNode("https://example.org/p/observation/VagueTerm/25-41-43-60")


def test_an_observation_is_named_by_its_kind_and_places() -> None:
    policy = written(FULL)
    assert policy.values(ox.NamedNode(POLICY.iri), "pg:hasObservation") == [NODE]
    alone = written(Observation("pg:VagueTerm", (TRUSTED,)))
    assert [each.value for each in alone.values(ox.NamedNode(POLICY.iri), "pg:hasObservation")] == [
        "https://example.org/p/observation/VagueTerm/25-41"
    ]


def test_all_that_is_known_of_it_is_written() -> None:
    policy = written(FULL)
    assert {each.value for each in policy.values(NODE, "rdf:type")} == {
        expand("pg:Observation"),
        expand("pg:VagueTerm"),
    }
    assert policy.value(NODE, "rdfs:label").endswith(": trusted partners")
    assert policy.values(NODE, "pg:confidence") == [
        ox.Literal("0.7346", datatype=ox.NamedNode(expand("xsd:decimal")))
    ]
    assert policy.values(NODE, "rdfs:comment") == [ox.Literal("Who they are is not said.", language="en")]
    assert {each.value for each in policy.values(NODE, "pg:observes")} == set(ABOUT)


def test_what_is_not_known_is_not_written() -> None:
    policy = written(Observation("pg:VagueTerm", (TRUSTED,)))
    (node,) = policy.values(ox.NamedNode(POLICY.iri), "pg:hasObservation")
    for step in ("pg:confidence", "rdfs:comment", "pg:observes", "pg:otherEvidence"):
        assert policy.values(node, step) == []


@pytest.mark.parametrize(
    ("number", "told"), [(1.0, "1"), (0.0, "0"), (0.5, "0.5"), (1e-9, "0"), (0.1, "0.1")]
)
def test_a_confidence_is_a_plain_decimal(number: float, told: str) -> None:
    policy = written(Observation("pg:VagueTerm", (TRUSTED,), confidence=number))
    (node,) = policy.values(ox.NamedNode(POLICY.iri), "pg:hasObservation")
    assert policy.value(node, "pg:confidence") == told


def test_its_words_are_found_as_those_of_mentions_are_and_its_own_come_first() -> None:
    assert [(each.quote, each.confidence) for each in evidence_of(written(FULL), NODE)] == [
        ("trusted partners", 0.7346),
        ("We share nothing.", 0.7346),
    ]
    turned = written(Observation("pg:VagueTerm", (NOTHING, TRUSTED)))
    (node,) = turned.values(ox.NamedNode(POLICY.iri), "pg:hasObservation")
    assert [each.quote for each in evidence_of(turned, node)] == ["We share nothing.", "trusted partners"]


def test_every_statement_is_in_the_graph_of_the_policy_and_makes_no_blank_node() -> None:
    quads = list(observation_quads(POLICY, FULL))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(POLICY.iri)}
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))


@pytest.mark.parametrize("spans", [(Span(0, 500),), (Span(9, 9),), (Span(-3, 2),), (TRUSTED, Span(5, 4))])
def test_a_place_that_is_not_in_the_text_is_an_error(spans: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match="is not in the text"):
        list(observation_quads(POLICY, Observation("pg:VagueTerm", spans)))


def test_an_observation_without_words_or_of_no_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="pg:VagueTerm has no words"):
        list(observation_quads(POLICY, Observation("pg:VagueTerm", ())))
    misspelt = "pg:VagueTerm".replace("u", "")
    with pytest.raises(UnknownTermError, match=f"no pg term '{misspelt}'"):
        list(observation_quads(POLICY, Observation(misspelt, (TRUSTED,))))
