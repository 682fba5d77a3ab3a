"""What a failure of the manifest's database means to a user."""

from __future__ import annotations

import sqlite3

from privagraph.errors import GraphError
from privagraph.queries.folders import full_disk

__all__ = ["database_error", "is_damage"]

_AGAIN = "map again: nothing that was done is lost"


def is_damage(error: sqlite3.Error) -> bool:
    """Whether what failed is what the file holds, and neither the disk nor the system."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def database_error(error: sqlite3.Error, place: str) -> GraphError:
    """Any other failure as an error to show.

    Args:
        error: What the database says; result codes: https://sqlite.org/rescode.html.
        place: The file.
    """
    match _code(error):
        case sqlite3.SQLITE_FULL:
            return full_disk(place, then=_AGAIN)
        case sqlite3.SQLITE_IOERR:
            # a quota that is used up, a file that may not grow, a network, a bad disk
            return GraphError(
                place,
                f"cannot be read or written ({error})",
                f"free some space, or ask for more where a quota is used up, check the disk, and {_AGAIN}",
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return GraphError(place, "in use by another program", "wait until it is done and try again")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return GraphError(
                place,
                f"cannot be written to ({error})",
                f"check who owns the folder and its files, and {_AGAIN}",
            )
    return GraphError(
        place,
        f"cannot be used ({error})",
        "map again, and where it stays so, into a new place: nothing that was done is lost",
    )


def _code(error: sqlite3.Error) -> int | None:
    """What kind of failure it is; the rest of a longer code says more of the same."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
