"""New graphs wait beside the database; whenever the program ends, they are in it afterwards, whole, and once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from privagraph.errors import GraphError
from privagraph.queries import waiting
from privagraph.queries.folders import WAITING
from privagraph.queries.store import GraphStore

STEP = NamedNode("urn:step")


def graph(number: int, size: int = 3) -> tuple[NamedNode, set[Quad]]:
    name = NamedNode(f"urn:graph:{number}")
    return name, {Quad(name, STEP, Literal(f"text {each}\n# {number}"), name) for each in range(size)}


def held(folder: Path) -> dict[str, set[Quad]]:
    """The graphs of a store, as who opens it next finds them."""
    found: dict[str, set[Quad]] = {}
    with GraphStore.open(folder) as store:
        for quad in store.unsorted_quads():
            found.setdefault(str(quad.graph_name.value), set()).add(quad)
    return found


def expected(*numbers: int) -> dict[str, set[Quad]]:
    return {name.value: quads for name, quads in map(graph, numbers)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds a graph."""
    place = tmp_path_factory.mktemp("made") / "graph"
    with GraphStore.open(place, writable=True) as store:
        store.write_policy(graph(0)[0].value, graph(0)[1])
    return place


@pytest.fixture(scope="module")
def left(made: Path) -> Path:
    """The same after a kill of a writer, with two graphs beside it."""
    place = made.parent / "killed"
    shutil.copytree(made, place)
    text = f"""
import os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_waiting import GraphStore, graph
store = GraphStore.open({str(place)!r}, writable=True)
for number in (1, 2):
    store.write_policy(graph(number)[0].value, graph(number)[1])
store.commit()
os.kill(os.getpid(), {int(signal.SIGKILL)})
"""
    assert subprocess.run([sys.executable, "-c", text], check=False).returncode == -signal.SIGKILL
    assert (place / WAITING).stat().st_size > 0
    return place


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    return shutil.copytree(made, tmp_path / "graph")


@pytest.fixture
def killed(tmp_path: Path, left: Path) -> Path:
    return shutil.copytree(left, tmp_path / "killed")


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[tuple[Store, waiting.Waiting]]:
    store = Store(str(tmp_path))
    waits = waiting.Waiting(store, tmp_path)
    yield store, waits
    waits.finish()


def test_nothing_is_left_beside_a_store_that_was_closed(folder: Path) -> None:
    assert not (folder / WAITING).exists()
    assert held(folder) == expected(0)


@pytest.mark.parametrize("writable", [False, True])
def test_whoever_opens_a_store_next_finds_what_a_killed_writer_kept(killed: Path, writable: bool) -> None:
    with GraphStore.open(killed, writable=writable) as store:
        assert {quad.graph_name.value for quad in store.unsorted_quads()} == {*expected(0, 1, 2)}
    assert held(killed) == expected(0, 1, 2)
    assert not (killed / WAITING).exists()


@pytest.mark.parametrize("cut", range(1, 40, 7))
def test_a_torn_piece_counts_as_not_written(killed: Path, cut: int) -> None:
    path = killed / WAITING
    path.write_bytes(path.read_bytes()[:-cut])
    assert held(killed) == expected(0, 1)


@pytest.mark.parametrize("at", [0, 5, 20, 60])
def test_a_piece_that_is_not_what_was_written_does_not_count(killed: Path, at: int) -> None:
    text = bytearray((killed / WAITING).read_bytes())
    text[at] ^= 1
    (killed / WAITING).write_bytes(text)
    assert held(killed) == expected(0)


def test_what_the_database_took_before_the_kill_is_not_there_twice(killed: Path) -> None:
    text = (killed / WAITING).read_bytes()
    held(killed)
    with GraphStore.open(killed) as store:
        size = len(store)
    (killed / WAITING).write_bytes(text)  # as if the file had not been emptied in time
    with GraphStore.open(killed) as store:
        assert len(store) == size


def test_a_writer_keeps_readers_away_from_what_waits(folder: Path) -> None:
    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(graph(1)[0].value, graph(1)[1])
        assert waiting.was_left(folder)
        with pytest.raises(GraphError, match="being written"):
            GraphStore.open(folder)


def test_more_of_a_graph_that_waits_is_added_to_it(folder: Path) -> None:
    name, quads = graph(1)
    more = quads | {Quad(name, STEP, Literal("more"), name)}
    with GraphStore.open(folder, writable=True) as store:
        assert store.write_policy(name.value, quads)
        assert store.write_policy(name.value, more)
        assert not store.write_policy(name.value, more)
        assert (folder / WAITING).stat().st_size > 0
    assert held(folder) == {**expected(0), name.value: more}


def test_less_of_a_graph_that_waits_takes_its_place(folder: Path) -> None:
    name, quads = graph(1)
    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(name.value, quads)
        assert store.write_policy(name.value, set(sorted(quads, key=str)[:1]))
    assert held(folder)[name.value] == set(sorted(quads, key=str)[:1])


def test_blank_nodes_keep_their_names(folder: Path) -> None:
    name = NamedNode("urn:graph:1")
    quads = {Quad(name, STEP, BlankNode("one"), name)}
    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(name.value, quads)
        assert not store.write_policy(name.value, quads)
    assert held(folder)[name.value] == quads


def test_many_graphs_go_into_the_database_by_themselves(
    beside: tuple[Store, waiting.Waiting], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, waits = beside
    monkeypatch.setattr(waiting, "_FEW", 2_000)
    monkeypatch.setattr(waiting, "_MANY", 2_000)
    monkeypatch.setattr(waiting, "_PART", 500)
    for number in range(40):
        waits.add(*graph(number))
    assert 0 < len(store) < 120
    waits.settle()
    assert not waits
    assert set(store) == set().union(*expected(*range(40)).values())


def test_they_wait_longer_beside_a_large_database(
    beside: tuple[Store, waiting.Waiting], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, waits = beside
    monkeypatch.setattr(waiting, "_FEW", 10)
    monkeypatch.setattr(waiting, "size_of", lambda _: 5_000)
    waits.add(*graph(1))
    assert graph(1)[0] in waits
    assert len(store) == 0
    waits.add(*graph(2, 60))
    assert not waits
    assert len(store) == 63


def test_a_full_disk_loses_nothing_that_was_written_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def fail(file: int, text: bytes) -> int:
        monkeypatch.setattr(os, "write", full)
        return write(file, text[:20])

    def full(file: int, text: bytes) -> int:
        raise OSError(28, "No space left on device")

    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(graph(1)[0].value, graph(1)[1])
        monkeypatch.setattr(os, "write", fail)
        with pytest.raises(GraphError, match="disk is full"):
            store.write_policy(graph(2)[0].value, graph(2)[1])
        monkeypatch.setattr(os, "write", write)
        store.write_policy(graph(3)[0].value, graph(3)[1])
    assert held(folder) == expected(0, 1, 3)


def test_what_the_database_does_not_take_waits_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("No space left on device")

    store = GraphStore.open(folder, writable=True)
    store.write_policy(graph(1)[0].value, graph(1)[1])
    with monkeypatch.context() as patched:
        patched.setattr(waiting, "_load", fail)
        with pytest.raises(GraphError, match="disk is full"):
            store.close()
    assert held(folder) == expected(0, 1)
