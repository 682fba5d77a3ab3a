"""One writer or several readers, and what is said where a lock cannot be had."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from privagraph.errors import GraphError
from privagraph.queries.locks import LOCK_FILE, StoreLock


def test_readers_share_and_a_writer_is_alone(tmp_path: Path) -> None:
    writer = StoreLock(tmp_path, writing=True)
    with pytest.raises(GraphError, match="being written by another program"):
        StoreLock(tmp_path, writing=False)
    writer.release()
    readers = [StoreLock(tmp_path, writing=False) for _ in range(3)]
    with pytest.raises(GraphError, match="in use by another program"):
        StoreLock(tmp_path, writing=True)
    for reader in readers:
        reader.release()
    StoreLock(tmp_path, writing=True).release()


def test_a_lock_can_be_released_twice(tmp_path: Path) -> None:
    lock = StoreLock(tmp_path, writing=True)
    lock.release()
    lock.release()
    assert (tmp_path / LOCK_FILE).is_file()


def test_a_reader_leaves_no_file_where_there_was_none(tmp_path: Path) -> None:
    StoreLock(tmp_path, writing=False).release()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_allows_no_lock_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(GraphError, match=r"cannot be locked \(Permission denied\); check the permissions"):
        StoreLock(tmp_path, writing=True)


def test_a_system_without_such_locks_goes_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    first, second = StoreLock(tmp_path, writing=True), StoreLock(tmp_path, writing=True)
    first.release()
    second.release()
    assert list(tmp_path.iterdir()) == []
