"""The index of policies: keys that can stand in addresses and names of files, and the search by words."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.store import GraphStore
from privagraph.web.policies import PolicyIndex, policy_index

KEYS = {
    "https://example.org/id/policy/0f9c": "0f9c",
    "https://example.net/id/policy/0f9c": "0f9c-2",
    "https://example.org/policy/été?day=1": "t-day-1",
    "https://example.org/policy/%2e%2e": "2e-2e",
    "https://example.org/policy#..": "policy",
    "urn:example:tea/": "urn-example-tea",
}
"""Policies of a graph that somebody else may have made, and their keys."""


@pytest.fixture(scope="module")
def index() -> PolicyIndex:
    store = GraphStore.in_memory(vocabulary=False)
    for number, iri in enumerate(sorted(KEYS, reverse=True)):
        policy, source = ox.NamedNode(iri), ox.NamedNode(f"https://example.org/source/{number}")
        told = (
            (policy, "rdf:type", ox.NamedNode(expand("pg:PrivacyPolicy"))),
            (policy, "rdfs:label", ox.Literal("On Tea and Data")),
            (policy, "prov:wasDerivedFrom", source),
            (source, "pg:fileName", ox.Literal(f"{number}.html")),
        )
        store.write_policy(
            iri, [ox.Quad(node, ox.NamedNode(expand(step)), end, policy) for node, step, end in told]
        )
    return policy_index(store)


def test_keys_can_stand_in_addresses_and_names_of_files(index: PolicyIndex) -> None:
    assert {card.iri: card.key for card in index} == KEYS
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", card.key) for card in index)
    assert all(index.by_key[card.key] is card for card in index)


@pytest.mark.parametrize(
    ("words", "fits"),
    [("", True), ("TEA data", True), ("0.html", True), ("example 0f9c", True), ("tea coffee", False)],
)
def test_words_are_found_in_all_that_a_policy_is_called(index: PolicyIndex, words: str, fits: bool) -> None:
    card = index.by_iri["urn:example:tea/"] if "0f9c" not in words else index.by_key["0f9c"]
    assert card.holds(words) is fits
