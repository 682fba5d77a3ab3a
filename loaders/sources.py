"""What a user named, as a list of single sources: files, files of folders, globs, addresses, standard input.

The order is the user's; within a folder or a glob it is that of the names, so that a run can be repeated. A file that
is named twice is read once.
"""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from privagraph.errors import UnreadableSourceError
from privagraph.loaders.inputs import Columns, LeftOut, Source
from privagraph.loaders.readers.formats import EXTENSIONS

__all__ = ["Columns", "LeftOut", "Source", "SourceList", "SourceStream", "sources", "stream"]


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


@dataclass(frozen=True, slots=True)
class _Found:
    """A source with the argument that it came from, for names that must be told apart."""

    source: Source
    argument: str


def sources(named: Iterable[str | Path | Source]) -> SourceList:
    """Enumerate what a user named.

    A folder stands for the files in it and beneath it whose extension is one of
    :data:`~privagraph.loaders.readers.formats.EXTENSIONS`; hidden files and folders are left alone, as are
    ``__pycache__`` and the folder ``page_files`` that a browser saves beside ``page.html``. A file named by itself, or
    by a glob, counts whatever its extension is.

    Args:
        named: Paths, glob patterns, ``http(s)`` addresses, or ``-`` for standard input; or a source, to name a file
            otherwise than its path does.

    Returns:
        The sources in order, each once, under names that differ.

    Raises:
        UnreadableSourceError: A path or pattern names nothing, or a folder holds nothing to read.
    """
    found: list[_Found] = []
    passed_over: list[str] = []
    for argument in named:
        if isinstance(argument, Source):
            found.append(_Found(argument, argument.name))
            continue
        text = os.fspath(argument)
        if text == "-":
            found.append(_Found(Source(name="-"), text))
        elif _is_address(text):
            found.append(_Found(Source(name=text, address=text), text))
        else:
            for source, over in _on_disk(text):
                if source is not None:
                    found.append(_Found(source, text))
                elif over:
                    passed_over.append(over)
    return SourceList(_distinct(_once(found)), tuple(dict.fromkeys(passed_over)))


class SourceStream:
    """The sources that a user's words name, one after the other, and the records of collections among them.

    It can be gone through once.
    """

    def __init__(self, named: Iterable[str | os.PathLike[str] | Source], columns: Columns) -> None:
        self._list = sources(os.fspath(each) if isinstance(each, os.PathLike) else each for each in named)
        self._done = 0

    def __iter__(self) -> Iterator[Source | LeftOut]:
        for source in self._list:
            yield source
            self._done += 1

    @property
    def passed_over(self) -> tuple[str, ...]:
        """What was passed over so far: files in folders that are of no format read here, records that are no pages."""
        return self._list.passed_over

    @property
    def share(self) -> float:
        """How much of the input is behind, from 0 to 1."""
        return self._done / max(1, len(self._list))

    @property
    def expected(self) -> int | None:
        """How many sources there are, records left out included; None where that shows at the end only."""
        return len(self._list)


def stream(
    named: Iterable[str | os.PathLike[str] | Source], *, columns: Columns | None = None
) -> SourceStream:
    """Go through what a user named without holding it all.

    What cannot be read is handed out as such, in its place; nothing is raised for it.

    Args:
        named: As for :func:`sources`.
        columns: Which columns of the tables among them hold what; the usual names are looked for when None.

    Returns:
        The sources and what is left out, in an order that depends on the input alone.

    Raises:
        MissingDependencyError: A collection needs a package that is not installed.
    """
    return SourceStream(named, columns or Columns())


def _is_address(text: str) -> bool:
    """Whether the words are an address rather than a path; any scheme counts, so that a wrong one is named as such."""
    scheme, separator, rest = text.partition("://")
    return bool(separator and rest and scheme.isalnum() and len(scheme) > 1)


