"""Processes that map documents, each within its time and memory, and their results in the order of the sources.

Every process has a pipe of its own and shares nothing else: one that is ended in the middle of a word leaves the others
as they are. A document that takes too long, or too much, is left out; one whose process comes to an end by itself is
tried once more, alone, and then given up. Only so many documents are on their way at any time.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Self

from privagraph.corpus.limits import end_with_parent, limit_memory
from privagraph.corpus.work import Outcome, Settings, Task, map_one, out_of_time, warm_up
from privagraph.errors import PrivagraphError, ServiceError
from privagraph.loaders.pipeline import Failure

__all__ = ["Step", "Workers"]

Step = Task | Outcome
"""A source that is to be mapped, or what is known to have come of one already."""

_CONTEXT = multiprocessing.get_context(
    "spawn"
)  # threads of the tagger and the database do not survive a fork
_WAITING = 16
"""How many sources are on their way for each process: while one takes long, the others go on that far ahead of it."""
_SMALL = 32_000
"""How many bytes a task may have to be handed to a process that is still at another one; a pipe holds that many."""
_START_SECONDS = 300.0
_FALSE_STARTS = 3
"""How many processes in a row may come to an end before they have begun."""
_HELD = 100_000_000
"""How many bytes of content may be on their way; one source always may."""
_TURN = 1.0
"""How often, in seconds, the times of the documents are looked at."""
_MAPPED_BY_ONE = 1000
"""After how many documents a process is replaced, so that what a large document left behind in it does not stay."""


class Workers:
    """Processes that map documents; use it in a ``with`` statement.

    Args:
        processes: How many there are.
        settings: How documents are mapped.
        seconds: The longest time for one document, or None.
        memory: How many bytes of memory each process may take, or None.
    """

    def __init__(
        self, processes: int, settings: Settings, *, seconds: float | None, memory: int | None
    ) -> None:
        self._settings, self._seconds, self._memory = settings, seconds, memory
        self._processes = processes
        self._workers: list[_Worker] = []
        self._false_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def outcomes(self, steps: Iterable[Step]) -> Iterator[Outcome]:
        """What comes of sources, in their order.

        Args:
            steps: The sources; taken one after the other as there is room.

        Raises:
            ServiceError: A service that the extractor needs cannot be used, or no process can be started.
            PrivagraphError: What else kept a process from mapping anything.
        """
        waiting, order = iter(steps), deque[_Job]()
        more = True
        while more or order:
            while more and len(order) < _WAITING * self._processes and sum(map(_size, order)) < _HELD:
                step = next(waiting, None)
                if step is None:
                    more = False
                    break
                order.append(_Job(step) if isinstance(step, Task) else _Job(None, outcome=step))
            while order and order[0].outcome is not None:
                yield order.popleft().outcome  # type: ignore[misc]  # it was just looked at
            if order:
                self._advance(order)

    def _advance(self, order: deque[_Job]) -> None:
        """Hand out work, and take in what is done."""
        self._hand_out(order)
        pipes = {worker.pipe: worker for worker in self._workers}
        ready = wait(list(pipes), timeout=self._next_turn())
        for each in ready:
            pipes[each].take_in()  # type: ignore[index]  # only pipes were waited for
        for worker in list(self._workers):
            if worker.is_over():
                self._retire(worker)
            elif (late := worker.late(self._seconds)) is not None:
                late.outcome = Outcome(out_of_time(late.name, self._seconds or 0.0), late.input)
                worker.jobs.popleft()
                self._retire(worker)

    def _next_turn(self) -> float:
        return _TURN if self._seconds is None else min(_TURN, max(0.05, self._seconds / 4))

    def _hand_out(self, order: Iterable[_Job]) -> None:
        """Give each process something to do, and where it is small something to go on with."""
        open_ = [job for job in order if job.outcome is None and not job.handed_out]
        alone = next((job for job in order if job.outcome is None and job.crashes), None)
        if alone is not None:  # the others wait, so that whatever happens is its own doing
            first = self._started(1)[0]
            if first.ready and not alone.handed_out and not any(worker.jobs for worker in self._workers):
                first.give(alone)
            return
        if not open_:
            return
        started = self._started(min(self._processes, len(open_) + sum(1 for w in self._workers if w.jobs)))
        for depth in (0, 1):
            for worker in started:
                if open_ and worker.ready and len(worker.jobs) == depth and worker.takes(open_[0]):
                    worker.give(open_.pop(0))

    def _started(self, number: int) -> list[_Worker]:
        """So many processes, or more."""
        while len(self._workers) < number:
            self._workers.append(_Worker(self._settings, self._memory))
        return self._workers

    def _retire(self, worker: _Worker) -> None:
        """Let go of a process; what it had not begun is handed to another one."""
        self._workers.remove(worker)
        code = worker.end()
        if worker.error is not None:
            raise worker.error
        if worker.ready:
            self._false_starts = 0
        elif not worker.stopped:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise ServiceError(
                    "a process that maps policies",
                    f"does not start ({_ending(code)})",
                    "give it more with --memory-limit, or map with --jobs 1; a script has to start "
                    'under `if __name__ == "__main__":`',
                )
        if worker.ready and worker.jobs and not worker.stopped:
            first = worker.jobs[0]
            first.crashes += 1
            if first.crashes > 1:
                first.outcome = Outcome(
                    Failure(first.name, f"its process came to an end, twice: {_ending(code)}"), first.input
                )
        for job in worker.jobs:
            job.handed_out = False


def _size(job: _Job) -> int:
    """How many bytes of content a source on its way holds."""
    return len(job.task.source.content or b"") if job.task is not None and job.outcome is None else 0


@dataclass(eq=False, slots=True)
class _Job:
    """A source on its way.

    Attributes:
        task: What is to be done; None where that is known already.
        outcome: What came of it, once that is known.
        handed_out: Whether a process has it.
        crashes: How many processes came to an end over it.
    """

    task: Task | None
    outcome: Outcome | None = None
    handed_out: bool = False
    crashes: int = 0
    message: memoryview | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return "" if self.task is None else self.task.source.name

    @property
    def input(self) -> str:
        from privagraph.corpus.work import input_of

        return "" if self.task is None else input_of(self.task.source)

    def packed(self) -> memoryview:
        """The task as it is handed over."""
        if self.message is None:
            self.message = ForkingPickler.dumps(self.task)
        return self.message


class _Worker:
    """One process, seen from here.

    Attributes:
        pipe: Where tasks go and outcomes come from.
        jobs: What it was given and has not done.
        ready: Whether it has begun to take tasks.
        error: What keeps it, and any other process, from mapping anything.
        stopped: Whether it was ended from here.
    """

    def __init__(self, settings: Settings, memory: int | None) -> None:
        here, there = _CONTEXT.Pipe()
        self.pipe: Connection[object, object] = here
        self.jobs: deque[_Job] = deque()
        self.ready, self.stopped = False, False
        self.error: Exception | None = None
        self._over = False
        self._done = 0
        self._since = time.monotonic()
        self._process = _CONTEXT.Process(target=_serve, args=(there, settings, memory), daemon=True)
        with _no_interrupts():
            self._process.start()
        there.close()

    def takes(self, job: _Job) -> bool:
        """Whether a task can be handed over without waiting for the process to read it."""
        return not self.jobs or (self._done < _MAPPED_BY_ONE and len(job.packed()) <= _SMALL)

    def give(self, job: _Job) -> None:
        """Hand over a task."""
        if not self.jobs:
            self._since = time.monotonic()
        job.handed_out = True
        self.jobs.append(job)
        with suppress(OSError):  # it is gone, which shows when something is to be read from it
            self.pipe.send_bytes(job.packed())
        job.message = None

    def take_in(self) -> None:
        """Take what the process has to say."""
        try:
            kind, value = pickle.loads(self.pipe.recv_bytes())  # noqa: S301  # written by a process of ours
        except (EOFError, OSError):
            self._over = True
            return
        self._since = time.monotonic()
        if kind == "ready":
            self.ready = True
        elif kind == "done":
            self.jobs.popleft().outcome = value
            self._done += 1
        else:
            self.error, self._over = value, True

    def late(self, seconds: float | None) -> _Job | None:
        """The document whose time is over."""
        taken = time.monotonic() - self._since
        if not self.ready and taken > _START_SECONDS:
            self._over = True
        if seconds is None or not self.jobs or not self.ready or taken <= seconds or self.pipe.poll():
            return None
        self.stopped = True
        return self.jobs[0]

    def is_over(self) -> bool:
        """Whether the process is gone, or has done so much that another one takes its place."""
        if not self.jobs and self._done >= _MAPPED_BY_ONE:
            self.stopped = True
        return self._over or self.stopped

    def end(self) -> int | None:
        """End the process, whatever it does; says how it ended."""
        if self._over:
            self._process.join(1)
        self._process.kill()
        self._process.join(5)
        code = self._process.exitcode
        with suppress(OSError):
            self.pipe.close()
        return code


def _serve(pipe: Connection[object, object], settings: Settings, memory: int | None) -> None:
    """What a process does: map what it is given, until there is nothing at the other end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's, which ends its processes itself
    end_with_parent()
    if memory is not None:
        limit_memory(memory)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            warm_up(settings)
            pipe.send(("ready", None))
            while True:
                task: Task = pickle.loads(pipe.recv_bytes())  # noqa: S301  # written by the run
                pipe.send(("done", map_one(task, settings).for_travel()))
        except PrivagraphError as error:
            pipe.send(("error", error))
        except (EOFError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # a fault of ours outside of any document ends the run
            told = f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
            pipe.send(("error", RuntimeError(told)))


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Ctrl-C waits while a process is started, and in that process always: it must not hear of it at its start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "it could not be ended"
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"signal {signal.Signals(-code).name}"
    return f"signal {-code}"
