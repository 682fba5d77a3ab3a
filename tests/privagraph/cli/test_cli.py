"""The command line as a whole: its commands, its exit codes, its one line of error."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner, Result

from privagraph import __version__
from privagraph.cli import cli
from privagraph.errors import GraphError, InputError

COMMANDS = (
    *("map", "query", "ask", "explain", "validate", "compare", "diff", "network"),
    *("report", "serve", "review", "export", "load", "terms", "reason"),
)

Invoke = Callable[[Callable[[], object]], Result]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs a function as if it were a command."""

    def with_body(body: Callable[[], object]) -> Result:
        command = click.Command("map", callback=body)
        monkeypatch.setattr(cli, "get_command", lambda ctx, name: command)
        return run("map")

    return with_body


def test_the_version_is_the_packages() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert __version__ in result.stdout


def test_help_lists_the_commands_in_the_order_of_use() -> None:
    result = run("--help")
    assert result.exit_code == 0
    commands = result.stdout.partition("Commands:")[2].partition("Examples:")[0]
    assert re.findall(r"^  (\w+) ", commands, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"privagraph {name}" in result.stdout.replace("Usage: privagraph", "")


def test_without_arguments_help_is_shown_and_that_is_bad_usage() -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage: privagraph" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("valdate",), "no command 'valdate'; did you mean 'validate'? Try `privagraph --help`."),
        (("xyzzy",), "no command 'xyzzy'; the commands are map, query,"),
        (("--nope",), "Try `privagraph --help`."),
        (("map", "--nope"), "Try `privagraph map --help`."),
        (("map", "policy.txt"), "Say where the graph goes: --output OUT, or --shards PLACE"),
        (("map", "--output", "graph"), "Missing argument 'SOURCE...'"),
        (("map", "x", "-o", "g", "-f", "pdf"), "'pdf' is not one of 'store', 'trig', 'nq', 'ttl', 'jsonld'"),
    ],
)
def test_bad_usage_is_one_line_that_says_where_to_look(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("privagraph: ")
    assert said in line


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_a_command_returns_its_exit_code(code: int, invoke: Invoke) -> None:
    assert invoke(lambda: code).exit_code == code


def test_a_command_that_returns_nothing_is_fine(invoke: Invoke) -> None:
    assert invoke(lambda: None).exit_code == 0


@pytest.mark.parametrize(
    "error",
    [
        InputError("a.txt", "is empty", "check it"),
        GraphError("graph", "is busy", "wait"),
        click.ClickException("bad"),
    ],
)
def test_an_error_on_purpose_is_one_line(error: Exception, invoke: Invoke) -> None:
    def fail() -> None:
        raise error

    result = invoke(fail)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"privagraph: {error}")


def test_a_message_of_several_lines_becomes_one(invoke: Invoke) -> None:
    def fail() -> None:
        raise GraphError("graph", "broken\n  in two", "mend it")

    assert invoke(fail).stderr == "privagraph: graph: broken in two; mend it\n"


def test_a_bug_is_told_as_one(invoke: Invoke) -> None:
    def fail() -> None:
        raise KeyError("surprise")

    result = invoke(fail)
    assert result.exit_code == 3
    (line,) = result.stderr.splitlines()
    assert line.startswith("privagraph: internal error: KeyError: 'surprise'; this is a bug")


def test_a_traceback_is_shown_when_asked_for(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise KeyError("surprise")

    monkeypatch.setenv("PRIVAGRAPH_TRACEBACK", "1")
    result = invoke(fail)
    assert result.exit_code == 3
    assert "Traceback (most recent call last)" in result.stderr
    assert "in fail" in result.stderr


def test_an_interruption_has_the_usual_exit_code(invoke: Invoke) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    result = invoke(fail)
    assert result.exit_code == 130
    assert "interrupted" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_goes_away_ends_the_program_quietly() -> None:
    endless = (
        "import click\n"
        "from privagraph.cli import cli\n"
        "def say():\n"
        "    while True: click.echo('line')\n"
        "cli.get_command = lambda ctx, name: click.Command('map', callback=say)\n"
        "cli.main(['map'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", endless], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == "line\n"
        program.stdout.close()
        assert program.stderr.read() == ""
        assert program.wait(30) == 141


@pytest.mark.parametrize("start", [["-m", "privagraph"], ["-c", "from privagraph.cli import main; main()"]])
def test_the_program_starts(start: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *start, "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert __version__ in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_a_full_disk_is_no_bug_of_ours() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "privagraph", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("privagraph: nothing more can be written (")
    assert done.stderr.count("\n") == 1
