"""What goes wrong around a run: no room on the disk, two writers, a run that is told to end, or killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from privagraph.corpus.shards import Shards
from privagraph.errors import GraphError
from privagraph.loaders.pipeline import MapReport
from privagraph.mapping import map_policies
from privagraph.queries.endpoints.addresses import address_of
from privagraph.queries.endpoints.loading import load_graph
from privagraph.queries.endpoints.record import LoadRecord
from privagraph.queries.folders import MANIFEST
from privagraph.queries.formats import replacing
from privagraph.queries.leftovers import clear_leftovers
from privagraph.queries.outputs import GraphOutput
from privagraph.queries.store import GraphStore

Policy, Late = Callable[[str], str], Callable[..., None]
GOES_ON = "the program that made this store was ended before it had written anything; start it again: "
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and locks as Unix has them")


def quads(graph: Path) -> set[ox.Quad]:
    with GraphStore.open(graph) as store:
        return set(store.unsorted_quads())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A disk of a size that can be changed."""
    place = tmp_path / "disk"
    place.mkdir()
    mount, options = shutil.which("mount"), ["-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if mount is None or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("a small disk can only be made by root, where disks of memory can be mounted")

    def sized(size: str) -> Path:
        subprocess.run([mount, "-o", f"remount,size={size}", str(place)], check=True)
        return place

    yield sized
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize(
    ("size", "kind"),
    [("16k", "file"), ("16k", "shards"), ("100k", "store"), ("1500k", "store"), ("1500k", "load")],
)
def test_a_full_disk_is_said_and_the_same_command_comes_to_its_end_when_there_is_room(
    size: str,
    kind: str,
    disk: Callable[[str], Path],
    folder: Path,
    tmp_path: Path,
    finder: Any,
    policy: Policy,
) -> None:
    for number in range(3):
        (folder / f"more-{number}.txt").write_text(policy(f"Company {number}"))
    undisturbed = tmp_path / "undisturbed"
    map_policies(folder, undisturbed, extractor=finder)
    place = disk(size)
    graph = place / ("graph.nq" if kind == "file" else "graph")

    def again() -> None:
        if kind == "load":
            load_graph(undisturbed, output=graph)
        elif kind == "shards":
            map_policies(folder, None, shards=graph, extractor=finder)
        else:
            map_policies(folder, graph, extractor=finder)

    with pytest.raises(GraphError, match=r"the disk is full; free some space and"):
        again()
    assert not list(place.glob(".graph*"))
    disk("100m")
    again()
    if kind == "shards":
        load_graph(graph, output=tmp_path / "loaded")
        graph = tmp_path / "loaded"
    assert quads(graph) == quads(undisturbed)


@unix
def test_two_writers_do_not_mix(folder: Path, tmp_path: Path, finder: Any) -> None:
    graph, parts, record = tmp_path / "graph", tmp_path / "parts", tmp_path / "sent.sqlite"
    map_policies(folder, graph, shards=parts, extractor=finder)
    before = quads(graph)
    with (
        GraphStore.open(graph, writable=True),
        pytest.raises(GraphError, match="in use by another program; wait"),
    ):
        load_graph(parts, output=graph)
    with GraphStore.open(graph), pytest.raises(GraphError, match="in use by another program; wait"):
        map_policies(folder, graph, extractor=finder)
    with Shards(parts), pytest.raises(GraphError, match="in use by another program; wait"):
        map_policies(folder, graph, shards=parts, extractor=finder)
    server = address_of("http://127.0.0.1:9/query")
    with (
        LoadRecord(record, server),
        pytest.raises(GraphError, match="another load to this server uses it; wait"),
    ):
        LoadRecord(record, server)
    assert quads(graph) == before


@unix
def test_what_a_killed_program_left_beside_a_file_is_cleared_away(tmp_path: Path) -> None:
    target = tmp_path / "graph.nq"
    left, scratch = tmp_path / ".graph.nq.abc.half", tmp_path / ".graph.nq.def.half"
    others = [tmp_path / ".graph.nq.notes", tmp_path / ".other.nq.abc.half"]
    for each in (left, *others):
        each.write_bytes(b"half")
    GraphStore.open(scratch, writable=True).close()
    with replacing(target) as stream:
        assert sorted(tmp_path.glob(".graph.nq.*.half")) != []
        clear_leftovers(target)  # as another program would: what is being written stays
        stream.write(b"whole")
    assert sorted(tmp_path.iterdir()) == sorted([target, *others])
    assert target.read_bytes() == b"whole"
    with GraphStore.open(scratch, writable=True):
        clear_leftovers(target)
        assert scratch.is_dir()
    with GraphOutput(target):
        assert not scratch.exists()


def _notes(parts: Path) -> bool:
    """Whether a run has put down what came of any source; a shard alone may hold half of the first."""
    manifest = f"{(parts / MANIFEST).as_uri()}?mode=ro"
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(manifest, uri=True)) as file:
        return bool(file.execute("SELECT EXISTS (SELECT * FROM source)").fetchone()[0])
    return False


