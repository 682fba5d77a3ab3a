"""``privagraph export``: every format, to a file and to standard output; what it says and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from privagraph.cli import cli
from privagraph.queries.export import FORMATS
from privagraph.queries.networks import VIEWS
from privagraph.queries.store import GraphStore


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, sample_quads: tuple[ox.Quad, ...]) -> Path:
    """Both sample policies in a store, which is opened in less time than a file is read."""
    place = tmp_path_factory.mktemp("graph")
    (place / "graph.nq").write_bytes(ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS))
    with GraphStore.open(place / "graph", writable=True) as store:
        store.load(place / "graph.nq")
    return place / "graph"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, arguments)])


@pytest.mark.parametrize("to", [each.name for each in FORMATS.values() if not each.folder])
def test_a_file_and_standard_output_get_the_same(graph: Path, to: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    to_file = run("--graph", graph, "--to", to, "--output", out)
    assert (to_file.exit_code, to_file.stdout) == (0, "")
    assert to_file.stderr.startswith("wrote 2 policies, 10 practices (2 denied), ")
    to_output = run("--graph", graph, "--to", to)
    assert to_output.stdout_bytes == out.read_bytes()
    assert len(to_output.stdout_bytes) > 5_000


@pytest.mark.parametrize("to", ["dot", "graphml", "trig"])
def test_one_policy_can_be_chosen(graph: Path, to: str) -> None:
    result = run("-g", graph, "--to", to, "--policy", "merle.txt")
    assert result.stderr.startswith("wrote 1 policy, ")
    assert "Merle" in result.stdout
    assert "lantern.html" not in result.stdout


def test_formats_are_what_they_say(graph: Path) -> None:
    assert json.loads(run("-g", graph, "--to", "cytoscape").stdout)["elements"]["nodes"]
    assert json.loads(run("-g", graph, "--to", "jsonld").stdout)["@graph"]
    assert etree.fromstring(run("-g", graph, "--to", "GRAPHML").stdout_bytes).tag.endswith("graphml")
    assert run("-g", graph, "--to", "dot").stdout.startswith("digraph ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "dot"], "Missing option '--graph'"),
        (["--graph", "GRAPH"], "Missing option '--to'"),
        (["--graph", "GRAPH", "--to", "visio"], "'visio' is not one of"),
        (["--graph", "nowhere", "--to", "dot"], "no such file or folder"),
        (["--graph", "GRAPH", "--to", "dot", "--view", "flow"], "'flow' is not one of"),
        (
            ["--graph", "GRAPH", "--to", "turtle", "--view", "flows"],
            "turtle: no network, so there are no views",
        ),
        (["--graph", "GRAPH", "--to", "dot", "--most", "9"], "--most is for pictures (svg, png, html)"),
        (["--graph", "GRAPH", "--to", "svg", "--width", "900"], "--width is for png"),
        (["--graph", "GRAPH", "--to", "png", "--width", "9"], "9 is not in the range"),
        (["--graph", "GRAPH", "--to", "neo4j"], "name a folder for them with --output FOLDER/"),
        (["--graph", "GRAPH", "--to", "dot", "--data", "email adress"], "nearest: pd:EmailAddress"),
        (["--graph", "GRAPH", "--to", "dot", "--purpose", "pd:Location"], "no purpose term 'pd:Location'"),
        (["--graph", "GRAPH", "--to", "dot", "--recipient", "googel analytics"], "nearest: Google Analytics"),
        (["--graph", "GRAPH", "--to", "dot", "--polarity", "no"], "'no' is not one of"),
        (["--graph", "GRAPH", "--to", "dot", "--policy", "merle.tx"], "did you mean merle.txt"),
        (["--graph", "GRAPH", "--to", "dot", "--output", "no-folder/x.dot"], "cannot be written"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(graph: Path, arguments: list[str], said: str) -> None:
    result = run(*(str(graph) if each == "GRAPH" else each for each in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_gets_every_file(graph: Path, tmp_path: Path) -> None:
    result = run("-g", graph, "--to", "neo4j", "-o", f"{tmp_path}/neo4j/")
    assert result.stderr.endswith(" edges in nodes.csv, relationships.csv\n")
    assert sorted(file.name for file in (tmp_path / "neo4j").iterdir()) == ["nodes.csv", "relationships.csv"]
    result = run("-g", graph, "--to", "cytoscape", "-o", tmp_path / "neo4j")
    assert result.stderr.endswith(" edges in graph.cyjs, styles.xml, styles.json\n")
    result = run("-g", graph, "--to", "gml", "-o", tmp_path)
    assert result.stderr.endswith(" edges in graph.gml\n")


def test_views_and_filters(graph: Path) -> None:
    flows = run(
        "-g",
        graph,
        "--to",
        "d3",
        "--view",
        "flows",
        "--recipient",
        "google analytics",
        "--policy",
        "lantern.html",
    )
    assert flows.stderr.startswith("wrote flows of 1 policy, from 1 practice (0 denied): ")
    labels = {node["label"] for node in json.loads(flows.stdout)["nodes"]}
    assert "Google Analytics" in labels
    denied = run("-g", graph, "--to", "trig", "--polarity", "denied", "--data", "email address")
    assert denied.stderr.startswith("wrote 1 policy, 1 practice (1 denied), 2 mentions: ")
    assert "dpv:hasProcess" not in denied.stdout.partition("\n\n")[2]
    both = run("-g", graph, "--to", "trig", "--policy", "merle.txt", "--policy", "lantern.html")
    assert both.stderr.startswith("wrote 2 policies, 10 practices")


def test_what_fits_nothing_is_empty_and_said(graph: Path) -> None:
    result = run("-g", graph, "--to", "csv", "--data", "pd:Fingerprint")
    assert result.exit_code == 0
    assert "note: No practice fits the filters.\n" in result.stderr


def test_the_help_names_every_format_and_view() -> None:
    said = run("--help").output
    for name in (*FORMATS, *VIEWS):
        assert f"\n    {name} " in said


def test_what_a_picture_leaves_out_is_said_beside_it(graph: Path) -> None:
    result = run("-g", graph, "--to", "svg", "--most", "5")
    assert ": 5 nodes, " in result.stderr
    assert re.search(r"^note: Shown are 5 of \d+ nodes", result.stderr, re.MULTILINE)
    assert "Shown are 5 of" in result.stdout
