"""What a graph holds, in a few words."""

from __future__ import annotations

import dataclasses
from datetime import date

import pyoxigraph as ox

from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.ontology.namespaces import expand
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import PolicySummary, policy_summaries


def test_policies_are_told_by_source(sample_store: GraphStore) -> None:
    shop, school = policy_summaries(sample_store)
    assert shop == PolicySummary(
        iri=shop.iri,
        title="Privacy at Lantern Books 📚",
        sources=("lantern.html",),
        controller="Lantern Books Ltd",
        effective=date(2024, 3, 1),
        updated=date(2024, 5, 5),
        language="en",
    )
    assert (school.sources, school.controller, school.effective) == (("merle.txt",), None, None)
    assert [shop.iri, school.iri] == sample_store.policies()


def test_a_policy_in_two_files_is_one(sample_policy: MappedPolicy) -> None:
    with GraphStore.in_memory() as store:
        for source in ("z.html", "b.html"):
            document = dataclasses.replace(sample_policy.document, source=source)
            renamed = dataclasses.replace(sample_policy, document=document)
            store.write_policy(policy_iri(document), policy_quads(renamed))
        (policy,) = policy_summaries(store)
        assert policy.sources == ("b.html", "z.html")


def test_a_damaged_policy_is_told_too() -> None:
    policy = ox.NamedNode("https://example.org/policy/bare")
    facts = [
        ("rdf:type", ox.NamedNode(expand("pg:PrivacyPolicy"))),
        ("pg:effectiveDate", ox.Literal("last spring")),
    ]
    with GraphStore.in_memory() as store:
        store.write_policy(
            policy.value, [ox.Quad(policy, ox.NamedNode(expand(p)), o, policy) for p, o in facts]
        )
        assert policy_summaries(store) == (PolicySummary(policy.value, policy.value, ()),)


def test_an_empty_graph_has_none() -> None:
    with GraphStore.in_memory() as store:
        assert policy_summaries(store) == ()
