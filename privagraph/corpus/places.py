"""Where shards lie, for the machines of a cluster: a folder that all of them see, or an address such as ``s3://``.

A shard is there whole or not at all: in a folder it is written under another name first, and a store of objects takes
it in one piece.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from privagraph.errors import GraphError

__all__ = [
    "FIRST_OF_CONTENT",
    "TEMPORARY",
    "Place",
    "is_address",
    "number_in",
    "number_of",
    "part_name",
    "place_at",
    "unfinished_name",
]

TEMPORARY = ".part-*"
"""What the names of shards look like that are being written."""
FIRST_OF_CONTENT = 10**17
"""The first of the numbers that shards have by their content; those that are counted are below."""
_PART = re.compile(r"part-([0-9]{5,})\.nq\.zst")


class Place(Protocol):
    """A place for shards."""

    def put(self, name: str, content: bytes) -> None:
        """Make a file, whole or not at all.

        Raises:
            GraphError: It cannot be written.
        """

    def read(self, name: str) -> bytes | None:
        """What a file holds; None where there is none.

        Raises:
            GraphError: It cannot be read.
        """

    def size(self, name: str) -> int | None:
        """How many bytes a file has; None where there is none.

        Raises:
            GraphError: The place cannot be read.
        """

    def sizes(self) -> dict[str, int]:
        """The names of all files, with their sizes in bytes.

        Raises:
            GraphError: The place cannot be read.
        """

    def remove(self, name: str) -> None:
        """Remove a file, if it is there.

        Raises:
            GraphError: It cannot be removed.
        """


def is_address(place: str) -> bool:
    """Whether a place is an address, and no folder."""
    return "://" in place and not place.startswith("file://")


def place_at(place: str) -> Place:
    """The place that a user named.

    Args:
        place: A folder, or an address.

    Raises:
        InputError: No such kind of address is known.
        MissingDependencyError: It needs a package that is not installed.
        GraphError: What is at the address cannot be used.
    """
    if is_address(place):
        from privagraph.corpus.objects import Objects

        return Objects(place)
    return _Folder(Path(place.removeprefix("file://")))


def number_of(content: bytes) -> int:
    """The number of a shard by its content: who writes the same twice, anywhere, writes one file."""
    digest = int.from_bytes(hashlib.sha256(content).digest()[:8])
    return FIRST_OF_CONTENT + digest % (9 * FIRST_OF_CONTENT)


def part_name(number: int) -> str:
    """The file of a shard."""
    return f"part-{number:05}.nq.zst"


def number_in(name: str) -> int | None:
    """The number of the shard that a file of that name is; None where it is none of ours."""
    found = _PART.fullmatch(name)
    return int(found[1]) if found is not None and part_name(int(found[1])) == name else None


def unfinished_name() -> str:
    """What this thread of this process calls a shard while it writes it; no other one does, on any machine."""
    return f".part-{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}"


class _Folder:
    """A folder; every machine has to see it under the same path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes) -> None:
        written = self._folder / unfinished_name()
        with _told(str(self._folder)):
            try:
                with written.open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                written.replace(self._folder / name)
            except BaseException:
                written.unlink(missing_ok=True)
                raise

    def read(self, name: str) -> bytes | None:
        with _told(str(self._folder)):
            try:
                return (self._folder / name).read_bytes()
            except FileNotFoundError:
                return None

    def size(self, name: str) -> int | None:
        with _told(str(self._folder)):
            try:
                return (self._folder / name).stat().st_size
            except FileNotFoundError:
                return None

    def sizes(self) -> dict[str, int]:
        with _told(str(self._folder)):
            return {each.name: each.stat().st_size for each in sorted(self._folder.iterdir())}

    def remove(self, name: str) -> None:
        with _told(str(self._folder)):
            (self._folder / name).unlink(missing_ok=True)


@contextmanager
def _told(place: str) -> Iterator[None]:
    """What a system says, as an error to show."""
    try:
        yield
    except OSError as error:
        raise GraphError(
            place,
            f"cannot be used from {socket.gethostname()} ({error.strerror or error})",
            "check that it is there, its permissions and its room, and map again: nothing that was done is lost",
        ) from error
