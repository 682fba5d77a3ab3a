"""Whole policies out of stores and files, one after the other, so that memory does not grow with their number.

N-Quads are read as they stream by, also compressed (``.nq.gz``, ``.nq.zst``), since a file of them may be larger than
memory, and ``privagraph map --shards`` writes many. A file is looked through, to its end, before the first policy of it
is handed on. Where the lines of a policy do not stand together, as in what other programs wrote, they are brought
together in a store for the time being.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.endpoints.addresses import is_address
from privagraph.queries.formats import read_quads
from privagraph.queries.locks import StoreLock
from privagraph.queries.store import GraphStore, is_store

__all__ = ["PolicyGraph", "graphs_of"]

_STREAMED = (".nq", ".nq.gz", ".nq.zst")
_TYPE, _POLICY = expand("rdf:type"), expand("pg:PrivacyPolicy")
_HEAD = f" <{_TYPE}> <{_POLICY}> ".encode()
_VOCABULARY = f"<{VOCABULARY_GRAPH}>".encode()
_LONGEST_LINE = 200_000_000
_LARGEST_POLICY = 2_000_000_000
_SOME = 200_000
_ANEW = (
    "of a shard, map the same sources again with --again, or with a new --output besides, which maps only what "
    "is damaged; write another file again"
)
"""What to do about a file that is damaged."""
_STEP = 4096
"""Compressed bytes taken at a time: no more than 130 MB can come of them."""


@dataclass(frozen=True, slots=True)
class PolicyGraph:
    """The graph of one policy.

    Attributes:
        iri: The policy, which names its graph.
        quads: All quads of the graph.
        place: Where it is from, for messages.
    """

    iri: str
    quads: list[ox.Quad]
    place: str


def graphs_of(sources: Sequence[str]) -> Iterator[PolicyGraph]:
    """The graphs of all policies of some sources, in an order that is always the same.

    Args:
        sources: Stores, files with graphs, folders of N-Quads, addresses of SPARQL servers.

    Raises:
        GraphError: A source cannot be read, or holds something else than whole policies.
        ServiceError: A server does not answer as it should.
    """
    for source in sources:  # what is wrong with one of them is said before the first is sent
        if not is_address(source):
            _files_of(Path(source))
    for source in sources:
        if is_address(source) or is_store(Path(source)):
            yield from _of_store(source)
        elif Path(source).is_dir():
            yield from _of_folder(Path(source))
        else:
            yield from _of_file(Path(source))


def _files_of(path: Path) -> list[Path]:
    """The files that a name stands for."""
    if not path.is_dir() or is_store(path):
        if not path.exists():
            raise GraphError(str(path), "no such file or folder", "name what `privagraph map` wrote")
        return [path]
    found = sorted(
        each
        for each in path.iterdir()
        if each.name.lower().endswith(_STREAMED) and not each.name.startswith(".") and each.is_file()
    )
    if not found:
        raise GraphError(
            str(path),
            "neither a store nor a folder of N-Quads",
            f"name a folder with {', '.join(_STREAMED)} in it",
        )
    return found


def _of_folder(folder: Path) -> Iterator[PolicyGraph]:
    lock = StoreLock(folder, writing=False)  # a run that still writes shards there holds it
    try:
        for file in _files_of(folder):
            yield from _of_file(file)
    finally:
        lock.release()


def _of_store(place: str) -> Iterator[PolicyGraph]:
    with GraphStore.open(place) as store:
        for policy in store.policies():
            yield PolicyGraph(policy, list(store.unsorted_quads(policy)), store.location)


def _of_file(path: Path) -> Iterator[PolicyGraph]:
    if path.name.lower().endswith(_STREAMED):
        yield from _of_stream(path)
        return
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in read_quads(path):
        graphs.setdefault(_name(quad), []).append(quad)
    graphs.pop(VOCABULARY_GRAPH, None)
    for iri in sorted(graphs):
        yield _whole(iri, graphs[iri], str(path))


def _name(quad: ox.Quad) -> str:
    """The name of a quad's graph; empty for the default graph."""
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value


def _whole(iri: str, quads: list[ox.Quad], place: str) -> PolicyGraph:
    """A graph, found to be that of a policy."""
    head = ox.Triple(ox.NamedNode(iri), ox.NamedNode(_TYPE), ox.NamedNode(_POLICY))
    if not any(quad.triple == head for quad in quads):
        raise GraphError(
            place, f"the graph {iri} is not that of a policy", "name what `privagraph map` wrote"
        )
    return PolicyGraph(iri, quads, place)


def _of_stream(path: Path) -> Iterator[PolicyGraph]:
    place = str(path)
    with _faults_told(place):
        if not _stand_together(path):
            yield from _brought_together(path)
            return
        for graph, lines in groupby(_lines(path), key=_graph_of):
            if graph == _VOCABULARY:
                continue
            iri = graph[1:-1].decode()
            for copy in _copies(_held(lines, place), graph + _HEAD):
                quads = list(ox.parse(b"".join(copy), format=ox.RdfFormat.N_QUADS))
                if any(_name(quad) != iri for quad in quads):
                    raise GraphError(
                        place, f"lines of {iri} name another graph, or none", "map the policies again"
                    )
                yield _whole(iri, quads, place)


