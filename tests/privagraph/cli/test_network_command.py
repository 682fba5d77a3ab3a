"""``privagraph network``: what it lists, what it says, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.queries.networks import MEASURES, VIEWS
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
    return CliRunner().invoke(cli, ["network", *map(str, arguments)])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_listed(graph: Path, view: str) -> None:
    result = run(view, "--graph", graph)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{view}: ")
    assert result.stdout


def test_edges_with_their_words(graph: Path) -> None:
    result = run("flows", "-g", graph, "--data", "email address", "--format", "json", "--top", "1")
    (edge,) = json.loads(result.stdout)
    assert (edge["from_label"], edge["to_label"]) == ("Data Subject", "Lantern Books Ltd")
    assert edge["words"].startswith("When you order, we collect your e-mail address")
    assert result.stderr == ""


def test_measures(graph: Path) -> None:
    result = run("sharing", "-g", graph, "--measure", "pagerank", "-m", "degree", "--format", "csv")
    assert result.stdout.splitlines()[0] == "node,node_label,kind,pagerank,degree"
    every = run("sharing", "-g", graph, "--measure", "all", "--format", "csv").stdout.splitlines()
    assert every[0] == ",".join(("node", "node_label", "kind", *MEASURES))


def test_the_shortest_flow(graph: Path) -> None:
    result = run("flows", "-g", graph, "--from", "physical address", "--to", "dpv:ThirdParty", "-f", "json")
    (step,) = json.loads(result.stdout)
    assert (step["from_label"], step["to_label"], step["data_label"]) == (
        "Lantern Books Ltd",
        "Third Party",
        "Physical Address",
    )
    assert step["words"].startswith("To print labels we disclose your postal address")
    assert (
        run("flows", "-g", graph, "--from", "pd:PhysicalAddress", "--to", "dpv:ThirdParty").stderr
        == "1 step\n"
    )


def test_no_flow_is_said_and_is_no_error(graph: Path) -> None:
    result = run("flows", "-g", graph, "--from", "pd:Name", "--to", "Google Analytics")
    assert result.exit_code == 0
    assert "no policy states that pd:Name comes to Google Analytics" in result.stderr


def test_filters(graph: Path) -> None:
    one = run("flows", "-g", graph, "--policy", "merle.txt", "--format", "csv")
    assert "Lantern" not in one.stdout
    denied = run("sharing", "-g", graph, "--polarity", "DENIED", "--format", "json")
    assert {each["polarity"] for each in json.loads(denied.stdout)} == {"denied", ""}
    purpose = run("flows", "-g", graph, "--purpose", "advertising", "--format", "json")
    assert json.loads(purpose.stdout) == []


def test_a_file_gets_what_standard_output_gets(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "edges.csv"
    result = run("flows", "-g", graph, "--format", "csv", "--output", out)
    assert result.stdout == ""
    assert out.read_bytes() == run("flows", "-g", graph, "--format", "csv").stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["flow", "-g", "GRAPH"], "'flow' is not one of 'full', 'practices', 'flows'"),
        (["flows"], "Missing option '--graph'"),
        (["flows", "-g", "GRAPH", "--measure", "fame"], "'fame' is not one of 'degree'"),
        (["flows", "-g", "GRAPH", "--data", "email adress"], "pd:EmailAddress"),
        (["flows", "-g", "GRAPH", "--data", "dpv:Marketing"], "no personal data term 'dpv:Marketing'"),
        (["flows", "-g", "GRAPH", "--recipient", "Gogle Analytics"], "Google Analytics"),
        (["flows", "-g", "GRAPH", "--policy", "lantern"], "did you mean lantern.html"),
        (["flows", "-g", "GRAPH", "--from", "pd:Name"], "--from and --to go together"),
        (["sharing", "-g", "GRAPH", "--from", "pd:Name", "--to", "Google"], "use them with `flows`"),
        (["flows", "-g", "GRAPH", "--from", "pd:Name", "--to", "Google", "-m", "degree"], "alone"),
        (["flows", "-g", "GRAPH", "--top", "0"], "0 is not in the range"),
        (["flows", "-g", "nowhere"], "nowhere: no such file or folder"),
        (["flows", "-g", "GRAPH", "--output", "no/such/folder/edges.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(graph: Path, arguments: list[str], said: str) -> None:
    result = run(*(str(graph) if each == "GRAPH" else each for each in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_policies_of_which_none_is_like_another(graph: Path) -> None:
    result = run("similarity", "-g", graph)
    assert result.stderr == "similarity: 2 nodes, 0 edges; no two are alike by 0.1 or more\n"
