"""New graphs that wait beside a database to be written into it together.

The database files what it is given in several orders, and puts its files in order later. What that costs depends on how
often it is given something, more than on how much. So new graphs first go into one file beside it, one after the other,
which is quick and keeps them, however the program ends. Once there are many, they go into the database at once.

Each piece of the file begins with a remark of its length and checksum, by which a piece is told that a program was
writing when it was ended. Whoever opens the store next puts the whole pieces into the database; should they be there
already, that changes nothing.
"""

from __future__ import annotations

import os
import re
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from privagraph.queries.folders import WAITING, size_of
from privagraph.queries.formats import serialized

__all__ = ["Waiting", "settle_left", "was_left"]

_HEAD = re.compile(rb"# (\d{1,12}) ([0-9a-f]{8})\n")
_LONGEST_HEAD = 24
_BINARY: int = getattr(os, "O_BINARY", 0)
"""Without it, Windows changes the ends of lines."""
_NEW = os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY
_PART = 32 << 20
"""How many bytes go into the database at once; it takes five times as much memory."""
_MUCH = 200_000
"""New quads after which the files of the database are put in order in the end: some 50 policies. Questions are answered
about four times as fast then, and it takes about a second for each million quads that there are."""
_QUAD_BYTES = 300
"""What a quad takes in the database, about."""
_FEW, _MANY = 64 << 20, 1 << 30
"""How many bytes wait before they go into a small database, and into a large one: there is about a minute's work in
the latter. In between it is half of what the database takes, so that its files are put in order a few times only."""


class Waiting:
    """The graphs that wait beside one database, which this program alone writes to.

    Args:
        store: The database.
        folder: Its folder; nothing has been left waiting in it.

    Attributes:
        written: How many quads were put there, or wait.
    """

    __slots__ = ("_enough", "_file", "_lock", "_path", "_pieces", "_size", "_store", "written")

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._path = store, folder / WAITING
        self._file: int | None = None
        self._lock = threading.RLock()  # one thread may ask, and so settle, while another adds
        self._pieces: dict[NamedNode, list[tuple[int, int]]] = {}
        self._size = 0
        self._enough: int | None = None
        self.written = 0

    def __contains__(self, graph: NamedNode) -> bool:
        return graph in self._pieces

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add(self, graph: NamedNode, quads: set[Quad]) -> None:
        """Let quads of a graph wait, none of which is in the database or waits.

        Args:
            graph: The graph.
            quads: Quads of it.

        Raises:
            OSError: The disk fails.
        """
        with self._lock:
            self.written += len(quads)
            if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
                self.settle()  # the names of blank nodes would not stay the same
                self._store.bulk_extend(quads)
                return
            text = serialized(quads, RdfFormat.N_QUADS)
            head = b"# %d %08x\n" % (len(text), zlib.crc32(text))
            if self._file is None:
                self._file = os.open(self._path, _NEW, 0o666)
            try:
                _write(self._file, head + text)
            except OSError:
                os.ftruncate(self._file, self._size)
                os.lseek(self._file, self._size, os.SEEK_SET)
                raise
            self._pieces.setdefault(graph, []).append((self._size + len(head), len(text)))
            self._size += len(head) + len(text)
            if self._size >= _FEW:
                if self._enough is None:
                    self._enough = min(_MANY, (size_of(self._path.parent) - self._size) // 2)
                if self._size >= self._enough:
                    self.settle()

    def of(self, graph: NamedNode) -> set[Quad]:
        """What waits of a graph.

        Args:
            graph: The graph.
        """
        with self._lock:
            text = b"".join(self._read(*piece) for piece in self._pieces.get(graph, ()))
        return set(parse(text, format=RdfFormat.N_QUADS, lenient=True))

    def keep(self) -> None:
        """See that what waits stays, however the program or the machine ends.

        Raises:
            OSError: The disk fails.
        """
        if self._file is not None:
            os.fsync(self._file)

    def settle(self) -> None:
        """Put all that waits into the database; what is in its place stays where that fails.

        Raises:
            OSError: The disk fails.
        """
        with self._lock:
            if self._file is not None and self._pieces:
                ends = sorted(at + length for spans in self._pieces.values() for at, length in spans)
                _into(self._store, self._read, ends)
                os.ftruncate(self._file, 0)
                os.fsync(self._file)  # they must not come back over what is written next
                os.lseek(self._file, 0, os.SEEK_SET)
                self._pieces.clear()
                self._size = 0
                self._enough = None

    def finish(self) -> None:
        """Put all into the database, and see that it is on the disk and in order; then there is no file any more.

        Raises:
            OSError: The disk fails; what waited stays in the file.
        """
        with self._lock:
            try:
                self.settle()
                if self.written >= _MUCH and self.written * _QUAD_BYTES * 10 >= size_of(self._path.parent):
                    self._store.optimize()
                self._store.flush()
            finally:
                if self._file is not None:
                    os.close(self._file)
                    self._file = None
                    if not self._pieces:
                        self._path.unlink()

    def _read(self, at: int, length: int) -> bytes:
        assert self._file is not None  # there are pieces
        return _read(self._file, at, length)


def was_left(folder: Path) -> bool:
    """Whether graphs still wait beside a database that nobody writes to.

    Args:
        folder: The folder of the database.
    """
    path = folder / WAITING
    return path.is_file() and path.stat().st_size > 0


def settle_left(store: Store, folder: Path) -> None:
    """Put the graphs into a database that a program left waiting beside it.

    Args:
        store: The database.
        folder: Its folder.

    Raises:
        OSError: The disk fails.
    """
    path = folder / WAITING
    if not path.is_file():
        return
    file = os.open(path, os.O_RDONLY | _BINARY)
    try:
        _into(store, lambda at, length: _read(file, at, length), _whole(file))
    finally:
        os.close(file)
    path.unlink()


def _into(store: Store, read: Callable[[int, int], bytes], ends: Iterable[int]) -> None:
    """Put pieces of a file into a database, as many at once as memory allows."""
    begin = end = 0
    for each in ends:
        if each - begin > _PART and end > begin:
            _load(store, read(begin, end - begin))
            begin = end
        end = each
    if end > begin:
        _load(store, read(begin, end - begin))


def _load(store: Store, text: bytes) -> None:
    """Put quads that were written here into a database, at once; they were checked when they were made."""
    store.bulk_load(input=text, format=RdfFormat.N_QUADS, lenient=True)


def _whole(file: int) -> Iterator[int]:
    """Where the whole pieces of a file end, up to one that is torn."""
    at = 0
    while head := _HEAD.match(_read(file, at, _LONGEST_HEAD)):
        at += head.end()
        text = _read(file, at, int(head[1]))
        if len(text) != int(head[1]) or zlib.crc32(text) != int(head[2], 16):
            return
        at += len(text)
        yield at


def _read(file: int, at: int, length: int) -> bytes:
    """Bytes of a file, as many as there are; what is written next goes to its end."""
    os.lseek(file, at, os.SEEK_SET)
    text = os.read(file, length)
    os.lseek(file, 0, os.SEEK_END)
    return text


def _write(file: int, text: bytes) -> None:
    """Write all of a text, or fail."""
    rest = memoryview(text)
    while rest:
        rest = rest[os.write(file, rest) :]
