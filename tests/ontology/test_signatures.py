"""What a graph says of its practices, as far as their classes depend on it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.ontology.signatures import PracticeGraph

HEAD = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items()) + (
    "@prefix e: <https://example.org/id/> .\n"
)
BASE = "https://example.org/id/"


def graph(turtle: str) -> PracticeGraph:
    return PracticeGraph(ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE))


def links(turtle: str) -> dict[str, list[set[str]]]:
    """What the practice ``e:p`` leads to, by the local name of the property."""
    _, found = graph("e:p a pg:AffirmedPractice . " + turtle).signature(f"{BASE}p")
    named: dict[str, list[set[str]]] = {}
    for link, classes in found:
        named.setdefault(link.rpartition("#")[2], []).append(set(classes))
    return named


def iris(*names: str) -> set[str]:
    return set(map(expand, names))


def test_a_concept_stands_for_itself() -> None:
    assert links("e:p dpv:hasPersonalData pd:Name ; dpv:hasPurpose dpv:Marketing .") == {
        "hasPersonalData": [iris("pd:Name")],
        "hasPurpose": [iris("dpv:Marketing")],
    }


@pytest.mark.parametrize(
    ("place", "classes"),
    [
        ("loc:US", {"loc:US", "dpv:ThirdCountry"}),
        ("loc:FR", {"loc:FR"}),
        ("loc:GB", {"loc:GB", "dpv:ThirdCountry"}),
    ],
)
def test_a_place_outside_the_area_is_a_third_country(place: str, classes: set[str]) -> None:
    assert links(f"e:p dpv:hasLocation {place} .") == {"hasLocation": [iris(*classes)]}


@pytest.mark.parametrize(
    ("about", "classes"),
    [
        ("e:x a dpv:Organisation .", {"dpv:Organisation", "pg:SeparateOrganisation"}),
        (
            "e:x a dpv:Organisation ; pg:kindOfService pg:DataBroker .",
            {"dpv:Organisation", "pg:DataBroker", "pg:SeparateOrganisation"},
        ),
        (
            "e:x a dpv:Organisation ; pg:kindOfService pg:PaymentProvider .",
            {"dpv:Organisation", "pg:PaymentProvider"},
        ),
        ("e:x a dpv:Organisation . e:p dpv:hasDataController e:x .", {"dpv:Organisation"}),
        (
            "e:x a dpv:Organisation . e:policy dpv:hasDataController e:x ; dpv:hasProcess e:p .",
            {"dpv:Organisation"},
        ),
        (
            "e:x a dpv:Organisation . e:p pg:hasArgument e:m . e:m pg:agent e:x ; pg:concept dpv:DataProcessor .",
            {"dpv:Organisation", "dpv:DataProcessor"},
        ),
        (
            "e:x a dpv:Organisation . e:q pg:hasArgument e:m . e:m pg:agent e:x ; pg:concept dpv:DataProcessor .",
            {"dpv:Organisation", "pg:SeparateOrganisation"},
        ),
        (
            "e:x a dpv:Organisation . e:p pg:hasArgument e:m . e:m pg:agent e:x ; pg:concept dpv:Marketing .",
            {"dpv:Organisation", "pg:SeparateOrganisation"},
        ),
        ("e:x a dpv:Student .", {"dpv:Student"}),
    ],
)
def test_who_receives_is_what_the_graph_knows_of_them(about: str, classes: set[str]) -> None:
    assert links(f"e:p dpv:hasRecipient e:x . {about}") == {"hasRecipient": [iris(*classes)]}


def test_what_is_of_no_known_class_is_left_out() -> None:
    assert links("e:p dpv:hasRecipient e:x . e:x a e:Thing .") == {}
    assert links("e:p pg:deniedPurpose dpv:Marketing ; pg:evidence e:span .") == {}


def test_the_order_of_statements_does_not_matter() -> None:
    one = "e:p a pg:AffirmedPractice ; dpv:hasPersonalData pd:Name, pd:Age ."
    two = "e:p dpv:hasPersonalData pd:Age . e:p dpv:hasPersonalData pd:Name . e:p a pg:AffirmedPractice ."
    assert graph(one).signature(f"{BASE}p") == graph(two).signature(f"{BASE}p")


def test_practices_come_with_their_graphs() -> None:
    quads = [
        ox.Quad(ox.NamedNode(f"{BASE}p"), ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand(name)), where)
        for name, where in (
            ("pg:DeniedPractice", ox.NamedNode(f"{BASE}one")),
            ("dpv:Process", ox.DefaultGraph()),
        )
    ]
    found = PracticeGraph(quads)
    assert found.practices == {f"{BASE}p": {ox.NamedNode(f"{BASE}one")}}
    assert found.contradictions() == [f"{BASE}p"]


def test_a_graph_without_contradictions_has_none() -> None:
    assert graph("e:p a pg:AffirmedPractice, dpv:Process . e:q a pg:DeniedPractice .").contradictions() == []