@unix
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_end_keeps_what_it_has_done(
    sent: signal.Signals, tmp_path: Path, policy: Policy
) -> None:
    folder, parts = tmp_path / "policies", tmp_path / "parts"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(policy(f"Company {number}") * 20)
    command = [
        "map",
        str(folder),
        "--shards",
        str(parts),
        "--extractor",
        "lexicon",
        "--jobs",
        "1",
        "--no-cache",
    ]
    program = subprocess.Popen(
        [sys.executable, "-m", "privagraph", *command], stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 100
    while not _notes(parts) and time.monotonic() < deadline:
        time.sleep(0.1)
    program.send_signal(sent)
    _, said = program.communicate(timeout=100)
    assert program.returncode == 130
    assert "the same command goes on from there" in said.decode()
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)
    with Shards(parts) as shards:
        done = [Path(key).name for key, _ in shards.manifest.pieces()]
    assert done == [f"{number:03}.txt" for number in range(len(done))]
    assert 0 < len(done) < 400


HANGING = ["0.txt", "3.txt", "6.txt"]


@pytest.fixture
def seven(tmp_path: Path, policy: Policy) -> Path:
    """A folder of seven policies."""
    folder = tmp_path / "policies"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.txt").write_text(policy(f"Company {number}"))
    return folder


def all_but_those_that_hang(report: MapReport, graph: Path) -> bool:
    """Whether a run has mapped the others, and says why it left these out."""
    assert [(each.source, each.code) for each in report.left_out] == [(name, "time") for name in HANGING]
    assert [each.source for each in report.mapped] == ["1.txt", "2.txt", "4.txt", "5.txt"]
    with GraphStore.open(graph) as store:
        return len(list(store.policies())) == 4


@unix
def test_documents_that_hang_cost_their_time_wherever_they_stand(
    seven: Path, tmp_path: Path, finder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = finder.extract

    def extract(document: Any) -> Any:
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0  # each document has its time
        if document.source in HANGING:
            signal.setitimer(signal.ITIMER_REAL, 0.05)  # it is over soon, whatever the others need
            time.sleep(600)
        return find(document)

    monkeypatch.setattr(finder, "extract", extract)
    report = map_policies(seven, tmp_path / "graph", extractor=finder, time_limit=500)
    assert all_but_those_that_hang(report, tmp_path / "graph")


def test_documents_that_hang_in_processes_cost_their_time_too(
    seven: Path, tmp_path: Path, late: Late, policy: Policy
) -> None:
    late(*HANGING)
    for name in HANGING:  # so that it is not done before it is looked at
        (seven / name).write_text(policy(name) * 4000)
    report = map_policies(seven, tmp_path / "graph", extractor="lexicon", jobs=2, time_limit=500)
    assert all_but_those_that_hang(report, tmp_path / "graph")


@pytest.mark.parametrize("tables", ["spog", "gspo", "graphs"])
def test_a_store_whose_making_was_cut_short_is_said_and_made_to_its_end(tmp_path: Path, tables: str) -> None:
    graph = tmp_path / "graph"
    GraphStore.open(graph, writable=True).close()
    (made,) = graph.glob("MANIFEST-*")  # where the database notes its tables, one after the other
    noted = made.read_bytes()
    made.write_bytes(noted[: noted.index(tables.encode())])
    with pytest.raises(GraphError) as told:
        GraphStore.open(graph)
    assert str(told.value) == f"{graph}: {GOES_ON}it goes on from there"
    with GraphStore.open(graph, writable=True) as store:
        assert list(store.policies()) == []
    GraphStore.open(graph).close()
