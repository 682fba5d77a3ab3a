"""A part of a graph is a graph: whole practices with their words, and nothing of the others."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.export.narrowing import narrowed
from privagraph.queries.export.source import Source
from privagraph.queries.networks import Filters, Polarity
from privagraph.queries.store import GraphStore


def of_type(quads: list[ox.Quad], name: str) -> set[str]:
    wanted = ox.NamedNode(expand(name))
    return {
        quad.subject.value
        for quad in quads
        if quad.object == wanted and isinstance(quad.subject, ox.NamedNode)
    }


@pytest.fixture
def whole(policies: GraphStore) -> list[ox.Quad]:
    return list(policies.quads())


def test_all_practices_are_what_practices_say(whole: list[ox.Quad]) -> None:
    every = of_type(whole, "pg:AffirmedPractice") | of_type(whole, "pg:DeniedPractice")
    part = narrowed(whole, every)
    assert set(part) < set(whole)
    assert of_type(part, "pg:AffirmedPractice") | of_type(part, "pg:DeniedPractice") == every
    assert of_type(part, "pg:PrivacyPolicy") == of_type(whole, "pg:PrivacyPolicy")
    rights = expand("dpv:hasRight")
    assert any(quad.predicate.value == rights for quad in whole)
    assert not any(quad.predicate.value == rights for quad in part)


def test_one_practice_has_its_policy_its_mentions_and_its_words(whole: list[ox.Quad]) -> None:
    one = min(of_type(whole, "pg:DeniedPractice"))
    part = narrowed(whole, {one})
    assert of_type(part, "pg:DeniedPractice") == {one}
    assert of_type(part, "pg:AffirmedPractice") == set()
    (policy,) = of_type(part, "pg:PrivacyPolicy")
    assert one.startswith(f"{policy}/")
    assert len(of_type(part, "pg:SourceFile")) == 1
    arguments = {quad.object for quad in part if quad.predicate.value == expand("pg:hasArgument")}
    mentions = {quad.object for quad in part if quad.predicate.value == expand("pg:hasMention")}
    assert mentions == arguments
    assert {f"<{each}>" for each in of_type(part, "pg:Mention")} == set(map(str, arguments))
    quotes = {quad.object.value for quad in part if quad.predicate.value == expand("oa:exact")}
    texts = [quad.object.value for quad in part if quad.predicate.value == expand("pg:text")]
    assert len(texts) == 1
    assert all(quote in texts[0] for quote in quotes)


@pytest.mark.parametrize("polarity", ["affirmed", "denied"])
def test_with_a_polarity_what_stands_outside_practices_stays(
    policies: GraphStore, whole: list[ox.Quad], polarity: Polarity
) -> None:
    source = Source(policies, filters=Filters(polarity=polarity))
    part = source.quads
    kinds = {"affirmed": "pg:AffirmedPractice", "denied": "pg:DeniedPractice"}
    for name, kind in kinds.items():
        assert of_type(part, kind) == (of_type(whole, kind) if name == polarity else set())
    roles = {quad.object.value for quad in part if quad.predicate.value == expand("pg:role")}
    assert expand("pg:right") in roles
    stated = {quad.object.value for quad in part if quad.predicate.value == expand("dpv:hasRight")}
    assert bool(stated) == (polarity == "affirmed")
    loose = of_type(part, "pg:Mention") - {
        quad.object.value for quad in part if quad.predicate.value == expand("pg:hasArgument")
    }
    said = {
        quad.subject.value: quad.object.value
        for quad in part
        if quad.predicate.value == expand("pg:polarity")
    }
    assert {said[each] for each in loose} == {expand(f"pg:{polarity}")}


def test_every_node_that_is_named_is_there(whole: list[ox.Quad]) -> None:
    part = narrowed(whole, of_type(whole, "pg:DeniedPractice"))
    described = {quad.subject for quad in whole}
    named = {quad.object for quad in part if quad.predicate.value != expand("rdf:type")}
    assert named & described <= {quad.subject for quad in part}


def test_no_practice_leaves_nothing(whole: list[ox.Quad]) -> None:
    assert narrowed(whole, ()) == []
