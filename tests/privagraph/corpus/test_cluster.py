"""Runs on a cluster: a real scheduler and two workers on this machine, one of which is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner

from privagraph.cli.map_command import command
from privagraph.corpus import checks, cluster
from privagraph.corpus.manifest import Manifest
from privagraph.corpus.partition import Order, map_partition
from privagraph.corpus.work import Settings
from privagraph.errors import GraphError, InputError, MissingDependencyError, ServiceError
from privagraph.mapping import map_policies
from privagraph.queries.folders import MANIFEST
from privagraph.queries.store import GraphStore

pytest.importorskip(
    "distributed", reason="dask and distributed are not installed: pip install -e '.[cluster]'"
)
POLICIES = 30


@dataclass
class Running:
    """A cluster on its way: the scheduler's address, and the processes by what they are."""

    address: str
    processes: dict[str, subprocess.Popen[bytes]]

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait(10)


def address_in(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """Where a scheduler listens, once it has told in its file."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and scheduler.poll() is None:
        with suppress(FileNotFoundError, ValueError):  # it may be half written
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.1)
    pytest.fail(f"the scheduler does not start: {(file.parent / 'log').read_text()}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A scheduler with two workers, one of them with a nanny, as Dask starts them."""
    folder = tmp_path_factory.mktemp("cluster")
    usual, file = ["--host", "127.0.0.1", "--no-dashboard"], folder / "scheduler.json"
    processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(name: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "dask", *arguments, *usual]
        with (folder / "log").open("ab") as log:
            processes[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    try:
        start("scheduler", "scheduler", "--port", "0", "--no-show", "--scheduler-file", str(file))
        address = address_in(file, processes["scheduler"])
        work = ["worker", address, "--nthreads", "1", "--local-directory", str(folder)]
        start("watched", *work)
        start("killed", *work, "--no-nanny")
        client = checks.connected(address)
        try:
            client.wait_for_workers(2, timeout=60)
        finally:
            client.close()
        yield Running(address, processes)
    finally:
        for process in processes.values():  # whatever they have started ends with them
            process.kill()
            process.wait(10)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Policies of shops, two of which are the same, and what is none."""
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(POLICIES):
        (folder / f"{number:02}.txt").write_text(policy_of(number))
    (folder / "copy.txt").write_text(policy_of(7))
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def expected(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What a run on this machine makes of them."""
    output = tmp_path_factory.mktemp("local") / "graph"
    map_policies(corpus, output, extractor="lexicon")
    return stated(output)


def policy_of(number: int) -> str:
    return (
        f"Privacy Policy of Shop {number}\n\n"
        f"We collect your email address when you register at shop {number}, and use it to send you our newsletter. "
        "We do not sell your personal information to third parties. You may ask us for a copy of your data.\n"
    )


def stated(output: Path) -> set[str]:
    """All that a graph states."""
    with GraphStore.open(output) as store:
        return {str(quad) for quad in store.unsorted_quads()}


def frames(parts: Path) -> list[bytes]:
    """The policies in the shards, one after the other."""
    found = []
    for part in sorted(parts.glob("part-*.nq.zst")):
        rest = part.read_bytes()
        while rest:
            one = zstandard.ZstdDecompressor().decompressobj()
            found.append(one.decompress(rest))
            rest = one.unused_data
    return found


def test_a_worker_that_is_killed_costs_nothing_but_work(
    running: Running, corpus: Path, expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_MOST", 3)
    done: list[int] = []

    def kill(number: int, _of: int, _name: str) -> None:
        if number and not done:
            done.append(number)
            running.kill("killed")

    parts, output = tmp_path / "parts", tmp_path / "graph"
    report = map_policies(
        corpus, output, shards=parts, cluster=running.address, extractor="lexicon", progress=kill
    )
    assert running.processes["killed"].poll() == -signal.SIGKILL
    assert done[0] < POLICIES
    assert (report.totals.mapped, report.totals.left_out, report.totals.failed) == (POLICIES + 1, 1, 0)
    assert report.policies == POLICIES
    assert [each.source for each in report.mapped] == sorted(each.source for each in report.mapped)
    assert report.errors == str(parts / "errors.jsonl")
    assert stated(output) == expected
    assert len(frames(parts)) == POLICIES + 1
    assert len(set(frames(parts))) == POLICIES + 1


def test_a_run_goes_on_and_leaves_nothing_of_another_one_lying_about(
    running: Running, corpus: Path, expected: set[str], tmp_path: Path
) -> None:
    parts = tmp_path / "parts"
    first = [corpus / f"{number:02}.txt" for number in range(10)]
    map_policies(first, shards=parts, cluster=running.address, extractor="lexicon")
    shard = min(parts.glob("part-*.nq.zst"))
    shutil.copy(shard, parts / "part-123456789012345678.nq.zst")
    (parts / ".part-elsewhere").write_bytes(b"half a shar")
    report = map_policies(
        corpus, tmp_path / "graph", shards=parts, cluster=running.address, extractor="lexicon"
    )
    assert report.totals.kept == 10
    assert stated(tmp_path / "graph") == expected
    assert len(frames(parts)) == POLICIES + 1
    assert not list(parts.glob(".part-*"))
    here = map_policies(
        corpus, shards=parts, extractor="lexicon"
    )  # and one machine goes on where many stopped
    assert here.totals.kept == here.totals.mapped == POLICIES + 1


def test_a_document_that_takes_too_long_is_left_out(running: Running, tmp_path: Path) -> None:
    found = tmp_path / "long.txt"
    found.write_text(policy_of(1) * 4000)  # so that it is not done before it is looked at
    report = map_policies(
        found, shards=tmp_path / "parts", cluster=running.address, extractor="lexicon", time_limit=1e-4
    )
    assert [(each.source, each.code) for each in report.left_out] == [("long.txt", "time")]
    assert not list((tmp_path / "parts").glob("part-*"))


def test_shards_go_to_addresses_too(
    running: Running, corpus: Path, expected: set[str], tmp_path: Path
) -> None:
    address, graph = f"local://{tmp_path}/parts", str(tmp_path / "graph")
    asked = ["--cluster", running.address, "--shards", address, "--output", graph, "--extractor", "lexicon"]
    told = CliRunner().invoke(command, [str(corpus), *asked], standalone_mode=False)
    assert told.return_value == 0, told.output
    assert f"graph: {address}" in told.stderr
    assert stated(tmp_path / "graph") == expected
    assert len(frames(tmp_path / "parts")) == POLICIES + 1
    assert "empty.txt" in (tmp_path / "parts" / "errors.jsonl").read_text()
    with Manifest(tmp_path / "parts" / MANIFEST) as manifest:
        entry = manifest.known(os.path.realpath(corpus / "03.txt"))
    assert entry is not None
    assert entry.piece is not None


def test_workers_have_to_write_where_they_are_read(running: Running, corpus: Path) -> None:
    with pytest.raises(
        GraphError, match="not to be seen here; name a folder that all machines share"
    ) as told:
        map_policies(corpus, shards="memory://seen/by/one", cluster=running.address, extractor="lexicon")
    assert told.value.location == "memory://seen/by/one"


def test_a_scheduler_has_to_answer(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(checks, "_SECONDS", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ServiceError, match="no Dask scheduler answers there") as told:
            map_policies(corpus, shards=tmp_path / "parts", cluster=address, extractor="lexicon")
    assert told.value.service == address


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://127.0.0.1:8786", ""])
def test_an_address_says_how_to_speak(address: str) -> None:
    with pytest.raises(InputError, match="no address of a Dask scheduler; write it as tcp://HOST:PORT"):
        checks.connected(address)


def test_certificates_come_from_the_configuration() -> None:
    with pytest.raises(ServiceError, match="Dask's configuration names none"):
        checks.connected("tls://127.0.0.1:8786")


def test_dask_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingDependencyError, match=r"privagraph\[cluster\]"):
        checks.connected("tcp://127.0.0.1:8786")


ORDER = Order(place="/nowhere", settings=Settings(extractor="lexicon"), seconds=None, memory=None)
PYTHON = ".".join(map(str, sys.version_info[:3]))


@pytest.mark.parametrize(
    ("workers", "seen", "message"),
    [
        ({}, {}, "has no workers; start one on each machine with: dask worker tcp://there:1 --nthreads 1"),
        ({"a": "3.4.1.final.0"}, {}, "worker a: has Python 3.4, and this machine"),
        (
            {"a": PYTHON},
            {"a": ModuleNotFoundError("No module named 'privagraph'")},
            "worker a: cannot load privagraph",
        ),
        (
            {"a": PYTHON},
            {"a": MissingDependencyError("a package for s3://", "writing to s3://b", "install s3fs")},
            r"worker a: cannot map \(writing to s3://b needs a package for s3://, .*install s3fs\); install the",
        ),
        ({"a": PYTHON}, {"a": ValueError("odd")}, r"worker a: cannot map \(odd\)"),
        (
            {"a": PYTHON},
            {"a": ("0.0.1", "lexicon/1", 5)},
            "worker a: has privagraph 0.0.1 with lexicon/1, and",
        ),
    ],
)
def test_workers_have_to_be_fit(
    tmp_path: Path, workers: dict[str, str], seen: dict[str, object], message: str
) -> None:
    def versions() -> dict[str, Any]:
        return {"workers": {name: {"host": {"python": python}} for name, python in workers.items()}}

    def run(_look: Callable[..., object], *_: object, on_error: str) -> dict[str, object]:
        assert on_error == "return"
        return seen

    client: Any = SimpleNamespace(get_versions=versions, run=run)
    order = Order(place=str(tmp_path), settings=ORDER.settings, seconds=None, memory=None)
    with pytest.raises(ServiceError, match=message):
        checks.check_workers(client, "tcp://there:1", order)


def test_a_worker_of_another_release_that_comes_later_maps_nothing() -> None:
    other = Order(place="/nowhere", settings=ORDER.settings, seconds=None, memory=None, version="0.0.1")
    with pytest.raises(ServiceError, match=r"has privagraph .*, not 0\.0\.1; install the same release"):
        map_partition(other, ())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "--cluster needs --shards"),
        (["--shards", "parts", "--jobs", "2"], "--jobs is for this machine"),
        (["--shards", "parts", "--versions"], "--shards hold no versions"),
        (
            ["--shards", "parts", "--extractor", "llm", "--llm-url", "http://127.0.0.1:1", "--model", "m"],
            "takes no --cluster",
        ),
    ],
)
def test_options_go_together(options: list[str], message: str) -> None:
    told = CliRunner().invoke(command, ["x.txt", "--output", "g", "--cluster", "tcp://127.0.0.1:1", *options])
    assert told.exit_code == 2
    assert message in told.stderr


def test_the_library_says_so_too(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its workers need a place for the graphs"):
        map_policies("x.txt", tmp_path / "graph", cluster="tcp://127.0.0.1:1")
