"""What a run has done, for the next one: each source, the hash of its input, how it was mapped, what came of it.

A source is known by where it was read, and not by its name: files of several folders may share one.

It is written after the graph, never before it: whoever is stopped at any moment has done some work for nothing, and has
lost none. What it says is still checked against the graph before it is believed.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from privagraph.corpus.failures import database_error, is_damage
from privagraph.errors import GraphError
from privagraph.loaders.inputs import LeftOut
from privagraph.loaders.pipeline import Account, Failure, MappedSource
from privagraph.ontology.shown import printable

__all__ = ["Entry", "Extent", "Manifest", "Piece"]

_VERSION = 2
"""Of the tables; a file with another one was written by another release."""
_TABLES = f"""
CREATE TABLE IF NOT EXISTS source (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    run INTEGER NOT NULL,
    input TEXT NOT NULL,
    way TEXT NOT NULL,
    state TEXT NOT NULL,
    policy TEXT NOT NULL,
    account TEXT NOT NULL,
    shard INTEGER,
    start INTEGER,
    stop INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS source_shard ON source (shard, start);
CREATE TABLE IF NOT EXISTS run (number INTEGER PRIMARY KEY);
PRAGMA user_version = {_VERSION};
"""
_LOST = "lost"
"""The state of a source whose graph is gone from the shards; it stays until that is mapped again."""
_KINDS: dict[str, type[MappedSource] | type[LeftOut] | type[Failure]] = {
    _LOST: LeftOut,
    "mapped": MappedSource,
    "left out": LeftOut,
    "failed": Failure,
}
_STATES = {kind: state for state, kind in _KINDS.items() if state != _LOST}
_FOR_A_GRAPH = "delete this file, and everything is mapped anew"
"""What to do where the manifest of a graph is damaged: the graph itself stays."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a policy's graph stands in the shards.

    Attributes:
        shard: The number of the shard.
        start: Where its frame begins.
        stop: Where it ends.
    """

    shard: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Extent:
    """What the sources say of a shard.

    Attributes:
        end: Where the last of their frames ends.
        live: How many bytes their frames have together; one that several sources share counts once.
    """

    end: int
    live: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a source.

    Attributes:
        place: Its number in the run that last came to it.
        input: What its bytes hash to; empty where they were not at hand.
        way: How it was mapped, see :meth:`Settings.way`.
        account: What became of it.
        piece: Where its graph stands in the shards; None where it is in none.
        origin: Where it was read, see :attr:`Source.key`; empty where its name says it.
    """

    place: int
    input: str
    way: str
    account: Account
    piece: Piece | None = None
    origin: str = ""


class Manifest:
    """The manifest of a store or of shards; use it in a ``with`` statement.

    Args:
        path: Its file, which is made where it is not there; None for one that lasts as long as this object.
        original: What a user knows it as, where that file is but a copy.
        lost: What a user is to do where it is damaged.

    Attributes:
        location: The file.

    Raises:
        GraphError: It cannot be opened, or another release wrote it.
    """

    __slots__ = ("_connection", "_lost", "_original", "_run", "location")

    def __init__(self, path: Path | None, *, original: str | None = None, lost: str = _FOR_A_GRAPH) -> None:
        self.location = "the list of sources" if path is None else str(path)
        self._original, self._lost = original or self.location, lost
        with self._told():
            self._connection = sqlite3.connect(path or "")
        try:
            with self._told():
                (version,) = self._connection.execute("PRAGMA user_version").fetchone()
                if version not in (0, _VERSION):
                    raise GraphError(
                        self._original, "written by another release of privagraph", "map into a new place"
                    )
                self._connection.executescript(_TABLES)
                with self._connection:
                    self._run = self._connection.execute("INSERT INTO run DEFAULT VALUES").lastrowid or 0
        except GraphError:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def known(self, key: str) -> Entry | None:
        """What is known of a source, or None.

        Args:
            key: What it is known by, see :attr:`Source.key`.

        Raises:
            GraphError: The file is damaged.
        """
        with self._told():
            row = self._connection.execute(
                "SELECT name, place, input, way, state, policy, account, shard, start, stop FROM source WHERE key = ?",
                (printable(key),),
            ).fetchone()
        with self._sensible(key):
            return None if row is None else _entry(key, row)

    def note(self, entries: list[Entry]) -> None:
        """Keep what came of sources of this run, all of it or nothing; what was known of them is replaced.

        Raises:
            GraphError: The file cannot be written.
        """
        rows = [self._row(entry) for entry in entries]
        with self._told(), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
            )

    def policies(self) -> int:
        """How many different policies the sources of this run hold."""
        return self._number(
            "SELECT COUNT(DISTINCT policy) FROM source WHERE run = ? AND state = 'mapped'", self._run
        )

    def troubles(self) -> Iterator[LeftOut | Failure]:
        """All sources that were left out or failed, in the order of the runs."""
        with self._told():
            rows = self._connection.execute(
                "SELECT name, state, account FROM source WHERE state <> 'mapped' ORDER BY run, place, name"
            )
            for name, state, told in rows:
                with self._sensible(name):
                    account = _account(name, state, told)
                yield account  # type: ignore[misc]  # no mapped one is among them

    def forget_troubles(self, gone_through: Iterable[str]) -> None:
        """Forget what came to no graph, or has lost it, in collections and folders and has not come again in this run.

        What was mapped stays known.

        Args:
            gone_through: What the keys begin with that were all gone through, see :attr:`SourceStream.gone_through`.

        Raises:
            GraphError: The file cannot be written.
        """
        ranges = ((first, _after(first), self._run) for first in map(printable, gone_through))
        with self._told(), self._connection:
            self._connection.executemany(
                "DELETE FROM source WHERE key >= ? AND key < ? AND run <> ? AND state <> 'mapped'",
                ranges,
            )

    def pieces(self, shard: int | None = None) -> Iterator[tuple[str, Piece]]:
        """The keys of sources whose graphs stand in the shards, or in one, in the order in which they stand there."""
        # each in words by which the index finds it
        which, values = ("IS NOT NULL", ()) if shard is None else ("= ?", (shard,))
        with self._told():
            rows = self._connection.execute(
                f"SELECT key, shard, start, stop FROM source WHERE shard {which} ORDER BY shard, start",  # noqa: S608
                values,
            )
            yield from ((key, Piece(*piece)) for key, *piece in rows)

    def extents(self) -> dict[int, Extent]:
        """How far the graphs go that stand in each of the shards, and how many bytes they have."""
        with self._told():
            rows = self._connection.execute(
                "SELECT shard, MAX(stop), SUM(stop - start) "
                "FROM (SELECT DISTINCT shard, start, stop FROM source WHERE shard IS NOT NULL) GROUP BY shard"
            )
            return {shard: Extent(end, live) for shard, end, live in rows}

    def move(self, pieces: list[tuple[str, Piece]]) -> None:
        """Note that graphs stand elsewhere in the shards, all of them or none."""
        with self._told(), self._connection:
            self._connection.executemany(
                "UPDATE source SET shard = ?, start = ?, stop = ? WHERE key = ?",
                [(piece.shard, piece.start, piece.stop, printable(key)) for key, piece in pieces],
            )

    def lose(self, shard: int, size: int, reason: str) -> int:
        """Note that graphs are gone from a shard; their sources stay among the troubles until they are mapped again.

        Args:
            shard: The number of the shard.
            size: How many bytes it has; what ended beyond that is gone.
            reason: Why, in a clause.

        Returns:
            How many sources had them.

        Raises:
            GraphError: The file cannot be written.
        """
        told = {"code": _LOST, "reason": reason, "advice": "map it again"}
        with self._told(), self._connection:
            changed = self._connection.execute(
                "UPDATE source SET state = ?, input = '', policy = '', account = ?, "
                "shard = NULL, start = NULL, stop = NULL WHERE shard = ? AND stop > ?",
                (_LOST, json.dumps(told), shard, size),
            )
        return changed.rowcount

    def lost(self) -> int:
        """How many sources have lost their graphs and were not mapped again since."""
        return self._number("SELECT COUNT(*) FROM source WHERE state = ?", _LOST)

    def _number(self, query: str, *values: object) -> int:
        with self._told():
            (number,) = self._connection.execute(query, values).fetchone()
        return int(number)

    def _row(self, entry: Entry) -> tuple[object, ...]:
        account, piece = entry.account, entry.piece
        told = {
            each.name: value
            for each in fields(account)
            if each.name not in ("source", "policy", "origin")
            and (value := getattr(account, each.name)) != each.default
        }
        return (
            printable(entry.origin or account.source),
            printable(account.source),
            entry.place,
            self._run,
            entry.input,
            entry.way,
            _STATES[type(account)],
            account.policy if isinstance(account, MappedSource) else "",
            json.dumps(told, separators=(",", ":")),
            *((piece.shard, piece.start, piece.stop) if piece is not None else (None, None, None)),
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database says, as an error to show."""
        try:
            yield
        except sqlite3.Error as error:
            if is_damage(error):
                raise self._damaged(str(error)) from error
            raise database_error(error, self.location) from error

    @contextmanager
    def _sensible(self, key: str) -> Iterator[None]:
        """That what a row says makes no sense, as an error to show."""
        try:
            yield
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self._damaged(f"what it says of {key} makes no sense") from error

    def _damaged(self, text: str) -> GraphError:
        return GraphError(self._original, f"is damaged ({text})", self._lost)


def _after(first: str) -> str:
    """What comes after all keys that begin so, in the order of the database; or after this one, if it is a path."""
    return first[:-1] + chr(ord(first[-1]) + 1) if first.endswith(("#", ":", os.sep)) else f"{first}\x01"


def _entry(key: str, row: tuple[Any, ...]) -> Entry:
    """What a row says of a source."""
    name, place, source_input, way, state, policy, told, *piece = row
    account = _account(name, state, told, policy)
    return Entry(place, source_input, way, account, None if piece[0] is None else Piece(*piece), key)


def _account(name: str, state: str, told: str, policy: str = "") -> Account:
    """What became of a source, as a row says it."""
    values: dict[str, Any] = {  # as JSON has them
        key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(told).items()
    }
    if state == "mapped":
        values["policy"] = policy
    return _KINDS[state](source=name, **values)
