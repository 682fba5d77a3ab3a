"""New graphs that wait beside a database to be written into it together.

The database files what it is given in several orders, and puts its files in order later. What that costs depends on how
often it is given something, more than on how much. So new graphs first go into one file beside it, one after the other,
which is quick and keeps them, however the program ends. Once there are many, they go into the database at once.

Each piece of the file begins with a remark of its length and checksum, by which a piece is told that a program was
writing when it was ended. Whoever opens the store next puts the whole pieces into the database; should they be there
already, that changes nothing. Where the file was damaged, what is whole goes in and the file is laid aside.

They go in from the end, part by part, and the file is cut after each: so there is room on the disk for the next, and
whoever tries again has only the rest to do.
"""

from __future__ import annotations

import mmap
import os
import re
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple

from privagraph.errors import GraphError
from privagraph.ontology.nquads import parsed
from privagraph.queries.folders import DAMAGED, WAITING, size_of, sync_folder

__all__ = ["Waiting", "settle_left", "was_left"]

_HEAD = re.compile(rb"# (\d{1,12}) ([0-9a-f]{8})\n")
_NEXT = re.compile(rb"\n(?=# \d{1,12} [0-9a-f]{8}\n)")
"""What is before a head. In the quads there is nothing like it: their lines begin otherwise."""
_TORN_HEAD = re.compile(rb"# ?\d{0,12} ?[0-9a-f]{0,8}")
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
        lock: Whoever holds it sees that no other thread puts what waits into the database meanwhile.
    """

    __slots__ = ("_enough", "_file", "_path", "_pieces", "_size", "_store", "lock", "written")

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._path = store, folder / WAITING
        self._file: int | None = None
        self.lock = threading.RLock()  # one thread may ask, and so settle, while another adds
        self._pieces: dict[NamedNode, list[tuple[int, int]]] = {}
        self._size = 0
        self._enough: int | None = None
        self.written = 0

    def __contains__(self, graph: object) -> bool:
        return graph in self._pieces

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add(self, graph: NamedNode, nquads: bytes, number: int) -> None:
        """Let quads of a graph wait, none of which is in the database or waits.

        Args:
            graph: The graph.
            nquads: Quads of it, as Oxigraph writes them.
            number: How many.

        Raises:
            OSError: The disk fails.
            GraphError: Somebody else has changed what waits.
        """
        with self.lock:
            self.written += number
            if b"_:" in nquads and any(map(_has_blank, quads := [*parsed(nquads)])):
                self.settle()  # the names of blank nodes would not stay the same
                self._store.bulk_extend(quads)
                return
            self._append(graph, nquads)
            if self._size >= _FEW:
                if self._enough is None:
                    self._enough = min(_MANY, (size_of(self._path.parent) - self._size) // 2)
                if self._size >= self._enough:
                    self.settle()

    def count(self, size: int) -> None:
        """Count what was put into the database without waiting.

        Args:
            size: How many bytes the database has grown by; it may have shrunk, having put its files in order.
        """
        self.written += max(0, size) // _QUAD_BYTES

    def of(self, graph: NamedNode) -> set[Quad]:
        """What waits of a graph; where the disk was full meanwhile, more of it may be in the database.

        Args:
            graph: The graph.

        Raises:
            OSError: The disk fails.
            GraphError: Somebody else has changed what waits.
        """
        with self.lock, _as_it_was_written(self._path):
            pieces = [self._read(*piece) for piece in self._pieces.get(graph, ())]
            return set(parsed(b"".join(pieces)))  # their heads are remarks

    def keep(self) -> None:
        """See that what waits stays, however the program or the machine ends.

        Raises:
            OSError: The disk fails.
        """
        with self.lock:  # another thread may close the file
            if self._file is not None:
                os.fsync(self._file)

    def settle(self) -> None:
        """Put all that waits into the database; where that fails, what is not there yet stays in its place.

        Raises:
            OSError: The disk fails.
            GraphError: Somebody else has changed what waits.
        """
        with self.lock:
            if self._file is None:
                return
            for begin, end in _from_the_last(_parts(sorted(chain.from_iterable(self._pieces.values())))):
                with _as_it_was_written(self._path):
                    _load(self._store, self._read(begin, end))
                # First forgotten, then cut off: should that fail, they are in the database once more.
                kept = {name: [p for p in spans if p[0] < begin] for name, spans in self._pieces.items()}
                self._pieces = {name: spans for name, spans in kept.items() if spans}
                self._size, self._enough = begin, None
                _cut(self._file, begin)

    def finish(self) -> None:
        """Put all into the database, and see that it is on the disk and in order; then there is no file any more.

        Raises:
            OSError: The disk fails; what waited stays in the file.
            GraphError: Somebody else has changed what waits.
        """
        with self.lock:
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

    def _append(self, graph: NamedNode, text: bytes) -> None:
        """Write a piece to the end of the file, or leave all as it was."""
        head = b"# %d %08x\n" % (len(text), zlib.crc32(text))
        if self._file is None:
            self._file = os.open(self._path, _NEW, 0o666)
            sync_folder(self._path.parent)
        before = self._size
        pieces = self._pieces.get(graph, [])
        count = len(pieces)
        try:
            os.ftruncate(self._file, before)  # there is more where a part could not be cut off
            os.lseek(self._file, before, os.SEEK_SET)
            _write(self._file, head + text)
            self._size = before + len(head) + len(text)
            pieces.append((before, self._size))
            self._pieces[graph] = pieces
        except BaseException:
            self._size = before
            del pieces[count:]
            if not pieces:
                self._pieces.pop(graph, None)
            os.ftruncate(self._file, before)
            raise

    def _read(self, begin: int, end: int) -> bytes:
        assert self._file is not None  # there are pieces
        return _read(self._file, begin, end)


def was_left(folder: Path) -> bool:
    """Whether graphs still wait beside a database that nobody writes to.

    Args:
        folder: The folder of the database.
    """
    path = folder / WAITING
    with suppress(OSError):  # what cannot be looked at cannot be opened either, which then says why
        return path.is_file() and path.stat().st_size > 0
    return False


def settle_left(store: Store, folder: Path) -> None:
    """Put the graphs into a database that a program left waiting beside it.

    Args:
        store: The database.
        folder: Its folder.

    Raises:
        OSError: The disk fails; what is not in the database yet is still in the file.
        GraphError: The file is damaged. What was whole is in the database, and the file has another name, so that the
            store can be opened from now on.
    """
    path = folder / WAITING
    if not path.is_file():
        return
    file = os.open(path, os.O_RDWR | _BINARY)
    try:
        whole, damaged = _whole_of(file)
        for begin, end in _from_the_last(_parts(whole)):
            try:
                _load(store, _read(file, begin, end))
            except SyntaxError:  # somebody else's, with checksums, or it has just changed
                damaged = True
            if not damaged:
                _cut(file, begin)
        if not damaged:
            _cut(file, 0)  # without it, the file might come back where the power fails after it was removed
    finally:
        os.close(file)
    if not damaged:
        path.unlink()
        return
    aside = next(each for each in _asides(folder) if not each.exists())
    path.rename(aside)
    # A run that had noted them looks for the graph of each source it passes over, and maps again what is not there.
    raise GraphError(
        str(aside),
        "this file held graphs that waited to be put into the store, and it is damaged; what is whole in it has been "
        "put in",
        "the store can be used; map the same sources into it once more, which maps what is missing",
    )


def _asides(folder: Path) -> Iterator[Path]:
    """What a damaged file may be called."""
    yield folder / DAMAGED
    yield from (folder / f"{DAMAGED}-{number}" for number in range(2, 1_000_000))


def _parts(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where pieces of a file stand that go into a database at once: one after the other, as many as memory allows."""
    begin = end = 0
    for first, last in spans:
        if first != end or last - begin > _PART:
            if end > begin:
                yield begin, end
            begin = first
        end = last
    if end > begin:
        yield begin, end