def _copies(lines: list[bytes], head: bytes) -> list[list[bytes]]:
    """The graphs of one policy that stand one behind the other, where several files hold it.

    They begin with the same statement, since files are sorted, and no graph says anything twice.
    """
    if sum(line.startswith(head) for line in lines) < 2:
        return [lines]
    copies: list[list[bytes]] = [[]]
    seen: set[bytes] = set()
    for line in lines:
        if line in seen:
            copies.append([])
            seen.clear()
        copies[-1].append(line)
        seen.add(line)
    whole = all(any(line.startswith(head) for line in copy) for copy in copies)
    return copies if whole else [lines]


def _stand_together(path: Path) -> bool:
    """Whether each stretch of lines with the same graph is a policy, as far as its head tells."""
    for graph, lines in groupby(_lines(path), key=_graph_of):
        start = graph + _HEAD
        found = graph == _VOCABULARY
        for line in lines:
            found = found or line.startswith(start)
        if not found:
            return False
    return True


def _brought_together(path: Path) -> Iterator[PolicyGraph]:
    with TemporaryDirectory(prefix="privagraph-load-", ignore_cleanup_errors=True) as folder:
        store = ox.Store(folder)
        lines = _lines(path)
        while some := list(islice(lines, _SOME)):
            store.bulk_extend(ox.parse(b"".join(some), format=ox.RdfFormat.N_QUADS))
        if any(True for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph())):
            raise GraphError(str(path), "has lines that name no graph", "map the policies again")
        for graph in sorted(store.named_graphs(), key=str):
            if graph.value != VOCABULARY_GRAPH:
                quads = list(store.quads_for_pattern(None, None, None, graph))
                yield _whole(graph.value, quads, str(path))
        del store  # it lets go of the folder, which can be removed then


def _held(lines: Iterator[bytes], place: str) -> list[bytes]:
    """The lines of one policy."""
    size, held = 0, []
    for line in lines:
        size += len(line)
        if size > _LARGEST_POLICY:
            raise GraphError(place, f"one policy has more than {_LARGEST_POLICY:,} bytes", "leave it out")
        held.append(line)
    return held


def _graph_of(line: bytes) -> bytes:
    """The name of a line's graph with its brackets, or what stands in its place."""
    parts = line.rsplit(None, 2)
    if len(parts) == 3 and parts[2] == b"." and parts[1].endswith(b">") and parts[1].startswith(b"<"):
        return parts[1]
    found = next(iter(ox.parse(line, format=ox.RdfFormat.N_QUADS)), None)
    return str(found.graph_name).encode() if found is not None else b""


def _lines(path: Path) -> Iterator[bytes]:
    """The statements of a file."""
    rest = b""
    for piece in _pieces(path):
        held = (rest + piece).split(b"\n")
        rest = held.pop()
        if len(rest) > _LONGEST_LINE:
            raise GraphError(str(path), f"a line has more than {_LONGEST_LINE:,} bytes", "leave it out")
        for line in held:
            if line.strip() and not line.lstrip().startswith(b"#"):
                yield line + b"\n"
    if rest.strip():
        raise GraphError(str(path), "breaks off in the middle of a line", "write the file again")


def _pieces(path: Path) -> Iterator[bytes]:
    name = path.name.lower()
    with path.open("rb") as stream:
        if name.endswith(".zst"):
            yield from _unpacked(stream, str(path))
            return
        readable = cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if name.endswith(".gz") else stream
        while piece := readable.read(1 << 20):
            yield piece


def _unpacked(stream: IO[bytes], place: str) -> Iterator[bytes]:
    """What a Zstandard file holds; its reader of whole files does not tell one that breaks off from one that ends."""
    import zstandard

    unpacking = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    frame = unpacking.decompressobj()
    begun, start = False, 0
    try:
        while piece := stream.read(_STEP):
            while piece:
                begun = True
                yield frame.decompress(piece)
                piece = b""
                if frame.eof:
                    piece, begun, frame = frame.unused_data, False, unpacking.decompressobj()
                    start = stream.tell() - len(piece)
    except zstandard.ZstdError as error:
        raise GraphError(
            place, f"not Zstandard, or damaged in its frame from byte {start} ({error})", _ANEW
        ) from error
    if begun:
        raise GraphError(
            place,
            f"breaks off in its frame from byte {start}",
            f"where a run still writes it, let that come to its end; else {_ANEW}",
        )


@contextmanager
def _faults_told(place: str) -> Iterator[None]:
    """What goes wrong in a file, as it is told to users."""
    try:
        yield
    except SyntaxError as error:
        raise GraphError(place, f"not N-Quads: {error.msg}", "write the file again") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise GraphError(place, f"not gzip, or damaged ({error})", "write the file again") from error
    except (OSError, ValueError) as error:
        raise GraphError(place, f"cannot be read ({error})", "check the file and its permissions") from error
