"""Mermaid flowcharts: a strict reader of the syntax that is used finds every node and edge again.

Where node, mermaid and jsdom are installed (``npm install mermaid jsdom`` in a folder that ``PRIVAGRAPH_NODE`` names),
Mermaid itself reads them too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import networkx
import pytest

from privagraph.queries.export import export, mermaid
from privagraph.queries.export.mermaid import MAX_CHARACTERS, MAX_EDGES
from privagraph.queries.networks import view
from privagraph.queries.store import GraphStore

Network = networkx.MultiDiGraph

TEXT = r'"((?:[^"#&<>;:`%\\{}|*~]|#\d+;)*)"'
NODE = re.compile(
    rf"  (n\d+)(?:\[\[{TEXT}\]\]|\(\[{TEXT}\]\)|\[\({TEXT}\)\]|\[/{TEXT}/\]|\[\\{TEXT}/\]|\{{\{{{TEXT}\}}\}}|>{TEXT}\]"
    rf"|\({TEXT}\)|\[{TEXT}\])"
)
EDGE = re.compile(rf"  (n\d+) (-->|-\.->|---|-\.-)\|{TEXT}\| (n\d+)")
FRAME = re.compile(rf"  subgraph (sn\d+)\[{TEXT}\]|  end")
STYLE = re.compile(
    r"  classDef [a-z]+ [a-z0-9#:, -]+|  class n\d+(,n\d+)* [a-z]+|  linkStyle (\d+(?:,\d+)*) stroke:#[0-9a-f]{6},\S+"
)


@dataclass
class Chart:
    """What a flowchart says."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)
    red: set[int] = field(default_factory=set)


def chart(path: Path) -> Chart:
    """A flowchart, read strictly: any line that is not of the syntax that is meant fails."""
    text = path.read_text("utf-8")
    first, *lines = text.removesuffix("\n").split("\n")
    assert first == "flowchart LR"
    made = Chart()
    for line in lines:
        if line.startswith("  %% "):
            name, _, said = line[5:].partition(" {")
            assert "%%" not in said
            if " " in name:
                assert name == f"{made.edges[-1][0]} {made.edges[-1][2]}"
                made.edges[-1][3].update(json.loads("{" + said))
            else:
                made.nodes[name] = json.loads("{" + said)
        elif found := NODE.fullmatch(line):
            made.labels[found[1]] = plain(next(group for group in found.groups()[1:] if group is not None))
        elif found := EDGE.fullmatch(line):
            made.edges.append((found[1], found[2], found[4], {}))
        elif found := STYLE.fullmatch(line):
            made.red |= {int(number) for number in (found[2] or "").split(",") if number}
        else:
            assert FRAME.fullmatch(line), line
    assert made.labels.keys() == made.nodes.keys()
    assert {end for edge in made.edges for end in (edge[0], edge[2])} <= made.nodes.keys()
    return made


def plain(text: str) -> str:
    return unescape(re.sub(r"#(\d+);", r"&#\1;", text))


