"""Triples without graphs: each goes to its policy."""

from __future__ import annotations

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.queries.parting import parted

Quads = tuple[ox.Quad, ...]

A, B = ox.NamedNode("https://x.example/policy/a"), ox.NamedNode("https://x.example/policy/ab")
ACME, BOSS = ox.NamedNode("https://x.example/agent/acme"), ox.NamedNode("https://x.example/agent/boss")
TYPE, POLICY = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy"))
SAYS = ox.NamedNode("https://x.example/says")
CONCEPT = ox.NamedNode(expand("dpv:Collect"))


def test_policies_come_apart_again(sample_quads: Quads) -> None:
    found = set(parted({quad.triple for quad in sample_quads}))
    lost = set(sample_quads) - found
    added = found - set(sample_quads)
    assert not lost
    assert {quad.subject.value.rpartition("/")[2] for quad in added} == {"google-analytics"}


def test_a_policy_whose_iri_begins_like_another_is_not_it() -> None:
    below = ox.NamedNode(f"{B.value}/practice/1")
    quads = set(parted([ox.Triple(A, TYPE, POLICY), ox.Triple(B, TYPE, POLICY), ox.Triple(below, SAYS, A)]))
    assert ox.Quad(below, SAYS, A, B) in quads
    assert len(quads) == 3


def test_organisations_go_to_each_policy_that_leads_to_them() -> None:
    triples = [
        ox.Triple(A, TYPE, POLICY),
        ox.Triple(B, TYPE, POLICY),
        ox.Triple(A, SAYS, ACME),
        ox.Triple(ACME, SAYS, BOSS),
        ox.Triple(BOSS, SAYS, ACME),
        ox.Triple(B, SAYS, BOSS),
    ]
    quads = set(parted(triples))
    assert {quad.graph_name for quad in quads if quad.subject == ACME} == {A, B}
    assert {quad.graph_name for quad in quads if quad.subject == BOSS} == {A, B}


def test_what_no_policy_leads_to_and_the_vocabulary_stay_in_the_default_graph() -> None:
    triples = [
        ox.Triple(A, TYPE, POLICY),
        ox.Triple(A, SAYS, CONCEPT),
        ox.Triple(CONCEPT, SAYS, ACME),
        ox.Triple(BOSS, SAYS, A),
    ]
    default = {quad.subject for quad in parted(triples) if isinstance(quad.graph_name, ox.DefaultGraph)}
    assert default == {CONCEPT, BOSS}


def test_blank_nodes_follow_their_policy() -> None:
    blank = ox.BlankNode("b")
    triples = [ox.Triple(A, TYPE, POLICY), ox.Triple(A, SAYS, blank), ox.Triple(blank, SAYS, ACME)]
    assert {quad.graph_name for quad in parted(triples)} == {A}


def test_triples_without_a_policy_stay_as_they_are() -> None:
    quads = list(parted([ox.Triple(ACME, SAYS, BOSS)]))
    assert quads == [ox.Quad(ACME, SAYS, BOSS)]
