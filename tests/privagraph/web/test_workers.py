"""Processes that answer: within their time and memory, and whatever becomes of one, the next request is served."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

from privagraph.errors import QueryLimitError, ServiceError, UnknownQueryError
from privagraph.web.settings import Settings
from privagraph.web.workers import Place, TaskError, Workers

T = TypeVar("T")
ONE = Settings(workers=1, seconds=20)
HASTY = replace(ONE, seconds=3)
PATIENT = replace(ONE, seconds=100)
POLICIES = 3


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module whose functions the processes call; they find it where this process does."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("worker_tasks")


def with_workers(graph: Path, settings: Settings, use: Callable[[Workers], Awaitable[T]]) -> T:
    """What comes of using the processes of a graph."""

    async def used() -> T:
        async with Workers(Place(str(graph)), settings) as workers:
            return await use(workers)

    return asyncio.run(used())


def test_a_task_answers_and_its_faults_come_back(served_graph: Path, tasks: ModuleType) -> None:
    async def use(workers: Workers) -> list[int]:
        first = await workers.run(tasks.process)
        with pytest.raises(UnknownQueryError, match="did you mean agents") as refused:
            await workers.run(tasks.refuse)
        assert (refused.value.name, refused.value.near) == ("acme", ("agents",))
        with pytest.raises(TaskError, match="ZeroDivisionError: division by zero") as failed:
            await workers.run(tasks.stumble)
        assert "in stumble" in failed.value.trace
        assert await workers.run(tasks.policies) == POLICIES
        return [first, await workers.run(tasks.process)]

    first, last = with_workers(served_graph, ONE, use)
    assert first == last
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize(
    ("task", "arguments", "limit"),
    [
        ("nap", (60,), "time"),
        ("join", (), "time"),
        ("devour", (3_000_000_000,), "memory"),
        ("leave", (), "memory"),
        ("repeat", (60_000_000,), "size"),
    ],
)
def test_what_takes_too_much_is_ended_and_the_next_is_served(
    task: str, arguments: tuple[object, ...], limit: str, served_graph: Path, tasks: ModuleType
) -> None:
    settings = replace(HASTY if limit == "time" else ONE, memory_bytes=1_000_000_000)

    async def use(workers: Workers) -> float:
        await workers.run(tasks.policies)
        started = time.monotonic()
        with pytest.raises(QueryLimitError) as stopped:
            await workers.run(getattr(tasks, task), *arguments)
        assert stopped.value.limit == limit
        taken = time.monotonic() - started
        assert await workers.run(tasks.policies) == POLICIES
        return taken

    assert with_workers(served_graph, settings, use) < 30  # the nap would be a minute


def test_a_process_that_the_system_ended_is_replaced(served_graph: Path, tasks: ModuleType) -> None:
    async def use(workers: Workers) -> int:
        os.kill(await workers.run(tasks.process), signal.SIGKILL)
        await asyncio.sleep(0.2)
        return await workers.run(tasks.policies)

    assert with_workers(served_graph, ONE, use) == POLICIES


def test_a_request_that_goes_away_takes_its_process_with_it(served_graph: Path, tasks: ModuleType) -> None:
    async def use(workers: Workers) -> tuple[int, int]:
        before = await workers.run(tasks.process)
        waiting = asyncio.ensure_future(workers.run(tasks.nap, 60))
        await asyncio.sleep(0.2)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        return before, await workers.run(tasks.process)

    started = time.monotonic()
    before, after = with_workers(served_graph, PATIENT, use)
    assert before != after
    assert time.monotonic() - started < 50  # neither the nap nor the limit is waited for


def test_the_pipe_of_an_ended_process_is_left_to_the_thread_that_waits_at_it(served_graph: Path) -> None:
    """Were it closed, its number would soon be another pipe's, at which that thread would go on to wait."""

    async def use(workers: Workers) -> None:
        (worker,) = workers._all
        asking = asyncio.ensure_future(workers.run(os.getpid))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert worker not in workers._all
        assert not worker.is_alive()
        assert not worker._pipe.closed

    with_workers(served_graph, ONE, use)


def test_a_long_queue_takes_nobody_more(served_graph: Path, tasks: ModuleType) -> None:
    async def use(workers: Workers) -> list[object]:
        await workers.run(tasks.policies)
        napping = asyncio.ensure_future(workers.run(tasks.nap, 60))
        waiting = asyncio.ensure_future(workers.run(tasks.policies))
        await asyncio.sleep(0)  # both are counted before they wait for anything
        with pytest.raises(ServiceError, match="too many requests wait"):
            await workers.run(tasks.policies)
        napping.cancel()
        done = await asyncio.gather(napping, waiting, return_exceptions=True)
        assert await workers.run(tasks.policies) == POLICIES
        return done

    napped, waited = with_workers(served_graph, replace(PATIENT, waiting=1), use)
    assert isinstance(napped, asyncio.CancelledError)
    assert waited == POLICIES


def test_one_process_is_left_for_what_is_quick(served_graph: Path, tasks: ModuleType) -> None:
    async def use(workers: Workers) -> float:
        await asyncio.gather(workers.run(tasks.policies), workers.run(tasks.policies))
        long = [asyncio.ensure_future(workers.run_long(tasks.nap, 60)) for _ in range(3)]
        await asyncio.sleep(0.1)
        started = time.monotonic()
        assert await workers.run(tasks.policies) == POLICIES
        for each in long:
            each.cancel()
        await asyncio.gather(*long, return_exceptions=True)
        return time.monotonic() - started

    assert with_workers(served_graph, replace(PATIENT, workers=2), use) < 50


def test_a_graph_that_changed_is_opened_anew(served_graph: Path, tasks: ModuleType) -> None:
    async def use(workers: Workers) -> list[int]:
        counts = [await workers.run(tasks.opened), await workers.run(tasks.opened)]
        workers.place = replace(workers.place, generation=1)
        return [*counts, await workers.run(tasks.opened)]

    assert with_workers(served_graph, ONE, use) == [1, 1, 2]


def test_a_process_that_does_not_start_is_no_query_that_takes_too_much(
    served_graph: Path, tasks: ModuleType
) -> None:
    async def use(workers: Workers) -> None:
        with pytest.raises(TaskError, match="does not start"):
            await workers.run(tasks.process)

    with_workers(served_graph, replace(ONE, memory_bytes=1_000_000), use)
