"""New graphs wait beside the database; whenever the program ends, they are in it afterwards, whole, and once."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from privagraph.cli import cli
from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries import opening, waiting, writing
from privagraph.queries.folders import DAMAGED, WAITING, holds_other_files
from privagraph.queries.formats import serialized
from privagraph.queries.locks import StoreLock
from privagraph.queries.store import GraphStore

STEP = NamedNode("urn:step")


def graph(number: int, size: int = 3) -> tuple[NamedNode, set[Quad]]:
    name = NamedNode(f"urn:graph:{number}")
    return name, {Quad(name, STEP, Literal(f"text {each}\n# {number}"), name) for each in range(size)}


def wait(waits: waiting.Waiting, number: int, size: int = 3) -> None:
    name, quads = graph(number, size)
    waits.add(name, serialized(quads, RdfFormat.N_QUADS), len(quads))


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


@pytest.mark.parametrize("at", [0, 2, 12, 60])
def test_of_a_damaged_file_all_that_is_whole_is_put_in_and_nothing_is_deleted(killed: Path, at: int) -> None:
    text = bytearray((killed / WAITING).read_bytes())
    text[at] ^= 1
    (killed / WAITING).write_bytes(text)
    with pytest.raises(GraphError, match=r"waiting\.nq\.damaged: .* the store can be used"):
        GraphStore.open(killed)
    assert held(killed) == expected(0, 2)
    assert (killed / DAMAGED).read_bytes() == text
    assert not (killed / WAITING).exists()


def test_a_length_that_is_far_too_large_is_a_damage_like_others(killed: Path) -> None:
    path = killed / WAITING
    path.write_bytes(re.sub(rb"\A# \d+", b"# 999999999999", path.read_bytes()))
    with pytest.raises(GraphError, match="damaged"):
        GraphStore.open(killed, writable=True)
    assert held(killed) == expected(0, 2)


@pytest.mark.parametrize("writable", [False, True])
def test_a_file_of_somebody_elses_is_kept(folder: Path, tmp_path: Path, writable: bool) -> None:
    (folder / DAMAGED).write_text("an older one")
    (folder / WAITING).write_text("<urn:a> <urn:p> <urn:o> <urn:mine> .\n")
    with pytest.raises(GraphError, match=r"damaged-2: "):
        GraphStore.open(folder, writable=writable)
    assert (folder / DAMAGED).read_text() == "an older one"
    assert "urn:mine" in (folder / f"{DAMAGED}-2").read_text()
    assert not holds_other_files(folder)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / WAITING).write_text("mine")
    with pytest.raises(GraphError, match="a folder with other files"):
        GraphStore.open(tmp_path / "own", writable=writable)
    assert (tmp_path / "own" / WAITING).read_text() == "mine"


def test_another_reader_may_be_there_after_a_kill(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds the lock for a moment only: it too wants to put in what waits."""
    other = StoreLock(killed, writing=False)
    monkeypatch.setattr("time.sleep", lambda pause: other.release() if pause > 0.05 else None)
    assert held(killed) == expected(0, 1, 2)


def test_who_may_not_write_is_told_what_waits(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path, *, writing: bool) -> StoreLock:
        if writing:
            raise GraphError(str(folder), "no", "never") from OSError(30, "Read-only file system")
        return StoreLock(folder, writing=writing)

    with monkeypatch.context() as patched:
        patched.setattr(opening, "StoreLock", refuse)
        with pytest.raises(GraphError, match=r"a program was ended while it wrote.* wait in waiting\.nq"):
            GraphStore.open(killed)
    assert held(killed) == expected(0, 1, 2)


def test_the_shell_does_not_put_in_what_waits(killed: Path) -> None:
    typed = ["query", "practices", "--graph", str(killed), "--param"]
    assert not ShellComplete(cli, {}, "privagraph", "_X").get_completions(typed, "policy=")
    assert waiting.was_left(killed)


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
    inner = Triple(name, STEP, BlankNode("two"))
    quads = {Quad(name, STEP, BlankNode("one"), name), Quad(name, STEP, inner, name)}
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
        wait(waits, number)
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
    wait(waits, 1)
    assert graph(1)[0] in waits
    assert len(store) == 0
    wait(waits, 2, 60)
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


@pytest.mark.parametrize("after_a_kill", [False, True])
def test_a_disk_that_fills_up_meanwhile_leaves_only_the_rest_to_do(
    beside: tuple[Store, waiting.Waiting], monkeypatch: pytest.MonkeyPatch, after_a_kill: bool
) -> None:
    store, waits = beside
    monkeypatch.setattr(waiting, "_PART", 100)  # less than a piece
    for number in (1, 2, 3):
        wait(waits, number)
    path, load = waits._path, waiting._load
    loaded: list[bytes] = []
    size = path.stat().st_size

    def fill_up(into: Store, text: bytes) -> None:
        if loaded:
            raise OSError(28, "No space left on device")
        load(into, text)
        loaded.append(text)

    with monkeypatch.context() as patched:
        patched.setattr(waiting, "_load", fill_up)
        with pytest.raises(OSError, match="No space"):
            waiting.settle_left(store, path.parent) if after_a_kill else waits.settle()
    assert path.stat().st_size < size
    assert set(store) == graph(3)[1]
    if after_a_kill:
        waiting.settle_left(store, path.parent)
        waits._pieces.clear()
        assert not path.exists()
        path.touch()  # the other one removes it
    else:
        assert graph(3)[0] not in waits
        assert waits.of(graph(2)[0]) == graph(2)[1]
        wait(waits, 4)
        waits.settle()
    assert set(store) == set().union(
        *(graph(each)[1] for each in ((1, 2, 3) if after_a_kill else (1, 2, 3, 4)))
    )