def _on_disk(text: str) -> Iterator[tuple[Source | None, str]]:
    """The files that a path or pattern names: a source, or the name of one that is passed over."""
    path = Path(text)
    try:
        if path.is_dir():
            yield from _folder(path, text)
            return
        if path.exists():
            yield Source(name=path.name, path=path), ""
            return
        broken_link = path.is_symlink()
    except (OSError, ValueError) as exc:
        raise UnreadableSourceError(text, f"is no usable path ({exc})", "check the spelling") from exc
    if glob.has_magic(text):
        yield from _pattern(text)
        return
    if broken_link:
        raise UnreadableSourceError(
            text, "is a link to a file that does not exist", "correct the link or name the file itself"
        )
    raise UnreadableSourceError(
        text, "no such file or folder", "check the spelling and the folder you are in"
    )


def _folder(folder: Path, text: str) -> Iterator[tuple[Source | None, str]]:
    """The files of a folder and the folders beneath it."""
    any_found = False
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in EXTENSIONS and not path.is_dir():
            any_found = True
            yield Source(name=name, path=path), ""
        else:
            yield None, name + ("/" if path.is_dir() else "")
    if not any_found:
        kinds = " ".join(sorted(EXTENSIONS))
        raise UnreadableSourceError(text, "the folder holds no file of a known format", f"known are: {kinds}")


def _walk(folder: Path) -> Iterator[Path]:
    """All files beneath a folder by name, and the folders that are passed over; each real folder is entered once."""
    entered: set[tuple[int, int]] = set()

    def enter(directory: Path) -> Iterator[Path]:
        try:
            identity = directory.stat()
            if (identity.st_dev, identity.st_ino) in entered:
                return
            entered.add((identity.st_dev, identity.st_ino))
            names = sorted(os.listdir(directory))
            if {"CURRENT", "IDENTITY", "LOCK"}.issubset(names):
                return  # a graph's store: none of its files is a document, or worth a word
        except OSError as exc:
            raise UnreadableSourceError(
                str(directory), f"cannot be listed ({exc.strerror})", "change its permissions"
            ) from exc
        pages = {name.rsplit(".", 1)[0] for name in names if name.lower().endswith((".html", ".htm"))}
        for name in names:
            path = directory / name
            if name.startswith(".") or name == "__pycache__":
                continue
            if not path.is_dir():
                if path.is_file():
                    yield path
            elif name.endswith(("_files", "-files")) and name[:-6] in pages:
                yield path
            else:
                yield from enter(path)

    yield from enter(folder)


def _pattern(text: str) -> Iterator[tuple[Source | None, str]]:
    """The files that a glob pattern matches; ``**`` stands for folders at any depth."""
    plain: list[str] = []
    for part in Path(text).parts:
        if glob.has_magic(part):
            break
        plain.append(part)
    base = Path(*plain) if plain else Path()
    matches = sorted(path for path in map(Path, glob.iglob(text, recursive=True)) if path.is_file())
    if not matches:
        raise UnreadableSourceError(
            text, "the pattern matches no file", "check it; quote it so that the shell leaves it alone"
        )
    for path in matches:
        yield Source(name=path.relative_to(base).as_posix() if plain else path.as_posix(), path=path), ""


def _once(found: list[_Found]) -> list[_Found]:
    """Each file, address and standard input once, where it came first."""
    seen: set[str] = set()
    kept: list[_Found] = []
    for item in found:
        source = item.source
        key = source.address or (os.path.realpath(source.path) if source.path else "-")
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


def _distinct(found: list[_Found]) -> tuple[Source, ...]:
    """The sources under names that differ: those that share a name get what the user typed in front."""
    counts = Counter(item.source.name for item in found)
    named: list[Source] = []
    taken: set[str] = set()
    for item in found:
        name = item.source.name
        if counts[name] > 1 and item.source.path is not None:
            inside = Path(item.argument).is_dir()
            name = (
                f"{Path(item.argument).name or item.argument}/{name}"
                if inside
                else item.source.path.as_posix()
            )
        if name in taken and item.source.path is not None:
            name = item.source.path.as_posix()
        taken.add(name)
        named.append(replace(item.source, name=name))
    return tuple(named)
