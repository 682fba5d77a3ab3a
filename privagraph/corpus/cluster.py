"""A run on the machines of a Dask cluster: partitions of the sources go out, and accounts of them come back.

The contents of the sources travel with the partitions; the graphs do not come back, since each worker writes those of a
partition as one shard to a place that all machines can use. A worker that is lost costs the partition that it was at:
the scheduler hands it to another one, which writes a shard of the same name where it comes to the same graphs. Only
what the manifest names counts, and only this process writes to that.

Dask distributed: https://distributed.dask.org.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from privagraph.corpus.checks import check_workers, connected
from privagraph.corpus.partition import Order, end_processes, map_partition
from privagraph.corpus.places import part_name, place_at
from privagraph.corpus.work import Outcome, Task, input_of
from privagraph.errors import GraphError, InputError, PrivagraphError, ServiceError
from privagraph.loaders.inputs import Source
from privagraph.loaders.pipeline import left_out
from privagraph.loaders.readers.reading import LARGEST, read

if TYPE_CHECKING:
    from distributed import Future

    from privagraph.corpus.work import Step

__all__ = ["Cluster"]

_MOST = 32
"""How many sources a partition has at most."""
_FIRST = 4
"""How many the first ones have, so that all workers soon have something to do."""
_SHARE = 8
"""One part in so many of what a thread has had so far is the next partition, so that none is at work long after all."""
_BYTES = 1_000_000
"""How many bytes of content it has at most, where it has more than one source."""
_FOR_EACH = 3
"""How many partitions are on their way for each thread of the workers: one, and two to go on with."""
_AHEAD = 1000
"""How many partitions may be done, or on their way, behind the oldest that is not done."""
_TOLD = logging.getLogger("distributed.utils")
"""Where Dask logs, with all of its trace, that a scheduler is gone, which is an error of ours anyway."""
_TURN = 1.0
"""How often, in seconds, it is looked whether workers and scheduler are there."""
_NO_WORKERS = 60.0
"""For how long, in seconds, a run waits when all workers have gone."""
_HANDED_OUT = 4
"""How often a partition is handed out whose workers are lost; Dask itself tries some times each time."""
_LATE = 10
"""For how many seconds a shard may stay unseen: folders on networks are a little late."""


class Cluster:
    """The workers of a scheduler; use it in a ``with`` statement.

    Args:
        address: The scheduler, such as ``tcp://10.0.0.1:8786``.
        order: How partitions are mapped.

    Raises:
        MissingDependencyError: Dask is not installed.
        InputError: That is no address of a scheduler.
        ServiceError: The scheduler does not answer, there are no workers, or they cannot do this work.
        GraphError: The workers do not write where this process reads.
    """

    def __init__(self, address: str, order: Order) -> None:
        self._address, self._order = address, order
        self._place = place_at(order.place)
        self._client = connected(address)
        try:
            check_workers(self._client, address, order)
        except BaseException:
            self._client.close()
            raise
        self._threads, self._looked, self._seen = 1, 0.0, time.monotonic()
        self._level = _TOLD.level

    def __enter__(self) -> Self:
        _TOLD.setLevel(logging.CRITICAL)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError, RuntimeError):  # the scheduler may be gone
            if self._client.status == "running":
                self._client.run(end_processes, self._order.run, on_error="ignore")
        self._client.close()
        _TOLD.setLevel(self._level)

    def outcomes(self, steps: Iterable[Step]) -> Iterator[Outcome]:
        """What comes of sources, in their order; with their places in the shards, and without their graphs.

        Args:
            steps: The sources; taken one after the other as there is room.

        Raises:
            ServiceError: The cluster does not go on.
            GraphError: A shard cannot be written, or is not seen here.
            PrivagraphError: What else kept a worker from mapping anything.
        """
        waiting, order = _partitions(steps, lambda: self._threads), deque[_Partition]()
        more = True
        while more or order:
            while more and self._has_room(order):
                partition = next(waiting, None)
                if partition is None:
                    more = False
                    break
                order.append(partition)
                self._hand_out(partition)
            while order and order[0].outcomes is not None:
                yield from order.popleft().told()
            if order:
                self._advance(order)

    def _has_room(self, order: Sequence[_Partition]) -> bool:
        """Whether another partition may be on its way."""
        now = time.monotonic()
        if now - self._looked > _TURN:
            self._look(now)
        going = sum(1 for each in order if each.outcomes is None)
        return len(order) < _AHEAD and going < _FOR_EACH * self._threads

    def _look(self, now: float) -> None:
        """See how many workers there are; they come and go."""
        self._looked = now
        with self._answered():
            threads = sum(self._client.nthreads().values())
        if threads:
            self._threads, self._seen = threads, now
        elif now - self._seen > _NO_WORKERS:
            raise ServiceError(
                self._address,
                "all workers have gone",
                "start some and map again: the run goes on where it stopped",
            )

    def _hand_out(self, partition: _Partition) -> None:
        """Give a partition to the scheduler; one with nothing to do is done."""
        if not partition.tasks:
            partition.outcomes = ()
            return
        if self._client.status != "running":  # a client that is closed raises what is no error of its own
            raise self._gone()
        partition.future = self._client.submit(map_partition, self._order, partition.tasks, pure=False)
        partition.handed_out += 1

    def _advance(self, order: Sequence[_Partition]) -> None:
        """Take in what is done, after waiting for it a little."""
        from distributed import CancelledError, wait

        going = {each.future: each for each in order if each.future is not None}
        with self._answered(), suppress(TimeoutError, CancelledError), self._client.as_current():
            wait(list(going), timeout=_TURN, return_when="FIRST_COMPLETED")
        for future, partition in going.items():
            if future.status == "finished":
                self._take_in(partition, future)
            elif future.status == "error":
                self._failed(partition, future)
            elif future.status == "cancelled":  # one that is "lost" is being mapped once more
                raise self._gone()
        self._look(time.monotonic())

    def _take_in(self, partition: _Partition, future: Future[tuple[Outcome, ...]]) -> None:
        """Take what a worker says of a partition, once its shard is seen from here."""
        with self._answered():
            outcomes = future.result()
        pieces = [each.piece for each in outcomes if each.piece is not None]
        if pieces:
            self._expect(part_name(pieces[0].shard), pieces[-1].stop)
        partition.outcomes, partition.future = outcomes, None
        partition.tasks = ()

    def _expect(self, name: str, size: int) -> None:
        for _ in range(_LATE):
            found = self._place.size(name)
            if found == size:
                return
            time.sleep(1)
        raise GraphError(
            self._order.place,
            f"a worker wrote {name}, and it is not to be seen here",
            "name a folder that all machines share, or an address such as s3://",
        )

    def _failed(self, partition: _Partition, future: Future[tuple[Outcome, ...]]) -> None:
        """A partition ended in an error: that of workers that were lost, or one that ends the run."""
        from distributed.scheduler import KilledWorker

        with self._answered():
            error = future.exception()
        partition.future = None
        if isinstance(error, PrivagraphError):
            raise error
        if not isinstance(error, KilledWorker):
            raise ServiceError(
                self._address,
                f"a worker cannot map ({type(error).__name__}: {error})",
                "look at its log; it needs the same release of privagraph as this machine",
            ) from error
        if partition.handed_out >= _HANDED_OUT:
            raise ServiceError(
                self._address,
                "its workers come to an end again and again over the same policies",
                "look at their logs and give them more memory: the run goes on where it stopped",
            ) from error
        self._hand_out(partition)

    @contextmanager
    def _answered(self) -> Iterator[None]:
        """Say in words of ours what Dask raises where the connection to the scheduler is closed."""
        from distributed import CancelledError

        try:
            yield
        except (CancelledError, OSError, RuntimeError) as error:  # one that took too long is an OSError too
            raise self._gone() from error

    def _gone(self) -> ServiceError:
        return ServiceError(
            self._address,
            "the scheduler is gone",
            "start it and its workers, and map again: the run goes on where it stopped",
        )


@dataclass(eq=False, slots=True)
class _Partition:
    """Sources that one worker maps.

    Attributes:
        steps: All of them in their order; None stands for a task.
        tasks: Those that are to be mapped.
        future: What will come of them, while they are on their way.
        outcomes: What came of them, once that is known.
        handed_out: How often they were.
    """

    steps: list[Outcome | None]
    tasks: tuple[Task, ...]
    future: Future[tuple[Outcome, ...]] | None = None
    outcomes: tuple[Outcome, ...] | None = None
    handed_out: int = 0

    def told(self) -> Iterator[Outcome]:
        """What came of all of them, in their order."""
        mapped = iter(self.outcomes or ())
        for step in self.steps:
            yield next(mapped) if step is None else step


def _partitions(steps: Iterable[Step], threads: Callable[[], int]) -> Iterator[_Partition]:
    """Sources in partitions, each with the contents of its own; they grow with the run."""
    gathered: list[Outcome | None] = []
    tasks: list[Task] = []
    held = 0
    for behind, step in enumerate(steps):
        loaded = _loaded(step) if isinstance(step, Task) else step
        size = len(loaded.source.content or b"") if isinstance(loaded, Task) else 0
        most = min(_MOST, max(_FIRST, behind // (_SHARE * threads())))
        if gathered and (len(gathered) >= most or held + size > _BYTES):
            yield _Partition(gathered, tuple(tasks))
            gathered, tasks, held = [], [], 0
        if isinstance(loaded, Task):
            tasks.append(loaded)
        gathered.append(None if isinstance(loaded, Task) else loaded)
        held += size
    if gathered:
        yield _Partition(gathered, tuple(tasks))


def _loaded(task: Task) -> Task | Outcome:
    """A task with the content of its file, which no other machine need see; or what keeps that from being read."""
    path = task.source.path
    if task.source.content is not None or path is None:
        return task
    try:
        if path.is_file():
            with path.open("rb") as stream:
                return replace(task, source=replace(task.source, content=stream.read(LARGEST + 1)))
    except OSError:
        pass  # and said as everywhere else:
    return _unreadable(task.source)


def _unreadable(source: Source) -> Task | Outcome:
    try:
        read(source)
    except InputError as error:
        return Outcome(left_out(source.name, error), input_of(source))
    return Task(source)  # it is there by now; a worker on this machine can read it
