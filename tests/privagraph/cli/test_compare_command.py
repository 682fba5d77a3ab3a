"""``privagraph compare``: what it takes, what it says and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.mapping import map_policies

TEXTS = {
    "kestrel.md": """# Privacy policy of Kestrel Kites Ltd

Kestrel Kites Ltd runs this shop. We collect your email address when you order. We do not sell your personal data. You
have the right to have your data erased.
""",
    "plover.md": """# Privacy policy of Plover Post Ltd

Plover Post Ltd runs this app. We collect your precise location and share it with Google Analytics. We sell your
personal data.
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("policies")
    for name, text in TEXTS.items():
        (made / name).write_text(text, "utf-8")
    map_policies([made / name for name in TEXTS], made / "graph.trig")
    map_policies([made / "plover.md"], made / "one.trig")
    return made


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["compare", *map(str, arguments)])


def lines_of(result: Result) -> list[str]:
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_files_and_graphs_stand_side_by_side(folder: Path) -> None:
    result = run(folder / "kestrel.md", folder / "one.trig")
    assert result.exit_code == 0
    assert {"Sell no yes", "Location · yes", "Right to Erasure yes ·"} <= set(lines_of(result))


def test_policies_of_a_graph_go_by_name_or_all_together(folder: Path) -> None:
    named = run("--graph", folder / "graph.trig", "plover.md", "kestrel.md")
    assert "Sell yes no" in lines_of(named)
    everything = json.loads(run("-g", folder / "graph.trig", "-f", "json").stdout)
    assert [each["name"] for each in everything["policies"]] == ["kestrel.md", "plover.md"]


def test_what_is_below_and_the_words_are_shown_when_asked_for(folder: Path) -> None:
    graph = folder / "graph.trig"
    assert "“We sell your personal data.”" not in run("-g", graph).stdout
    said = run("-g", graph, "--all", "--words").stdout
    assert "“We sell your personal data.”" in said
    assert "Email address" in said


def test_findings_of_a_profile_are_compared(folder: Path) -> None:
    said = json.loads(run("-g", folder / "graph.trig", "--profile", "ccpa", "-f", "json").stdout)
    (findings,) = (each for each in said["topics"] if each["name"] == "Findings")
    assert {each["label"].partition(":")[0] for each in findings["rows"]} == {"ccpa"}


@pytest.mark.parametrize("format_", ["markdown", "html", "json", "csv"])
def test_a_file_gets_what_standard_output_gets(folder: Path, format_: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["-g", folder / "graph.trig", "--format", format_]
    assert run(*arguments, "--output", out).stdout == ""
    assert run(*arguments).stdout_bytes == out.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name two to twenty policies"),
        (["kestrel.md"], "name two to twenty policies"),
        (["kestrel.md", "kestrel.md"], "the comparison: one policy is named twice"),
        (["kestrel.md", "graph.trig"], "holds 2 policies"),
        (["kestrel.md", "nowhere.md"], "nowhere.md"),
        (["kestrel.md", "plover.md", "--profile", "moon"], "moon"),
    ],
)
def test_what_cannot_be_used(folder: Path, arguments: list[str], said: str) -> None:
    result = run(*(folder / each if "." in each else each for each in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
