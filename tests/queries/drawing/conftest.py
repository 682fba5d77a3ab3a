"""The two sample policies as networks and as scenes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.drawing import Scene, scene
from privagraph.queries.networks import view
from privagraph.queries.store import GraphStore


@pytest.fixture
def network(sample_store: GraphStore) -> networkx.MultiDiGraph[str]:
    """Everything that they hold."""
    return view(sample_store, "full")


@pytest.fixture
def scene_of(sample_store: GraphStore) -> Callable[..., Scene]:
    """The scene of a view of them; options are those of ``scene``."""

    def made(name: str, **options: Any) -> Scene:
        return scene(view(sample_store, name), view=name, **options)

    return made


@pytest.fixture
def hostile() -> networkx.MultiDiGraph[str]:
    """Two organisations whose names are against HTML, XML and scripts, and a denied edge between them."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_node("urn:a", label='</script><img src=x onerror="alert(1)">', kind="agent", types=[])
    network.add_node("urn:b", label="]]>\x00\x08 \ufffe & co \u2028 مرحبا", kind="agent", types=[])
    record = {
        "policy": "urn:p",
        "start": 3,
        "end": 9,
        "quote": "<b>we & \x0b never</b> </title>",
        "modality": "asserted",
    }
    network.add_edge(
        *("urn:a", "urn:b", "x"),
        label="<!-- data",
        property=expand("pg:deniedRecipient"),
        polarity="denied",
        weight=1,
        policies=["urn:p"],
        evidence=[record],
        quotes=[record["quote"]],
    )
    return network


@pytest.fixture
def star() -> Callable[[int], networkx.MultiDiGraph[str]]:
    """Makes a network of one in the middle of so many."""
    return _star


@pytest.fixture
def side_by_side() -> Callable[[int], networkx.MultiDiGraph[str]]:
    """Makes a network of two with so many edges from one to the other."""
    return _side_by_side


def _star(leaves: int) -> networkx.MultiDiGraph[str]:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for number in range(leaves):
        network.add_node(f"urn:leaf:{number:04}", label=f"Leaf {number}", kind="agent", types=[])
    network.add_node("urn:middle", label="Middle", kind="agent", types=[])
    for number in range(leaves):
        network.add_edge(
            *("urn:middle", f"urn:leaf:{number:04}", "x"),
            label="data",
            property="",
            polarity="affirmed",
            weight=1,
            policies=[],
            evidence=[],
        )
    return network


def _side_by_side(edges: int) -> networkx.MultiDiGraph[str]:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for name in ("urn:a", "urn:b"):
        network.add_node(name, label=name, kind="agent", types=[])
    for number in range(edges):
        record = {"policy": "urn:p", "start": number, "end": number + 1, "quote": f"words {number}"}
        network.add_edge(
            *("urn:a", "urn:b", str(number)),
            label=f"data {number}",
            property="",
            polarity="affirmed",
            weight=1,
            policies=["urn:p"],
            evidence=[record],
            purposes_labels=["Marketing"],
        )
    return network
