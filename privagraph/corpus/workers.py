"""Processes that map documents, each within its time and memory, and their results in the order of the sources.

Every process has a pipe of its own and shares nothing else: one that is ended in the middle of a word leaves the others
as they are. A document that takes too long, or too much, is left out; one whose process comes to an end by itself is
tried once more, alone, and then given up. Only so many documents are on their way at any time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self

from privagraph.corpus.work import Outcome, Settings, Step, Task, out_of_time
from privagraph.corpus.worker import Job, Worker, ending
from privagraph.errors import ServiceError
from privagraph.loaders.pipeline import Failure

__all__ = ["Workers"]

_WAITING = 16
"""How many sources are on their way for each process: while one takes long, the others go on that far ahead of it."""
_TURN = 1.0
"""How often, in seconds, the times of the documents are looked at."""
_FALSE_STARTS = 3
"""How many processes in a row may come to an end before they have begun."""
_HELD = 100_000_000
"""How many bytes of content may be on their way; one source always may."""


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
        self._workers: list[Worker] = []
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
        waiting, order = iter(steps), deque[Job]()
        more = True
        while more or order:
            while more and len(order) < _WAITING * self._processes and sum(map(_size, order)) < _HELD:
                step = next(waiting, None)
                if step is None:
                    more = False
                    break
                order.append(Job(step) if isinstance(step, Task) else Job(None, outcome=step))
            while order and order[0].outcome is not None:
                yield order.popleft().outcome  # type: ignore[misc]  # it was just looked at
            if order:
                self._advance(order)

    def _advance(self, order: deque[Job]) -> None:
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

    def _hand_out(self, order: Iterable[Job]) -> None:
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

    def _started(self, number: int) -> list[Worker]:
        """So many processes, or more."""
        while len(self._workers) < number:
            self._workers.append(Worker(self._settings, self._memory))
        return self._workers

    def _retire(self, worker: Worker) -> None:
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
                    f"does not start ({ending(code)})",
                    "give it more with --memory-limit, or map with --jobs 1; a script has to start "
                    'under `if __name__ == "__main__":`',
                )
        if worker.ready and worker.jobs and not worker.stopped:
            first = worker.jobs[0]
            first.crashes += 1
            if first.crashes > 1:
                first.outcome = Outcome(
                    Failure(first.name, f"its process came to an end, twice: {ending(code)}"), first.input
                )
        for job in worker.jobs:
            job.handed_out = False


def _size(job: Job) -> int:
    """How many bytes of content a source holds until its outcome is taken: who takes that may still need it."""
    return len(job.task.source.content or b"") if job.task is not None else 0
