"""Processes that map: their results are those of one process, and none of them takes the run down."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from privagraph.corpus import workers as module
from privagraph.corpus.work import Outcome, Settings, Task, map_one
from privagraph.corpus.worker import Job, Worker
from privagraph.corpus.workers import Workers
from privagraph.errors import InputError
from privagraph.loaders.inputs import LeftOut, Source
from privagraph.loaders.pipeline import Failure, MappedSource

SETTINGS = Settings(extractor="lexicon")
POLICY = """Privacy Policy of {name}

We collect your email address when you register, and we use it to send you our newsletter.
We do not sell your personal information to third parties. You may ask us for a copy of your data.
"""


def task(name: str, times: int = 1) -> Task:
    return Task(Source(f"{name}.txt", content=(POLICY.format(name=name) * times).encode()))


def slow(name: str) -> Task:
    """A policy that takes many seconds."""
    return task(name, 4000)


def children() -> list[int]:
    """The processes that this one has started and that map."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
                words = (each / "cmdline").read_bytes()
            except OSError:
                continue
            if parent == os.getpid() and b"spawn_main" in words:
                found.append(int(each.name))
    return found


def test_outcomes_come_in_the_order_of_the_sources_and_are_those_of_one_process() -> None:
    tasks = [task("Acme", 40), task("Birch"), Task(Source("empty.txt", content=b"")), task("Cedar")]
    known = Outcome(LeftOut("corpus.jsonl:3", "record", "no JSON", "repair it"))
    with Workers(2, SETTINGS, seconds=60, memory=None) as workers:
        found = list(workers.outcomes([*tasks[:2], known, *tasks[2:]]))
    expected = [map_one(each, SETTINGS).for_travel() for each in tasks]
    assert found == [*expected[:2], known, *expected[2:]]
    assert [type(each.account) for each in found] == [
        MappedSource,
        MappedSource,
        LeftOut,
        LeftOut,
        MappedSource,
    ]
    assert found[0].text() == map_one(tasks[0], SETTINGS).text()


def test_no_more_sources_are_taken_than_there_is_room_for() -> None:
    taken = 0
    others = set(children())  # of tests before this one in the same process

    def steps() -> Iterator[Task]:
        nonlocal taken
        for number in range(60):
            taken += 1
            yield task(f"Company {number}")

    with Workers(1, SETTINGS, seconds=60, memory=None) as workers:
        outcomes = workers.outcomes(steps())
        for done in range(1, 4):
            next(outcomes)
            assert taken <= done + 16
    assert set(children()) <= others


def test_content_counts_until_its_outcome_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HELD", 1000)
    taken = 0
    done = Outcome(LeftOut("other", "empty", "no", "do"))

    def steps() -> Iterator[Task]:
        nonlocal taken
        for number in range(30):
            taken += 1
            yield Task(Source(str(number), content=bytes(100)))

    def all_but_the_first(_self: Workers, order: Sequence[Job]) -> None:
        waiting = [job for job in order if job.outcome is None]
        for job in waiting[1:] or waiting:
            job.outcome = done

    monkeypatch.setattr(Workers, "_advance", all_but_the_first)
    with Workers(2, SETTINGS, seconds=None, memory=None) as workers:
        outcomes = workers.outcomes(steps())
        next(outcomes)
        assert taken == 10
        assert len(list(outcomes)) == 29


def test_a_document_that_takes_too_long_is_left_out_and_the_others_are_mapped(
    late: Callable[..., None],
) -> None:
    late("Acme.txt")
    with Workers(1, SETTINGS, seconds=500, memory=None) as workers:
        stopped, other = workers.outcomes([slow("Acme"), task("Birch")])
    assert isinstance(stopped.account, LeftOut)
    assert (stopped.account.source, stopped.account.code) == ("Acme.txt", "time")
    assert "stopped after 500 seconds" in stopped.account.reason
    assert "--time-limit" in stopped.account.advice
    assert isinstance(other.account, MappedSource)


def test_the_time_of_a_document_is_over_when_the_clock_says_so() -> None:
    worker, job = Worker(SETTINGS, None), Job(slow("Acme"))
    try:
        worker.take_in()
        worker.give(job)
        worker._since -= 400
        assert worker.late(None) is None
        assert worker.late(500) is None
        worker._since -= 101
        assert worker.late(500) is job
        assert worker.is_over()
    finally:
        worker.end()


def test_a_document_whose_process_dies_is_tried_once_more_and_then_given_up() -> None:
    kills = {"Acme.txt": 1, "Birch.txt": 2}
    with Workers(1, SETTINGS, seconds=100, memory=None) as workers:

        def kill() -> None:
            killed: set[int | None] = set()
            while any(kills.values()):
                time.sleep(0.02)
                for worker in list(workers._workers):
                    pid = worker._process.pid
                    if (
                        pid
                        and pid not in killed
                        and worker.ready
                        and worker.jobs
                        and kills[worker.jobs[0].name]
                    ):
                        kills[worker.jobs[0].name] -= 1
                        killed.add(pid)
                        os.kill(pid, signal.SIGKILL)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        once, twice, other = workers.outcomes([task("Acme", 60), task("Birch", 400), task("Cedar")])
        killer.join(10)
    assert once == map_one(task("Acme", 60), SETTINGS).for_travel()
    assert twice.account == Failure("Birch.txt", "its process came to an end, twice: signal SIGKILL")
    assert isinstance(other.account, MappedSource)


def test_what_keeps_every_process_from_mapping_ends_the_run() -> None:
    with (
        Workers(1, Settings(extractor="nothing"), seconds=60, memory=None) as workers,
        pytest.raises(InputError, match="no extractor has this name"),
    ):
        next(workers.outcomes([task("Acme")]))
