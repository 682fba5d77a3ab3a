"""``privagraph query``: names, files and texts; formats; parameters; what it says and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.queries.answers import FORMATS
from privagraph.queries.catalogue import catalogue, load
from privagraph.queries.store import GraphStore

FOUNDLINGS = Path(__file__).parents[2] / "queries" / "cases" / "base.trig"
"""A graph in which a purpose has no legal basis."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, sample_quads: tuple[ox.Quad, ...]) -> Path:
    """Both sample policies in a file."""
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    path.write_bytes(ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS))
    return path


@pytest.fixture(scope="module")
def stored(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in a store, which is opened in less time than a file is read."""
    place = tmp_path_factory.mktemp("stored") / "graph"
    with GraphStore.open(place, writable=True) as store:
        store.load(graph)
    return place


def run(*arguments: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["query", *map(str, arguments)], input=text)


# -- the contracts


@pytest.mark.parametrize("name", ["mentions", "practices"])
def test_the_contract_queries_give_sparql_json(graph: Path, name: str) -> None:
    result = run(name, "--graph", graph, "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    rows = data["results"]["bindings"]
    assert tuple(data["head"]["vars"]) == load(name).columns
    assert {row["source"]["value"] for row in rows} == {"lantern.html", "merle.txt"}
    assert {row["polarity"]["value"] for row in rows} == {"affirmed", "denied"}
    roles = {row["role"]["value"] for row in rows}
    if name == "practices":
        assert roles == {"data_category", "purpose", "recipient", "legal_basis", "source", "data_subject"}
        assert all("sentence" in row and "processing" in row for row in rows)
    else:
        assert {"controller", "dpo", "right", "retention"} <= roles
        assert result.stderr == ""


def test_one_row_is_one_mention(graph: Path) -> None:
    with GraphStore.open(graph) as store:
        (count,) = next(iter(store.query("SELECT (COUNT(*) AS ?n) { ?m a pg:Mention }")))
    result = run("mentions", "-g", graph, "-f", "json")
    assert len(json.loads(result.stdout)["results"]["bindings"]) == int(count.value) >= 30


# -- what can be asked


@pytest.mark.parametrize("name", [query.id for query in catalogue()])
def test_every_named_query_runs(stored: Path, name: str) -> None:
    needed = [
        f"--param={param.name}={'2026-01-01' if param.type == 'date' else 'pd:Contact'}"
        for param in load(name).params
        if param.required
    ]
    result = run(name, "--graph", stored, "--format", "csv", *needed)
    rows = list(csv.reader(io.StringIO(result.stdout, newline="")))
    assert tuple(rows[0]) == load(name).columns
    assert result.exit_code == (1 if load(name).kind == "check" and len(rows) > 1 else 0)


@pytest.mark.parametrize("name", ["question.rq", "Question.RQ", "question.sparql"])
def test_a_file_can_be_asked(graph: Path, name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text("\ufeff# mine\nSELECT (COUNT(?p) AS ?n) { ?p a pg:PrivacyPolicy }", encoding="utf-8")
    result = run(file, "--graph", graph, "--format", "csv")
    assert (result.exit_code, result.stdout_bytes) == (0, b"n\r\n2\r\n")


def test_a_text_can_be_asked(graph: Path) -> None:
    text = "ASK { ?p a pg:DeniedPractice }"
    assert run("-e", text, "-g", graph).stdout == "true\n"
    assert run("--text", "-", "-g", graph, text=text).stdout == "true\n"


def test_triples_come_as_turtle_without_being_told(graph: Path) -> None:
    result = run("-e", "CONSTRUCT WHERE { ?p dct:title ?t }", "-g", graph)
    assert result.exit_code == 0
    assert len(list(ox.parse(result.stdout, format=ox.RdfFormat.TURTLE))) == 4


def test_parameters_are_given_by_name(graph: Path) -> None:
    result = run("policies", "-g", graph, "-p", "policy=merle.txt", "-f", "csv")
    assert result.stdout.count("\n") == 2
    text = "SELECT ?file ?name { ?file pg:fileName ?name }"
    assert "lantern.html" in run("-e", text, "-g", graph, "-p", "?name=lantern.html", "-f", "csv").stdout


def test_an_answer_can_go_to_a_file(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "rights.tsv"
    result = run("rights", "-g", graph, "-f", "tsv", "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text("utf-8").startswith("?source\t?start\t")


@pytest.mark.parametrize(
    "arguments", [("policies", "-f", "turtle"), ("-e", "ASK { ?s ?p ?o }", "-f", "parquet")]
)
def test_a_file_keeps_its_content_where_an_answer_fails(
    graph: Path, tmp_path: Path, arguments: Sequence[str]
) -> None:
    out = tmp_path / "before.csv"
    out.write_text("what was there")
    assert run(*arguments, "-g", graph, "-o", out).exit_code == 2
    assert out.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [out]


# -- tables


def test_a_pipe_has_no_width_unless_it_is_given_one(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert max(map(len, run("denials", "-g", graph).stdout.splitlines())) > 120
    monkeypatch.setenv("COLUMNS", "90")
    assert max(map(len, run("denials", "-g", graph).stdout.splitlines())) <= 90


def test_a_table_says_how_many_rows(graph: Path) -> None:
    result = run("policies", "--graph", graph)
    assert result.stdout.splitlines()[0].startswith("source")
    assert result.stderr == "2 rows\n"
    assert run("children", "--graph", graph).stderr == "no rows\n"


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
@pytest.mark.parametrize("columns", [60, 100])
def test_a_table_fits_the_terminal(graph: Path, columns: int) -> None:
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "privagraph", "query", "denials", "--graph", str(graph)],
        stdout=follower,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": str(columns)},
    )
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 65536):
            shown += part
    except OSError:  # Linux: the other end of the terminal was closed
        pass
    finally:
        os.close(leader)
    assert process.wait(timeout=60) == 0
    lines = shown.decode().splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= columns


# -- lists


def test_the_list_needs_no_graph() -> None:
    result = run("--list")
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines()]
    assert names == [query.id for query in catalogue()]


def test_a_tag_narrows_the_list() -> None:
    names = [line.split()[0] for line in run("--list", "--tag", "contract").stdout.splitlines()]
    assert names == ["mentions", "practices"]
    result = run("--list", "--tag", "nonsense")
    assert result.exit_code == 2
    assert "there are" in result.stderr
    assert "contract" in result.stderr


def test_a_query_describes_itself() -> None:
    text = run("--describe", "evidence-of").stdout
    assert "--param concept=...  (concept, needed)" in text
    assert "--param policy=...  (policy, optional)" in text
    assert load("evidence-of").text in text
    check = run("--describe", "denied-as-process").stdout
    assert "A check (error): it passes when there are no rows." in check
    assert "To do: " in check


def test_the_formats_offered_are_those_there_are() -> None:
    text = " ".join(run("--help").stdout.split())
    assert f"[{'|'.join(FORMATS)}]" in text


# -- checks


def test_a_check_with_findings_ends_with_1() -> None:
    result = run("purposes-without-legal-basis", "--graph", FOUNDLINGS)
    assert result.exit_code == 1
    assert "warn: " in result.stderr
    assert "To do: Name the legal basis" in result.stderr
    assert result.stdout.splitlines()[0].startswith("source")


def test_a_check_that_passes_says_so(graph: Path) -> None:
    result = run("denied-as-process", "--graph", graph)
    assert (result.exit_code, result.stderr) == (0, "passed: no findings\n")


def test_a_term_that_does_not_exist_is_told_where_nothing_is_found(graph: Path) -> None:
    nothing = run("-e", "SELECT ?s { ?s pg:hasMentoin ?o }", "-g", graph)
    assert nothing.exit_code == 0
    assert "note: the vocabulary has no term pg:hasMentoin; did you mean pg:hasMention?" in nothing.stderr
    assert "note" not in run("-e", "ASK { ?s pg:hasMention ?o }", "-g", graph).stderr
    assert "note" not in run("-e", "SELECT ?s { ?s pg:hasMention <http://a/> }", "-g", graph).stderr


def test_versions_are_chosen_by_day(graph: Path) -> None:
    """Of the two sample policies one has no date, so that it may always have been in force."""
    early = run("policies", "-g", graph, "--date", "1999-01-01", "--format", "csv").stdout
    assert [line.partition(",")[0] for line in early.splitlines()] == ["source", "merle.txt"]
    assert len(run("policies", "-g", graph, "--all-versions", "-f", "csv").stdout.splitlines()) == 3


# -- what cannot be used


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "a FILE.rq, or a text with -e"),
        (["policies", "-e", "ASK {}"], "a FILE.rq, or a text with -e"),
        (["policies"], "missing option '--graph'"),
        (["SELECT ?s { ?s ?p ?o }", "-g", "GRAPH"], "a SPARQL text goes after -e"),
        (["polices", "-g", "GRAPH"], "did you mean policies"),
        (["policies", "-g", "GRAPH", "--date", "today"], "'today' is no day; write YYYY-MM-DD"),
        (["policies", "-g", "GRAPH", "--date", "2024-01-01", "--all-versions"], "exclude each other"),
        (["none.rq", "-g", "GRAPH"], "none.rq: cannot be read"),
        (["policies", "-g", "no-such-graph"], "no such file or folder"),
        (["policies", "-g", "GRAPH", "-f", "turtle"], "use --format table, csv, tsv, json, xml, markdown"),
        (["policies", "-g", "GRAPH", "-p", "policy"], "--param takes NAME=VALUE"),
        (["policies", "-g", "GRAPH", "-p", "policy=a", "-p", "policy=b"], "given twice"),
        (["policies", "-g", "GRAPH", "-p", "?policy=a", "-p", "policy=b"], "given twice"),
        (["policies", "-g", "GRAPH", "-p", "policy=nobody.html"], "holds no policy 'nobody.html'"),
        (["policies", "-g", "GRAPH", "-p", "color=red"], "has no parameter 'color'"),
        (["evidence-of", "-g", "GRAPH"], "needs concept"),
        (["-e", "SELECT ?s {", "-g", "GRAPH"], "not a SPARQL query: line 1, column 12"),
        (["-e", "DROP ALL", "-g", "GRAPH"], "queries here only read"),
        (["-e", "ASK { SERVICE <http://localhost/> {} }", "-g", "GRAPH"], "no network"),
        (["policies", "-g", "GRAPH", "-o", "no-folder/out.csv"], "cannot be written"),
        (["--describe", "polices"], "did you mean policies"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(graph: Path, arguments: Sequence[str], said: str) -> None:
    result = run(*(str(graph) if each == "GRAPH" else each for each in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_file_that_is_not_utf_8_is_said_to_be(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "latin.rq"
    file.write_bytes('SELECT ?s { ?s ?p "caf\xe9" }'.encode("latin-1"))
    result = run(file, "--graph", graph)
    assert result.exit_code == 2
    assert "save the query as UTF-8" in result.stderr


def test_an_error_in_a_file_names_the_file(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "broken.rq"
    file.write_text("SELECT ?s\nWHERE { ?s ?p }\n")
    result = run(file, "--graph", graph)
    assert result.exit_code == 2
    assert f"{file}: not a SPARQL query: line 3, column 1" in result.stderr


def test_a_query_does_not_touch_the_graph(graph: Path) -> None:
    before = graph.read_bytes()
    run("-e", "INSERT DATA { <http://example.org/a> a pg:Mention }", "-g", graph)
    assert graph.read_bytes() == before
