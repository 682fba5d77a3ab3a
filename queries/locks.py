"""One writer or several readers: who may use a store on disk at the same time.

The database itself keeps a second writer out, but says that reading while another program writes is undefined
behaviour. So whoever opens a store holds a lock on a file in its folder, alone to write or shared to read.
The lock goes with the program that holds it, however that ends. On systems without such locks (Windows) only
the database's own lock is left.
"""

from __future__ import annotations

import os
from pathlib import Path

from privagraph.errors import GraphError

__all__ = ["LOCK_FILE", "StoreLock"]

LOCK_FILE = "privagraph.lock"
"""Name of the file in the store's folder."""


class StoreLock:
    """A lock on a store's folder, held until :meth:`release`.

    Args:
        folder: The store's folder.
        writing: Whether to hold it alone.

    Raises:
        GraphError: Another program holds a lock that does not allow this one.
    """

    __slots__ = ("_handle",)

    def __init__(self, folder: Path, *, writing: bool) -> None:
        self._handle: int | None = None
        try:
            import fcntl
        except ImportError:  # Windows
            return
        place = folder / LOCK_FILE
        try:
            self._handle = os.open(place, os.O_RDWR | os.O_CREAT if writing else os.O_RDONLY, 0o666)
            fcntl.flock(self._handle, (fcntl.LOCK_EX if writing else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except FileNotFoundError:
            return  # a store that another program made: nobody holds our lock on it
        except BlockingIOError as error:
            self.release()
            busy = "in use by another program" if writing else "being written by another program"
            raise GraphError(str(folder), busy, "wait until it is done and try again") from error
        except OSError as error:
            self.release()
            raise GraphError(
                str(folder), f"cannot be locked ({error.strerror})", "check the permissions of the folder"
            ) from error

    def release(self) -> None:
        """Let others use the store."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
