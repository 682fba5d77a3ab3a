"""The store that is served, and what becomes of it while the server runs.

What is uploaded never gets into the user's own graph. The first upload makes a copy of the store in a private folder,
which takes next to no room (:mod:`privagraph.queries.copies`); each further one makes a copy of the copy, so that
whoever reads the one before goes on reading it. All of that goes when the session is closed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self

from privagraph.queries.copies import copy_store
from privagraph.queries.store import GraphStore, is_store

__all__ = ["Session"]

_KEPT = 3
"""How many copies are kept: what takes its time may still read the ones before the last."""
_EMPTY = "No graph"


class Session:
    """A store to serve, and a private folder for its copies; close it, or use it in a ``with`` statement.

    Make one with :meth:`for_graph`. A serve command does::

        with Session.for_graph(location) as session:
            uvicorn.run(create_app(session), ...)

    Args:
        folder: The store's folder.
        name: What to call the graph.

    Attributes:
        folder: The folder of the store to serve now.
        name: What the graph is called in the pages.
        original: The folder or file that the user named; None where the session began with an empty graph.
    """

    __slots__ = ("_copies", "_made", "_private", "folder", "name", "original")

    def __init__(self, folder: str | os.PathLike[str], *, name: str = "") -> None:
        self.folder = os.fspath(folder)
        self.original: str | None = self.folder
        self.name = name or Path(self.folder).name
        self._private: Path | None = None
        self._copies: deque[Path] = deque()
        self._made = 0

    @classmethod
    def for_graph(cls, location: str | os.PathLike[str] | None) -> Self:
        """The session for what a user wants served.

        Args:
            location: A store's folder, which is served as it is; a file with a graph, which is loaded into a store of
                the session; None for a graph that holds the vocabulary alone, to upload policies to.

        Raises:
            GraphError: There is no graph, it is damaged, or it is being written.
        """
        if location is not None and not Path(location).is_file():
            GraphStore.open(location).close()  # what is wrong with it is said before anything else starts
            return cls(location)
        made = cls("", name=_EMPTY)
        try:
            made.folder = str(made.private / "graph")
            with GraphStore.open(made.folder, writable=True) as store:
                if location is not None:
                    store.load(location)
        except BaseException:
            made.close()
            raise
        made.original = None if location is None else os.fspath(location)
        made.name = _EMPTY if location is None else Path(location).name
        return made

    @property
    def private(self) -> Path:
        """The private folder; it is made when it is first needed, and only this user may look into it."""
        if self._private is None:
            self._private = Path(tempfile.mkdtemp(prefix="privagraph-"))
        return self._private

    @property
    def has_changed(self) -> bool:
        """Whether something was uploaded, so that what is served is not what the user named."""
        return bool(self._copies)

    @property
    def original_is_store(self) -> bool:
        """Whether what the user named is a store, which policies can be mapped into."""
        return self.original is not None and is_store(Path(self.original))

    def new_copy(self) -> Path:
        """A copy of the store that is served, to write to; hand it to :meth:`take` or :meth:`discard`.

        Raises:
            GraphError: The store cannot be copied.
        """
        self._made += 1
        target = self.private / f"copy-{self._made}"
        copy_store(self.folder, target)
        return target

    def take(self, copy: Path) -> None:
        """Serve a copy from now on; copies from long before are removed.

        Args:
            copy: What :meth:`new_copy` made.
        """
        self.folder = str(copy)
        self._copies.append(copy)
        while len(self._copies) > _KEPT:
            self.discard(self._copies.popleft())

    def discard(self, copy: Path) -> None:
        """Remove a copy that is not served."""
        shutil.rmtree(copy, ignore_errors=True)

    def close(self) -> None:
        """Remove the private folder with all that was uploaded."""
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)
            self._private = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
