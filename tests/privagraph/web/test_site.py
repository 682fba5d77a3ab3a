"""What pages share: work is done once for all who wait for it, and given up when nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from privagraph.queries.store import GraphStore
from privagraph.web.session import Session
from privagraph.web.settings import Settings
from privagraph.web.site import Site


def task(store: GraphStore, value: str) -> str:
    return value


class Work:
    """Stands for the processes: work that ends when it is told to."""

    def __init__(self) -> None:
        self.begun, self.given_up = 0, 0
        self.go_on: asyncio.Event | None = None

    async def weighed(
        self, _: Callable[..., object], args: tuple[str], options: Mapping[str, object], *, long: bool
    ) -> tuple[str, int]:
        (value,) = args
        self.begun += 1
        self.go_on = self.go_on or asyncio.Event()
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if value == "bad":
            raise ValueError(value)
        return value.upper(), 90_000_000


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def site(graph_folder: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site(Session(str(graph_folder)), Settings())
    monkeypatch.setattr(made.workers, "weighed", work.weighed)
    return made


async def _begun(*asked: Awaitable[object]) -> list[asyncio.Future[object]]:
    started: list[asyncio.Future[object]] = [asyncio.ensure_future(each) for each in asked]
    await asyncio.sleep(0.01)
    return started


def test_work_is_done_once(site: Site, work: Work) -> None:
    async def scene() -> None:
        asked = await _begun(site.cached(task, "a"), site.cached(task, "a"), site.cached_long(task, "a"))
        assert work.go_on is not None
        work.go_on.set()
        assert await asyncio.gather(*asked) == ["A", "A", "A"]
        assert await site.cached(task, "a") == "A"
        assert work.begun == 1

    asyncio.run(scene())


def test_work_goes_on_as_long_as_somebody_waits(site: Site, work: Work) -> None:
    async def scene() -> None:
        one, other = await _begun(site.cached(task, "a"), site.cached(task, "a"))
        one.cancel()
        await asyncio.sleep(0.01)
        assert work.given_up == 0
        other.cancel()
        await asyncio.sleep(0.01)
        assert work.given_up == 1
        (again,) = await _begun(site.cached(task, "a"))
        assert work.begun == 2
        again.cancel()
        await asyncio.sleep(0.01)

    asyncio.run(scene())


def test_what_failed_is_tried_again(site: Site, work: Work) -> None:
    async def scene() -> None:
        (asked,) = await _begun(site.cached(task, "bad"))
        assert work.go_on is not None
        work.go_on.set()
        with pytest.raises(ValueError, match="bad"):
            await asked
        with pytest.raises(ValueError, match="bad"):
            await site.cached(task, "bad")
        assert work.begun == 2

    asyncio.run(scene())


def test_what_is_kept_does_not_fill_the_memory(site: Site, work: Work) -> None:
    async def scene() -> None:
        asked = await _begun(site.cached(task, "a"), site.cached(task, "b"))
        assert work.go_on is not None
        work.go_on.set()
        await asyncio.gather(*asked)
        assert (await site.cached(task, "a"), work.begun) == ("A", 2)
        await site.cached(task, "c")  # there is no room for three; "b" was not wanted for the longest time
        assert (await site.cached(task, "a"), work.begun) == ("A", 3)
        assert (await site.cached(task, "b"), work.begun) == ("B", 4)

    asyncio.run(scene())
