"""Folders of stores: how one is made, and what a failure of the database in it means to a user."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from privagraph.errors import GraphError
from privagraph.queries.locks import LOCK_FILE

__all__ = [
    "DAMAGED",
    "ERRORS",
    "MANIFEST",
    "MAY_NOT",
    "NO_ROOM",
    "WAITING",
    "clear_away",
    "full_disk",
    "holds_other_files",
    "is_store",
    "make_folder",
    "size_of",
    "store_error",
    "sync_folder",
    "sync_logs",
    "told",
]

MANIFEST = "manifest.sqlite"
"""The name of the file in which a run keeps what it has done; it is beside the database's own."""
ERRORS = "errors.jsonl"
"""The name of the file that lists what a run left out, and what failed."""
WAITING = "waiting.nq"
"""The name of the file in which new graphs wait to be written into the database together."""
DAMAGED = f"{WAITING}.damaged"
"""What that file is called once it was found to be damaged; a second one has a number behind it."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where a disk is full, or a file may not grow any more."""
MAY_NOT = ("Permission denied", "Operation not permitted", "Read-only file system")
"""What the system says, and the database after it, where a file may not be written to."""

_BATCH = "bulk-*.sst"
"""What the names of the files of a batch look like until the database has taken it over."""
_OF_DATABASE = re.compile(
    r"CURRENT|IDENTITY|LOCK|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?|\d+\.(log|sst|dbtmp)|bulk-\d+\.sst"
)
"""The names that the database gives to its files."""
_LOGS = "[0-9]*.log"
"""What the names of the files look like in which the database writes down an update first."""


def is_store(path: Path) -> bool:
    """Whether a folder holds a store: the database keeps a file of that name in each.

    Args:
        path: The folder.
    """
    return (path / "CURRENT").is_file()


def make_folder(path: Path) -> None:
    """Make the folder of a new store, and those above it.

    Args:
        path: The folder.

    Raises:
        GraphError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphError(
            str(path), f"the folder cannot be made ({reason})", "choose another place"
        ) from error


def holds_other_files(path: Path) -> bool:
    """Whether a folder holds what is no part of a store, or of one that nobody got to finish when it was made.

    Args:
        path: The folder.
    """

    def is_ours(name: str) -> bool:
        # graphs wait beside a database only: anywhere else, a file of such a name is somebody's own
        waits = name == WAITING or name.startswith(DAMAGED)
        return name == LOCK_FILE or (waits and is_store(path)) or _OF_DATABASE.fullmatch(name) is not None

    return not all(is_ours(entry.name) for entry in path.iterdir())


def clear_away(path: Path) -> None:
    """Remove what a program left behind in a store that was ended while it wrote a batch.

    A batch is first written into files beside those of the database, which then takes them over, all or none.

    Args:
        path: The store's folder, which nobody else writes to.
    """
    for each in path.glob(_BATCH):
        each.unlink()


def size_of(path: Path) -> int:
    """How many bytes the files of a folder take, which the database may put in order meanwhile.

    Args:
        path: The folder.
    """
    size = 0
    for each in path.iterdir():
        with suppress(FileNotFoundError):
            size += each.stat().st_size
    return size


def sync_folder(path: Path) -> None:
    """See that files that were made in a folder are still in it after a power cut.

    Args:
        path: The folder.

    Raises:
        OSError: The disk fails.
    """
    if os.name != "nt":  # Windows opens no folders
        _sync(path, os.O_RDONLY)


def sync_logs(path: Path) -> None:
    """See that updates of a database stay after a power cut.

    The database hands them to the system at once, in its log, but does not wait until they are on the disk. It has its
    own way to see to that, which writes each of its tables to new files: 0.3 seconds each time in a run that replaces
    policies, where this takes 0.01.

    Args:
        path: The database's folder, which this program alone writes to.

    Raises:
        OSError: The disk fails.
    """
    for each in sorted(path.glob(_LOGS)):
        with suppress(FileNotFoundError):  # what it held has just gone into the tables, and to the disk
            _sync(each, os.O_RDWR)
    sync_folder(path)


def _sync(path: Path, flags: int) -> None:
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def full_disk(location: str, *, then: str = "try again") -> GraphError:
    """What a disk without room means to a user.

    Args:
        location: What could not be written.
        then: What to do when there is room.
    """
    return GraphError(location, "the disk is full", f"free some space and {then}")


def store_error(location: str, error: Exception) -> GraphError:
    """What a failure of the database means to a user.

    Args:
        location: The store.
        error: What the database said.
    """
    text = str(error)
    if isinstance(error, PermissionError) or any(said in text for said in MAY_NOT):
        return GraphError(
            location,
            "no permission to open it",
            "check who owns the folder and its files, and that neither they nor their disk are protected from writing",
        )
    if "lock hold by" in text or "While lock file" in text:
        return GraphError(location, "in use by another program", "wait until it is done and try again")
    if "Column family not found" in text:  # the folder's first file is there before all of its tables are
        return GraphError(
            location,
            "the program that made this store was ended before it had written anything",
            "start it again: it goes on from there",
        )
    if "No space left" in text or getattr(error, "errno", None) in NO_ROOM:
        return full_disk(location)
    if isinstance(error, OSError) and error.errno is not None:  # from a file of ours: the database gives none
        return GraphError(
            location, f"cannot be read or written ({error.strerror})", "check the disk and its permissions"
        )
    return GraphError(
        location,
        f"the store is damaged ({text})",
        "restore it from a copy, or map the policies into a new folder",
    )


@contextmanager
def told(location: str) -> Iterator[None]:
    """Failures of the disk and of the database in our words.

    Args:
        location: The store.

    Raises:
        GraphError: What failed.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise store_error(location, error) from error
