"""``privagraph serve`` as a program: it says where it is, answers, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from privagraph.cli import cli


@contextmanager
def served(*options: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program and the address that it says; its temporary files go to a folder."""
    program = subprocess.Popen(
        [sys.executable, "-m", "privagraph", "serve", "--port", "0", "--workers", "1", *options],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    try:
        assert program.stderr is not None
        told = re.search(r"http://\S+/(?= )", program.stderr.readline())
        assert told is not None
        yield program, told[0]
    finally:
        program.kill()
        program.communicate(timeout=20)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to_and_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    with served(folder=tmp_path) as (program, address):
        assert httpx.get(address).status_code == 200
        assert list(tmp_path.glob("privagraph-*"))
        program.send_signal(how)
        assert program.wait(timeout=20) == 0
    assert list(tmp_path.glob("privagraph-*")) == []


def test_it_serves_a_graph_in_a_file(tmp_path: Path, served_graph: Path) -> None:
    graph = tmp_path / "graph.trig"
    CliRunner().invoke(cli, ["export", "--graph", str(served_graph), "--to", "trig", "--output", str(graph)])
    with served("--graph", str(graph), "--no-upload", folder=tmp_path) as (_, address):
        page = httpx.get(address).text
    assert "graph.trig: 3 policies" in page
    assert 'href="/upload"' not in page


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = CliRunner().invoke(cli, ["serve", "--port", port])
    assert result.exit_code == 2
    assert result.stderr == (
        f"privagraph: 127.0.0.1:{port}: cannot be listened on (Address already in use); "
        "name another with --port, such as --port 0\n"
    )


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["serve", "--graph", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "no such file or folder" in result.stderr
