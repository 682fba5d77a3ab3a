"""Graphs as sharded N-Quads: files of zstd frames, one for each policy, appended as they are made.

What the manifest does not know of a shard is cut off when a run goes on: it was written when the run before ended. A
policy that is mapped anew gets a new frame, and shards with frames that nothing points to any more are written anew at
the end of the run. So the shards of a run that has ended hold every policy whole, and once for each of its sources;
sources that came to the same bytes on a cluster share them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from privagraph.corpus.agreement import LOST, agreed, copied, expect_manifest, expect_whole, stale
from privagraph.corpus.manifest import Manifest, Piece
from privagraph.corpus.places import FIRST_OF_CONTENT, TEMPORARY, number_in, part_name
from privagraph.errors import GraphError
from privagraph.queries.folders import ERRORS, MANIFEST, NO_ROOM, full_disk
from privagraph.queries.leftovers import ENDING, beginning, clear_leftovers
from privagraph.queries.locks import LOCK_FILE, StoreLock

__all__ = ["LARGEST", "Shards"]

LARGEST = 256_000_000
"""How many bytes a shard has at least when the next one is begun."""
_HALF = f"{beginning(Path(ERRORS))}*{ENDING}"
"""What the names of a log of errors look like that was not written to its end."""
_OURS = (MANIFEST, f"{MANIFEST}-journal", ERRORS, LOCK_FILE)


class Shards:
    """A folder of shards that is open to be added to; use it in a ``with`` statement.

    Args:
        folder: The folder, which is made where it is not there.
        largest: How many bytes a shard has at least when the next one is begun.

    Attributes:
        folder: The folder.
        manifest: What the shards hold.
        losses: What was gone from them when they were opened, each as a line to show.

    Raises:
        GraphError: There is something else at that place, another program writes there, or there are shards and their
            manifest is lost.
    """

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        self.folder, self._largest = folder, largest
        self._stream: IO[bytes] | None = None
        with self._told():
            if folder.exists() and not folder.is_dir():
                raise GraphError(
                    str(folder), "a file is there, and shards are a folder", "choose another name"
                )
            if folder.is_dir() and (others := _strangers(folder)):
                raise GraphError(
                    str(folder),
                    f"a folder with other files, such as {others[0]}",
                    "name a new one",
                )
            folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            opened.callback(StoreLock(folder, writing=True).release)
            if not self._has_manifest():
                expect_manifest(str(folder), self._sizes())
            self.manifest = opened.enter_context(Manifest(folder / MANIFEST, lost=LOST))
            self._number, self._end = self._mended()
            self._open = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with self._open, self._told():
                if self._stream is not None:
                    self._stream.close()  # it tries to write once more what could not be written
        except GraphError:
            if error is None:  # else what ends the run is said; it may be the same
                raise

    @property
    def place(self) -> str:
        """The folder, as other machines find it."""
        return str(self.folder.absolute())

    def where(self, name: str) -> str:
        """Where a user finds a file of the folder."""
        return str(self.folder / name)

    def add(self, frame: bytes) -> Piece:
        """Append a frame; it stays there once :meth:`sync` was called and the manifest has it.

        Raises:
            GraphError: The disk fails.
        """
        with self._told():
            if self._end >= self._largest:
                self._begin_another()
            if self._stream is None:
                self._stream = self._path(self._number).open("ab")
            self._stream.write(frame)
        start, self._end = self._end, self._end + len(frame)
        return Piece(self._number, start, self._end)

    def read(self, piece: Piece) -> bytes:
        """A frame that was added.

        Raises:
            GraphError: The disk fails, or the frame is not all there.
        """
        path = self._path(piece.shard)
        with self._told():
            if self._stream is not None:
                self._stream.flush()
            with path.open("rb") as stream:
                stream.seek(piece.start)
                frame = stream.read(piece.stop - piece.start)
        return expect_whole(str(path), piece, frame)

    def sync(self) -> None:
        """See that all that was added is on the disk.

        Raises:
            GraphError: The disk fails.
        """
        with self._told():
            if self._stream is not None:
                self._stream.flush()
                os.fsync(self._stream.fileno())

    def tidy(self) -> None:
        """Write shards anew that hold frames of what was mapped anew since.

        Raises:
            GraphError: The disk fails.
        """
        for number in stale(self.manifest, self._sizes()):
            if number == self._number:
                self._begin_another()
            moved = copied(self, number)
            self.sync()
            self.manifest.move(moved)
            self._remove(number)

    def _sizes(self) -> dict[int, int]:
        """The sizes of the shards, by number."""
        with self._told():
            if self._stream is not None:
                self._stream.flush()
            numbers = {number_in(each.name): each for each in self.folder.iterdir()}
            return {number: path.stat().st_size for number, path in numbers.items() if number is not None}

    def _has_manifest(self) -> bool:
        """Whether there is a manifest that was begun: an empty file has lost what it held."""
        path = self.folder / MANIFEST
        with self._told():
            return path.exists() and path.stat().st_size > 0

    def _mended(self) -> tuple[int, int]:
        """Bring shards and manifest to what both agree on; the number of the last shard, and where it ends."""
        with self._told():
            for half in self.folder.glob(TEMPORARY):
                half.unlink()
            clear_leftovers(self.folder / ERRORS)
        sizes = self._sizes()
        ends, self.losses = agreed(self.manifest, sizes, self.where, self._remove)
        with self._told():
            for number, end in ends.items():
                if sizes[number] > end:
                    os.truncate(self._path(number), end)
        last = max((number for number in ends if number < FIRST_OF_CONTENT), default=0)
        return last, ends.get(last, 0)

    def _begin_another(self) -> None:
        self.sync()
        with self._told():
            if self._stream is not None:
                self._stream.close()
        self._stream, self._number, self._end = None, self._number + 1, 0

    def _remove(self, number: int) -> None:
        with self._told():
            self._path(number).unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self.folder / part_name(number)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the system says, as an error to show."""
        try:
            yield
        except OSError as error:
            if error.errno in NO_ROOM:
                raise full_disk(str(self.folder), then="map again: nothing that was done is lost") from error
            reason = error.strerror or str(error)
            raise GraphError(
                str(self.folder),
                f"cannot be written to ({reason})",
                "check the permissions, and map again: nothing that was done is lost",
            ) from error


def _strangers(folder: Path) -> list[str]:
    """The names of files that have nothing to do with shards."""
    return sorted(
        each.name
        for each in folder.iterdir()
        if each.name not in _OURS
        and number_in(each.name) is None
        and not any(map(each.match, (TEMPORARY, _HALF)))
    )
