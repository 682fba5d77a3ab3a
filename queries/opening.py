"""A store's folder is opened: who may, and what a program that was ended left there is put in its place first."""

from __future__ import annotations

import time
from pathlib import Path

from pyoxigraph import Store

from privagraph.errors import GraphError
from privagraph.queries.folders import MAY_NOT, WAITING, clear_away, told
from privagraph.queries.locks import StoreLock
from privagraph.queries.waiting import settle_left, was_left

__all__ = ["open_database"]

_PAUSES = (0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between looks, while other readers see to what a program left behind."""


def open_database(path: Path, *, writable: bool) -> tuple[Store, StoreLock]:
    """Open the database in a folder, with nothing left waiting beside it.

    Args:
        path: The folder.
        writable: Whether it will be written to.

    Returns:
        The database, and the lock on it.

    Raises:
        GraphError: It is damaged, or another program uses it.
    """
    lock = StoreLock(path, writing=True) if writable else _lock_to_read(path)
    try:
        with told(str(path)):
            if not writable:
                return Store.read_only(str(path)), lock
            store = Store(str(path))
            clear_away(path)  # not before: on some systems the database alone knows of another writer
            settle_left(store, path)
            return store, lock
    except BaseException:
        lock.release()
        raise


def _lock_to_read(path: Path) -> StoreLock:
    """A lock to read; where a program was ended that wrote, its work is finished first."""
    seen = False
    busy = GraphError(str(path), "in use by another program", "wait until it is done and try again")
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            lock = StoreLock(path, writing=False)
            if not was_left(path):
                return lock
            lock.release()
            seen = True
            _finish(path)
        except GraphError as error:
            if not (seen and isinstance(error.__cause__, BlockingIOError)):
                raise
            busy = error  # another reader has seen it too
    raise busy


def _finish(path: Path) -> None:
    """Put what a program left waiting into the database."""
    try:
        store, lock = open_database(path, writable=True)
    except GraphError as error:
        if not any(said in str(error.__cause__) for said in MAY_NOT):
            raise
        raise GraphError(
            str(path),
            f"a program was ended while it wrote here, and graphs of it still wait in {WAITING}; to put them in takes "
            "permission to write",
            f"let somebody who may write there open it once: privagraph query policies --graph {path}",
        ) from error
    try:
        with told(str(path)):
            store.flush()
    finally:
        del store  # it has a lock of its own
        lock.release()
