"""Clusters that do not go on: every way in which a run ends with a message, and keeps what was done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from privagraph.corpus import cluster
from privagraph.corpus.work import Outcome, Task
from privagraph.errors import GraphError, ServiceError
from privagraph.loaders.inputs import LeftOut, Source
from privagraph.mapping import map_policies

distributed = pytest.importorskip(
    "distributed", reason="dask and distributed are not installed: pip install -e '.[cluster]'"
)
CommClosedError = distributed.comm.CommClosedError


class Future(SimpleNamespace):
    """What will come of a partition."""

    __hash__ = object.__hash__


@dataclass
class Failing:
    """A client of a scheduler at which things go wrong: how every partition ends, and what workers there are."""

    ending: str
    error: Exception | None = None
    workers: dict[str, int] | Exception = field(default_factory=lambda: {"tcp://a:1": 1})
    status: str = "running"
    submitted: int = 0

    def nthreads(self) -> dict[str, int]:
        if isinstance(self.workers, Exception):
            raise self.workers
        return self.workers

    def submit(self, *_work: object, pure: bool) -> Future:
        assert not pure  # or Dask would not do again what it did before
        self.submitted += 1

        def result() -> None:
            assert self.error is not None
            raise self.error

        return Future(status=self.ending, exception=lambda: self.error, result=result)

    def run(self, *_work: object, on_error: str) -> None:
        assert on_error == "ignore"

    def as_current(self) -> AbstractContextManager[None]:
        return nullcontext()

    def close(self) -> None:
        self.status = "closed"


KILLED = distributed.scheduler.KilledWorker("map", "a worker", 3)


@pytest.mark.parametrize(
    ("client", "kind", "message", "submitted"),
    [
        (Failing("cancelled"), ServiceError, "the scheduler is gone", 1),
        (Failing("pending", workers=OSError("closed")), ServiceError, "the scheduler is gone", 0),
        (Failing("pending", status="closed"), ServiceError, "the scheduler is gone", 0),
        (Failing("finished", distributed.CancelledError()), ServiceError, "the scheduler is gone", 1),
        (Failing("finished", CommClosedError("closed")), ServiceError, "the scheduler is gone", 1),
        (Failing("finished", RuntimeError("IOLoop is closed")), ServiceError, "the scheduler is gone", 1),
        (Failing("finished", TimeoutError()), ServiceError, "the scheduler is gone", 1),
        (Failing("pending", workers={}), ServiceError, "all workers have gone", 0),
        (Failing("error", KILLED), ServiceError, "come to an end again and again", 4),
        (Failing("error", ValueError("odd")), ServiceError, r"cannot map \(ValueError: odd\)", 1),
        (Failing("error", GraphError("/s", "full", "free some")), GraphError, "/s: full; free some", 1),
    ],
    ids=[
        "scheduler",
        "connection",
        "client",
        "result",
        "connection in a result",
        "loop",
        "time",
        "workers",
        "again and again",
        "odd",
        "disk",
    ],
)
def test_a_cluster_that_does_not_go_on_ends_the_run(
    client: Failing,
    kind: type[Exception],
    message: str,
    submitted: int,
    tmp_path: Path,
    policy: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "connected", lambda _address: client)
    monkeypatch.setattr(cluster, "check_workers", lambda *_: None)
    monkeypatch.setattr(cluster, "_NO_WORKERS", -1.0)
    monkeypatch.setattr(distributed, "wait", lambda *_, **__: None)
    (tmp_path / "a.txt").write_text(policy("Acme"))
    with pytest.raises(kind, match=message):
        map_policies(tmp_path / "a.txt", shards=tmp_path / "parts", cluster="tcp://a:1", extractor="lexicon")
    assert (client.submitted, client.status) == (submitted, "closed")


def test_sources_are_handed_out_with_what_they_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_BYTES", 100)
    for number, size in enumerate((60, 60, 500, 1, 1, 1, 1, 1)):
        (tmp_path / str(number)).write_bytes(b"x" * size)
    known = Outcome(LeftOut("known", "empty", "no", "do"))
    steps = [known, *(Task(Source(str(number), path=tmp_path / str(number))) for number in range(9))]
    made = list(cluster._partitions(steps, lambda: 1))
    names = [[task.source.name for task in each.tasks] for each in made]
    assert names == [["0"], ["1"], ["2"], ["3", "4", "5", "6"], ["7"]]
    assert [len(task.source.content or b"") for each in made for task in each.tasks][:3] == [60, 60, 500]
    first, last = made[0].steps, made[-1].steps
    assert first == [known, None]
    assert isinstance(last[1], Outcome)
    assert isinstance(last[1].account, LeftOut)
    assert (last[1].account.source, last[1].account.reason) == ("8", "no such file")


def test_partitions_grow_with_the_run_and_with_fewer_threads() -> None:
    steps = [Outcome(LeftOut(str(number), "empty", "no", "do")) for number in range(400)]

    def sizes(threads: int) -> list[int]:
        return [len(each.steps) for each in cluster._partitions(steps, lambda: threads)]

    assert (sizes(1)[0], max(sizes(1)), sum(sizes(1))) == (4, 32, 400)
    assert max(sizes(4)) == 400 // 8 // 4
    assert set(sizes(100)) == {4}
