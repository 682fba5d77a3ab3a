"""Processes that answer from the graph, each within its time and memory.

The engine cannot be told to stop, so whatever reads the graph runs in a process of its own, which is ended when its
time is over: the next request finds a fresh one. A task is a function of a module, called with the open store and with
values; what it returns or raises comes back. Nobody but this program talks to these processes.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from privagraph.errors import PrivagraphError, QueryLimitError, ServiceError

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore
    from privagraph.web.settings import Settings

__all__ = ["Place", "Task", "TaskError", "Workers"]

_P = ParamSpec("_P")
_T = TypeVar("_T")
Task = Callable[Concatenate["GraphStore", _P], _T]
"""A function of a module that is called with the store; arguments and result must survive a pipe."""

_CONTEXT = multiprocessing.get_context("spawn")  # the database's threads do not survive a fork
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the graph is.

    Attributes:
        location: The store's folder.
        generation: Counts up whenever the graph changes.
    """

    location: str
    generation: int = 0


class TaskError(Exception):
    """A fault of ours in a task.

    Attributes:
        trace: Where it was raised.
    """

    def __init__(self, error: str, trace: str = "") -> None:
        super().__init__(error)
        self.trace = trace


class Workers:
    """Processes that have the graph open for reading; use it in an ``async with`` statement.

    Args:
        place: Where the graph is; may be set anew, and then the next request of each process opens that one.
        settings: How many processes there are, and their limits.
    """

    def __init__(self, place: Place, settings: Settings) -> None:
        self.place = place
        self._settings = settings
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._asked = 0
        self._long = asyncio.Semaphore(max(1, settings.workers - 1))
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="worker")

    async def __aenter__(self) -> Workers:
        for _ in range(self._settings.workers):
            self._idle.put_nowait(self._started())
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in list(self._all):
            self._ended(worker)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def run(self, task: Task[_P, _T], /, *args: _P.args, **options: _P.kwargs) -> _T:
        """Do a task within the usual time.

        Args:
            task: What to do.
            *args: What the task is called with, after the store.
            **options: The same, by name.

        Raises:
            QueryLimitError: It took too long, or too much memory.
            ServiceError: Too many requests wait.
            PrivagraphError: What the task raised on purpose.
            TaskError: A fault of ours in the task.
        """
        return (await self.weighed(task, args, options, long=False))[0]

    async def run_long(self, task: Task[_P, _T], /, *args: _P.args, **options: _P.kwargs) -> _T:
        """Do a task that may take its time, such as somebody's query: one process is left for what is quick.

        Args:
            task: What to do.
            *args: What the task is called with, after the store.
            **options: The same, by name.

        Raises:
            QueryLimitError: See :meth:`run`.
            ServiceError: See :meth:`run`.
            PrivagraphError: See :meth:`run`.
            TaskError: See :meth:`run`.
        """
        return (await self.weighed(task, args, options, long=True))[0]

    async def weighed(
        self, task: Task[..., _T], args: tuple[object, ...], options: Mapping[str, object], *, long: bool
    ) -> tuple[_T, int]:
        """Do a task whose result is kept.

        Args:
            task: What to do.
            args: What the task is called with, after the store.
            options: The same, by name.
            long: Whether it may take its time, see :meth:`run_long`.

        Returns:
            The result, and about how many bytes it takes.

        Raises:
            QueryLimitError: See :meth:`run`.
            ServiceError: See :meth:`run`.
            PrivagraphError: See :meth:`run`.
            TaskError: See :meth:`run`.
        """
        with self._counted():
            async with self._long if long else nullcontext():
                return await self._run(task, args, options)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Keeps count of the requests; there can be too many."""
        if self._asked >= self._settings.workers + self._settings.waiting:
            raise ServiceError("privagraph", "too many requests wait for an answer", "try again in a moment")
        self._asked += 1
        try:
            yield
        finally:
            self._asked -= 1

    async def _run(
        self, task: Task[..., _T], args: tuple[object, ...], options: Mapping[str, object]
    ) -> tuple[_T, int]:
        settings = self._settings
        worker = await self._idle.get()
        if not worker.is_alive():  # the system ended it, which is no fault of this request
            self._ended(worker)
            worker = self._started()
        try:
            # what blocks on the pipe is a thread; when the request goes away, so does the process, and the thread ends
            reply = await asyncio.get_running_loop().run_in_executor(
                self._threads, worker.ask, (self.place, task, args, dict(options)), settings.seconds
            )
        except (asyncio.CancelledError, EOFError, OSError, TimeoutError) as error:
            self._ended(worker)
            worker = self._started()
            if isinstance(error, asyncio.CancelledError):
                raise
            if isinstance(error, ChildProcessError):
                raise TaskError(
                    "a process that reads the graph does not start",
                    "What it printed stands in the server's window.",
                ) from None
            if isinstance(error, TimeoutError):
                raise QueryLimitError(
                    "time",
                    f"stopped after {settings.seconds:g} seconds, the longest that this server lets a query run",
                    "ask for less: one policy, fewer columns, a LIMIT",
                ) from None
            raise QueryLimitError(
                "memory",
                f"stopped: it took more memory than the {settings.memory_bytes / 1e9:g} GB that this server allows",
                "ask for less: one policy, no ORDER BY over everything, a LIMIT",
            ) from None
        finally:
            self._idle.put_nowait(worker)
        kind, value, size = reply
        if kind == "done":
            result: _T = value  # type: ignore[assignment]  # what the task returned
            return result, size
        if isinstance(value, PrivagraphError):
            raise value
        raise TaskError(*value)  # type: ignore[misc]  # the error's words, and where it was raised

    def _started(self) -> _Worker:
        worker = _Worker(self._settings)
        self._all.add(worker)
        return worker

    def _ended(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.end()


class _Worker:
    """One process, seen from here."""

    def __init__(self, settings: Settings) -> None:
        from privagraph.web.worker_process import serve

        here, there = _CONTEXT.Pipe()
        limits = settings.memory_bytes, settings.answer_bytes
        self._pipe: Connection[object, object] = here
        self._process = _CONTEXT.Process(target=serve, args=(there, *limits), daemon=True)
        self._process.start()
        there.close()
        self._ready = False

    def is_alive(self) -> bool:
        """Whether the process is there."""
        return self._process.is_alive()

    def ask(self, request: object, seconds: float) -> tuple[str, object, int]:
        """Hand over a request and wait for its reply.

        Returns:
            The kind of reply, what it says, and how many bytes it had on its way.

        Raises:
            TimeoutError: None came in time.
            ChildProcessError: The process did not even start.
            EOFError: The process came to an end.
        """
        if not self._ready:  # its start is not the request's time
            try:
                self._ready = self._pipe.poll(_START_SECONDS) and bool(self._pipe.recv())
            except (EOFError, OSError):
                self._ready = False
            if not self._ready:
                raise ChildProcessError
        self._pipe.send(request)
        if not self._pipe.poll(seconds):
            raise TimeoutError
        received = self._pipe.recv_bytes()
        kind, value = pickle.loads(received)  # noqa: S301  # written by a process of ours
        return kind, value, len(received)

    def end(self) -> None:
        """End the process, whatever it does.

        The pipe is closed when nobody holds this object any more: a thread may still wait at it, and would go on to
        wait at whatever got its number next.
        """
        self._process.kill()
        self._process.join(5)
