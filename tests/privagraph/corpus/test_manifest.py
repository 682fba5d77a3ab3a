"""What the database of a run says when it cannot go on, and how much it looks at."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from privagraph.corpus.manifest import Entry, Extent, Manifest, Piece
from privagraph.errors import GraphError
from privagraph.loaders.inputs import LeftOut
from privagraph.loaders.pipeline import MappedSource


def entry(key: str, piece: Piece | None = None) -> Entry:
    account = MappedSource(key, f"https://x.example/{key}", 1, 0, 1, 0, changed=True)
    return Entry(0, "hash", "way", account, piece, key)


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size, as with a quota that is used up."""
    resource = pytest.importorskip("resource", reason="limits as Unix has them")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="limits as Unix has them")
def test_a_manifest_that_cannot_grow_is_not_damaged(tmp_path: Path) -> None:
    with Manifest(tmp_path / "manifest.sqlite") as manifest:
        manifest.note([entry("first")])
        with small_files(60_000), pytest.raises(GraphError) as told:
            manifest.note([entry(f"{number:0100}") for number in range(500)])
        assert "disk I/O error" in told.value.reason
        assert "delete" not in str(told.value)
        assert told.value.advice == (
            "free some space, or ask for more where a quota is used up, check the disk, and map again: "
            "nothing that was done is lost"
        )
        manifest.note([entry("second")])
        assert [manifest.known(key) is not None for key in ("first", "second", f"{0:0100}")] == [
            True,
            True,
            False,
        ]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full; free some space and map again"),
        (sqlite3.SQLITE_IOERR_WRITE, r"cannot be read or written \(odd\); free some space"),
        (sqlite3.SQLITE_CANTOPEN, r"cannot be written to \(odd\); check who owns"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, r"cannot be written to \(odd\); check who owns"),
        (sqlite3.SQLITE_BUSY, "in use by another program"),
        (sqlite3.SQLITE_NOMEM, r"cannot be used \(odd\); map again, and where it stays so"),
        (None, r"cannot be used \(odd\); map again, and where it stays so"),
        (sqlite3.SQLITE_NOTADB, r"is damaged \(odd\); call a friend"),
        (sqlite3.SQLITE_CORRUPT_INDEX, r"is damaged \(odd\); call a friend"),
    ],
)
def test_each_failure_of_the_database_has_advice_of_its_own(
    code: int | None, message: str, tmp_path: Path
) -> None:
    failure = sqlite3.OperationalError("odd")
    if code is not None:
        failure.sqlite_errorcode = code
    with (
        Manifest(tmp_path / "manifest.sqlite", lost="call a friend") as manifest,
        pytest.raises(GraphError, match=message),
        manifest._told(),
    ):
        raise failure


@pytest.mark.parametrize("told", ["{", "{}", '{"odd": 1}', "[]"])
def test_rows_that_make_no_sense_are_damage_wherever_they_are_read(told: str, tmp_path: Path) -> None:
    file = tmp_path / "manifest.sqlite"
    with Manifest(file) as manifest:
        manifest.note([Entry(0, "hash", "way", LeftOut("a", "empty", "no text", "give some"), None, "a")])
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE source SET account = ?", (told,))
    connection.close()
    with Manifest(file) as manifest:
        for read in (lambda: manifest.known("a"), lambda: list(manifest.troubles())):
            with pytest.raises(GraphError, match=r"what it says of a makes no sense.*; delete this file"):
                read()


def test_extents_count_a_frame_once_however_many_sources_it_has(tmp_path: Path) -> None:
    with Manifest(tmp_path / "manifest.sqlite") as manifest:
        manifest.note(
            [entry("a", Piece(3, 0, 50)), entry("b", Piece(3, 0, 50)), entry("c", Piece(3, 70, 100))]
        )
        manifest.note([entry("d", Piece(1, 5, 7)), entry("e")])
        assert manifest.extents() == {1: Extent(7, 2), 3: Extent(100, 80)}


def test_the_pieces_of_a_shard_are_found_without_a_look_at_all_others(tmp_path: Path) -> None:
    with Manifest(tmp_path / "manifest.sqlite") as manifest:
        pieces = [Piece(shard, start, start + 1) for shard in range(200) for start in range(10)]
        manifest.note([entry(f"{piece.shard}-{piece.start}", piece) for piece in pieces])
        looks = 0

        def looked() -> None:
            nonlocal looks
            looks += 1

        manifest._connection.set_progress_handler(looked, 10)
        assert [key for key, _ in manifest.pieces(150)] == [f"150-{number}" for number in range(10)]
        assert looks < 50
