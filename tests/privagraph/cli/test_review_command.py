"""``privagraph review``: tables out, decisions in, and nothing lost when a policy is mapped again."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.graph import KnowledgeGraph
from privagraph.queries.store import GraphStore

POLICY = """Privacy Policy of Acme

We collect your email address when you register, and we use it to send you our newsletter.
We do not sell your personal information to third parties. You may ask us for a copy of your data.
"""
BY = ("--by", "Ada Krumm", "--date", "2026-03-01")
Rows = list[dict[str, str]]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / "acme.txt"
    place.write_text(POLICY)
    return place


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The policy's graph under a name, mapped once; only for copying."""
    folder = tmp_path_factory.mktemp("mapped")
    (folder / "acme.txt").write_text(POLICY)

    @cache
    def place(name: str) -> Path:
        assert run("map", folder / "acme.txt", "--output", folder / name).exit_code == 0
        return folder / name

    return place


@pytest.fixture(params=["graph", "graph.trig", "graph.nq", "graph.ttl", "graph.jsonld"])
def graph(request: pytest.FixtureRequest, mapped: Callable[[str], Path], tmp_path: Path) -> Path:
    made = mapped(request.param)
    copy = shutil.copytree if made.is_dir() else shutil.copy
    return Path(copy(made, tmp_path / made.name))


@pytest.fixture
def store(mapped: Callable[[str], Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(mapped("graph"), tmp_path / "graph"))


def table(graph: Path, *options: str) -> Rows:
    result = run("review", "--graph", graph, *options)
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))


