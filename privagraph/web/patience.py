"""Waiting a moment for an answer, so that what is quick comes with its page and what is slow does not keep it back."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["soon"]

_T = TypeVar("_T")
_SOON = 0.25
"""Seconds that a page waits for an answer before it goes without it; what is quicker needs no second request."""
_HANDED_OVER = 3.0
"""Seconds for which such an answer is worked on still, until the page has asked for it anew."""
_UNDER_WAY: set[asyncio.Task[Any]] = set()


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