def _from_the_last(parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return list(parts)[::-1]


def _cut(file: int, size: int) -> None:
    """Take the end off a file; it must not come back over what is written next."""
    os.ftruncate(file, size)
    os.fsync(file)


def _has_blank(part: Quad | Triple) -> bool:
    """Whether a blank node is in a quad or triple, or in a triple that it speaks of."""
    terms = (part.subject, part.object)
    return any(
        isinstance(each, BlankNode) or (isinstance(each, Triple) and _has_blank(each)) for each in terms
    )


@contextmanager
def _as_it_was_written(path: Path) -> Iterator[None]:
    """What it means where the file does not hold what was written to it."""
    try:
        yield
    except SyntaxError as error:
        raise GraphError(
            str(path),
            f"another program has changed this file while graphs waited in it ({error.msg})",
            "open the store again: what is whole in the file is put in, and the file is laid aside",
        ) from error


def _load(store: Store, text: bytes) -> None:
    """Put quads that were written here into a database, at once."""
    store.bulk_load(input=text, format=RdfFormat.N_QUADS, lenient=True)


def _whole_of(file: int) -> tuple[list[tuple[int, int]], bool]:
    """Where the whole pieces of a file stand, and whether more is amiss than that its last piece is torn."""
    if not os.fstat(file).st_size:
        return [], False
    with mmap.mmap(file, 0, access=mmap.ACCESS_READ) as held:
        return _whole(held)


def _whole(held: bytes | mmap.mmap) -> tuple[list[tuple[int, int]], bool]:
    """The same of what a file holds."""
    whole: list[tuple[int, int]] = []
    damaged = False
    at, size = 0, len(held)
    with memoryview(held) as view:
        while at < size:
            head = _HEAD.match(held, at)
            end = head.end() + int(head[1]) if head else size
            if head and end <= size and zlib.crc32(view[head.end() : end]) == int(head[2], 16):
                whole.append((at, end))
                at = end
                continue
            following = _NEXT.search(held, at)
            is_torn = end > size if head else _TORN_HEAD.fullmatch(held, at) is not None
            damaged = damaged or following is not None or not is_torn
            at = following.end() if following else size
    return whole, damaged


def _read(file: int, begin: int, end: int) -> bytes:
    """Pieces of a file, which follow each other; a `SyntaxError`, as of the parser, where they are not whole."""
    os.lseek(file, begin, os.SEEK_SET)
    read: list[bytes] = []
    left = end - begin
    while left and (more := os.read(file, left)):
        read.append(more)
        left -= len(more)
    text = b"".join(read)
    whole, damaged = _whole(text)
    if damaged or not whole or whole[-1][1] != end - begin:
        raise SyntaxError("a length or a checksum is another one")
    return text


def _write(file: int, text: bytes) -> None:
    """Write all of a text, or fail."""
    rest = memoryview(text)
    while rest:
        rest = rest[os.write(file, rest) :]
