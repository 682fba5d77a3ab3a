"""What is done with one source of a run, in this process, in a worker process or on another machine.

All that goes in and comes out survives the way to another process: settings, a source, and an outcome with the policy's
graph as compressed N-Quads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, RdfFormat, parse

from privagraph._version import __version__
from privagraph.corpus.frames import framed, unpacked
from privagraph.corpus.limits import OutOfTime, limited
from privagraph.corpus.manifest import Piece
from privagraph.loaders.inputs import LeftOut, Source
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.pipeline import Account, Mapped, map_source
from privagraph.loaders.readers.reading import LARGEST
from privagraph.ontology.namespaces import BASE

if TYPE_CHECKING:
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.web import WebOptions

__all__ = [
    "Decisions",
    "Outcome",
    "Settings",
    "Step",
    "Task",
    "input_of",
    "map_one",
    "map_within",
    "out_of_memory",
    "out_of_time",
    "warm_up",
]

Decisions = tuple[tuple[str, bytes], ...]
"""Graphs with decisions of reviewers on their way to another process: IRI, and N-Quads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How all sources of a run are mapped.

    Attributes:
        extractor: The name of the extractor.
        extractor_options: What the extractor is made with, besides its name; none of it changes what is found.
        base: The IRI under which everything is named, with its separator.
        min_confidence: Mentions and practices that are less sure are left out.
        web: Limits and permissions for addresses; the defaults when None.
    """

    extractor: str
    extractor_options: Mapping[str, Any] = field(default_factory=dict)  # handed through as they are
    base: str = BASE
    min_confidence: float = 0.0
    web: WebOptions | None = None

    @property
    def told(self) -> dict[str, object]:
        """The options that change what is found, for the provenance of the graph."""
        told: dict[str, object] = {"base": self.base}
        if self.min_confidence:
            told["min_confidence"] = self.min_confidence
        return told

    def mapping(self, policy: str, extractor: str) -> str:
        """The IRI of the activity by which these settings make the graph of a policy.

        It differs where the version of the program, the extractor or the options do, so a graph that names it was made
        in this very way.

        Args:
            policy: The policy's IRI.
            extractor: What the extractor calls itself, with its version.
        """
        told = json.dumps(self.told, sort_keys=True, ensure_ascii=False, default=str)
        return PolicyIris(self.base, policy).mapping(__version__, extractor, told)


@dataclass(frozen=True, slots=True)
class Task:
    """One source that is to be mapped.

    Attributes:
        source: The source.
        decisions: The graphs with decisions of reviewers that concern it.
    """

    source: Source
    decisions: Decisions = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a source.

    Attributes:
        account: What became of it.
        input: What its bytes hash to; empty where they were not at hand.
        packed: The policy's graph as one zstd frame of N-Quads; empty where there is none, or where ``nquads`` has it.
        nquads: The policy's graph as N-Quads, where it did not have to travel.
        piece: Where it stands in the shards already, if a worker of a cluster wrote it there.
    """

    account: Account
    input: str = ""
    packed: bytes = b""
    nquads: bytes = b""
    piece: Piece | None = None

    def text(self) -> bytes:
        """The policy's graph as N-Quads."""
        return self.nquads or unpacked(self.packed, f"the graph of {self.account.source}")

    def frame(self) -> bytes:
        """The policy's graph as one zstd frame of N-Quads."""
        return self.packed or framed(self.nquads)

    def for_travel(self) -> Outcome:
        """The same in the form in which it is handed to another process."""
        return replace(self, packed=framed(self.nquads), nquads=b"") if self.nquads else self


Step = Task | Outcome
"""A source that is to be mapped, or what is known to have come of one already."""


