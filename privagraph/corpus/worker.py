"""One process that maps documents: its end of the pipe, and the run's."""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
import time
import traceback
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler

from privagraph.corpus.limits import end_with_parent, limit_memory
from privagraph.corpus.work import Outcome, Settings, Task, input_of, map_one, out_of_memory, warm_up
from privagraph.errors import PrivagraphError

__all__ = ["Job", "Worker", "ending"]

_CONTEXT = multiprocessing.get_context(
    "spawn"
)  # threads of the tagger and the database do not survive a fork
_SMALL = 32_000
"""How many bytes a task may have to be handed to a process that is still at another one; a pipe holds that many."""
_SELDOM = (50_000, 20, 50)
"""How seldom dead objects are looked for: most live as long as their policy, and looking costs a tenth of the time."""
_START_SECONDS = 300.0
_MAPPED_BY_ONE = 1000
"""After how many documents a process is replaced, so that what a large document left behind in it does not stay."""


@dataclass(eq=False, slots=True)
class Job:
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
        """The source's name."""
        return "" if self.task is None else self.task.source.name

    @property
    def input(self) -> str:
        """What the source's bytes hash to."""
        return "" if self.task is None else input_of(self.task.source)

    def packed(self) -> memoryview:
        """The task as it is handed over."""
        if self.message is None:
            self.message = ForkingPickler.dumps(self.task)
        return self.message


class Worker:
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
        self.jobs: deque[Job] = deque()
        self.ready, self.stopped = False, False
        self.error: Exception | None = None
        self._over = False
        self._done = 0
        self._since = time.monotonic()
        self._process = _CONTEXT.Process(target=_serve, args=(there, settings, memory), daemon=True)
        with _no_interrupts():
            self._process.start()
        there.close()

    def takes(self, job: Job) -> bool:
        """Whether a task can be handed over without waiting for the process to read it."""
        return not self.jobs or (self._done < _MAPPED_BY_ONE and len(job.packed()) <= _SMALL)

    def give(self, job: Job) -> None:
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

    def late(self, seconds: float | None) -> Job | None:
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
            gc.freeze()  # lexica and model stay: nobody need look for dead objects among theirs
            gc.set_threshold(*_SELDOM)
            pipe.send(("ready", None))
            while True:
                task: Task = pickle.loads(pipe.recv_bytes())  # noqa: S301  # written by the run
                pipe.send(("done", _mapped(task, settings)))
        except PrivagraphError as error:
            pipe.send(("error", error))
        except (EOFError, OSError):
            raise
        except MemoryError:
            return  # the run sees that the process is gone
        except Exception as error:  # noqa: BLE001  # a fault of ours outside of any document ends the run
            told = f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
            pipe.send(("error", RuntimeError(told)))


def _mapped(task: Task, settings: Settings) -> Outcome:
    """What comes of a task, ready for the way back."""
    try:
        return map_one(task, settings).for_travel()
    except MemoryError:
        return Outcome(out_of_memory(task.source.name), input_of(task.source))


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


def ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "it could not be ended"
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"signal {signal.Signals(-code).name}"
    return f"signal {-code}"
