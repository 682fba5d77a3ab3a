"""Compact JSON-LD: short names, and the same graph."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest

from privagraph.ontology.jsonld import compacted
from privagraph.ontology.namespaces import PREFIXES

NODE = ox.NamedNode("https://x.example/a")
SAYS = ox.NamedNode(PREFIXES["pg"] + "value")


def compact(*quads: ox.Quad) -> dict[str, Any]:
    """The quads as compact JSON-LD, after a check that it is the same graph."""
    expanded = ox.serialize(quads, format=ox.RdfFormat.JSON_LD)
    assert expanded is not None
    text = compacted(expanded, PREFIXES)
    assert set(ox.parse(text, format=ox.RdfFormat.JSON_LD)) == set(quads)
    whole: dict[str, Any] = json.loads(text)
    return whole


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (ox.Literal("plain 📇"), "plain 📇"),
        (ox.Literal("two words", language="en"), {"@language": "en", "@value": "two words"}),
        (
            ox.Literal("P1Y", datatype=ox.NamedNode(PREFIXES["xsd"] + "duration")),
            {"@type": "xsd:duration", "@value": "P1Y"},
        ),
        (ox.Literal("dpv:Collect"), "dpv:Collect"),
    ],
)
def test_values_keep_their_type_and_language(literal: ox.Literal, expected: object) -> None:
    (node,) = compact(ox.Quad(NODE, SAYS, literal))["@graph"]
    assert node["pg:value"] == expected


def test_types_are_a_list_of_short_names() -> None:
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    (node,) = compact(ox.Quad(NODE, kind, ox.NamedNode(PREFIXES["dpv"] + "Process")))["@graph"]
    assert node == {"@id": NODE.value, "@type": ["dpv:Process"]}


def test_several_values_are_a_list_and_one_is_none() -> None:
    (node,) = compact(ox.Quad(NODE, SAYS, ox.Literal("a")), ox.Quad(NODE, SAYS, ox.Literal("b")))["@graph"]
    assert node["pg:value"] == ["a", "b"]


def test_the_longest_prefix_is_taken_and_a_bare_namespace_is_left_alone() -> None:
    gdpr, bare = ox.NamedNode(PREFIXES["eu-gdpr"] + "A15"), ox.NamedNode(PREFIXES["dpv"])
    (node,) = compact(ox.Quad(NODE, SAYS, gdpr), ox.Quad(NODE, SAYS, bare))["@graph"]
    assert [value["@id"] for value in node["pg:value"]] == ["eu-gdpr:A15", PREFIXES["dpv"]]


def test_blank_nodes_and_named_graphs_come_through() -> None:
    graph = ox.NamedNode("https://x.example/g")
    expanded = ox.serialize([ox.Quad(NODE, SAYS, ox.BlankNode("b"), graph)], format=ox.RdfFormat.JSON_LD)
    assert expanded is not None
    (found,) = ox.parse(compacted(expanded, PREFIXES), format=ox.RdfFormat.JSON_LD)
    assert isinstance(found.object, ox.BlankNode)
    assert found.graph_name == graph
