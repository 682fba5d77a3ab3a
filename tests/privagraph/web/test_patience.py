"""Waiting: what is quick comes at once, what is slow is handed over, what nobody waits for is given up."""

from __future__ import annotations

import asyncio

import pytest

from privagraph.web import patience
from privagraph.web.patience import soon


async def _after(seconds: float, ended: list[str]) -> str:
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        ended.append("given up")
        raise
    ended.append("done")
    return "answer"


def test_what_is_quick_comes_at_once() -> None:
    assert asyncio.run(soon(_after(0, []))) == "answer"


def test_what_is_slow_does_not_keep_a_page_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_SOON", 0.01)
    monkeypatch.setattr(patience, "_HANDED_OVER", 0.05)
    ended: list[str] = []

    async def page() -> None:
        assert await soon(_after(60, ended)) is None
        assert ended == []
        await asyncio.sleep(0.3)

    asyncio.run(page())
    assert ended == ["given up"]


def test_an_error_that_comes_soon_is_the_pages() -> None:
    async def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(soon(fails()))
