"""``privagraph diff``: what it takes, what it says and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.mapping import map_policies

OLD = """# Privacy policy of Kestrel Kites Ltd

Kestrel Kites Ltd runs this shop. Last updated: 3 May 2024.

We collect your name and email address when you order a kite. We keep your payment details for ten years.

We do not sell your email address to advertisers. You have the right to have your data erased.
"""
STRONGER = OLD.replace("ten years", "two years")
WEAKER = OLD.replace("We do not sell", "We sell")
REWORDED = OLD.replace(
    "We collect your name and email address when you order a kite.",
    "When you order a kite, your name and email address are collected.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("versions")
    texts = {"old.md": OLD, "stronger.md": STRONGER, "weaker.md": WEAKER, "reworded.md": REWORDED}
    for name, text in texts.items():
        (made / name).write_text(text, "utf-8")
    map_policies([made / "old.md", made / "weaker.md"], made / "graph.trig")
    map_policies([made / "stronger.md"], made / "one.trig")
    return made


def run(folder: Path, *arguments: str) -> Result:
    known = {each.name: str(each) for each in folder.iterdir()}
    return CliRunner().invoke(cli, ["diff", *(known.get(each, each) for each in arguments)])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["old.md", "reworded.md"], 0),
        (["old.md", "old.md"], 0),
        (["old.md", "weaker.md"], 1),
        (["old.md", "weaker.md", "--fail-on", "never"], 0),
        (["old.md", "weaker.md", "--fail-on", "weaker"], 1),
        (["old.md", "stronger.md"], 1),
        (["old.md", "stronger.md", "--fail-on", "weaker"], 0),
        (["old.md", "one.trig"], 1),
    ],
)
def test_the_exit_code_is_for_scripts(folder: Path, arguments: list[str], code: int) -> None:
    assert run(folder, *arguments).exit_code == code


def test_it_says_what_changed_in_both_words(folder: Path) -> None:
    said = run(folder, "old.md", "weaker.md").stdout
    assert "1 change: 1 for weaker privacy." in said
    assert "Now sells email address to advertisers; said before that it does not" in said
    assert "- We do not sell your email address to advertisers." in said
    assert "+ We sell your email address to advertisers." in said


def test_other_words_are_listed_when_asked_for(folder: Path) -> None:
    assert "are collected" not in run(folder, "old.md", "reworded.md").stdout
    assert "are collected" in run(folder, "old.md", "reworded.md", "--text").stdout


@pytest.mark.parametrize("format_", ["markdown", "html", "json", "csv"])
def test_a_file_gets_what_standard_output_gets(folder: Path, format_: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["old.md", "weaker.md", "--format", format_]
    assert run(folder, *arguments, "--output", str(out)).stdout == ""
    assert run(folder, *arguments).stdout_bytes == out.read_bytes()


def test_policies_of_a_graph_go_by_name(folder: Path) -> None:
    arguments = ["diff", "--graph", str(folder / "graph.trig"), "old.md", "weaker.md", "-f", "json"]
    said = json.loads(CliRunner().invoke(cli, arguments).stdout)
    assert said["counts"] == {"weaker": 1, "stronger": 0, "neutral": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["old.md"], "name two versions, OLD and NEW"),
        (["old.md", "stronger.md", "weaker.md"], "name two versions, OLD and NEW"),
        (["old.md", "nowhere.md"], "nowhere.md"),
        (["old.md", "graph.trig"], "holds 2 policies"),
        (["old.md", "."], "is a folder"),
        (["--graph", "nowhere.trig", "a", "b"], "nowhere.trig"),
        (["old.md", "weaker.md", "--fail-on", "all"], "'all' is not one of"),
        (["old.md", "weaker.md", "--output", "/nowhere/out"], "cannot be written"),
    ],
)
def test_what_cannot_be_used(folder: Path, arguments: list[str], said: str) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_graph_that_holds_no_such_policy(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["diff", "-g", str(folder / "graph.trig"), "acme.md", "weaker.md"])
    assert result.exit_code == 2
    assert "holds no policy 'acme.md'" in result.stderr


def test_one_name_needs_an_earlier_version(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["diff", "-g", str(folder / "one.trig"), "stronger.md"])
    assert result.exit_code == 2
    assert "holds no earlier version of stronger.md; name the two" in result.stderr
