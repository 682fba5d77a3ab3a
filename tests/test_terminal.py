"""Nothing that a file holds, or is called, steers the terminal of the person who looks at it.

What ``privagraph export`` and the formats for programs write is data, and keeps every text.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ESCAPE = "\x1b]0;taken\x07\x1b[2J\x9b31m\u202e"
NAME = f"pol{ESCAPE}icy.md"
WORDS = "\x1b[2J\u202e"
POLICY = f"""# Privacy policy of Marrow{WORDS} Tents

Marrow Tents Ltd, 4 Quay Lane, Cork, Ireland, is the controller. Last updated: 1 March 2026

## What we{WORDS} collect

We collect your email address{WORDS} and your location to send you news. We share your email address with
Mailchimp{WORDS} in the United States. We do not sell your personal data. We keep your name for ten years.
"""
COMMANDS = (
    "map {name}",
    "map {name} bad{escape}.md nowhere{escape}.md --output other",
    "map --output other{escape}.trig/x {name}",
    "query practices --graph graph",
    "query policies --graph graph",
    "query nosuch{escape} --graph graph",
    "query practices --graph nowhere{escape}",
    "query --graph graph --text {query}",
    "ask {question} --graph graph",
    "explain {practice} --graph graph",
    "validate --graph graph",
    "validate {name} --format markdown",
    "compare {name} {other} --graph graph",
    "diff {name} {other}",
    "network practices --graph graph",
    "report graph --format markdown",
    "terms {escape}",
    "nocommand{escape}",
)


def run(arguments: list[str]) -> Result:
    return CliRunner().invoke(cli, arguments, color=True)  # as on a terminal: click takes nothing out


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terminal")
    (folder / NAME).write_text(POLICY, "utf-8")
    (folder / f"other{ESCAPE}.md").write_text(POLICY.replace("ten years", "six years"), "utf-8")
    (folder / f"bad{ESCAPE}.md").write_bytes(b"\x7fELF\x00\x00")
    done = run(
        ["map", str(folder / NAME), str(folder / f"other{ESCAPE}.md"), "--output", str(folder / "graph")]
    )
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def practice(place: Path) -> str:
    text = "SELECT ?p { ?p a pg:DeniedPractice } LIMIT 1"
    return run(["query", "--graph", str(place / "graph"), "--text", text, "--format", "csv"]).stdout.split()[
        1
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_hands_on_what_steers(
    command: str, place: Path, practice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    keys = {"name": NAME, "other": f"other{ESCAPE}.md", "escape": ESCAPE, "practice": practice}
    keys |= {"query": "SELECT ?said { ?s oa:exact|dct:title ?said }", "question": f"who gets data{ESCAPE}?"}
    done = run([part.format(**keys) for part in command.split()])
    assert done.exit_code in (0, 1, 2), done.output
    assert done.stdout + done.stderr
    assert STEERING.findall(done.stdout + done.stderr) == []
