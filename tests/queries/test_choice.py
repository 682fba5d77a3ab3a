"""Which policy a name means; several that share it, and none that has it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.choice import policies_named, policy_named
from privagraph.queries.store import GraphStore


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Two policies that came from files of one name in two folders, with one title."""
    made = GraphStore.in_memory()
    for folder in ("north", "south"):
        policy, source = (
            ox.NamedNode(f"https://example.org/policy/{folder}"),
            ox.NamedNode(f"https://example.org/{folder}"),
        )
        facts = [
            (policy, "rdf:type", ox.NamedNode(expand("pg:PrivacyPolicy"))),
            (policy, "rdfs:label", ox.Literal("Privacy")),
            (policy, "prov:wasDerivedFrom", source),
            (source, "pg:fileName", ox.Literal(f"{folder}/privacy.html")),
        ]
        made.write_policy(policy.value, [ox.Quad(s, ox.NamedNode(expand(p)), o, policy) for s, p, o in facts])
    return made


NORTH, SOUTH = "https://example.org/policy/north", "https://example.org/policy/south"


@pytest.mark.parametrize("name", ["north/privacy.html", NORTH, f"<{NORTH}>", "north", " north "])
def test_a_name_that_one_policy_has(store: GraphStore, name: str) -> None:
    assert policy_named(store, name) == NORTH
    assert policies_named(store, name) == (NORTH,)


@pytest.mark.parametrize("name", ["privacy.html", "Privacy"])
def test_a_name_that_two_policies_have(store: GraphStore, name: str) -> None:
    assert policies_named(store, name) == (NORTH, SOUTH)
    told = r"2 policies called .*; name one: north/privacy\.html, south/privacy\.html$"
    with pytest.raises(GraphError, match=told):
        policy_named(store, name)


def test_of_many_policies_of_one_name_the_error_names_a_few() -> None:
    many = GraphStore.in_memory()
    for number in range(1200):
        policy = ox.NamedNode(f"https://example.org/policy/{number:04}")
        file = ox.NamedNode(f"{policy.value}/file")
        facts = [
            (policy, "rdf:type", ox.NamedNode(expand("pg:PrivacyPolicy"))),
            (policy, "prov:wasDerivedFrom", file),
            (file, "pg:fileName", ox.Literal("privacy.html")),
        ]
        many.write_policy(policy.value, [ox.Quad(s, ox.NamedNode(expand(p)), o, policy) for s, p, o in facts])
    with pytest.raises(
        GraphError, match=r"name one: https://example.org/policy/0000, .*/0004 and 1,195 more$"
    ):
        policy_named(many, "privacy.html")


def test_of_no_policies_the_error_says_so() -> None:
    with pytest.raises(GraphError, match=r"holds no policy 'a\.html'; it holds none at all"):
        policies_named(GraphStore.in_memory(), "a.html")


def test_a_name_that_no_policy_has(store: GraphStore) -> None:
    with pytest.raises(GraphError, match=r"did you mean north/privacy\.html"):
        policies_named(store, "nort/privacy.html")
    with pytest.raises(GraphError, match=r"it holds north/privacy\.html, south/privacy\.html"):
        policies_named(store, "zzzzzz")


def test_of_many_policies_the_error_names_none() -> None:
    many = GraphStore.in_memory()
    for number in range(6):
        policy = ox.NamedNode(f"https://example.org/policy/{number}")
        kind = ox.Quad(
            policy, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy")), policy
        )
        many.write_policy(policy.value, [kind])
    with pytest.raises(GraphError, match="`privagraph query policies` lists them"):
        policies_named(many, "zzzzzz")