def map_one(task: Task, settings: Settings, extractor: Extractor | None = None) -> Outcome:
    """Read, admit, extract, and say it in quads, with what contradicts itself in the policy.

    Args:
        task: The source, and the decisions of reviewers that concern it.
        settings: How it is mapped.
        extractor: The extractor; the one that the settings name when None, which is made once in a process.

    Returns:
        What came of it. Whatever a document holds, only the errors below are raised.

    Raises:
        GraphError: A graph with decisions cannot be read.
        ServiceError: A service that the extractor needs cannot be used.
    """
    from privagraph.shapes.derivation.recording import nquads_with_contradictions

    source, digest = task.source, input_of(task.source)
    try:
        made = map_source(
            source,
            extractor or _extractor_of(settings),
            base=settings.base,
            options=settings.told,
            min_confidence=settings.min_confidence,
            web=settings.web,
            reviews=_graphs(task.decisions),
        )
        if not isinstance(made, Mapped):
            return Outcome(made, digest)
        nquads = nquads_with_contradictions(made.nquads, made.view)
    except MemoryError:
        return Outcome(out_of_memory(source.name), digest)
    return Outcome(made.account, digest or made.input, nquads=nquads)


def map_within(
    task: Task, settings: Settings, extractor: Extractor | None, limits: tuple[float | None, int | None]
) -> Outcome:
    """As :func:`map_one`, but within limits that this process sets itself.

    Args:
        task: The source, and the decisions of reviewers that concern it.
        settings: How it is mapped.
        extractor: The extractor; the one that the settings name when None.
        limits: The longest time and the most memory, as far as there are any.

    Raises:
        GraphError: A graph with decisions cannot be read.
        ServiceError: A service that the extractor needs cannot be used.
    """
    try:
        with limited(*limits):
            return map_one(task, settings, extractor)
    except OutOfTime:
        return Outcome(out_of_time(task.source.name, limits[0] or 0.0), input_of(task.source))


def warm_up(settings: Settings) -> None:
    """Make the extractor of this process, so that the first document does not pay for it."""
    _extractor_of(settings)


def out_of_time(source: str, seconds: float) -> LeftOut:
    """The account of a document that took longer than it may."""
    return LeftOut(
        source,
        "time",
        f"stopped after {seconds:g} seconds",
        "look at the document, or give it more: --time-limit",
    )


def out_of_memory(source: str) -> LeftOut:
    """The account of a document that took more memory than it may."""
    return LeftOut(
        source,
        "memory",
        "took more memory than it may",
        "look at the document, or give it more: --memory-limit",
    )


def input_of(source: Source) -> str:
    """What tells the input of a source from any other: a hash of its bytes and of what is known of them.

    Args:
        source: The source.

    Returns:
        The hash in hexadecimal digits; empty where the bytes are not at hand, as those of an address, or unreadable.
    """
    if source.content is not None:
        digest = hashlib.sha256(source.content)
    elif source.path is not None and source.path.is_file():
        try:
            with source.path.open("rb") as stream:
                digest = hashlib.sha256(stream.read(LARGEST + 1))
        except OSError:
            return ""
    else:
        return ""
    return _with_rest(digest.hexdigest(), source)


def _with_rest(digest: str, source: Source) -> str:
    """The hash of the bytes together with all else that goes into a graph."""
    rest = [source.media_type, source.url, source.collected, *source.notes]
    if not any(rest):
        return digest
    return hashlib.sha256(json.dumps([digest, *rest]).encode()).hexdigest()


def _graphs(decisions: Decisions) -> Iterator[tuple[str, Iterable[Quad]]]:
    for policy, quads in decisions:
        yield policy, parse(quads, format=RdfFormat.N_QUADS)


def _extractor_of(settings: Settings) -> Extractor:
    return _extractor(settings.extractor, tuple(sorted(settings.extractor_options.items())))


@lru_cache(maxsize=2)
def _extractor(name: str, options: tuple[tuple[str, Any], ...]) -> Extractor:
    """The extractor of this process."""
    from privagraph.loaders.extractors import make_extractor

    return make_extractor(name, **dict(options))
