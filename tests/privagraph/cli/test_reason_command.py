"""The command ``reason``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner

from privagraph.cli import cli
from privagraph.ontology import reasoning
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reasoning import Proof
from privagraph.queries.formats import read_quads, write_quads
from privagraph.queries.store import GraphStore

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="no Java here, which HermiT needs")


def run(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "privagraph", "reason", *arguments]
    environment = dict(os.environ) if path is None else {**os.environ, "PATH": path}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment
    )


@pytest.fixture
def graph(tmp_path: Path, sample_quads: tuple[pyoxigraph.Quad, ...]) -> Path:
    """Both sample policies in a store on disk."""
    place = tmp_path / "graph"
    with GraphStore.open(place, writable=True) as store:
        for policy in sorted({quad.graph_name.value for quad in sample_quads}):
            store.write_policy(policy, [quad for quad in sample_quads if quad.graph_name.value == policy])
    return place


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        (Proof(consistent=True, classes=2276, unsatisfiable=()), 0),
        (Proof(consistent=True, classes=2276, unsatisfiable=("urn:c",)), 1),
        (Proof(consistent=False, classes=2276, unsatisfiable=()), 1),
    ],
)
def test_without_a_graph_the_ontology_is_proven(
    proof: Proof, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is proven of it: ``tests/ontology/test_reasoning.py``."""
    monkeypatch.setattr(reasoning, "prove", lambda: proof)
    done = CliRunner().invoke(cli, ["reason", "--format", "json"])
    assert (done.exit_code, done.stderr) == (code, "")
    said = json.loads(done.stdout)
    assert (said["consistent"], said["unsatisfiable"]) == (proof.consistent, [*proof.unsatisfiable])
    assert said["classes"] == 2276


@needs_java
def test_classes_are_counted_and_the_graph_stays_as_it_is(graph: Path) -> None:
    with GraphStore.open(graph) as store:
        before = list(store.quads())
    done = run("--graph", str(graph))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "10 practices"
    rows = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
    assert rows["pg:ThirdPartySharing"] == 1
    assert rows["pg:ConsentBasedProcessing"] == 2
    with GraphStore.open(graph) as store:
        assert list(store.quads()) == before


@needs_java
def test_what_follows_is_written_to_a_file_and_added_to_a_store(graph: Path, tmp_path: Path) -> None:
    output = tmp_path / "classes.trig"
    done = run("--graph", str(graph), "--output", str(output), "--add", "--format", "json")
    assert done.returncode == 0, done.stderr
    written = set(read_quads(output))
    assert {quad.predicate.value for quad in written} == {expand("rdf:type")}
    assert len(written) >= 10
    with GraphStore.open(graph) as store:
        assert written <= set(store.quads())
        query = "SELECT ?p WHERE { GRAPH ?policy { ?p a pg:SafeguardedTransfer } }"
        rows = list(store.query(query))
    assert len(rows) == 1
    answer = json.loads(done.stdout)
    members = {entry["curie"]: entry["practices"] for entry in answer["classes"]}
    assert members["pg:SafeguardedTransfer"] == [rows[0]["p"].value]
    assert members["pg:SaleOfData"] == []
    again = run("--graph", str(graph), "--add")
    assert "0 statements added" in again.stderr
    assert again.stdout.startswith("10 practices\n")


@needs_java
def test_what_follows_is_added_to_a_file(tmp_path: Path, sample_quads: tuple[pyoxigraph.Quad, ...]) -> None:
    place = tmp_path / "graph.trig"
    write_quads(sample_quads, place)
    done = run("--graph", str(place), "--add")
    assert done.returncode == 0, done.stderr
    quads = set(read_quads(place))
    assert set(sample_quads) < quads
    assert pyoxigraph.NamedNode(expand("pg:ThirdPartySharing")) in {quad.object for quad in quads}


def test_without_java_it_says_what_to_install(graph: Path) -> None:
    done = run("--graph", str(graph), path="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Java" in done.stderr
    assert "install" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("option", [["--add"], ["--output", "x.trig"]])
def test_adding_and_writing_need_a_graph(option: list[str]) -> None:
    done = run(*option)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--graph" in done.stderr


@needs_java
def test_a_format_that_is_not_written_is_refused_before_reasoning(graph: Path, tmp_path: Path) -> None:
    done = run("--graph", str(graph), "--output", str(tmp_path / "classes.xlsx"), path="")
    assert done.returncode == 2
    assert ".trig" in done.stderr


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    done = run("--graph", str(tmp_path / "nowhere"), "--add")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere" in done.stderr
    assert not (tmp_path / "nowhere").exists()
