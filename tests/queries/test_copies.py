"""Copies of stores: they share bytes with the original, and nothing that is written to either gets into the other."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.queries.copies import copy_store
from privagraph.queries.locks import StoreLock
from privagraph.queries.store import GraphStore


@pytest.fixture
def store_folder(tmp_path: Path, sample_store: GraphStore) -> Path:
    """The sample store on disk."""
    folder = tmp_path / "graph"
    with GraphStore.open(folder, writable=True) as store:
        for policy in sample_store.policies():
            store.write_policy(policy, sample_store.quads(policy))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """What the files hold that matter to the database."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if not each.name.startswith("LOG")}


def said(folder: Path) -> set[ox.Quad]:
    """All that the policies of a store say."""
    with GraphStore.open(folder) as store:
        return set(store.unsorted_quads())


def remove_first_policy(folder: Path) -> None:
    """Write to a store: its first policy becomes empty."""
    with GraphStore.open(folder, writable=True) as store:
        store.replace_policies({store.policies()[0]: []})


def test_copy_holds_the_same_and_links_the_tables(store_folder: Path, tmp_path: Path) -> None:
    before = contents(store_folder)
    copy = tmp_path / "copy"
    copy_store(store_folder, copy)
    tables = [each for each in copy.iterdir() if each.suffix == ".sst"]
    assert tables
    assert all(each.samefile(store_folder / each.name) for each in tables)
    assert not any(
        each.samefile(store_folder / each.name) for each in copy.iterdir() if each.suffix != ".sst"
    )
    assert said(copy) == said(store_folder)
    assert contents(store_folder) == before


def test_writing_to_the_copy_leaves_the_original_as_it_is(store_folder: Path, tmp_path: Path) -> None:
    before, quads = contents(store_folder), said(store_folder)
    copy_store(store_folder, tmp_path / "copy")
    remove_first_policy(tmp_path / "copy")
    assert contents(store_folder) == before
    assert said(store_folder) == quads
    assert said(tmp_path / "copy") < quads


def test_writing_to_the_original_leaves_the_copy_as_it_is(store_folder: Path, tmp_path: Path) -> None:
    quads = said(store_folder)
    copy_store(store_folder, tmp_path / "copy")
    remove_first_policy(store_folder)
    with GraphStore.open(store_folder, writable=True) as store:
        store._database.optimize()  # it rewrites all tables and removes the old ones
    assert said(tmp_path / "copy") == quads
    assert said(store_folder) < quads


def test_copy_of_a_copy(store_folder: Path, tmp_path: Path) -> None:
    quads = said(store_folder)
    copy_store(store_folder, tmp_path / "first")
    remove_first_policy(tmp_path / "first")
    copy_store(tmp_path / "first", tmp_path / "second")
    remove_first_policy(tmp_path / "second")
    assert len(said(store_folder)) > len(said(tmp_path / "first")) > len(said(tmp_path / "second"))
    assert said(store_folder) == quads


def test_readers_do_not_hinder(store_folder: Path, tmp_path: Path) -> None:
    with GraphStore.open(store_folder) as reader:
        copy_store(store_folder, tmp_path / "copy")
        assert len(reader) > 0
    assert said(tmp_path / "copy") == said(store_folder)


def test_a_writer_hinders(store_folder: Path, tmp_path: Path) -> None:
    lock = StoreLock(store_folder, writing=True)
    try:
        with pytest.raises(GraphError, match="being written by another program"):
            copy_store(store_folder, tmp_path / "copy")
    finally:
        lock.release()
    assert not (tmp_path / "copy").exists()


def no_links(*_: object) -> None:
    """What the system says of a link to another file system."""
    raise OSError(18, "Invalid cross-device link")


def test_copies_bytes_where_links_are_refused(
    store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    copy_store(store_folder, tmp_path / "copy")
    assert not any(each.samefile(store_folder / each.name) for each in (tmp_path / "copy").iterdir())
    assert said(tmp_path / "copy") == said(store_folder)


def test_too_large_to_copy(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(GraphError, match="set TMPDIR to a folder on the disk where it is") as caught:
        copy_store(store_folder, tmp_path / "copy", largest=10)
    assert caught.value.location == str(store_folder)
    assert not (tmp_path / "copy").exists()


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="not a store"):
        copy_store(tmp_path, tmp_path / "copy")


def test_target_is_there(store_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "mine.txt").write_text("stays", "utf-8")
    with pytest.raises(GraphError, match="cannot be copied to"):
        copy_store(store_folder, tmp_path / "copy")
    assert (tmp_path / "copy" / "mine.txt").read_text("utf-8") == "stays"


def test_copy_is_private(store_folder: Path, tmp_path: Path) -> None:
    copy_store(store_folder, tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
