"""Graphviz pictures of views without practices."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from privagraph.queries.drawing.text import xml_text
from privagraph.queries.export.graphviz import LEGEND
from privagraph.queries.networks import view
from privagraph.queries.store import GraphStore

pytestmark = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz: apt install graphviz")


@pytest.mark.parametrize("name", ["flows", "flows-by-data", "sharing", "data-in-policies", "similarity"])
def test_graphviz_reads_it_whole(exported: Callable[..., Path], network_store: GraphStore, name: str) -> None:
    network = view(network_store, name)
    done = subprocess.run(
        ["dot", "-Tdot_json", str(exported("dot", view=name))], capture_output=True, check=True, timeout=60
    )
    assert done.stderr == b""
    read = json.loads(done.stdout)
    nodes = {each["name"]: each for each in read["objects"]}
    assert nodes.pop(LEGEND)
    labels = {node: each["full_label"].replace("\\\\", "\\") for node, each in nodes.items()}
    assert labels == {node: xml_text(label) for node, label in network.nodes(data="label")}
    edges = read.get("edges", [])
    found = Counter(
        (each["source"], each["target"], each["relation"], each.get("polarity", "")) for each in edges
    )
    assert found == Counter(
        (source, target, key, data["polarity"])
        for source, target, key, data in network.edges(keys=True, data=True)
    )
    quotes = sum(len(json.loads(each["evidence"].replace("\\\\", "\\"))) for each in edges)
    assert quotes == sum(len(data["evidence"]) for *_, data in network.edges(data=True))


def test_denied_flows_are_red_and_dashed(exported: Callable[..., Path]) -> None:
    from privagraph.queries.networks import Filters

    lines = exported("dot", view="flows", filters=Filters(polarity="both")).read_text("utf-8").splitlines()
    denied = [line for line in lines if '"polarity"="denied"' in line]
    assert denied
    assert all('style="dashed", color="#c62828"' in line for line in denied)
    assert any(">denied<" in line for line in lines)


def test_what_has_no_direction_has_no_arrows(exported: Callable[..., Path]) -> None:
    assert "edge [dir=none]" in exported("dot", view="similarity").read_text("utf-8")
    assert "dir=none" not in exported("dot", view="flows").read_text("utf-8")
