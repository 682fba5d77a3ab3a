"""Shards at an address such as ``s3://bucket/graphs``, with a manifest that is kept here and put there.

There, a file can only be put whole. So the manifest is fetched at the start, or put there before the first shard,
written to on this machine, and put back now and then and at the end. Whoever is stopped in between loses no more than
the work since; what lies there and is not in the manifest is removed at the next start. Nothing locks an address: let
one run at a time write to it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack
from fnmatch import fnmatchcase
from pathlib import Path
from types import TracebackType
from typing import Self

from privagraph.corpus.agreement import LOST, agreed, copied, expect_manifest, expect_whole, stale
from privagraph.corpus.manifest import Manifest, Piece
from privagraph.corpus.places import FIRST_OF_CONTENT, TEMPORARY, Place, number_in, part_name, place_at
from privagraph.errors import GraphError
from privagraph.queries.folders import ERRORS, MANIFEST, told

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
        losses: What was gone from them when they were opened, each as a line to show.

    Raises:
        GraphError: It cannot be used, or there are shards and their manifest is lost.
        InputError: No such kind of address is known.
        MissingDependencyError: It needs a package that is not installed.
    """

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._place: Place = place_at(address)
        self._gathered = bytearray()
        self._cached: tuple[int, bytes] = (-1, b"")
        with ExitStack() as opened:
            with told(tempfile.gettempdir()):
                self.folder = Path(tempfile.mkdtemp(prefix="privagraph-"))
            opened.callback(shutil.rmtree, self.folder, ignore_errors=True)
            fetched = self._fetched()
            if not fetched:
                expect_manifest(self._address, self._sizes())
            self.manifest = opened.enter_context(
                Manifest(self.folder / MANIFEST, original=self.where(MANIFEST), lost=LOST)
            )
            self._number = self._mended()
            if not fetched:
                self._publish()  # so that whoever finds shards and no manifest knows that it was lost
            self._open = opened.pop_all()
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
            with self._open:
                self._publish()
        except GraphError:
            if error is None:  # else what ends the run is said; it may be the same
                raise

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
            GraphError: It cannot be read, or is not all there.
        """
        if piece.shard == self._number:
            return bytes(self._gathered[piece.start : piece.stop])
        name = part_name(piece.shard)
        if self._cached[0] != piece.shard:
            self._cached = (piece.shard, self._place.read(name) or b"")
        try:
            return expect_whole(self.where(name), piece, self._cached[1][piece.start : piece.stop])
        except GraphError:
            self._cached = (-1, b"")  # it may be whole when it is read again
            raise

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
        for number in stale(self.manifest, self._sizes()):
            moved = copied(self, number)
            self._put()
            self.manifest.move(moved)
            self._publish()
            self._remove(number)

    def _put(self) -> None:
        if self._gathered:
            self._place.put(part_name(self._number), bytes(self._gathered))
            self._number, self._gathered = self._number + 1, bytearray()

    def _publish(self) -> None:
        """Put the manifest and the log of errors there."""
        since = time.monotonic()
        self._put()
        errors = self.folder / ERRORS
        with told(str(self.folder)):
            known = (self.folder / MANIFEST).read_bytes()
            troubles = errors.read_bytes() if errors.exists() else None
        self._place.put(MANIFEST, known)
        if troubles is not None:
            self._place.put(ERRORS, troubles)
        else:
            self._place.remove(ERRORS)
        now = time.monotonic()
        self._due = now + _SHARE * (now - since)

    def _fetched(self) -> bool:
        """Bring here what lies there of a run before; whether it has left a manifest."""
        for name in (MANIFEST, ERRORS):
            if kept := self._place.read(name):
                with told(str(self.folder)):
                    (self.folder / name).write_bytes(kept)
        return (self.folder / MANIFEST).exists()

    def _mended(self) -> int:
        """Bring shards and manifest to what both agree on; the number of the next shard."""
        for name in sorted(self._place.sizes()):
            if fnmatchcase(name, TEMPORARY):  # whoever wrote it did not come to its end
                self._place.remove(name)
        ends, self.losses = agreed(self.manifest, self._sizes(), self.where, self._remove)
        return max((number for number in ends if number < FIRST_OF_CONTENT), default=-1) + 1

    def _sizes(self) -> dict[int, int]:
        """The sizes of the shards, by number."""
        named = {number_in(name): size for name, size in self._place.sizes().items()}
        return {number: size for number, size in named.items() if number is not None}

    def _remove(self, number: int) -> None:
        self._place.remove(part_name(number))
