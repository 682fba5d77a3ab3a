"""Jobs: one after the other of a kind, stopped when somebody asks, and what went wrong with them is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from privagraph.errors import GraphError, UnreadableSourceError
from privagraph.web.jobs import Job, Jobs, State
from privagraph.web.workers import TaskError

Work = Callable[[Job], Awaitable[None]]


def done_with(jobs: Jobs, work: Work, *, kind: str = "upload") -> Job:
    """A job after its end; to be called within a loop."""
    return jobs.start(kind, "shop.html", work, steps=("one", "two"))


async def nothing(job: Job) -> None:
    """Work that is done at once."""
    job.done = job.total


def test_a_job_is_done() -> None:
    async def go() -> Job:
        jobs = Jobs()
        job = done_with(jobs, nothing)
        assert (job.state, job.total, job.is_over) == (State.WAITING, 2, False)
        await jobs.wait(job, 5)
        assert jobs.get(job.id) is job
        return job

    job = asyncio.run(go())
    assert (job.state, job.done, job.is_over) == (State.DONE, 2, True)
    assert job.told()["over"] is True


def test_one_of_a_kind_at_a_time() -> None:
    async def go() -> list[str]:
        jobs, told = Jobs(), list[str]()
        free = asyncio.Event()

        async def wait(job: Job) -> None:
            told.append(f"{job.id} begins")
            await free.wait()
            told.append(f"{job.id} ends")

        first, second = done_with(jobs, wait), done_with(jobs, wait)
        other = done_with(jobs, wait, kind="validation")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert (first.state, second.state, other.state) == (State.RUNNING, State.WAITING, State.RUNNING)
        assert [jobs.ahead_of(job) for job in (first, second, other)] == [0, 1, 0]
        assert jobs.of_kind("upload") == [second, first]
        free.set()
        for job in (first, second, other):
            await jobs.wait(job, 5)
        return [line for line in told if not line.startswith(other.id)]

    assert asyncio.run(go()) == ["1 begins", "1 ends", "2 begins", "2 ends"]


@pytest.mark.parametrize("waits", [False, True], ids=["running", "waiting"])
def test_stop(waits: bool) -> None:
    async def go() -> tuple[Job, Job]:
        jobs = Jobs()

        async def for_ever(job: Job) -> None:
            await asyncio.Event().wait()

        first, second = done_with(jobs, for_ever), done_with(jobs, nothing)
        await asyncio.sleep(0)
        await jobs.stop(second if waits else first)
        if not waits:
            await jobs.wait(second, 5)
        await jobs.close()
        return first, second

    first, second = asyncio.run(go())
    assert first.state is State.STOPPED  # by hand, or at the end
    assert second.state is (State.STOPPED if waits else State.DONE)


@pytest.mark.parametrize(
    ("error", "reason", "advice", "trace"),
    [
        (
            UnreadableSourceError("shop.html", "cannot be opened", "give another"),
            "shop.html: cannot be opened.",
            "Give another.",
            "",
        ),
        (
            GraphError("graph", "the disk is full", "free some space"),
            "graph: the disk is full; free some space.",
            "",
            "",
        ),
        (
            TaskError("KeyError: 'x'", "line 1"),
            "This is a bug of ours: KeyError: 'x'.",
            "Please report it with the lines below.",
            "line 1",
        ),
        (
            OSError(28, "No space left on device"),
            "The server could not write what it needs (No space left on device).",
            "See that its disk has room and that TMPDIR is a folder to write to, then try again.",
            "",
        ),
        (
            KeyError("x"),
            "This is a bug of ours.",
            "Please report it with what the server printed.",
            "",
        ),
    ],
)
def test_what_goes_wrong_is_told(error: Exception, reason: str, advice: str, trace: str) -> None:
    async def go() -> Job:
        jobs = Jobs()

        async def fail(job: Job) -> None:
            raise error

        job = done_with(jobs, fail)
        await jobs.wait(job, 5)
        return job

    job = asyncio.run(go())
    assert (job.state, job.reason, job.advice, job.trace) == (State.FAILED, reason, advice, trace)


def test_long_past_jobs_are_forgotten() -> None:
    async def go() -> tuple[Jobs, list[Job]]:
        jobs = Jobs()
        made = []
        for _ in range(210):
            made.append(done_with(jobs, nothing))
            await jobs.wait(made[-1], 5)
        return jobs, made

    jobs, made = asyncio.run(go())
    assert jobs.get(made[0].id) is None
    assert jobs.get(made[-1].id) is made[-1]
    assert len(jobs.of_kind("upload")) == 200
