"""A file of N-Quads into a store, without Python touching each quad where that is not needed.

The database reads N-Quads several times as fast as quads can be handed to it one at a time. But it gives blank nodes
names of its own, at random, and puts what is in no named graph into the default graph; files with either are read as
all others are.
"""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Store

from privagraph.errors import GraphError
from privagraph.queries.formats import format_of, read_quads

__all__ = ["add", "fill"]

_BLANK = re.compile(rb"_:")
"""What there is none of in a file without blank nodes. As a pattern it is found three times as fast as as bytes."""
_IRI = rb"<[^>\n]*+>"
_TEXT = rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"(?:@[\w-]++|\^\^' + _IRI + rb")?+"
_IN_GRAPHS = re.compile(rb"(?:%b %b (?:%b|%b) %b \.\n)*+" % (_IRI, _IRI, _IRI, _TEXT, _IRI))
"""Lines with four terms each and no blank node, as programs write them; whether they are N-Quads is not told by it
(https://www.w3.org/TR/n-quads/#sec-grammar)."""
_LINE = re.compile(r"(?<=\bline )\d+")

_PART = 64 << 20
"""How many bytes go into the database at once; it takes five times as much memory."""


def fill(store: Store, path: Path) -> None:
    """Put the quads of a file into an empty store in memory; each policy is in its named graph, whatever the format.

    Args:
        store: The store.
        path: A file, as :func:`~privagraph.queries.formats.read_quads` takes it.

    Raises:
        GraphError: It cannot be read, or is not of the format that its name tells.
    """
    if _is_nquads(path) and _names_all(path):
        try:
            store.load(path=str(path), format=RdfFormat.N_QUADS)
        except (SyntaxError, OSError, ValueError, MemoryError):
            pass  # reading it again tells what is wrong, in our words
        else:
            if not any(True for _ in store.quads_for_pattern(None, None, None, DefaultGraph())):
                return
        store.clear()
    store.extend(read_quads(path))


def add(store: Store, path: Path) -> None:
    """Put the quads of a file into a store on disk; what is there stays.

    A long file of N-Quads goes in by parts, so that memory does not grow with it. Each holds whole graphs, as far as
    the file has the quads of each graph together and no graph is longer than a part, which some fifty policies fill.
    Where one is faulty, or the disk fails, those before it stay; to add the file once more changes nothing about them.
    Of any other file all goes in, or nothing.

    Args:
        store: The store.
        path: A file, as :func:`fill` takes it.

    Raises:
        GraphError: The file cannot be read, or is not of the format that its name tells.
        OSError: The disk fails.
    """
    if _is_nquads(path) and all(map(_IN_GRAPHS.fullmatch, _parts(path))):
        before = 0  # lines
        for part in _parts(path):
            try:
                store.bulk_load(input=part, format=RdfFormat.N_QUADS)
            except SyntaxError as error:
                raise _fault(path, error, before) from error
            before += part.count(b"\n")
        return
    store.bulk_extend(read_quads(path))


def _fault(path: Path, error: SyntaxError, before: int) -> GraphError:
    """What is wrong in a part of a file, as it is said of whole files; lines are before the part."""
    place, colon, what = str(error.msg).partition(":")
    place = _LINE.sub(lambda found: str(int(found[0]) + before), place)
    return GraphError(
        str(path),
        f"not N-Quads: {place}{colon}{what}",
        f"repair line {before + (error.lineno or 1)} or map the policies again",
    )


def _is_nquads(path: Path) -> bool:
    """Whether a file can be opened, and is called one of N-Quads."""
    known = format_of(path)
    readable = path.is_file() and os.access(path, os.R_OK)
    return readable and known is not None and known.rdf == RdfFormat.N_QUADS


def _names_all(path: Path) -> bool:
    """Whether there are no blank nodes in a file, as far as its bytes tell; a text with such signs makes it slower."""
    try:
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as held:
            return _BLANK.search(held) is None
    except (OSError, ValueError):
        return False  # it is empty


def _parts(path: Path) -> Iterator[bytes]:
    """A file in parts of whole lines; each ends where another graph begins, unless one graph is all of it."""
    rest = b""
    with path.open("rb") as stream:
        while len(text := rest + stream.read(_PART - len(rest))) == _PART:
            cut = _last_graph(text)
            part, rest = text[:cut], text[cut:]
            del text  # it need not be there as well while the part is taken
            yield part
    if text:
        yield text


def _last_graph(text: bytes) -> int:
    """Where the lines of the last graph in a text begin; where that is all that it holds, where its last line ends."""
    end = text.rfind(b"\n") + 1
    begin = text.rfind(b" <", 0, end)
    at = end
    while begin >= 0 and at and text.endswith(text[begin:end], 0, at):
        at = text.rfind(b"\n", 0, at - 1) + 1
    # A line that is longer than all of it is left to those who read it otherwise.
    return at or end or len(text)
