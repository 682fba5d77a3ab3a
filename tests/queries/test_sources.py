"""One policy in several files: the graph keeps them all, in whatever order they were mapped."""

from __future__ import annotations

import dataclasses
import itertools

import pyoxigraph as ox
import pytest

from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.ontology.namespaces import expand
from privagraph.queries.store import GraphStore


def variants(mapped: MappedPolicy) -> list[list[ox.Quad]]:
    """The same policy from four files; two titles, and one file without a title."""
    named = [
        ("b.html", "Zebra", {"x": 1}),
        ("a.html", "Apple", {}),
        ("copy/b.html", "Zebra", {}),
        ("plain.txt", None, {}),
    ]
    return [
        list(
            policy_quads(
                dataclasses.replace(
                    mapped, document=dataclasses.replace(mapped.document, source=source, title=title)
                ),
                options=options,
            )
        )
        for source, title, options in named
    ]


def values(store: GraphStore, subject: str, predicate: str) -> set[str]:
    return {
        quad.object.value
        for quad in store.quads()
        if quad.subject.value == subject and quad.predicate.value == expand(predicate)
    }


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_mapping_does_not_matter(order: tuple[int, ...], sample_policy: MappedPolicy) -> None:
    policy = policy_iri(sample_policy.document)
    made = variants(sample_policy)
    with GraphStore.in_memory() as store:
        for number in (*order, *order):
            store.write_policy(policy, made[number])
        assert len(store.policies()) == 1
        sources = values(store, policy, "prov:wasDerivedFrom")
        names = set().union(*(values(store, source, "pg:fileName") for source in sources))
        assert names == {"a.html", "b.html", "copy/b.html", "plain.txt"}
        assert values(store, policy, "dct:title") == {"Apple"}
        assert values(store, policy, "rdfs:label") == {"Apple"}


def test_a_file_that_is_mapped_again_is_not_there_twice(sample_policy: MappedPolicy) -> None:
    policy = policy_iri(sample_policy.document)
    first, second, *_ = variants(sample_policy)
    with GraphStore.in_memory() as store:
        assert store.write_policy(policy, first)
        assert store.write_policy(policy, second)
        assert store.write_policy(policy, first)  # b.html is known, but mapped with other options than a.html
        assert not store.write_policy(policy, first)
        assert len(values(store, policy, "prov:wasDerivedFrom")) == 2
        assert len(values(store, policy, "prov:wasGeneratedBy")) == 1


def test_one_mapping_used_all_files_that_it_was_given(sample_policy: MappedPolicy) -> None:
    policy = policy_iri(sample_policy.document)
    _, second, third, _ = variants(sample_policy)
    with GraphStore.in_memory() as store:
        store.write_policy(policy, second)
        store.write_policy(policy, third)
        (mapping,) = values(store, policy, "prov:wasGeneratedBy")
        assert values(store, mapping, "prov:used") == values(store, policy, "prov:wasDerivedFrom")


def test_a_graph_with_several_sources_has_no_loose_ends(sample_policy: MappedPolicy) -> None:
    policy = policy_iri(sample_policy.document)
    with GraphStore.in_memory() as store:
        for quads in variants(sample_policy):
            store.write_policy(policy, quads)
        subjects = {quad.subject for quad in store.quads()}
        ours = {
            quad.object
            for quad in store.quads()
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(policy)
        }
        assert ours <= subjects
