"""Sessions: what is served, and that nothing of it stays behind or gets into the user's graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from privagraph.errors import GraphError
from privagraph.queries.store import GraphStore
from privagraph.web.session import Session


@pytest.fixture
def store_folder(tmp_path: Path, sample_store: GraphStore) -> Path:
    """The sample store on disk."""
    folder = tmp_path / "lantern"
    with GraphStore.open(folder, writable=True) as store:
        for policy in sample_store.policies():
            store.write_policy(policy, sample_store.quads(policy))
    return folder


def policies(folder: str | Path) -> list[str]:
    """The policies of a store."""
    with GraphStore.open(folder) as store:
        return store.policies()


def test_store_is_served_as_it_is(store_folder: Path) -> None:
    with Session.for_graph(store_folder) as session:
        assert (session.folder, session.name, session.original) == (
            str(store_folder),
            "lantern",
            str(store_folder),
        )
        assert session._private is None
        assert not session.has_changed


@pytest.mark.parametrize("extension", ["trig", "ttl", "nq"])
def test_file_is_loaded(store_folder: Path, tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"shops.{extension}"
    with GraphStore.open(store_folder) as store:
        store.save(file)
    with Session.for_graph(file) as session:
        private = session.private
        assert session.name == file.name
        assert Path(session.folder).is_relative_to(private)
        assert policies(session.folder) == policies(store_folder)
        with GraphStore.open(session.folder) as store, GraphStore.open(file) as loaded:
            assert set(store.unsorted_quads()) == set(loaded.unsorted_quads())
            assert len(store) == len(loaded)  # the vocabulary is there too
    assert not private.exists()


def test_none_is_an_empty_graph() -> None:
    with Session.for_graph(None) as session:
        assert policies(session.folder) == []
        assert session.original is None
        with GraphStore.open(session.folder) as store:
            assert len(store) > 1000  # the vocabulary


@pytest.mark.parametrize("name", ["nowhere", "broken.trig"])
def test_no_graph(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.trig").write_text("no turtle", "utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with pytest.raises(GraphError):
        Session.for_graph(tmp_path / name)
    assert not any((tmp_path / "temporary").iterdir())


def test_copies(store_folder: Path) -> None:
    with Session.for_graph(store_folder) as session:
        first = session.new_copy()
        assert session.folder == str(store_folder)
        assert session.private.stat().st_mode & 0o077 == 0
        session.take(first)
        assert session.folder == str(first)
        assert session.has_changed
        refused = session.new_copy()
        session.discard(refused)
        assert not refused.exists()
        copies = [first]
        for _ in range(4):
            copies.append(session.new_copy())
            session.take(copies[-1])
        assert [each.exists() for each in copies] == [False, False, True, True, True]
        assert policies(session.folder) == policies(store_folder)
        private = session.private
    assert not private.exists()
    assert policies(store_folder)
