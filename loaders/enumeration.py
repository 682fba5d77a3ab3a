"""The files that a user's words name: files, files of folders and beneath them, patterns; a million as well as one.

What is held of a file is its name, and nothing more; its path is made when it is its turn. Two files are the same
when their real paths are, which is looked at only where that can be: several arguments, or links among the files.
"""

from __future__ import annotations

import errno
import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from privagraph.errors import UnreadableSourceError
from privagraph.loaders.inputs import LeftOut, Source
from privagraph.loaders.readers.formats import EXTENSIONS
from privagraph.ontology.shown import printable

__all__ = ["Listing", "Named", "look"]

_STORE = {"CURRENT", "IDENTITY", "LOCK"}
_SHARDS = {"manifest.sqlite", "privagraph.lock"}


@dataclass(slots=True)
class Named:
    """What one argument names.

    Attributes:
        text: The argument.
        base: The folder that the names of the files begin at.
        names: The files, by their names from there.
        links: Those of them that are links.
        folder: Whether the argument is a folder, which was searched.
        passed_over: Files of the folder that are of no known format, and what belongs to saved web pages.
        refused: What in the folder, or of the pattern, the system does not let us look at.
        single: The source, where the argument is none of the disk; or why it names nothing.
    """

    text: str
    base: Path = field(default_factory=Path)
    names: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    folder: bool = False
    passed_over: list[str] = field(default_factory=list)
    refused: list[LeftOut] = field(default_factory=list)
    single: Source | LeftOut | None = None


