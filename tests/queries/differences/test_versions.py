"""Versions of a policy in one graph, by their names."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.differences.versions import diff_named, version_pair
from privagraph.queries.store import GraphStore

OLD, NEW = "https://example.org/policy/old", "https://example.org/policy/new"


@pytest.fixture
def store() -> GraphStore:
    made = GraphStore.in_memory()
    texts = {OLD: "Last updated: 1 May 2024\n\nWe keep it.", NEW: "Last updated: 2 May 2025\n\nWe keep it."}
    for iri, day in ((OLD, "2024-05-01"), (NEW, "2025-05-02")):
        policy = ox.NamedNode(iri)
        said = [
            ("rdf:type", ox.NamedNode(expand("pg:PrivacyPolicy"))),
            ("rdfs:label", ox.Literal(iri[-3:])),
            ("pg:text", ox.Literal(texts[iri])),
            ("pg:lastUpdated", ox.Literal(day, datatype=ox.NamedNode(expand("xsd:date")))),
        ]
        if iri == NEW:
            said.append(("prov:wasRevisionOf", ox.NamedNode(OLD)))
        made.write_policy(iri, [ox.Quad(policy, ox.NamedNode(expand(p)), o, policy) for p, o in said])
    return made


def test_one_name_is_compared_with_the_version_before(store: GraphStore) -> None:
    assert version_pair(store, NEW) == (OLD, NEW)
    diff = diff_named(store, "new")
    assert [each.sentence for each in diff] == [
        "The date of its last change is now 2025-05-02; it was 2024-05-01"
    ]
    assert (diff.old.policy, diff.new.policy) == (OLD, NEW)
    assert diff_named(store, "old", "new") == diff


def test_the_first_version_has_none_before_it(store: GraphStore) -> None:
    with pytest.raises(GraphError, match="no earlier version"):
        diff_named(store, "old")
