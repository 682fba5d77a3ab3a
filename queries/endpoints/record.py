"""What was put on a server, so that a load that was interrupted goes on, and nothing is sent twice.

A small SQLite file knows the graphs that a server confirmed, by a hash over their statements. It is written after the
server has said yes: who is killed in between sends a graph once more, which leaves the same behind.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.queries.endpoints.addresses import Address
from privagraph.queries.formats import serialized

__all__ = ["LoadRecord", "graph_digest", "usual_place"]


def graph_digest(quads: Iterable[ox.Quad]) -> tuple[bytes, bytes]:
    """The statements of a graph as N-Triples, and a hash over them that does not depend on their order.

    Args:
        quads: The quads of one graph.
    """
    text = serialized((quad.triple for quad in quads), ox.RdfFormat.N_TRIPLES)
    return text, hashlib.blake2b(b"\n".join(sorted({*text.splitlines()})), digest_size=16).digest()


def usual_place(endpoint: Address) -> Path:
    """The file that knows what was put on a server, where the user names none.

    Args:
        endpoint: Where the server takes queries.
    """
    import platformdirs

    name = hashlib.blake2b(endpoint.url.encode(), digest_size=8).hexdigest()
    return platformdirs.user_state_path("privagraph") / "loads" / f"{endpoint.host.strip('[]')}-{name}.sqlite"


class LoadRecord:
    """The record of one server, open until :meth:`close`.

    Args:
        path: The file; it is made where it is not there.
        endpoint: Where the server takes queries.

    Raises:
        GraphError: The file is the record of another server, is none, or cannot be written, or another load uses it.
    """

    __slots__ = ("_database", "_path")

    def __init__(self, path: Path, endpoint: Address) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=1.0, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error
        try:
            self._begin(endpoint)
        except BaseException:
            self._database.close()
            raise

    def _begin(self, endpoint: Address) -> None:
        try:
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("BEGIN EXCLUSIVE")
            self._database.execute("CREATE TABLE IF NOT EXISTS server (address TEXT NOT NULL)")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS sent "
                "(graph TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (graph, digest)) WITHOUT ROWID"
            )
            known = self._database.execute("SELECT address FROM server").fetchone()
            if known is None:
                self._database.execute("INSERT INTO server VALUES (?)", (endpoint.shown,))
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        if known is not None and known[0] != endpoint.shown:
            raise GraphError(
                str(self._path), f"the record of another server, {known[0]}", "name another file with --state"
            )

    def close(self) -> None:
        """Let others use the record."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def knows(self, graph: str, digest: bytes) -> bool:
        """Whether the server confirmed that these statements are in the graph.

        Raises:
            GraphError: The record cannot be read.
        """
        try:
            found = self._database.execute(
                "SELECT 1 FROM sent WHERE graph = ? AND digest = ?", (graph, digest)
            ).fetchone()
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return found is not None

    def note(self, graphs: Iterable[tuple[str, bytes, bool]]) -> None:
        """Remember what the server has confirmed.

        Args:
            graphs: Name and hash of each graph, and whether it was added to what was there, not put in its place.

        Raises:
            GraphError: The record cannot be written.
        """
        try:
            self._database.execute("BEGIN")
            for graph, digest, added in graphs:
                if not added:
                    self._database.execute("DELETE FROM sent WHERE graph = ?", (graph,))
                self._database.execute("INSERT OR IGNORE INTO sent VALUES (?, ?)", (graph, digest))
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> GraphError:
        text = str(error)
        if "locked" in text:
            return GraphError(
                str(self._path), "another load to this server uses it", "wait until it is done and try again"
            )
        if "not a database" in text or "no such column" in text:
            return GraphError(str(self._path), "not a record of loads", "name another file with --state")
        return GraphError(str(self._path), f"cannot be used ({text})", "name another file with --state")
