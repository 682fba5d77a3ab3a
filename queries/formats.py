"""Graphs in files: which formats there are, how a file is read and how it is written.

Written files are deterministic: the same graph gives the same bytes, whatever order the quads come in. A file
is written beside its place and moved there when it is whole, so that a reader never sees half a graph.

Turtle, N-Triples and RDF/XML have no named graphs. On writing, all policies are merged into one graph; on
reading, the triples are parted again, see :func:`parted`.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from privagraph.errors import GraphError
from privagraph.ontology.context import with_published_context
from privagraph.ontology.jsonld import compacted
from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.folders import NO_ROOM, full_disk
from privagraph.queries.leftovers import ENDING, beginning, clear_leftovers, hold
from privagraph.queries.parting import owner_of, parted, policies_of

__all__ = [
    "EXTENSIONS",
    "FileFormat",
    "format_of",
    "read_quads",
    "replacing",
    "serialized",
    "sorted_quads",
    "write_quads",
    "write_to",
]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of files that hold a graph.

    Attributes:
        name: What people call it.
        extension: The end of a file's name, with the dot.
        rdf: The parser's and serializer's name of it.
        written: Whether it is written here, or only read.
    """

    name: str
    extension: str
    rdf: RdfFormat
    written: bool = True


_FORMATS = (
    FileFormat("TriG", ".trig", RdfFormat.TRIG),
    FileFormat("N-Quads", ".nq", RdfFormat.N_QUADS),
    FileFormat("Turtle", ".ttl", RdfFormat.TURTLE),
    FileFormat("JSON-LD", ".jsonld", RdfFormat.JSON_LD),
    FileFormat("N-Triples", ".nt", RdfFormat.N_TRIPLES, written=False),
    FileFormat("RDF/XML", ".rdf", RdfFormat.RDF_XML, written=False),
)
EXTENSIONS = {each.extension: each for each in _FORMATS}
"""The formats by the end of a file's name."""


def format_of(path: str | os.PathLike[str], *, writing: bool = False) -> FileFormat | None:
    """The format that a file's name tells, or None when it tells none.

    Args:
        path: The file's name.
        writing: Whether only formats count that are written here.

    Example:
        >>> format_of("shop.trig").name
        'TriG'
        >>> format_of("graphs") is None
        True
    """
    found = EXTENSIONS.get(Path(path).suffix.lower())
    return found if found and (found.written or not writing) else None


def read_quads(path: Path) -> Iterator[Quad]:
    """The quads of a file; each policy is in its named graph, whatever the format.

    Args:
        path: A file. Where its name does not end in one of :data:`EXTENSIONS`, its first lines tell the format.

    Raises:
        GraphError: It cannot be read, or is not of the format that its name tells.
    """
    known = format_of(path) or _guessed(path)
    if known is None:
        raise GraphError(
            str(path), "not a kind of file that holds a graph", f"use one of {' '.join(EXTENSIONS)}"
        )
    try:
        if known.rdf == RdfFormat.JSON_LD:
            quads = list(parse(input=with_published_context(path.read_bytes()), format=known.rdf))
        else:
            quads = list(parse(path=str(path), format=known.rdf))
    except SyntaxError as error:
        raise GraphError(
            str(path),
            f"not {known.name}: {error.msg}",
            f"repair line {error.lineno or 1} or map the policies again",
        ) from error
    except MemoryError as error:
        if _TOO_LONG not in str(error):
            raise
        raise GraphError(
            str(path), "a line or text in it is longer than 16 MB", "shorten it or map the policies again"
        ) from error
    except (OSError, ValueError) as error:
        raise GraphError(
            str(path), f"cannot be read ({error})", "check the file and its permissions"
        ) from error
    loose = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    yield from (quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph))
    yield from parted(loose)


def write_quads(quads: Iterable[Quad], path: Path, *, known: FileFormat | None = None) -> None:
    """Write quads to a file.

    Args:
        quads: The quads, those of one named graph together.
        path: Where to write; an existing file is replaced.
        known: The format; the one that the file's name tells when None.

    Raises:
        GraphError: No format that is written here has such a name, or the place cannot be written to.
    """
    known = known or format_of(path, writing=True)
    if known is None:
        names = " ".join(each.extension for each in _FORMATS if each.written)
        raise GraphError(str(path), "no graph is written under such a name", f"let it end in one of {names}")
    with replacing(path) as stream:
        write_to(stream, quads, known)


def write_to(stream: IO[bytes], quads: Iterable[Quad], known: FileFormat) -> None:
    """Write quads to a stream.

    Args:
        stream: Where to.
        quads: The quads, those of one named graph together.
        known: One of the formats that are written here.
    """
    _WRITERS[known.extension](quads, stream)


def serialized(
    quads: Iterable[Quad] | Iterable[Triple],
    rdf: RdfFormat,
    *,
    prefixes: Mapping[str, str] | None = None,
    base_iri: str | None = None,
) -> bytes:
    """Quads or triples as the serializer writes them, in memory."""
    stream = BytesIO()
    serialize(quads, stream, format=rdf, prefixes=dict(prefixes or {}), base_iri=base_iri)
    return stream.getvalue()


def sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Quads in the order in which files have them: by subject, its type first."""
    found = list(quads)
    nodes = {term for quad in found for term in (quad.subject, quad.object) if not isinstance(term, Literal)}
    places = {node: place for place, node in enumerate(sorted(nodes, key=_natural))}

    def order(quad: Quad) -> tuple[int, bool, str, int, str]:
        if isinstance(quad.object, Literal):  # before nodes
            place, value = -1, str(quad.object)
        else:
            place, value = places[quad.object], ""
        return places[quad.subject], quad.predicate.value != _TYPE, quad.predicate.value, place, value

    return sorted(found, key=order)


_TYPE = PREFIXES["rdf"] + "type"
_TOO_LONG = "buffer maximal size"
"""What the parser says of more than it takes at once, which is no lack of memory."""
_NUMBER = re.compile(r"(?<![0-9a-f])(\d+)(?![0-9a-f])")
_STATEMENT = re.compile(rb"<[^<>\s]+> <[^<>\s]+> ")
_PREFIXES = dict(sorted(PREFIXES.items()))


def _guessed(path: Path) -> FileFormat | None:
    """The format that the first lines of a file tell."""
    try:
        with path.open("rb") as stream:
            head = stream.read(2000).lstrip()
    except OSError:
        return None
    if head.startswith((b"{", b"[")):
        return EXTENSIONS[".jsonld"]
    if head.startswith((b"@prefix", b"@base", b"PREFIX", b"BASE")):
        return EXTENSIONS[".trig"]  # any Turtle is TriG
    return EXTENSIONS[".nq"] if _STATEMENT.match(head) else None


def _natural(node: object) -> tuple[object, ...]:
    """An order in which ``span/9-12`` comes before ``span/10-12``."""
    parts = _NUMBER.split(getattr(node, "value", str(node)))
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts))


def _graphs(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """The quads of one graph after the other, each graph sorted."""
    for _, group in groupby(quads, key=lambda quad: quad.graph_name):
        yield sorted_quads(set(group))


def _write_head(stream: IO[bytes]) -> None:
    """Declare the prefixes, in an order that is the same in every run."""
    for prefix, space in _PREFIXES.items():
        stream.write(f"@prefix {prefix}: <{space}> .\n".encode())


def _write_section(stream: IO[bytes], quads: Iterable[Quad], policy: str | None, rdf: RdfFormat) -> None:
    """Write quads with the policy's IRI as base, so that its nodes have short names; one blank line between nodes."""
    base = policy and f"{policy}/"
    text = serialized(quads, rdf, prefixes=_PREFIXES, base_iri=base)
    while text.startswith((b"@prefix", b"@base")):
        text = text.partition(b"\n")[2]  # the head, in an order of the serializer's own
    if base:
        stream.write(f"\n@base <{base}> .\n".encode())
    stream.write(b"\n" + text.replace(b" .\n", b" .\n\n").replace(b"\n\n}", b"\n}").rstrip() + b"\n")


def _write_trig(quads: Iterable[Quad], stream: IO[bytes]) -> None:
    _write_head(stream)
    for graph in _graphs(quads):
        name = graph[0].graph_name
        _write_section(stream, graph, name.value if isinstance(name, NamedNode) else None, RdfFormat.TRIG)


def _write_turtle(quads: Iterable[Quad], stream: IO[bytes]) -> None:
    _write_head(stream)
    merged = sorted_quads({Quad(*quad.triple) for quad in quads})
    policies = policies_of(merged)
    for policy, section in groupby(merged, key=lambda quad: owner_of(quad.subject, policies)):
        _write_section(stream, section, policy, RdfFormat.TURTLE)


def _write_nquads(quads: Iterable[Quad], stream: IO[bytes]) -> None:
    for graph in _graphs(quads):
        serialize(graph, stream, format=RdfFormat.N_QUADS)


def _write_jsonld(quads: Iterable[Quad], stream: IO[bytes]) -> None:
    ordered = (quad for graph in _graphs(quads) for quad in graph)
    stream.write(compacted(serialized(ordered, RdfFormat.JSON_LD), _PREFIXES))


_WRITERS: Mapping[str, Callable[[Iterable[Quad], IO[bytes]], None]] = {
    ".trig": _write_trig,
    ".nq": _write_nquads,
    ".ttl": _write_turtle,
    ".jsonld": _write_jsonld,
}


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose content takes the place of a file once it is whole; a pipe is written directly."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                yield stream
            return
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(f"{path} is a folder")
        clear_leftovers(target)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=beginning(target), suffix=ENDING)
        hold(handle)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
            os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        if error.errno in NO_ROOM:
            raise full_disk(str(path), then="try again, or choose another place") from error
        reason = error.strerror or str(error)
        raise GraphError(str(path), f"cannot be written ({reason})", "choose another place") from error


def _umask() -> int:
    """The permissions that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
