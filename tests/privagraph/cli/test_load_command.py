from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.queries.endpoints.addresses import AUTHORIZATION
from privagraph.queries.store import GraphStore


@pytest.fixture(autouse=True)
def nobody_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(AUTHORIZATION, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_a_graph_goes_to_a_server_and_is_asked_there(
    sparql_server: str, sample_file: Path, sample_store: GraphStore
) -> None:
    count = len(list(sample_store.quads()))
    first = run("load", str(sample_file), "--endpoint", sparql_server)
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr == f"2 policies: 2 loaded ({count:,} quads), 0 unchanged\n"
    second = run("load", str(sample_file), "--endpoint", sparql_server)
    assert second.stderr == "2 policies: 0 loaded (0 quads), 2 unchanged\n"
    assert run("load", str(sample_file), "-e", sparql_server, "--quiet").stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "policies", "--format", "csv"],
        ["query", "recipients-of", "--param", "concept=pd:EmailAddress", "--format", "json"],
        ["query", "-e", "SELECT (COUNT(*) AS ?n) { ?m a pg:Mention }", "--format", "csv"],
        ["ask", "Who gets my e-mail address?"],
        ["export", "--to", "nquads"],
        ["export", "--to", "csv"],
        ["network", "sharing"],
        ["compare", "lantern.html", "merle.txt"],
        ["report", "--no-findings", "--format", "markdown"],
        ["validate", "--profile", "structure", "--jobs", "1"],
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_commands_say_the_same_of_a_server_as_of_a_file(
    arguments: list[str], loaded: str, sample_file: Path
) -> None:
    there = run(*arguments, "--graph", loaded)
    here = run(*arguments, "--graph", str(sample_file))
    assert there.stdout == here.stdout.replace(str(sample_file), loaded)
    assert (there.exit_code, bool(there.stdout)) == (here.exit_code, True)


def test_a_graph_goes_into_a_store(sample_file: Path, sample_store: GraphStore, tmp_path: Path) -> None:
    place = tmp_path / "graph"
    done = run("load", str(sample_file), "--output", str(place))
    assert done.exit_code == 0
    assert done.stderr.startswith("2 policies: 2 loaded (")
    with GraphStore.open(place) as store:
        assert list(store.quads()) == list(sample_store.quads())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name either a server with --endpoint or a store with --output."),
        (["--endpoint", "http://a.example/", "--output", "graph"], "name either a server"),
        (["--output", "graph", "--state", "sent"], "are for servers; leave them out."),
        (
            ["--endpoint", "http://ann:hidden@a.example/"],
            "an address with a user name or password in it is not taken",
        ),
        (["--endpoint", "graph"], "graph: no address of a server; give one such as"),
    ],
)
def test_what_cannot_be_loaded_is_said(arguments: list[str], said: str, sample_file: Path) -> None:
    done = run("load", str(sample_file), *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "hidden" not in done.stderr


def test_a_server_that_only_reads_takes_no_graph(server: str, sample_file: Path) -> None:
    done = run("load", str(sample_file), "--endpoint", f"{server}/sparql")
    assert done.exit_code == 2
    assert "does not allow this (HTTP 403" in done.stderr
