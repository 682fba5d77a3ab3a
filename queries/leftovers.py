"""What is written beside a file until it is whole, and what of that a program left behind that was killed.

Each such file or folder is locked by the program that writes it. The lock goes with that program, however it ends, so
whoever writes to the same place next can tell what nobody needs any more. On systems without such locks (Windows)
leftovers stay.
"""

from __future__ import annotations

import glob
import os
import shutil
from contextlib import suppress
from pathlib import Path

from privagraph.errors import GraphError
from privagraph.queries.locks import StoreLock

__all__ = ["ENDING", "beginning", "clear_leftovers", "hold"]

ENDING = ".half"
"""What the names of what is not whole yet end with."""


def beginning(target: Path) -> str:
    """What the names of what becomes a file begin with; they are hidden.

    Args:
        target: The file.
    """
    return f".{target.name}."


def hold(handle: int) -> bool:
    """Lock an open file, as long as it is open; says whether nobody else has.

    Args:
        handle: The file's descriptor.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another program holds it, or the disk knows no locks
        return False
    return True


def clear_leftovers(target: Path) -> None:
    """Remove what programs that were killed left of their work on a file.

    Args:
        target: The file.
    """
    for each in sorted(target.parent.glob(f"{glob.escape(beginning(target))}*{ENDING}")):
        with suppress(OSError, GraphError):  # it is in use, or belongs to somebody else
            if each.is_dir():
                lock = StoreLock(each, writing=True)
                try:
                    shutil.rmtree(each)
                finally:
                    lock.release()
                continue
            handle = os.open(each, os.O_RDWR)
            try:
                if hold(handle):
                    each.unlink()
            finally:
                os.close(handle)
