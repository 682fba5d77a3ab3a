"""Where a mapping run puts its policies: into a store, policy by policy, or into a file, whole or not at all.

A run that is interrupted leaves in a store what was done, and nothing of a file. A file's policies are
gathered in memory, and in a store beside the file once they are many, so that memory does not grow with their
number.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Self

from pyoxigraph import Quad

from privagraph.errors import GraphError
from privagraph.queries.endpoints.addresses import address_of, is_address, looks_like_address
from privagraph.queries.folders import holds_other_files
from privagraph.queries.formats import EXTENSIONS, FileFormat, write_quads
from privagraph.queries.leftovers import ENDING, beginning, clear_leftovers
from privagraph.queries.store import GraphStore, is_store
from privagraph.queries.succession import Succession
from privagraph.queries.summaries import PolicySummary, policy_summaries

__all__ = ["OUTPUT_FORMATS", "GraphInMemory", "GraphOutput"]

STORE = "store"
OUTPUT_FORMATS = (STORE, *(extension[1:] for extension, each in EXTENSIONS.items() if each.written))
"""The names of what can be written: a store, or a kind of file."""

_DECISION = b"ReviewDecision"
"""What every file with decisions holds, in any format: the name of their class."""

_IN_MEMORY = 500_000
"""Quads that are gathered in memory before a store on disk takes over; some dozens of long policies, or 200 MB."""


class GraphOutput:
    """Takes policies one at a time; use it in a ``with`` statement and call :meth:`complete` at its end.

    Args:
        place: A folder for a store, or a file whose name ends like one of the formats. A name that ends in
            ``/`` is a folder, whatever else it looks like.
        kind: One of :data:`OUTPUT_FORMATS`, where the name does not tell it.
        reviews: Another graph whose decisions of reviewers count too, or None.
        versions: Whether all that is written are versions of one policy, oldest first.
        revision_of: The policy in the place, by IRI, title or file name, that what is written takes the place of.

    Attributes:
        place: The folder or file.

    Raises:
        GraphError: A store cannot be there, or no such file can be written, or it should hold the policy that is to be
            replaced. That another program uses the store, or that a graph with decisions cannot be read, is found at
            the beginning of the ``with`` statement; all of it before anything is mapped.
    """

    __slots__ = (
        "_decided",
        "_format",
        "_gathered",
        "_named",
        "_older",
        "_open",
        "_reviews",
        "_scratch",
        "_store",
        "_succession",
        "place",
    )

    def __init__(
        self,
        place: str | os.PathLike[str],
        *,
        kind: str | None = None,
        reviews: str | os.PathLike[str] | None = None,
        versions: bool = False,
        revision_of: str | None = None,
    ) -> None:
        name = os.fspath(place)
        if is_address(name):
            raise GraphError(
                address_of(name).shown,
                "policies are not mapped onto a server",
                "map into a folder, and put that on the server with `privagraph load`",
            )
        if looks_like_address(name) and not Path(name).exists():
            raise GraphError(
                name,
                "looks like an address, and policies are mapped into a folder or file",
                "name one, and put it on a server with `privagraph load`",
            )
        self.place = Path(name)
        self._succession = Succession(versions=versions, revision_of=revision_of)
        self._format = _file_format(name, kind)
        if revision_of is not None and self._format is not None:
            raise GraphError(
                name, "a file is written anew, so it has no older version", "write to a store, a folder"
            )
        other = reviews is not None and Path(reviews).resolve() != self.place.resolve()
        self._named = reviews if other else None
        self._open = ExitStack()
        self._store: GraphStore | None = None
        self._older: GraphStore | None = None
        self._reviews: GraphStore | None = None
        self._scratch: Path | None = None
        self._gathered = 0
        self._check()
        if revision_of is not None and self._format is None and not is_store(self.place):
            raise GraphError(
                name, f"holds no policy {revision_of!r}, nor any", "map the older version into it first"
            )
        self._decided: tuple[GraphStore, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it is a file, not a store."""
        return self._format is not None

    @property
    def revisions(self) -> tuple[tuple[str, str], ...]:
        """The policies that turned out to be newer versions, each with the one before it, by IRI."""
        return tuple(sorted(self._succession.revisions.items()))

    def write(self, policy: str, source: str, nquads: bytes) -> bool:
        """Add the graph of a policy.

        Args:
            policy: The policy's IRI.
            source: The name of the file or address that it was read from.
            nquads: All quads of its graph, as :meth:`GraphStore.add_policy` takes them.

        Returns:
            Whether that changed anything.

        Raises:
            GraphError: The place cannot be written to, or another program uses the store.
        """
        self.begin()
        assert self._store is not None  # it is there from its beginning on
        if self.is_file and self._gathered > _IN_MEMORY and self._scratch is None:
            self._move_to_disk()
        self._gathered += nquads.count(b"\n")
        return self._succession.write(self._store, policy, source, nquads, by_name=self._format is None)

    def reviewed(self, policy: str | None, source: str) -> Iterator[tuple[str, list[Quad]]]:
        """The graphs with decisions of reviewers that concern a policy which is about to be written.

        Args:
            policy: The policy's IRI; None where it is not known yet.
            source: The name of its file.

        Yields:
            IRI and quads of graphs that are in the place now, or in the one that was named for reviews.
        """
        for holder in self._decided:
            yield from holder.reviewed(policy, source)

    def has_decisions(self) -> bool:
        """Whether there are any such graphs."""
        return bool(self._decided)

    def was_mapped(self, policy: str, source: str, mapping: str) -> bool:
        """Whether the graph of a policy is in the place now, see :meth:`GraphStore.was_mapped`."""
        return self._store is not None and self._store.was_mapped(policy, source, mapping)

    @property
    def folder(self) -> Path | None:
        """The folder of the store, or None where the place is a file."""
        return None if self.is_file else self.place

    @property
    def is_begun(self) -> bool:
        """Whether there is anything in the place, or on its way there."""
        return self._store is not None

    def begin(self) -> None:
        """Make the place, where nothing was written yet.

        Raises:
            GraphError: It cannot be made.
        """
        if self._store is None:
            self._store = (
                GraphStore.open(self.place, writable=True)
                if self._format is None
                else GraphStore.in_memory(vocabulary=False)
            )

    def commit(self) -> None:
        """See that what was written stays, however the run ends; a file is written at the end only.

        Raises:
            GraphError: The disk fails.
        """
        if self._store is not None:
            self._store.commit()

    def complete(self) -> None:
        """Write the file; nothing is written where no policy was added.

        Raises:
            GraphError: The file cannot be written; or the one in its place holds decisions of reviewers that would be
                lost, since neither their policy nor another version of it was mapped.
        """
        if self._format is not None and self._store is not None:
            self._keep_decisions()
            write_quads(self._store.unsorted_quads(), self.place, known=self._format)

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            opened.callback(self._close)
            if self._named is not None:
                self._reviews = opened.enter_context(closing(GraphStore.open(self._named)))
            if self.is_file and _may_hold_decisions(self.place):
                self._older = opened.enter_context(closing(GraphStore.open(self.place)))
            if self.is_file:
                clear_leftovers(self.place)
            elif is_store(self.place):
                self._store = GraphStore.open(self.place, writable=True)
            there = self._older if self.is_file else self._store
            holders = [each for each in (there, self._reviews) if each is not None]
            self._decided = tuple(each for each in holders if each.has_decisions())
            self._open = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()  # all of them, even where one cannot be closed

    def _close(self) -> None:
        """Close the store that is written to, which may be another one than at first, and remove what was for now."""
        store, self._decided = self._store, ()
        self._store = self._older = self._reviews = None
        try:
            if store is not None:
                store.close()
        finally:
            if self._scratch is not None:
                shutil.rmtree(self._scratch, ignore_errors=True)

    def _check(self) -> None:
        """Find out early what would fail late."""
        name, place = str(self.place), self.place
        if self._format is None:
            if place.exists() and not place.is_dir():
                raise GraphError(name, "a file is there, and a store is a folder", "choose another name")
            if place.is_dir() and not is_store(place) and holds_other_files(place):
                raise GraphError(
                    name, "a folder with other files, not a graph", "name a new folder, or one of a graph"
                )
            return
        if place.is_dir():
            raise GraphError(name, "a folder is there", "choose another name for the file")
        if not place.parent.is_dir():
            raise GraphError(name, f"there is no folder {place.parent}", "make the folder first")

    def _keep_decisions(self) -> None:
        """Refuse to replace a file with decisions on policies that are not in the new one."""
        if self._older is None or self._store is None:
            return
        new = policy_summaries(self._store)
        lost = [
            old.sources[0]
            for old in policy_summaries(self._older)
            if old.sources
            and any(iri == old.iri for iri, _ in self._older.reviewed(old.iri, old.sources[0]))
            and not any(_is_version(each, old) for each in new)
        ]
        if lost:
            raise GraphError(
                str(self.place),
                f"holds decisions of reviewers on what was not mapped now: {', '.join(lost)}",
                "map that too, or write to another file",
            )

    def _move_to_disk(self) -> None:
        """Let a store on disk take over from the one in memory."""
        assert self._store is not None  # it is the one that has grown
        name = tempfile.mkdtemp(prefix=beginning(self.place), suffix=ENDING, dir=self.place.parent)
        self._scratch = Path(name)
        grown, self._store = self._store, GraphStore.open(self._scratch, writable=True)
        for policy in grown.policies():
            self._store.write_policy(policy, grown.quads(policy))
        grown.close()


