"""Looks of nodes: among practices by what they are there for, else by what they are."""

from __future__ import annotations

import networkx
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.drawing.groups import grouped
from privagraph.queries.drawing.looks import LOOKS
from privagraph.queries.networks import VIEWS, view
from privagraph.queries.store import GraphStore


@pytest.mark.parametrize("name", list(VIEWS))
def test_every_node_of_every_view_has_a_look(sample_store: GraphStore, name: str) -> None:
    network = view(sample_store, name)
    found = grouped(network)
    assert found.keys() == set(network)
    assert set(found.values()) <= LOOKS.keys()


@pytest.mark.parametrize(
    ("concept", "look"),
    [
        ("pd:EmailAddress", "data"),
        ("dpv:Student", "subject"),
        ("dpv:ThirdParty", "recipient"),
        ("dpv:Marketing", "purpose"),
        ("dpv:Consent", "basis"),
        ("loc:CH", "place"),
        ("dpv:NonPersonalData", "other"),
    ],
)
def test_a_concept_has_the_look_of_its_hierarchy(concept: str, look: str) -> None:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_node(expand(concept), kind="concept")
    assert grouped(network) == {expand(concept): look}


def test_a_denied_practice_has_a_look_of_its_own(network: networkx.MultiDiGraph[str]) -> None:
    found = grouped(network)
    denied = {
        node
        for node, data in network.nodes(data=True)
        if data["kind"] == "practice" and data["polarity"] == "denied"
    }
    assert {node for node, look in found.items() if look == "denied"} == denied != set()
