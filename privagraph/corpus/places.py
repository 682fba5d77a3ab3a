"""Where shards lie, for the machines of a cluster: a folder that all of them see, or an address such as ``s3://``.

A shard is there whole or not at all: in a folder it is written under another name first, and a store of objects takes
it in one piece. Addresses are those of fsspec, https://filesystem-spec.readthedocs.io.
"""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from privagraph.errors import GraphError, InputError, MissingDependencyError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["FIRST_OF_CONTENT", "TEMPORARY", "Place", "is_address", "number_of", "part_name", "place_at"]

TEMPORARY = ".part-*"
"""What the names of shards look like that are being written."""
FIRST_OF_CONTENT = 10**17
"""The first of the numbers that shards have by their content; those that are counted are below."""
_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "r2", "memory"})
"""Kinds of addresses at which what is written appears whole, or not at all."""


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
    """
    return _Objects(place) if is_address(place) else _Folder(Path(place.removeprefix("file://")))


def number_of(content: bytes) -> int:
    """The number of a shard by its content: who writes the same twice, anywhere, writes one file."""
    digest = int.from_bytes(hashlib.sha256(content).digest()[:8])
    return FIRST_OF_CONTENT + digest % (9 * FIRST_OF_CONTENT)


def part_name(number: int) -> str:
    """The file of a shard."""
    return f"part-{number:05}.nq.zst"


class _Folder:
    """A folder; every machine has to see it under the same path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes) -> None:
        who = f"{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}"
        written = self._folder / f".part-{who}"
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


class _Objects:
    """An address that fsspec knows how to write to."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._files, self._root = _filesystem(self._address)
        self._whole = self._address.partition(":")[0] in _WHOLE

    def put(self, name: str, content: bytes) -> None:
        target = self._path(name)
        with _told(self._address):
            self._files.makedirs(self._root, exist_ok=True)
            if self._whole:
                self._files.pipe_file(target, content)
                return
            written = self._path(f".part-{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}")
            self._files.pipe_file(written, content)
            self._files.mv(written, target)

    def read(self, name: str) -> bytes | None:
        with _told(self._address):
            try:
                return bytes(self._files.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def size(self, name: str) -> int | None:
        with _told(self._address):
            self._files.invalidate_cache()
            try:
                return int(self._files.info(self._path(name))["size"])
            except FileNotFoundError:
                return None

    def sizes(self) -> dict[str, int]:
        with _told(self._address):
            self._files.invalidate_cache()
            try:
                found = self._files.ls(self._root, detail=True)
            except FileNotFoundError:
                return {}
            return {each["name"].rpartition("/")[2]: int(each["size"] or 0) for each in found}

    def remove(self, name: str) -> None:
        with _told(self._address):
            try:
                self._files.rm_file(self._path(name))
            except FileNotFoundError:
                return

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def _filesystem(address: str) -> tuple[AbstractFileSystem, str]:
    """What reads and writes at an address, and the path that the address is there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingDependencyError(
            "fsspec", f"writing to {address}", "install it with: pip install 'privagraph[cluster]'"
        ) from error
    kind = address.partition(":")[0]
    try:
        files, root = url_to_fs(address)
    except ImportError as error:
        raise MissingDependencyError(
            f"a package for {kind}://", f"writing to {address}", str(error).rstrip(".").lower()
        ) from error
    except ValueError as error:
        raise InputError(
            address, f"no kind of address is {kind}://", "name a folder, or one that fsspec knows"
        ) from error
    return files, root.rstrip("/")


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