class GraphInMemory:
    """Takes policies one at a time into a graph in memory.

    Args:
        store: The graph.
        reviews: Another graph whose decisions of reviewers count, or None.
        versions: Whether all that is written are versions of one policy, oldest first.
        revision_of: The policy in the graph that what is written takes the place of.
    """

    __slots__ = ("_reviews", "_store", "_succession")

    def __init__(
        self,
        store: GraphStore,
        *,
        reviews: GraphStore | None = None,
        versions: bool = False,
        revision_of: str | None = None,
    ) -> None:
        self._store, self._reviews = store, reviews
        self._succession = Succession(versions=versions, revision_of=revision_of)

    @property
    def revisions(self) -> tuple[tuple[str, str], ...]:
        """As those of :class:`GraphOutput`."""
        return tuple(sorted(self._succession.revisions.items()))

    @property
    def folder(self) -> None:
        """There is none."""

    def write(self, policy: str, source: str, nquads: bytes) -> bool:
        """Add the graph of a policy; says whether that changed anything."""
        return self._succession.write(self._store, policy, source, nquads, by_name=False)

    def reviewed(self, policy: str | None, source: str) -> Iterator[tuple[str, list[Quad]]]:
        """As those of :class:`GraphOutput`."""
        if self._reviews is not None:
            yield from self._reviews.reviewed(policy, source)

    def has_decisions(self) -> bool:
        """As that of :class:`GraphOutput`."""
        return self._reviews is not None and self._reviews.has_decisions()

    def was_mapped(self, policy: str, source: str, mapping: str) -> bool:
        """As that of :class:`GraphOutput`."""
        return self._store.was_mapped(policy, source, mapping)

    @property
    def is_begun(self) -> bool:
        """It always is."""
        return True

    def begin(self) -> None:
        """There is nothing to make."""

    def commit(self) -> None:
        """Nothing stays, whatever is done."""


