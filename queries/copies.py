"""A copy of a store that takes next to no room, made as the database makes its own checkpoints.

The database never changes a file of a table (``*.sst``) once it is written, and only removes it. So in a copy these
files can be links to the same bytes on the disk, and all others, which are small, are copied. Original and copy are
then written to without a trace in each other.

RocksDB's checkpoints: https://github.com/facebook/rocksdb/wiki/Checkpoints.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from privagraph.errors import GraphError
from privagraph.queries.folders import ERRORS, MANIFEST
from privagraph.queries.locks import LOCK_FILE, StoreLock
from privagraph.queries.store import is_store

__all__ = ["LARGEST_COPY", "copy_store"]

LARGEST_COPY = 2_000_000_000
"""How many bytes are copied where they cannot be linked, as on another file system."""
_TABLES = ".sst"
_LOGS = "LOG"
"""What the names of files begin with in which the database tells what it did; nobody needs them in a copy."""
_OF_RUNS = (MANIFEST, ERRORS)
"""The same of what runs keep: a copy that runs write to has its own."""


def copy_store(
    source: str | os.PathLike[str], target: str | os.PathLike[str], *, largest: int = LARGEST_COPY
) -> None:
    """Copy a store; others may read it meanwhile.

    Args:
        source: The store's folder.
        target: The folder of the copy, which must not be there yet.
        largest: How many bytes may be copied where they cannot be linked.

    Raises:
        GraphError: There is no store, it is being written, the copy would be too large, or the disk fails.
    """
    old, new = Path(source), Path(target)
    if not is_store(old):
        raise GraphError(str(old), "not a store", "give a folder that `privagraph map` wrote")
    lock = StoreLock(old, writing=False)
    try:
        new.mkdir(mode=0o700)
        try:
            _copy_files(old, new, largest)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    except OSError as error:
        raise GraphError(
            str(old),
            f"cannot be copied to {new} ({error.strerror or error})",
            "check the permissions and the free space there",
        ) from error
    finally:
        lock.release()


def _copy_files(old: Path, new: Path, largest: int) -> None:
    """Link what never changes, and copy the rest."""
    names = sorted(each.name for each in old.iterdir() if each.is_file())
    apart = []
    for name in names:
        if name.endswith(_TABLES):
            try:
                os.link(old / name, new / name)
            except OSError:  # another file system, one without links, or a file of somebody else
                apart.append(name)
        elif not name.startswith((_LOGS, *_OF_RUNS)) and name != LOCK_FILE:
            apart.append(name)
    size = sum((old / name).stat().st_size for name in apart)
    if size > largest:
        raise GraphError(
            str(old),
            f"has to be copied to another disk, and its {size / 1e9:.1f} GB are more than the "
            f"{largest / 1e9:.1f} GB that are copied",
            "set TMPDIR to a folder on the disk where it is",
        )
    for name in apart:
        shutil.copyfile(old / name, new / name)
