"""What a user named, as single sources: files, files of folders, globs, addresses, standard input, records.

The order is the user's; within a folder or a glob it is that of the names, so that a run can be repeated. A file that
is named twice is read once. Files that hold many policies, such as ``corpus.jsonl``, are gone through record by record
(:mod:`privagraph.loaders.collections`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from privagraph.errors import InputError
from privagraph.loaders.collections import (
    Progress,
    check_installed,
    expected_records,
    is_collection,
    records,
)
from privagraph.loaders.enumeration import Listing, Named, look
from privagraph.loaders.inputs import NO_PAGES, Columns, LeftOut, Source

__all__ = ["Columns", "LeftOut", "Source", "SourceList", "SourceStream", "sources", "stream"]

_USUAL_SIZE = 15_000
"""What a file is taken for, in bytes, when its share of a run is estimated."""


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources that the user's words name.

    Attributes:
        found: The sources, in order, each once.
        passed_over: Files in folders that are of no format read here, by name, and what belongs to saved web pages.
    """

    found: tuple[Source, ...]
    passed_over: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Source]:
        return iter(self.found)


def sources(named: Iterable[str | os.PathLike[str] | Source]) -> SourceList:
    """Enumerate the single documents that a user named; files of many policies are not opened.

    A folder stands for the files in it and beneath it whose extension is one of
    :data:`~privagraph.loaders.readers.formats.EXTENSIONS`; hidden files and folders are left alone, as are
    ``__pycache__`` and the folder ``page_files`` that a browser saves beside ``page.html``. A file named by itself, or
    by a glob, counts whatever its extension is.

    Args:
        named: Paths, glob patterns, ``http(s)`` addresses, or ``-`` for standard input; or a source, to name a file
            otherwise than its path does.

    Returns:
        The sources in order, each once, under names that differ; what the system does not let us look at in folders is
        not among them, and :func:`stream` tells of it.

    Raises:
        UnreadableSourceError: A path or pattern names nothing, or a folder holds nothing to read or cannot be listed.
    """
    listing = Listing(look(argument) for argument in named)
    found = tuple(each for each, _ in listing if isinstance(each, Source))
    return SourceList(found, listing.passed_over)


def stream(
    named: Iterable[str | os.PathLike[str] | Source], *, columns: Columns | None = None
) -> SourceStream:
    """Go through what a user named, the records of collections among it, without holding it all.

    What cannot be read is handed out as such, in its place; nothing is raised for it. A source is taken as it is,
    even where its file is a collection by its name.

    Args:
        named: As for :func:`sources`. In folders, collections count too.
        columns: Which columns of the tables among them hold what; the usual names are looked for when None.

    Returns:
        The sources and what is left out, in an order that depends on the input alone.

    Raises:
        MissingDependencyError: A collection needs a package that is not installed.
    """
    return SourceStream(named, columns or Columns())


class SourceStream:
    """The sources that a user's words name, one after the other, and the records of collections among them.

    It is gone through once. What is held is a list of the names of files, and one record.
    """

    def __init__(self, named: Iterable[str | os.PathLike[str] | Source], columns: Columns) -> None:
        self._listing = Listing(map(_looked, named))
        self._columns = columns
        self._passed_over = list(self._listing.passed_over)
        self._collections = [path for path, _ in self._listing.files() if is_collection(path.name)]
        for path in self._collections:
            check_installed(path.name)
        self._sizes = sum(map(_size, self._collections))
        self._sizes += _USUAL_SIZE * (len(self._listing) - len(self._collections))
        self._expected = _expected(len(self._listing), self._collections)
        self._behind = self._count = 0
        self._current = Progress()
        self._whole: list[str] = []
        self._folders: dict[str, bool] = {}

    def __iter__(self) -> Iterator[Source | LeftOut]:
        for found in self._found():
            self._count += 1
            yield found
        self._expected = self._count

    def _found(self) -> Iterator[Source | LeftOut]:
        for source, named in self._listing:
            whole = True
            if isinstance(source, Source) and source.path is not None and self._is_collection(source, named):
                for record in self._records(source.path, source.name, named):
                    told = record.name if isinstance(record, Source) else record.source
                    whole = whole and not _is_end(record, source.name)
                    yield replace(record, origin=source.key + told.removeprefix(source.name))
                self._behind += _size(source.path)
                if whole:
                    self._whole += (source.key, f"{source.key}#", f"{source.key}:")
            else:
                whole = isinstance(source, Source)
                yield source
                self._behind += _USUAL_SIZE
            if named.folder:
                self._folders[named.text] = self._folders.get(named.text, True) and whole

    @property
    def gone_through(self) -> tuple[str, ...]:
        """What the keys of all that was in a collection or folder begin with, for those that were read to their end.

        The real path of a collection stands for that key alone; see :attr:`Source.key`.
        """
        folders = (os.path.join(os.path.realpath(name), "") for name, whole in self._folders.items() if whole)
        return (*self._whole, *folders)

    @property
    def passed_over(self) -> tuple[str, ...]:
        """What was passed over so far: files in folders that are of no format read here, records that are no pages."""
        return tuple(self._passed_over)

    @property
    def share(self) -> float:
        """How much of the input is behind, from 0 to 1; an estimate by the sizes of collections and the other files."""
        return min(1.0, (self._behind + self._current.behind) / max(1, self._sizes))

    @property
    def expected(self) -> int | None:
        """How many there will be, with what is left out; None where that shows at the end only."""
        return self._expected

    @staticmethod
    def _is_collection(source: Source, named: Named) -> bool:
        return named.single is None and source.path is not None and is_collection(source.path.name)

    def _records(self, path: Path, name: str, named: Named) -> Iterator[Source | LeftOut]:
        """The records of a collection; in a folder, a table without policies is a file of another kind."""
        self._current = progress = Progress()
        for record in records(path, name, columns=self._columns, progress=progress):
            if (
                named.folder
                and isinstance(record, LeftOut)
                and record.source == name
                and record.code == "columns"
            ):
                self._passed_over.append(name)
            else:
                yield record
        self._current = Progress()
        if progress.passed_over:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(progress.passed_over.items()))
            self._passed_over.append(f"{name}{NO_PAGES}{kinds}")


def _is_end(record: Source | LeftOut, name: str) -> bool:
    """Whether what was read of a collection tells that there is more, which cannot be read."""
    return isinstance(record, LeftOut) and (record.source == name or record.code == "cut-off")


def _expected(listed: int, collections: list[Path]) -> int | None:
    """How many sources there will be, where all collections say how many records they have."""
    count = listed - len(collections)
    for path in collections:
        known = expected_records(path)
        if known is None:
            return None
        count += known
    return count


def _looked(argument: str | os.PathLike[str] | Source) -> Named:
    """What an argument names, or why it names nothing."""
    try:
        return look(argument, also=is_collection)
    except InputError as error:
        return Named(error.source, single=LeftOut(error.source, "unreadable", error.reason, error.advice))


def _size(path: Path) -> int:
    """The size of a file; one that is gone has none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
