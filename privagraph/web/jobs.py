"""Work that takes longer than a page may: what was asked for, how far it is, and what came of it.

Jobs live in memory as long as the server runs. Those of one kind are done one after the other.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from privagraph.errors import InputError, PrivagraphError
from privagraph.web.workers import TaskError

__all__ = ["Job", "Jobs", "State"]

_KEPT = 200
"""How many jobs are remembered."""


class State(StrEnum):
    """What has become of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work; whoever does it says in it how far it is.

    Attributes:
        id: What its address ends with.
        kind: ``upload`` or ``validation``.
        title: What it does, in a few words.
        steps: What is done one after the other, to show which of it is done; empty for work in equal parts.
        state: What has become of it.
        done: How many steps or parts are done.
        total: How many there are.
        doing: What is done now, in a few words.
        about: IRI of the policy that came of it; empty where none did.
        address: Where to go when it is done.
        found: What came of it, line by line.
        reason: Why it failed.
        advice: What to do next, where it failed.
        trace: Where a fault of ours was raised.
    """

    id: str
    kind: str
    title: str
    steps: tuple[str, ...] = ()
    state: State = State.WAITING
    done: int = 0
    total: int = 0
    doing: str = ""
    about: str = ""
    address: str = ""
    found: list[str] = field(default_factory=list)
    reason: str = ""
    advice: str = ""
    trace: str = ""

    def __post_init__(self) -> None:
        self.total = self.total or len(self.steps)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in (State.WAITING, State.RUNNING)

    def told(self) -> dict[str, object]:
        """How far it is, for a script."""
        return {
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "doing": self.doing,
            "address": self.address,
            "over": self.is_over,
        }


class Jobs:
    """All jobs of a server; end those that run with :meth:`close`."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._number = 0

    def get(self, id_: str) -> Job | None:
        """The job of an id; None where there is none, or it is long past."""
        return self._jobs.get(id_)

    def of_kind(self, kind: str) -> list[Job]:
        """The jobs of a kind, the latest first."""
        return [job for job in reversed(self._jobs.values()) if job.kind == kind]

    def ahead_of(self, job: Job) -> int:
        """How many jobs of its kind come before one that waits."""
        earlier = list(self._jobs.values())
        before = earlier[: earlier.index(job)] if job in earlier else []
        return sum(each.kind == job.kind and not each.is_over for each in before)

    def start(
        self, kind: str, title: str, work: Callable[[Job], Awaitable[None]], *, steps: tuple[str, ...] = ()
    ) -> Job:
        """Begin a job, after the others of its kind.

        Args:
            kind: Its kind.
            title: What it does.
            work: Does it. An error of this package that it raises becomes the reason why the job failed.
            steps: Its steps, if it has such.

        Returns:
            The job, which waits for its turn.
        """
        self._number += 1
        job = Job(str(self._number), kind, title, steps)
        self._jobs[job.id] = job
        while len(self._jobs) > _KEPT and next(iter(self._jobs.values())).is_over:
            self._jobs.popitem(last=False)
        self._running[job.id] = asyncio.create_task(self._do(job, work))
        return job

    async def stop(self, job: Job) -> None:
        """Stop a job, if it is not over; what it has done so far stays."""
        task = self._running.get(job.id)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def wait(self, job: Job, seconds: float) -> None:
        """Wait until a job is over, but no longer than some time."""
        task = self._running.get(job.id)
        if task is not None:
            await asyncio.wait([task], timeout=seconds)

    async def close(self) -> None:
        """Stop all jobs."""
        for job in list(self._jobs.values()):
            await self.stop(job)

    async def _do(self, job: Job, work: Callable[[Job], Awaitable[None]]) -> None:
        try:
            async with self._turns.setdefault(job.kind, asyncio.Lock()):
                job.state = State.RUNNING
                await work(job)
                job.state = State.DONE
        except asyncio.CancelledError:
            job.state = State.STOPPED
        except InputError as error:
            _fail(job, f"{error.source}: {error.reason}", f"{error.advice[:1].upper()}{error.advice[1:]}.")
        except PrivagraphError as error:
            _fail(job, str(error), "")
        except TaskError as error:
            _fail(job, f"This is a bug of ours: {error}", "Please report it with the lines below.")
            job.trace = error.trace
        except OSError as error:
            _fail(
                job,
                f"The server could not write what it needs ({error.strerror or error})",
                "See that its disk has room and that TMPDIR is a folder to write to, then try again.",
            )
        finally:
            if not job.is_over:  # what nobody expected; the server prints it
                _fail(job, "This is a bug of ours", "Please report it with what the server printed.")
            with suppress(KeyError):
                del self._running[job.id]
            job.doing = ""


def _fail(job: Job, reason: str, advice: str) -> None:
    job.state = State.FAILED
    job.reason = reason if reason.endswith(".") else f"{reason}."
    job.advice = advice