def on_a_line(text: str) -> str:
    """A label as it is drawn."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
    return line if len(line) <= 120 else line[:119].rstrip() + "…"


def facts(charts: Iterator[Chart] | list[Chart]) -> Counter[tuple[str, str, str, str, tuple[str, ...]]]:
    return Counter(
        (
            made.nodes[source]["iri"],
            made.nodes[target]["iri"],
            said["property"],
            said["polarity"],
            tuple(said["quotes"]),
        )
        for made in charts
        for source, _, target, said in made.edges
    )


def wanted(network: Network) -> Counter[tuple[str, str, str, str, tuple[str, ...]]]:
    from privagraph.ontology.namespaces import compact

    return Counter(
        (source, target, compact(data["property"]), data["polarity"], tuple(data["quotes"]))
        for source, target, data in network.edges(data=True)
    )


@pytest.mark.parametrize("name", ["full", "practices", "flows", "sharing", "data", "similarity"])
def test_every_node_and_edge_is_in_the_chart(
    exported: Callable[..., Path], network_store: GraphStore, name: str
) -> None:
    network = view(network_store, name)
    made = chart(exported("mermaid", view=name))
    assert {said["iri"] for said in made.nodes.values()} == set(network)
    assert {said["iri"]: made.labels[node] for node, said in made.nodes.items()} == {
        node: on_a_line(label) for node, label in network.nodes(data="label")
    }
    assert facts([made]) == wanted(network)


def test_denials_are_dashed_and_red(exported: Callable[..., Path]) -> None:
    made = chart(exported("mermaid"))
    denied = {number for number, edge in enumerate(made.edges) if edge[3]["polarity"] == "denied"}
    assert denied == made.red == {number for number, edge in enumerate(made.edges) if edge[1] == "-.->"}
    assert len(denied) >= 6


@pytest.mark.parametrize("limits", [(30, MAX_CHARACTERS), (MAX_EDGES, 12_000)])
def test_a_folder_gets_charts_within_the_limits(
    network_store: GraphStore,
    network: Network,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limits: tuple[int, int],
) -> None:
    most_edges, most_characters = limits
    monkeypatch.setattr(mermaid, "MAX_EDGES", most_edges)
    monkeypatch.setattr(mermaid, "MAX_CHARACTERS", most_characters)
    written = export(network_store, "mermaid", f"{tmp_path}/charts/")
    assert len(written.files) > 1
    assert written.notes == ()
    charts = [chart(file) for file in written.files]
    assert facts(charts) == wanted(network)
    assert {said["iri"] for made in charts for said in made.nodes.values()} == set(network)
    for file, made in zip(written.files, charts, strict=True):
        assert len(made.edges) <= most_edges
        assert len(file.read_text("utf-8")) <= most_characters


def test_a_smaller_export_leaves_no_old_charts(
    network_store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mermaid, "MAX_EDGES", 30)
    (tmp_path / "notes.mmd").write_text("mine")
    export(network_store, "mermaid", tmp_path)
    export(network_store, "mermaid", tmp_path, view="similarity")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["graph.mmd", "notes.mmd"]


def test_a_single_file_that_is_too_large_says_so(
    network_store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mermaid, "MAX_EDGES", 30)
    (note,) = export(network_store, "mermaid", tmp_path / "one.mmd").notes
    assert note.startswith("Mermaid draws 30 edges and 50,000 characters, and this chart has ")
    assert export(network_store, "mermaid", tmp_path / "two.mmd", view="flows").notes == ()


def test_mermaid_itself_reads_it(exported: Callable[..., Path], network: Network) -> None:
    home = os.environ.get("PRIVAGRAPH_NODE")
    if not (home and shutil.which("node")):
        pytest.skip("needs node, and PRIVAGRAPH_NODE with mermaid and jsdom in it")
    script = Path(home) / "read-mermaid.mjs"
    script.write_text(READER)
    done = subprocess.run(
        ["node", str(script), str(exported("mermaid"))],
        capture_output=True,
        check=True,
        timeout=60,
        text=True,
    )
    nodes, edges, dotted = json.loads(done.stdout)
    denied = sum(data["polarity"] == "denied" for *_, data in network.edges(data=True))
    assert (nodes, edges, dotted) == (len(network), network.number_of_edges(), denied)


READER = """
import { readFileSync } from 'fs';
import { JSDOM } from 'jsdom';
const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');
mermaid.initialize({});
const diagram = await mermaid.mermaidAPI.getDiagramFromText(readFileSync(process.argv[2], 'utf8'));
const edges = diagram.db.getEdges();
const dotted = edges.filter((edge) => edge.stroke === 'dotted').length;
console.log(JSON.stringify([diagram.db.getVertices().size, edges.length, dotted]));
process.exit(0);
"""
