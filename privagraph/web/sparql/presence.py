"""Work that is dropped when nobody waits for it any more."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from fastapi import Request

__all__ = ["ClientGone", "while_waited_for"]

_T = TypeVar("_T")


class ClientGone(Exception):  # noqa: N818  # no error of anybody's
    """The client has closed the connection."""


async def while_waited_for(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """Do work for a client, as long as it waits.

    Args:
        request: The client's request, its body read.
        work: What to do.

    Returns:
        What came of it.

    Raises:
        ClientGone: The client went away; the work was cancelled.
    """
    doing, going = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({doing, going}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise ClientGone
        return doing.result()
    finally:
        for task in (doing, going):
            task.cancel()
        await asyncio.gather(doing, going, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
