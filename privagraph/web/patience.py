"""Waiting for an answer no longer than somebody wants it.

A server is not told by itself that a reader has gone; it has to ask. When one has, what was being worked out for them
alone is given up, which frees its process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from fastapi import Request

__all__ = ["ReaderGoneError", "soon", "while_wanted"]

_T = TypeVar("_T")
_SOON = 0.25
"""Seconds that a page waits for an answer before it goes without it; what is quicker needs no second request."""
_HANDED_OVER = 3.0
"""Seconds for which such an answer is worked on still, until the page has asked for it anew."""
_UNDER_WAY: set[asyncio.Task[Any]] = set()


class ReaderGoneError(Exception):
    """Whoever asked does not wait for the answer any more."""


async def while_wanted(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """What some work gives, unless the reader goes away before.

    Args:
        request: The reader's request; its body must have been read.
        work: The work; it is cancelled when the reader goes.

    Raises:
        ReaderGoneError: The reader did.
    """
    doing = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise ReaderGoneError
    finally:
        for each in (doing, gone):
            if not each.done():
                each.cancel()
                with suppress(asyncio.CancelledError):
                    await each


async def soon(work: Coroutine[Any, Any, _T]) -> _T | None:
    """What some work gives, if that is there at once; None where it takes longer.

    The work goes on for a moment, so that a request that follows finds it under way.

    Args:
        work: The work, of which others can wait for the same result (:meth:`privagraph.web.site.Site.cached`).
    """
    doing = asyncio.ensure_future(work)
    await asyncio.wait({doing}, timeout=_SOON)
    if doing.done():
        return doing.result()
    left = asyncio.ensure_future(_leave(doing))
    _UNDER_WAY.add(left)
    left.add_done_callback(_UNDER_WAY.discard)
    return None


async def _leave(doing: asyncio.Future[Any]) -> None:
    done, _ = await asyncio.wait({doing}, timeout=_HANDED_OVER)
    if done:
        doing.exception()  # the request that follows is told of it
    else:
        doing.cancel()


async def _gone(request: Request) -> None:
    """Ends when the reader goes away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
