"""The processes beside a worker of a cluster: each run has its own, and none stays when the run is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.corpus import partition, workers
from privagraph.corpus.partition import Order
from privagraph.corpus.work import Outcome, Settings

FIRST, SECOND = (
    Order(place="/nowhere", settings=Settings(extractor="lexicon"), seconds=None, memory=None, run=run)
    for run in ("first", "second")
)


class Process:
    """Stands for a process that maps.

    Attributes:
        meanwhile: What happens while it is at work.
        ended: Whether it was ended.
    """

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = lambda: None
        self.ended = False

    def outcomes(self, _tasks: object) -> list[Outcome]:
        self.meanwhile()
        return []

    def __exit__(self, *_: object) -> None:
        self.ended = True


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """The processes that were started so far."""
    made: list[Process] = []

    def start(*_: object, **__: object) -> Process:
        made.append(Process())
        return made[-1]

    monkeypatch.setattr(workers, "Workers", start)
    return made


def test_runs_that_share_a_worker_leave_each_others_processes_alone(started: list[Process]) -> None:
    processes = partition._Processes()
    for order in (FIRST, SECOND, FIRST, SECOND):
        processes.outcomes(order, ())
    processes.end("first")
    processes.outcomes(SECOND, ())
    assert [each.ended for each in started] == [True, False]


def test_what_another_run_has_forgotten_is_ended(
    started: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "_FORGOTTEN", -1.0)
    processes = partition._Processes()
    for order in (FIRST, FIRST, SECOND):
        processes.outcomes(order, ())
    assert [each.ended for each in started] == [True, False]


def test_a_process_at_work_ends_after_a_run_that_is_over(started: list[Process]) -> None:
    processes = partition._Processes()
    processes.outcomes(FIRST, ())
    started[0].meanwhile = lambda: processes.end("first")
    processes.outcomes(FIRST, ())
    processes.outcomes(FIRST, ())  # one that the scheduler had handed out before it heard
    assert [each.ended for each in started] == [True, True]


def test_a_process_that_fails_is_ended(started: list[Process]) -> None:
    def fail() -> None:
        raise MemoryError

    processes = partition._Processes()
    processes.outcomes(FIRST, ())
    started[0].meanwhile = fail
    with pytest.raises(MemoryError):
        processes.outcomes(FIRST, ())
    assert started[0].ended
