"""What a worker of a cluster does: map a partition of the sources, and write one shard.

Documents are mapped in a process beside the worker's, as they are on one machine: there it can be ended from outside
when one of them takes too long or too much, and the worker itself goes on answering its scheduler.
"""

from __future__ import annotations

import multiprocessing.process
import socket
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from privagraph._version import __version__
from privagraph.corpus.manifest import Piece
from privagraph.corpus.places import number_of, part_name, place_at
from privagraph.corpus.work import Outcome, Settings, Task
from privagraph.errors import ServiceError

if TYPE_CHECKING:
    from privagraph.corpus.workers import Workers

__all__ = ["Order", "end_processes", "look", "map_partition"]

_FORGOTTEN = 60.0
"""After how many seconds without work the processes of a run are ended when another one needs some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a run has its partitions mapped.

    Attributes:
        place: Where the shards go: a folder, as an absolute path, or an address.
        settings: How documents are mapped.
        seconds: The longest time for one document.
        memory: How many bytes of memory the process beside the worker may take.
        version: The release of privagraph that gave the order.
        run: A name that no other run has.
    """

    place: str
    settings: Settings
    seconds: float | None
    memory: int | None
    version: str = __version__
    run: str = field(default_factory=lambda: uuid.uuid4().hex)


def map_partition(order: Order, tasks: Sequence[Task]) -> tuple[Outcome, ...]:
    """Map sources, and write the graphs of their policies as one shard.

    Args:
        order: How.
        tasks: The sources.

    Returns:
        What came of each, with the place in the shard and without the graph.

    Raises:
        ServiceError: This worker has another release of privagraph, or cannot start a process.
        GraphError: The shard cannot be written.
    """
    if order.version != __version__:
        raise ServiceError(
            f"the worker on {socket.gethostname()}",
            f"has privagraph {__version__}, not {order.version}",
            "install the same release on all machines, and map again: nothing that was done is lost",
        )
    outcomes = _processes.outcomes(order, tasks)
    content = b"".join(each.packed for each in outcomes)
    number, end, told = number_of(content), 0, []
    for each in outcomes:
        piece = Piece(number, end, end + len(each.packed)) if each.packed else None
        end += len(each.packed)
        told.append(replace(each, packed=b"", piece=piece))
    if content:
        place_at(order.place).put(part_name(number), content)
    return tuple(told)


def look(place: str, extractor: str, me: str) -> tuple[str, str, int]:
    """What the run asks each worker before it begins.

    Args:
        place: Where the shards go; a file is written there, for the client to find.
        extractor: The name of the extractor.
        me: The worker's address.

    Returns:
        The release of privagraph, the name of the extractor with its version, and the number of the shard that was
        written, which holds nothing.

    Raises:
        GraphError: The place cannot be written to.
    """
    from privagraph.loaders.extractors import extractor_name

    content = _skipped(me.encode())
    number = number_of(content)
    place_at(place).put(part_name(number), content)
    return __version__, extractor_name(extractor), number


def end_processes(run: str) -> None:
    """End the processes beside this worker that map for a run, which is over; those at work end after it.

    Args:
        run: The name of the run.
    """
    _processes.end(run)


def _skipped(told: bytes) -> bytes:
    """A frame that programs for zstd skip: RFC 8878, section 3.1.2."""
    return b"\x50\x2a\x4d\x18" + len(told).to_bytes(4, "little") + told


class _Idle(NamedTuple):
    """Processes that have nothing to do.

    Attributes:
        run: The run that they map for.
        since: For how long, on the monotonic clock.
        workers: The processes.
    """

    run: str
    since: float
    workers: Workers


class _Processes:
    """The processes beside a worker: one for each of its threads, since each maps a partition of its own.

    Each serves one run. Those of another one stay a little, as several runs may share a cluster.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Idle] = []
        self._over: set[str] = set()

    def outcomes(self, order: Order, tasks: Sequence[Task]) -> list[Outcome]:
        """What comes of sources, in their order."""
        workers = self._taken(order)
        try:
            outcomes = list(workers.outcomes(tasks))
        except BaseException:
            workers.__exit__(None, None, None)
            raise
        with self._lock:
            over = order.run in self._over
            if not over:
                self._idle.append(_Idle(order.run, time.monotonic(), workers))
        if over:
            workers.__exit__(None, None, None)
        return outcomes

    def end(self, run: str) -> None:
        """End those of a run; of those that are at something, see that they end with it."""
        with self._lock:
            self._over.add(run)
            ended = [each for each in self._idle if each.run == run]
            self._idle = [each for each in self._idle if each.run != run]
        for each in ended:
            each.workers.__exit__(None, None, None)

    def _taken(self, order: Order) -> Workers:
        from privagraph.corpus.workers import Workers

        now = time.monotonic()
        with self._lock:
            fitting = [each for each in self._idle if each.run == order.run]
            others = [each for each in self._idle if each.run != order.run]
            forgotten = [each for each in others if now - each.since > _FORGOTTEN]
            self._idle = fitting[1:] + [each for each in others if each not in forgotten]
        for each in forgotten:  # of a run that was killed, or that has few sources left
            each.workers.__exit__(None, None, None)
        if fitting:
            return fitting[0].workers
        _allow_children()
        return Workers(1, order.settings, seconds=order.seconds, memory=order.memory)


_processes = _Processes()


def _allow_children() -> None:
    """Let this process start others, even where a nanny watches over it.

    Such a worker is a daemon, and daemons may have no children, lest these outlive it. Ours end with it by themselves.
    """
    config: dict[str, object] = multiprocessing.process.current_process()._config  # type: ignore[attr-defined]
    config["daemon"] = False