def test_an_interrupt_leaves_all_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write

    def interrupted(file: int, text: bytes) -> int:
        write(file, text[:20])
        raise KeyboardInterrupt

    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(graph(1)[0].value, graph(1)[1])
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.write_policy(graph(2)[0].value, graph(2)[1])
        store.write_policy(graph(3)[0].value, graph(3)[1])
    assert held(folder) == expected(0, 1, 3)


def test_what_waits_is_on_the_disk_before_it_is_noted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(graph(1)[0].value, graph(1)[1])
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_size))
            store.commit()
        assert synced == [(folder / WAITING).stat().st_size]


def test_what_was_updated_is_on_the_disk_before_it_is_noted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database writes it to its log, and leaves it to the system when that gets to the disk."""
    name, _ = graph(0)
    newer = Quad(name, NamedNode(expand("prov:wasRevisionOf")), NamedNode("urn:older"), name)
    synced: dict[int, int] = {}

    def note(file: int) -> None:
        synced[os.fstat(file).st_ino] = os.fstat(file).st_size

    with GraphStore.open(folder, writable=True) as store, monkeypatch.context() as patched:
        patched.setattr(os, "fsync", note)
        store.change([], [newer])
        store.commit()
        logs = {each.stat().st_ino: each.stat().st_size for each in folder.glob("*.log")}
        assert sum(logs.values()) > 0
        assert logs.items() <= synced.items()
        assert folder.stat().st_ino in synced
        synced.clear()
        store.commit()
        assert not synced  # it is there already


def test_nothing_is_settled_while_a_policy_is_being_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, quads = graph(1)
    more = quads | {Quad(name, STEP, Literal("more"), name)}
    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(name.value, quads)
        replace = writing.Writer._replace
        asks, told = threading.Event(), threading.Event()

        def ask() -> None:
            asks.set()
            store.policies()
            told.set()

        thread = threading.Thread(target=ask)

        def between(self: writing.Writer, *given: Any) -> None:
            thread.start()
            assert asks.wait(60)
            assert not told.wait(0.2)  # it has to wait
            replace(self, *given)

        monkeypatch.setattr(writing.Writer, "_replace", between)
        assert store.write_policy(name.value, more)
        thread.join(60)
        assert told.is_set()
    assert held(folder)[name.value] == more


def test_decisions_are_found_in_a_graph_that_waits(folder: Path) -> None:
    name = NamedNode("urn:graph:1")
    decision = Quad(name, NamedNode(expand("rdf:type")), NamedNode(expand("pg:ReviewDecision")), name)
    with GraphStore.open(folder, writable=True) as store:
        store.write_policy(name.value, [decision])
        assert list(store.reviewed(name.value, "shop.html")) == [(name.value, [decision])]


def test_the_lock_is_let_go_however_opening_ends(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(waiting, "_load", interrupted)
        with pytest.raises(KeyboardInterrupt):
            GraphStore.open(killed, writable=True)
    StoreLock(killed, writing=True).release()


@pytest.mark.parametrize("change", ["cut off after a line", "a line taken out", "another text"])
@pytest.mark.parametrize("asked", [False, True])
def test_what_another_program_changes_meanwhile_is_not_taken_for_what_was_written(
    folder: Path, change: str, asked: bool
) -> None:
    name, quads = graph(1)
    store = GraphStore.open(folder, writable=True)
    store.write_policy(name.value, quads)
    path = folder / WAITING
    text = path.read_bytes()
    lines = text.splitlines(keepends=True)
    changed = {
        "cut off after a line": b"".join(lines[:-1]),
        "a line taken out": b"".join([*lines[:-1], b"#" * (len(lines[-1]) - 1) + b"\n"]),
        "another text": text.replace(b"text 1", b"text 7"),
    }[change]
    path.write_bytes(changed)
    with pytest.raises(GraphError, match="another program has changed this file"):
        store.write_policy(name.value, set()) if asked else store.policies()
    assert path.read_bytes() == changed  # nothing was cut off
    with pytest.raises(GraphError, match="another program has changed this file"):
        store.close()


def test_bytes_that_come_in_small_pieces_are_read_to_their_end(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = os.read
    monkeypatch.setattr(os, "read", lambda file, size: read(file, min(size, 50)))
    assert held(killed) == expected(0, 1, 2)


def test_a_file_of_something_else_is_told_without_a_copy_of_it(tmp_path: Path) -> None:
    path = tmp_path / WAITING
    path.write_bytes(b"# 1 " + b"0" * 3_000_000)
    file = os.open(path, os.O_RDWR)
    try:
        tracemalloc.start()
        assert waiting._whole_of(file) == ([], True)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
        os.close(file)