def save(rows: Rows, path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def decided(graph: Path, words: str, path: Path, **cells: str) -> Path:
    """A table with one row filled in."""
    rows = table(graph, "--all")
    row = next(row for row in rows if row["quote"] == words)
    row.update(cells)
    return save(rows, path)


def quads(graph: Path) -> list[str]:
    with KnowledgeGraph.open(graph) as opened:
        return sorted(map(str, opened.store.quads()))


def test_decisions_go_into_any_graph_and_stay_when_it_is_mapped_again(
    graph: Path, source: Path, tmp_path: Path
) -> None:
    filled = decided(graph, "third parties", tmp_path / "t.csv", verdict="wrong", note="nobody")
    result = run("review", "--graph", graph, "--apply", filled, *BY)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("1 decision by Ada Krumm applied to 1 policy\n")
    with KnowledgeGraph.open(graph) as opened:
        assert "third parties" not in [row["quote"] for row in opened.query("mentions")]
        assert "third parties" not in [row["quote"] for row in opened.query("practices")]
        (row,) = opened.query("reviews")
        assert (row["verdict"], row["who"], row["note"]) == ("rejected", "Ada Krumm", "nobody")
        assert opened.validate(["structure"]).findings == ()
    before = quads(graph)
    again = run("map", source, "--output", graph, "--again")
    assert "  as reviewers decided: 1 finding\n" in again.stderr
    assert quads(graph) == before


def test_the_least_sure_come_first(store: Path) -> None:
    rows = table(store, "--below", "1")
    values = [float(row["confidence"]) for row in rows]
    assert len(values) >= 3
    assert values == sorted(values)
    assert table(store, "--below", "1", "--limit", "1") == rows[:1]
    assert table(store, "--below", "0") == []


def test_what_is_decided_is_not_asked_again(store: Path, tmp_path: Path) -> None:
    filled = decided(store, "third parties", tmp_path / "t.csv", verdict="right")
    run("review", store, "--apply", filled, *BY)
    assert "third parties" not in [row["quote"] for row in table(store, "--below", "1")]
    (row,) = [row for row in table(store, "--all") if row["quote"] == "third parties"]
    assert row["verdict"] == "right"
    result = run("review", store, "--apply", filled, "--by", "Bo")
    assert "decided so before: 1 row" in result.stderr


@pytest.mark.parametrize("cells", [{"verdict": "right"}, {"note": "ask Bo"}, {"new_role": "source"}])
def test_a_table_that_is_filled_in_is_not_replaced(
    store: Path, tmp_path: Path, cells: dict[str, str]
) -> None:
    filled = decided(store, "third parties", tmp_path / "t.csv", **cells)
    before = filled.read_bytes()
    result = run("review", store, "--all", "--output", filled)
    assert result.exit_code == 2
    assert "t.csv: holds the verdicts of a person in 1 row, which would be lost; " in result.stderr
    assert "apply it, and write to another file" in result.stderr
    assert filled.read_bytes() == before


def test_a_file_that_is_no_readable_table_is_not_replaced(store: Path, tmp_path: Path) -> None:
    """It may be a table all the same, that a spreadsheet saved in a code page or as a workbook."""
    for content in (b"id,verdict,note\r\na/b,right,caf\xe9\r\n", b"PK\x03\x04", b"My notes\r\n"):
        (tmp_path / "t.csv").write_bytes(content)
        result = run("review", store, "--all", "--output", tmp_path / "t.csv")
        assert result.exit_code == 2
        assert "is there already and cannot be read as a table" in result.stderr
        assert (tmp_path / "t.csv").read_bytes() == content


def test_a_table_that_nobody_has_filled_in_is_replaced(store: Path, tmp_path: Path) -> None:
    place = tmp_path / "t.csv"
    place.touch()
    for options in (["--all"], ["--all", "--limit", "1"]):
        assert run("review", store, *options, "--output", place).exit_code == 0
    assert len(place.read_text("utf-8-sig").splitlines()) == 2


def test_practices_can_be_decided(store: Path, tmp_path: Path) -> None:
    rows = table(store, "--what", "practices", "--all")
    assert {row["processing"] for row in rows} >= {"dpv:Collect", "pg:Sell"}
    next(row for row in rows if row["processing"] == "pg:Sell")["new_processing"] = "dpv:Share"
    result = run("review", "--graph", store, "--apply", save(rows, tmp_path / "p.csv"), *BY)
    assert result.exit_code == 0, result.stderr
    with KnowledgeGraph.open(store) as opened:
        denied = {str(row["processing"]).rpartition("#")[2] for row in opened.query("denials")}
    assert denied == {"Share"}


def test_bad_rows_are_told_and_the_others_applied(store: Path, tmp_path: Path) -> None:
    rows = table(store, "--all")
    rows[0]["verdict"], rows[1]["verdict"] = "maybe", "right"
    result = run("review", "--graph", store, "--apply", save(rows, tmp_path / "t.csv"), *BY)
    assert result.exit_code == 1
    assert "1 decision by" in result.stderr
    assert "  t.csv, row 2: no verdict 'maybe'; write right, wrong or changed" in result.stderr


def test_bad_input_changes_nothing(store: Path, tmp_path: Path) -> None:
    before = quads(store)
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    for arguments in (
        ["--apply", tmp_path / "t.csv", "--by", "Ada"],
        ["--apply", tmp_path / "none.csv", "--by", "Ada"],
        ["--apply", tmp_path / "t.csv"],
        ["--apply", tmp_path / "t.csv", "--by", "Ada", "--all"],
        ["--by", "Ada"],
        ["--all", "--below", "0.5"],
        ["--policy", "nobody"],
        [store],
    ):
        assert run("review", "--graph", store, *arguments).exit_code == 2, arguments
    assert run("review").exit_code == 2
    assert run("review", tmp_path / "nowhere").exit_code == 2
    assert not (tmp_path / "nowhere").exists()
    assert quads(store) == before


def test_tables_with_tabs_and_one_policy(store: Path, tmp_path: Path) -> None:
    result = run("review", store, "--all", "--policy", "acme.txt", "--output", tmp_path / "t.tsv")
    assert result.exit_code == 0
    head = (tmp_path / "t.tsv").read_text("utf-8-sig").splitlines()[0]
    assert head.split("\t")[:4] == ["id", "source", "version", "role"]


def test_two_versions_of_a_policy_are_told_apart(store: Path, source: Path) -> None:
    assert {row["version"] for row in table(store, "--all")} == {""}
    source.write_text("Last updated: 2 March 2026\n\n" + POLICY)
    assert run("map", source, "--output", store).exit_code == 0
    assert {row["version"] for row in table(store, "--all")} == {
        ""
    }  # the current one alone, unless both are named
    with GraphStore.open(store) as opened:
        both = [f"--policy={policy}" for policy in opened.policies()]
    for what in ("mentions", "practices"):
        result = run("review", store, "--all", "--what", what, *both)
        rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
        names = {row["version"]: row["id"].partition("/")[0] for row in rows}
        assert len(names) == 2
        assert all(version.partition(", ")[0] == name for version, name in names.items())
        assert {version.partition(", ")[2] for version in names} == {"", "updated 2026-03-02"}
        assert "  2 policies share the name of their file: the column version" in result.stderr
        assert sum(f"--policy {name} lists one alone" in result.stderr for name in names.values()) == 1
    for name in names.values():
        alone = table(store, "--all", "--policy", name)
        assert {(row["id"].partition("/")[0], row["version"]) for row in alone} == {(name, "")}


def test_unsure_findings_are_left_out_and_counted(source: Path, tmp_path: Path) -> None:
    result = run("map", source, "--output", tmp_path / "g", "--min-confidence", "0.85")
    assert result.exit_code == 0
    assert "  left out as unsure: " in result.stderr
    with KnowledgeGraph.open(tmp_path / "g") as opened:
        assert all(float(str(row["confidence"])) >= 0.85 for row in opened.query("mentions"))
        (told,) = opened.query("SELECT ?o { ?a pg:options ?o }")
    assert '"min_confidence": 0.85' in str(told["o"])
    assert run("map", source, "--output", tmp_path / "g", "--min-confidence", "1.5").exit_code == 2


@pytest.mark.parametrize("said", ["70%", "1.5", "-0.1", "nan", "0,7"])
def test_what_is_no_confidence_is_told_what_one_is(source: Path, store: Path, said: str) -> None:
    for arguments in (
        ["map", source, "--output", source.with_name("new.trig"), f"--min-confidence={said}"],
        ["review", store, f"--below={said}"],
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert f"'{said}' is not a number from 0 to 1, such as 0.5." in result.stderr


def test_a_threshold_that_leaves_nothing_is_warned_of(source: Path, tmp_path: Path) -> None:
    warning = "warning: everything was left out as unsure; map again with a lower --min-confidence\n"
    for quiet in ((), ("--quiet",)):
        result = run("map", source, "--output", tmp_path / "g.trig", "--min-confidence", "1.0", *quiet)
        assert result.exit_code == 0
        assert warning in result.stderr
    assert warning not in run("map", source, "--output", tmp_path / "g.trig").stderr
    source.write_text("Nothing is said here about anything at all, and this is a policy of nobody.")
    bare = run("map", source, "--output", tmp_path / "b.trig", "--min-confidence", "1.0")
    assert warning not in bare.stderr


@pytest.mark.parametrize("name", ["birch.txt", "birch/acme.txt"])
def test_a_file_with_decisions_is_not_replaced_by_one_without(
    name: str, source: Path, tmp_path: Path
) -> None:
    """Not by another file's, and not by another company's file of the same name."""
    graph, other = tmp_path / "g.trig", tmp_path / name
    other.parent.mkdir(exist_ok=True)
    other.write_text(POLICY.replace("Acme", "Birch"))
    run("map", source, "--output", graph)
    filled = decided(graph, "third parties", tmp_path / "t.csv", verdict="wrong")
    run("review", graph, "--apply", filled, *BY)
    before = graph.read_bytes()
    result = run("map", other, "--output", graph)
    assert result.exit_code == 2
    assert "holds decisions of reviewers on what was not mapped now: acme.txt; map that too" in result.stderr
    assert graph.read_bytes() == before


def test_decisions_of_another_graph_and_of_an_older_text(source: Path, tmp_path: Path) -> None:
    run("map", source, "--output", tmp_path / "old")
    filled = decided(tmp_path / "old", "third parties", tmp_path / "t.csv", verdict="wrong")
    run("review", tmp_path / "old", "--apply", filled, *BY)
    source.write_text(POLICY + "\nWe may change this policy from time to time.\n")
    result = run("map", source, "--output", tmp_path / "new.nq", "--reviews", tmp_path / "old")
    assert "as reviewers decided: 1 finding (1 carried over from another version)" in result.stderr
    source.write_text(POLICY.replace("third parties", "other companies"))
    result = run("map", source, "--output", tmp_path / "old")
    assert "1 decision of reviewers fit" in result.stderr
    assert "acme.txt: recipient “third parties”, Ada Krumm, 2026-03-01" in result.stderr
