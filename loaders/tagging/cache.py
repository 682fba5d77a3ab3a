"""What the tagger read before, kept on disk: a passage that many policies share is read once.

An entry is named by the hash of all that it depends on: the word pieces of a passage with its context, what the rules
found in it, the weights of the model, and the library that computes with them. It holds probabilities, no words.
Several processes may use one file at the same time. A cache never stops a run: where its file cannot be read or
written, the tagger reads again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

__all__ = ["LARGEST", "PassageCache", "default_folder", "entry_name"]

LARGEST = 1_000_000_000
"""About how many bytes a cache takes on disk at most unless told otherwise: some 900,000 passages."""
_FILE = "passages.sqlite"
_DROPPED = 4
"""One part in so many is dropped at once when the cache is full, the oldest first."""
_WAIT = 5.0
"""Seconds that one process waits for another that writes."""
_AT_ONCE = 500
_ENTRIES = (
    "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, data BLOB NOT NULL)"
)


def default_folder() -> Path:
    """Where it is kept unless the user says otherwise: the user's cache folder of this platform."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("privagraph", appauthor=False), "passages")


def entry_name(*parts: bytes) -> bytes:
    """The name of an entry.

    Args:
        *parts: All that it depends on.
    """
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


class PassageCache:
    """A file of entries, with a bound on its size.

    Args:
        folder: Where the file is; it is made when the first entry comes.
        largest: About how many bytes it may take on the disk: the log of what was written last comes on top, mostly
            4 MB, and up to a quarter of all for a moment while the oldest entries are dropped.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     cache = PassageCache(folder)
        ...     cache.put({b"name": b"probabilities"})
        ...     found = cache.get([b"name", b"other"])
        ...     cache.close()
        >>> found
        {b'name': b'probabilities'}
    """

    __slots__ = ("_connection", "_unusable", "folder", "largest")

    def __init__(self, folder: str | os.PathLike[str], *, largest: int = LARGEST) -> None:
        self.folder = Path(folder)
        self.largest = largest
        self._connection: sqlite3.Connection | None = None
        self._unusable = False

    def __reduce__(self) -> tuple[object, ...]:
        """How it is handed to another process, which opens the file itself."""
        return partial(PassageCache, largest=self.largest), (self.folder,)

    def get(self, names: Sequence[bytes]) -> dict[bytes, bytes]:
        """Those entries of some names that are there."""
        found: dict[bytes, bytes] = {}
        if (self.folder / _FILE).is_file() and (file := self._open()) is not None:
            try:
                for begin in range(0, len(names), _AT_ONCE):
                    some = names[begin : begin + _AT_ONCE]
                    asked = ", ".join("?" * len(some))
                    query = f"SELECT name, data FROM entry WHERE name IN ({asked})"  # noqa: S608  # question marks
                    rows = file.execute(query, some)
                    found.update((name, zlib.decompress(data)) for name, data in rows)
            except sqlite3.OperationalError:
                pass  # another process holds it for too long: what is missing is read again, and the file stays
            except (sqlite3.Error, zlib.error):
                self._give_up()
        return found

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep entries, all of them or none."""
        if not entries or (file := self._open()) is None:
            return
        rows = [(name, zlib.compress(data, 1)) for name, data in entries.items()]
        try:
            with file:
                file.executemany("INSERT OR IGNORE INTO entry (name, data) VALUES (?, ?)", rows)
                dropped = self._bound(file)
            if dropped:  # else the log, which holds every page that was changed, would stay as large
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.OperationalError:
            return  # another process wrote for too long, or the disk is full: it is read again the next time
        except sqlite3.Error:
            self._give_up()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _bound(self, file: sqlite3.Connection) -> bool:
        """Drop the oldest entries when there are too many; their room on the disk is used again.

        Returns:
            Whether any were dropped.
        """
        size, pages, free = (
            _number(file, f"PRAGMA {each}") for each in ("page_size", "page_count", "freelist_count")
        )
        if (pages - free) * size <= self.largest:
            return False
        count = _number(file, "SELECT count(*) FROM entry")
        file.execute(
            "DELETE FROM entry WHERE id IN (SELECT id FROM entry ORDER BY id LIMIT ?)",
            (count // _DROPPED + 1,),
        )
        return True

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is None and not self._unusable:
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._connection = sqlite3.connect(self.folder / _FILE, timeout=_WAIT)
                self._connection.execute(
                    "PRAGMA journal_mode = WAL"
                )  # so that readers and a writer do not wait
                self._connection.execute(
                    "PRAGMA synchronous = OFF"
                )  # what a power cut spoils is found and dropped
                self._connection.execute(_ENTRIES)
            except sqlite3.OperationalError:
                self._unusable = True  # no room, no permission, or another process holds it for too long
                self.close()
            except sqlite3.Error:
                self._give_up()
            except OSError:
                self._unusable = True
        return self._connection

    def _give_up(self) -> None:
        """Remove a file that is damaged, so that the next run begins anew, and go on without it."""
        self.close()
        self._unusable = True
        with suppress(OSError):
            for suffix in ("", "-wal", "-shm"):
                (self.folder / f"{_FILE}{suffix}").unlink(missing_ok=True)


def _number(file: sqlite3.Connection, text: str) -> int:
    (number,) = file.execute(text).fetchone()
    return int(number)