def _is_version(new: PolicySummary, old: PolicySummary) -> bool:
    """Whether a policy is another one, or a version of it that may take its place."""
    same = new.controller is None or old.controller is None or new.controller == old.controller
    return new.iri == old.iri or (same and bool({*new.sources} & {*old.sources}))


def _may_hold_decisions(path: Path) -> bool:
    """Whether a file speaks of decisions; a quick look, so that a graph without them need not be parsed."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return any(_DECISION in line for line in stream)


def _file_format(name: str, kind: str | None) -> FileFormat | None:
    """The format of the file to write, or None for a store."""
    if kind == STORE:
        return None
    if kind is not None:
        if kind not in OUTPUT_FORMATS:
            raise GraphError(
                name, f"no graph is written as {kind!r}", f"use one of {', '.join(OUTPUT_FORMATS)}"
            )
        asked, told = EXTENSIONS[f".{kind}"], EXTENSIONS.get(Path(name).suffix.lower())
        if told not in (None, asked):  # whoever opens the file goes by its name
            raise GraphError(name, f"the name does not say {asked.name}", f"let it end in {asked.extension}")
        return asked
    suffix = Path(name).suffix.lower()
    if not suffix or name.endswith(("/", os.sep)) or Path(name).is_dir():
        return None
    known = EXTENSIONS.get(suffix)
    if known is None or not known.written:
        extensions = " ".join(f".{each}" for each in OUTPUT_FORMATS if each != STORE)
        raise GraphError(
            name,
            f"no graph is written as {suffix}",
            f"use one of {extensions}, or end a store's folder with /",
        )
    return known
