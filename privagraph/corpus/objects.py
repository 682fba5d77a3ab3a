"""Shards at an address that fsspec can write to, such as ``s3://bucket/graphs``.

Keys, regions and the like are found by the packages behind fsspec, which raise what they like where they find none:
each has errors of its own, with nothing in common. So here is the one place where whatever they raise becomes an error
to show. fsspec: https://filesystem-spec.readthedocs.io.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from privagraph.corpus.places import unfinished_name
from privagraph.errors import GraphError, InputError, MissingDependencyError
from privagraph.ontology.shown import first_line

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Objects"]

_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "r2", "memory"})
"""Kinds of addresses at which what is written appears whole, or not at all; they need no folders either."""


class Objects:
    """An address that fsspec knows how to write to; a :class:`~privagraph.corpus.places.Place`.

    Args:
        address: The address.

    Raises:
        InputError: No such kind of address is known.
        MissingDependencyError: It needs a package that is not installed.
        GraphError: It cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._files, self._root = _filesystem(self._address)
        self._whole = self._address.partition(":")[0] in _WHOLE

    def put(self, name: str, content: bytes) -> None:
        """Make a file, whole or not at all."""
        target = self._path(name)
        with _told(self._address):
            if self._whole:
                self._files.pipe_file(target, content)
                return
            self._files.makedirs(self._root, exist_ok=True)
            written = self._path(unfinished_name())
            self._files.pipe_file(written, content)
            self._files.mv(written, target)

    def read(self, name: str) -> bytes | None:
        """What a file holds; None where there is none."""
        with _told(self._address):
            try:
                return bytes(self._files.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def size(self, name: str) -> int | None:
        """How many bytes a file has; None where there is none."""
        with _told(self._address):
            self._files.invalidate_cache()
            try:
                return int(self._files.info(self._path(name))["size"])
            except FileNotFoundError:
                return None

    def sizes(self) -> dict[str, int]:
        """The names of all files, with their sizes in bytes."""
        with _told(self._address):
            self._files.invalidate_cache()
            try:
                found = self._files.ls(self._root, detail=True)
            except FileNotFoundError:
                return {}
            return {each["name"].rpartition("/")[2]: int(each["size"] or 0) for each in found}

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
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
        from fsspec.registry import get_filesystem_class
    except ImportError as error:
        raise MissingDependencyError(
            "fsspec", f"writing to {address}", "install it with: pip install 'privagraph[cluster]'"
        ) from error
    kind = address.partition(":")[0]
    try:
        get_filesystem_class(kind)
    except ImportError as error:
        raise MissingDependencyError(
            f"a package for {kind}://", f"writing to {address}", str(error).rstrip(".").lower()
        ) from error
    except ValueError as error:
        raise InputError(
            address, f"no kind of address is {kind}://", "name a folder, or one that fsspec knows"
        ) from error
    with _told(address):
        files, root = url_to_fs(address)
    return files, root.rstrip("/")


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Whatever a filesystem of fsspec raises, as an error to show."""
    try:
        yield
    except Exception as error:
        said = first_line(error)
        if isinstance(error, OSError):
            said = error.strerror or said
        elif said != type(error).__name__:  # without which it may be no more than the name of a setting
            said = f"{type(error).__name__}: {said}"
        raise GraphError(
            address,
            f"cannot be used from {socket.gethostname()} ({said})",
            "check that it is there, its permissions and the keys that this machine has for it, and map again: "
            "nothing that was done is lost",
        ) from error
