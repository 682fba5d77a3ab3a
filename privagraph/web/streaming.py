"""Pages whose top is shown at once, while the rest of them is worked out.

So a reader sees at once that the page is the right one, with and without scripts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi.responses import HTMLResponse, Response, StreamingResponse
from markupsafe import Markup, escape

from privagraph.errors import PrivagraphError
from privagraph.web.workers import TaskError

__all__ = ["CUT", "parted", "streamed"]

CUT = Markup("<!-- cut -->")
"""What stands in a page where its top ends; text of policies is escaped, so that it cannot hold it."""


def parted(page: Response) -> tuple[str, str]:
    """The top of a page, and the rest.

    Args:
        page: A page that holds :data:`CUT` once.
    """
    top, _, rest = bytes(page.body).decode().partition(str(CUT))
    return top, rest


async def streamed(
    top: str, work: asyncio.Future[str], bottom: str, *, patience: float
) -> HTMLResponse | StreamingResponse:
    """A page with something in it that takes its time.

    Args:
        top: What stands before it.
        work: The work on it.
        bottom: What stands after it.
        patience: How many seconds the whole page may wait; then its top is sent on its own. An error until then is
            raised, one after that stands in the page.
    """
    try:
        await asyncio.wait({work}, timeout=patience)
    except BaseException:
        work.cancel()
        raise
    if work.done():
        return HTMLResponse(top + work.result() + bottom)
    return StreamingResponse(_parts(top, work, bottom), media_type="text/html")


async def _parts(top: str, work: asyncio.Future[str], bottom: str) -> AsyncIterator[str]:
    yield top
    try:
        yield await work
    except PrivagraphError as error:
        yield _failed(f"{error}.")
    except TaskError as error:
        yield _failed(f"This is a bug of ours: {error}.")
    finally:
        work.cancel()
    yield bottom


def _failed(reason: str) -> str:
    return f'<div class="notice" role="alert"><p>{escape(reason)}</p></div>'
