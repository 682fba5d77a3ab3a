"""Cytoscape and cytoscape.js: the structure that both document, one type for each column, and a style for all."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
from lxml import etree

from privagraph.queries.drawing.looks import LOOKS
from privagraph.queries.networks import view
from privagraph.queries.store import GraphStore

Network = networkx.MultiDiGraph


@pytest.mark.parametrize("name", ["full", "practices", "flows", "sharing", "data", "similarity"])
def test_every_element_is_as_cytoscape_wants_it(
    exported: Callable[..., Path], network_store: GraphStore, name: str
) -> None:
    network = view(network_store, name)
    data = json.loads(exported("cytoscape", view=name).read_text("utf-8"))
    nodes = {each["data"]["id"]: each["data"] for each in data["elements"]["nodes"]}
    edges = {each["data"]["id"]: each["data"] for each in data["elements"]["edges"]}
    assert (len(nodes), len(edges)) == (len(network), network.number_of_edges())
    assert not nodes.keys() & edges.keys()
    assert {edge[end] for edge in edges.values() for end in ("source", "target")} <= nodes.keys()
    assert {node: each["label"] for node, each in nodes.items()} == dict(network.nodes(data="label"))
    assert {each["look"] for each in nodes.values()} <= LOOKS.keys()
    found = sorted(
        (e["source"], e["target"], e["interaction"], e["polarity"], e["quotes"]) for e in edges.values()
    )
    assert found == sorted(
        (s, t, key, each["polarity"], each["quotes"])
        for s, t, key, each in network.edges(keys=True, data=True)
    )
    records = sum(len(json.loads(edge["evidence"])) for edge in edges.values())
    assert records == sum(len(each["evidence"]) for *_, each in network.edges(data=True))


def test_a_column_has_one_type(exported: Callable[..., Path]) -> None:
    elements = json.loads(exported("cytoscape").read_text("utf-8"))["elements"]
    for group in ("nodes", "edges"):
        types: dict[str, set[object]] = defaultdict(set)
        for each in elements[group]:
            for name, value in each["data"].items():
                entries = value if isinstance(value, list) else []
                types[name].add(
                    (*{type(entry) for entry in entries},) or (str,) if entries is value else type(value)
                )
        mixed = {name: kinds for name, kinds in types.items() if len(kinds) > 1}
        assert mixed == {}
        assert {kind for kinds in types.values() for kind in kinds} <= {str, int, float, bool, (str,)}


def test_the_style_chooses_by_what_is_there(exported: Callable[..., Path], tmp_path: Path) -> None:
    folder = exported("cytoscape", "cy/")
    whole = json.loads((folder / "graph.cyjs").read_text("utf-8"))
    style = json.loads((folder / "styles.json").read_text("utf-8"))
    assert whole["style"] == style
    selectors = {each["selector"]: each["style"] for each in style}
    assert selectors['edge[polarity = "denied"]']["line-style"] == "dashed"
    assert selectors["node"]["label"] == selectors["edge"]["label"] == "data(label)"
    looks = {found[1] for name in selectors if (found := re.fullmatch(r'node\[look = "(\w+)"\]', name))}
    assert looks == set(LOOKS)


def test_cytoscape_gets_the_same_style_as_xml(exported: Callable[..., Path]) -> None:
    tree = etree.parse(exported("cytoscape", "cy/") / "styles.xml")
    assert tree.getroot().attrib == {"id": "privagraph", "documentVersion": "3.0"}

    def chosen(name: str) -> dict[str, str]:
        path = f".//visualProperty[@name='{name}']/discreteMapping/discreteMappingEntry"
        return {each.get("attributeValue", ""): each.get("value", "") for each in tree.findall(path)}

    assert chosen("NODE_FILL_COLOR") == {name: look.fill.upper() for name, look in LOOKS.items()}
    assert chosen("EDGE_LINE_TYPE") == {"denied": "EQUAL_DASH"}
    label = tree.find(".//visualProperty[@name='EDGE_LABEL']/passthroughMapping")
    assert label is not None
    assert label.get("attributeName") == "label"


def test_views_without_direction_have_no_arrows(exported: Callable[..., Path]) -> None:
    def arrow(name: str) -> Any:
        style = json.loads(exported("cytoscape", view=name).read_text("utf-8"))["style"]
        return next(each["style"]["target-arrow-shape"] for each in style if each["selector"] == "edge")

    assert (arrow("flows"), arrow("similarity")) == ("triangle", "none")


def test_cytoscape_js_itself_reads_it(exported: Callable[..., Path], network: Network) -> None:
    home = os.environ.get("PRIVAGRAPH_NODE")
    if not (home and shutil.which("node")):
        pytest.skip("needs node, and PRIVAGRAPH_NODE, a folder where `npm install cytoscape` was run")
    script = Path(home) / "read-cytoscape.mjs"
    script.write_text(READER)
    done = subprocess.run(
        ["node", str(script), str(exported("cytoscape"))],
        capture_output=True,
        check=True,
        timeout=60,
        text=True,
    )
    assert done.stderr == ""
    nodes, edges, denied, red = json.loads(done.stdout)
    assert (nodes, edges) == (len(network), network.number_of_edges())
    assert denied == sum(data["polarity"] == "denied" for *_, data in network.edges(data=True))
    assert red == "rgb(198,40,40)"


READER = """
import { readFileSync } from 'fs';
import cytoscape from 'cytoscape';
const { elements, style } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const graph = cytoscape({ headless: true, styleEnabled: true, elements, style });
const denied = graph.edges('[polarity = "denied"]');
console.log(JSON.stringify([graph.nodes().length, graph.edges().length, denied.length, denied[0].style('line-color')]));
process.exit(0);
"""