class Listing:
    """The files and other sources that several arguments name, each once, under names that differ.

    Attributes:
        passed_over: Files in folders that are of no format read here, by name.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        self._named = list(named)
        several = len(self._named) > 1
        if several or any(each.links for each in self._named):
            self._keep_first()
        self._counts = Counter(_names(self._named)) if several else None
        self.passed_over = tuple(dict.fromkeys(name for each in self._named for name in each.passed_over))

    def __len__(self) -> int:
        return sum(len(each.names) + len(each.refused) + (each.single is not None) for each in self._named)

    def __iter__(self) -> Iterator[tuple[Source | LeftOut, Named]]:
        taken: set[str] = set()
        for named in self._named:
            if isinstance(named.single, LeftOut):
                yield named.single, named
                continue
            single = named.single
            for name, real in _real_paths(named) if single is None else ((single.name, single.origin),):
                path = named.base / name if single is None else single.path
                if self._counts is not None:
                    name = self._distinct(name, path, named, taken)
                name = printable(name)
                yield (replace(single, name=name) if single else Source(name, path, origin=real)), named
            for refused in named.refused:
                yield refused, named

    def files(self) -> Iterator[tuple[Path, Named]]:
        """The files on the disk, in order."""
        for named in self._named:
            for name in named.names:
                yield named.base / name, named

    def _distinct(self, name: str, path: Path | None, named: Named, taken: set[str]) -> str:
        """A name that no other source has: those that share one get what the user typed in front."""
        assert self._counts is not None
        if self._counts[name] > 1 and path is not None:
            name = f"{Path(named.text).name or named.text}/{name}" if named.folder else path.as_posix()
        if name in taken and path is not None:
            name = path.as_posix()
        taken.add(name)
        return name

    def _keep_first(self) -> None:
        """Keep each file, address and standard input where it came first."""
        seen: set[bytes] = set()

        def is_new(key: str) -> bool:
            digest = blake2b(os.fsencode(key), digest_size=16).digest()
            new = digest not in seen
            seen.add(digest)
            return new

        kept: list[Named] = []
        for named in self._named:
            single = named.single
            if single is None:
                named.names = [name for name, key in _real_paths(named) if is_new(key)]
                named.refused = [each for each in named.refused if is_new(each.origin)]
                kept.append(named)
            elif isinstance(single, LeftOut) or single.content is not None or is_new(_key(single)):
                kept.append(named)
        self._named = kept


def look(
    argument: str | os.PathLike[str] | Source, *, also: Callable[[str], bool] = lambda name: False
) -> Named:
    """Find what an argument names.

    Args:
        argument: A path, a glob pattern, an ``http(s)`` address, ``-`` for standard input, or a source.
        also: Which other files of folders count besides those of
            :data:`~privagraph.loaders.readers.formats.EXTENSIONS`, by their names.

    Returns:
        Its files; or the source that it is.

    Raises:
        UnreadableSourceError: A path or pattern names nothing, or a folder holds nothing to read or cannot be listed.
    """
    if isinstance(argument, Source):
        return Named(argument.name, single=argument)
    text = os.fspath(argument)
    if text == "-":
        return Named(text, single=Source(name="-"))
    if _is_address(text):
        return Named(text, single=Source(name=text, address=text))
    path = Path(text)
    try:
        if path.is_dir():
            return _folder(path, text, also)
        if path.exists():
            return Named(text, path.parent, [path.name], {path.name} if path.is_symlink() else set())
        broken_link = path.is_symlink()
    except (OSError, ValueError) as exc:
        raise UnreadableSourceError(text, f"is no usable path ({exc})", "check the spelling") from exc
    if glob.has_magic(text):
        return _pattern(text)
    if broken_link:
        raise UnreadableSourceError(
            text, "is a link to a file that does not exist", "correct the link or name the file itself"
        )
    raise UnreadableSourceError(
        text, "no such file or folder", "check the spelling and the folder you are in"
    )


def _is_address(text: str) -> bool:
    """Whether the words are an address rather than a path; any scheme counts, so that a wrong one is named as such."""
    scheme, separator, rest = text.partition("://")
    return bool(separator and rest and scheme.isalnum() and len(scheme) > 1)


def _folder(folder: Path, text: str, also: Callable[[str], bool]) -> Named:
    """The files of a folder and the folders beneath it; each real folder is entered once.

    What the system does not let us look at beneath it costs that alone.
    """
    found = Named(text, folder, folder=True)
    entered: set[tuple[int, int]] = set()
    open_folders = [_entries(folder, "", entered, found)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif entry.endswith("/"):
            open_folders.append(_entries(folder / entry, entry, entered, found))
        elif os.path.splitext(entry)[1].lower() in EXTENSIONS or also(entry):
            found.names.append(entry)
        else:
            found.passed_over.append(entry)
            found.links.discard(entry)
    if not found.names and not found.refused:
        kinds = " ".join(sorted(EXTENSIONS))
        raise UnreadableSourceError(text, "the folder holds no file of a known format", f"known are: {kinds}")
    return found


def _entries(folder: Path, inside: str, entered: set[tuple[int, int]], found: Named) -> Iterator[str]:
    """What a folder holds, by name; folders end in ``/``. What belongs to a saved page is passed over."""
    names: list[str] = []
    folders: set[str] = set()
    refused: dict[str, OSError] = {}
    try:
        identity = folder.stat()
        if (identity.st_dev, identity.st_ino) in entered:
            return
        entered.add((identity.st_dev, identity.st_ino))
        with os.scandir(folder) as entries:
            for entry in entries:
                names.append(entry.name)
                try:
                    if entry.is_dir():
                        folders.add(entry.name)
                    elif not entry.is_file():
                        names.pop()
                    elif entry.is_symlink():
                        found.links.add(inside + entry.name)
                except OSError as exc:  # a link that leads to itself, or to where we may not look
                    refused[entry.name] = exc
    except OSError as exc:
        if inside:
            found.refused.append(_refused(found.base, inside, "cannot be listed", exc))
            return
        raise UnreadableSourceError(
            found.text, f"cannot be listed ({exc.strerror})", "change its permissions"
        ) from exc
    if _STORE.issubset(names) or _SHARDS.issubset(names):
        return  # a graph's store, or its shards: none of their files is a document, or worth a word
    pages = {name.rsplit(".", 1)[0] for name in names if name.lower().endswith((".html", ".htm"))}
    names.sort()
    for name in names:
        if name.startswith(".") or name == "__pycache__":
            continue
        if name in refused:
            found.refused.append(_refused(found.base, inside + name, "cannot be looked at", refused[name]))
        elif name not in folders:
            yield inside + name
        elif name.endswith(("_files", "-files")) and name[:-6] in pages:
            found.passed_over.append(f"{inside}{name}/")
        else:
            yield f"{inside}{name}/"


def _refused(base: Path, name: str, what: str, error: OSError) -> LeftOut:
    """A file or folder that the system does not let us look at."""
    looped = error.errno == errno.ELOOP
    return LeftOut(
        printable((base / name).as_posix()),
        "unreadable",
        f"{what} ({error.strerror or error})",
        "correct the link or remove it" if looped else "change its permissions, or see to the disk it is on",
        origin=os.path.join(os.path.realpath(base), name),
    )


def _pattern(text: str) -> Named:
    """The files that a glob pattern matches; ``**`` stands for folders at any depth."""
    plain: list[str] = []
    for part in Path(text).parts:
        if glob.has_magic(part):
            break
        plain.append(part)
    base = Path(*plain) if plain else Path()
    matches: set[str] = set()
    refused: dict[str, OSError] = {}
    for path in map(Path, glob.iglob(text, recursive=True)):
        name = (path.relative_to(base) if plain else path).as_posix()
        try:
            if path.is_file():
                matches.add(name)
        except OSError as exc:
            refused[name] = exc
    if not matches and not refused:
        raise UnreadableSourceError(
            text, "the pattern matches no file", "check it; quote it so that the shell leaves it alone"
        )
    names = sorted(matches, key=lambda name: name.replace("/", "\0"))  # folder by folder, as paths compare
    found = Named(text, base, names, {name for name in names if (base / name).is_symlink()})
    found.refused = [_refused(base, name, "cannot be looked at", refused[name]) for name in sorted(refused)]
    return found


def _names(named: Iterable[Named]) -> Iterator[str]:
    for each in named:
        yield from each.names
        if isinstance(each.single, Source):
            yield each.single.name


def _key(source: Source) -> str:
    """What a source is, whatever it is called."""
    return source.address or (os.path.realpath(source.path) if source.path else "-")


def _real_paths(named: Named) -> Iterator[tuple[str, str]]:
    """The names of the files with their real paths; folders are looked up once for all files in a row."""
    inside, folder = None, ""
    for name in named.names:
        before, slash, last = name.rpartition("/")
        if before + slash != inside:
            inside, folder = before + slash, os.path.realpath(named.base / before)
        yield name, os.path.realpath(named.base / name) if name in named.links else os.path.join(folder, last)
