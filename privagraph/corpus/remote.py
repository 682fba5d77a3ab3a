"""Shards at an address such as ``s3://bucket/graphs``, with a manifest that is kept here and put there.

There, a file can only be put whole. So the manifest is fetched at the start, written to on this machine, and put back
now and then and at the end. Whoever is stopped in between loses no more than the work since; what lies there and is
not in the manifest is removed at the next start. Nothing locks an address: let one run at a time write to it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from privagraph.corpus.manifest import Manifest, Piece
from privagraph.corpus.places import FIRST_OF_CONTENT, Place, part_name, place_at
from privagraph.corpus.shards import PATTERN
from privagraph.errors import GraphError
from privagraph.queries.folders import ERRORS, MANIFEST

__all__ = ["RemoteShards"]

_LARGEST = 64_000_000
"""How many bytes are gathered for one shard at most, since they are put whole."""
_SHARE = 20
"""The manifest is put no more often than takes this part of the time."""


class RemoteShards:
    """Shards at an address; use it in a ``with`` statement, as :class:`~privagraph.corpus.shards.Shards`.

    Args:
        address: The address.

    Attributes:
        folder: The folder on this machine with the manifest and the log of errors.
        manifest: What the shards hold.

    Raises:
        GraphError: It cannot be read.
        InputError: No such kind of address is known.
        MissingDependencyError: It needs a package that is not installed.
    """

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._place: Place = place_at(address)
        self.folder = Path(tempfile.mkdtemp(prefix="privagraph-"))
        try:
            for name in (MANIFEST, ERRORS):
                if (kept := self._place.read(name)) is not None:
                    (self.folder / name).write_bytes(kept)
            self.manifest = Manifest(self.folder / MANIFEST)
            self._number = self._mended()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._gathered = bytearray()
        self._cached: tuple[int, bytes] = (-1, b"")
        self._due = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._publish()
        except GraphError:
            if error is None:  # else what ends the run is said; it may be the same
                raise
        finally:
            self.manifest.__exit__(kind, error, trace)
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def place(self) -> str:
        """The address."""
        return self._address

    def where(self, name: str) -> str:
        """Where a user finds a file of the folder, once it was put there."""
        return f"{self._address}/{name}"

    def add(self, frame: bytes) -> Piece:
        """Append a frame; it is there once :meth:`sync` was called."""
        if len(self._gathered) >= _LARGEST:
            self._put()
        start = len(self._gathered)
        self._gathered += frame
        return Piece(self._number, start, len(self._gathered))

    def read(self, piece: Piece) -> bytes:
        """A frame.

        Raises:
            GraphError: It cannot be read.
        """
        if piece.shard == self._number:
            return bytes(self._gathered[piece.start : piece.stop])
        if self._cached[0] != piece.shard:
            self._cached = (piece.shard, self._place.read(part_name(piece.shard)) or b"")
        return self._cached[1][piece.start : piece.stop]

    def sync(self) -> None:
        """See that all that was added is there, and now and then the manifest too.

        Raises:
            GraphError: It cannot be written.
        """
        self._put()
        if time.monotonic() >= self._due:
            self._publish()

    def tidy(self) -> None:
        """Write shards anew that hold frames of what was mapped anew since.

        Raises:
            GraphError: They cannot be written.
        """
        for name, size in self._place.sizes().items():
            number = _number(name)
            if number is None:
                continue
            pieces = list(self.manifest.pieces(number))
            if size <= sum(piece.stop - piece.start for _, piece in pieces):
                continue
            moved = [(key, self.add(self.read(piece))) for key, piece in pieces]
            self._put()
            self.manifest.move(moved)
            self._publish()
            self._place.remove(name)

    def _put(self) -> None:
        if self._gathered:
            self._place.put(part_name(self._number), bytes(self._gathered))
            self._number, self._gathered = self._number + 1, bytearray()

    def _publish(self) -> None:
        """Put the manifest and the log of errors there."""
        since = time.monotonic()
        self._put()
        self._place.put(MANIFEST, (self.folder / MANIFEST).read_bytes())
        errors = self.folder / ERRORS
        if errors.exists():
            self._place.put(ERRORS, errors.read_bytes())
        else:
            self._place.remove(ERRORS)
        now = time.monotonic()
        self._due = now + _SHARE * (now - since)

    def _mended(self) -> int:
        """Bring shards and manifest to what both agree on; the number of the next shard."""
        ends: dict[int, int] = {}
        for _, piece in self.manifest.pieces():
            ends[piece.shard] = max(piece.stop, ends.get(piece.shard, 0))
        sizes = {
            number: size
            for name, size in self._place.sizes().items()
            if (number := _number(name)) is not None
        }
        for number in sizes.keys() - ends.keys():
            self._place.remove(part_name(number))
        for number in [number for number, end in ends.items() if sizes.get(number, 0) < end]:
            self.manifest.forget(number)
            self._place.remove(part_name(number))
        return max((number for number in ends if number < FIRST_OF_CONTENT), default=-1) + 1


def _number(name: str) -> int | None:
    """The number of a shard; None for other files."""
    return int(name.removeprefix("part-").partition(".")[0]) if Path(name).match(PATTERN) else None
