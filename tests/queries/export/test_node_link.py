"""Node-link JSON: networkx makes the same network of it, and D3 finds what it links by."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import networkx
import pytest

Network = networkx.MultiDiGraph


def as_read(value: object) -> object:
    def plain(each: object) -> object:
        if isinstance(each, date):
            return each.isoformat()
        assert isinstance(each, Decimal)
        return float(each)

    return json.loads(json.dumps(value, default=plain))


@pytest.mark.parametrize("view", ["full", "practices", "flows", "sharing", "flows-by-data"])
def test_networkx_makes_the_same_network_of_it(
    exported: Callable[..., Path], network_store: object, view: str
) -> None:
    from privagraph.queries.networks import view as seen

    network = seen(network_store, view)  # type: ignore[arg-type]  # a store
    read = networkx.node_link_graph(json.loads(exported("d3", view=view).read_text("utf-8")), edges="links")
    assert isinstance(read, networkx.MultiDiGraph)
    assert dict(read.nodes(data=True)) == {node: as_read(data) for node, data in network.nodes(data=True)}
    assert {(s, t, k): d for s, t, k, d in read.edges(keys=True, data=True)} == {
        (s, t, k): as_read(d) for s, t, k, d in network.edges(keys=True, data=True)
    }
    assert read.number_of_edges() > 0


def test_links_name_nodes(exported: Callable[..., Path]) -> None:
    data = json.loads(exported("d3").read_text("utf-8"))
    names = [node["id"] for node in data["nodes"]]
    assert len(set(names)) == len(names)
    assert {link[end] for link in data["links"] for end in ("source", "target")} <= set(names)
    assert all(isinstance(link["evidence"], list) for link in data["links"])
