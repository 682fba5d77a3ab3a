"""``privagraph ask``: what it shows, where it goes, and how it ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, sample_quads: tuple[ox.Quad, ...]) -> Path:
    """Both sample policies in a file."""
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    path.write_bytes(ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS))
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["ask", *map(str, arguments)])


def test_an_answer_is_data_and_the_rest_is_beside_it(graph: Path, tmp_path: Path) -> None:
    question = "How long does lantern.html keep data?"
    result = run(question, "--graph", graph, "--format", "csv")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert {row["source"] for row in rows} == {"lantern.html"}
    assert "from “lantern.html”" in result.stderr
    assert "--param policy=lantern.html" in result.stderr
    file = tmp_path / "out.csv"
    assert run(question, "-g", graph, "-f", "csv", "-o", file).stdout == ""
    assert file.read_bytes() == result.stdout_bytes


def test_without_a_graph_the_match_is_shown() -> None:
    result = run("Is", "my", "data", "encrypted?", "--sparql")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "privagraph query encryption" in result.stdout
    assert "#+ id: encryption" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["What is the weather tomorrow?"], "No question of the catalogue is near enough"),
        (
            ["What is the weather tomorrow?", "--graph", "GRAPH"],
            "No question of the catalogue is near enough",
        ),
        (
            ["Compare lantern.html and merle.txt", "--graph", "GRAPH"],
            "privagraph compare lantern.html merle.txt",
        ),
        ([" "], "the question is empty"),
        (["Who gets my data?", "--format", "csv"], "need --graph"),
        (
            ["Who gets my data?", "-g", "GRAPH", "--date", "2020-01-01", "--all-versions"],
            "exclude each other",
        ),
    ],
)
def test_what_is_not_answered_is_said(graph: Path, arguments: Sequence[str], said: str) -> None:
    result = run(*(str(graph) if each == "GRAPH" else each for each in arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr


def test_a_check_with_findings_ends_as_query_does(graph: Path) -> None:
    result = run("Which purposes lack a legal basis?", "--graph", graph)
    assert "purposes-without-legal-basis" in result.stderr
    assert result.exit_code == (1 if "warn:" in result.stderr else 0)
