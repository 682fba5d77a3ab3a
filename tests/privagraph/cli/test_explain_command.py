"""``privagraph explain``: one fact, back to its words."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, sample_quads: tuple[ox.Quad, ...]) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    path.write_bytes(ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS))
    return path


@pytest.fixture(scope="module")
def practice(sample_quads: tuple[ox.Quad, ...]) -> str:
    """A practice whose words hold characters beyond ASCII before them."""
    labels = {
        quad.subject.value
        for quad in sample_quads
        if quad.predicate.value.endswith("#label") and "e-mail address" in quad.object.value
    }
    return min(each for each in labels if "/practice/" in each)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["explain", *map(str, arguments)])


def test_a_practice_is_shown_with_its_words(graph: Path, practice: str) -> None:
    whole = run(practice, "--graph", graph)
    assert (whole.exit_code, whole.stderr) == (0, "")
    assert whole.stdout.startswith("practice: Collect: e-mail address, café club number\n")
    shown = " ".join(whole.stdout.split())
    assert "we collect your e-mail address and your café club number to deliver books.»" in shown
    assert run("practice/" + practice.rpartition("/")[2], "-g", graph).stdout == whole.stdout


def test_programs_get_json(graph: Path, practice: str) -> None:
    told = json.loads(run(practice, "-g", graph, "--format", "json").stdout)
    assert told["iri"] == practice
    assert {"words", "facts", "found", "follows"} <= set(told)
    assert told["words"][0]["end"] - told["words"][0]["start"] == len(told["words"][0]["quote"])


def test_a_concept_is_shown_as_markdown(graph: Path) -> None:
    assert run("pd:Contact", "-g", graph, "-f", "markdown").stdout.startswith("## concept: Contact\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pd:Contact"], "Missing option '--graph'"),
        (["practice/0000", "-g", "GRAPH"], "knows no node 'practice/0000'; give an IRI"),
        (["pg:contakt", "-g", "GRAPH"], "nearest: pg:contact"),
    ],
)
def test_what_is_not_there_is_said(graph: Path, arguments: list[str], said: str) -> None:
    result = run(*(str(graph) if each == "GRAPH" else each for each in arguments))
    assert result.exit_code == 2 or result.exception is not None
    assert said in result.stderr or said in str(result.exception)
