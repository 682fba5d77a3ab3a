"""Forms that are posted: read within a size, whatever a browser says of it beforehand."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from starlette.datastructures import FormData, ImmutableMultiDict
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from privagraph.web.page_error import PageError

__all__ = ["TooLargeError", "posted_fields", "posted_form"]

_DRAINED = 100_000_000
"""How many bytes of too large a form are read and dropped, so that the browser listens to what is wrong."""
_AROUND = 20_000
"""How many bytes a form has besides the file."""
_FIELDS_BYTES = 2_000_000
"""How many bytes a form without files may have; the keys of 20,000 policies fit in."""


class TooLargeError(Exception):
    """A form is larger than is allowed."""


@asynccontextmanager
async def posted_form(request: Request, largest: int) -> AsyncIterator[FormData]:
    """The form that was posted; its files are closed at the end.

    Args:
        request: The request.
        largest: How many bytes its file may have.

    Raises:
        TooLargeError: It has more; the rest was dropped.
        PageError: It is no form with files.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise PageError(415, "A policy is sent as a form with files.", "Send it as multipart/form-data.")
    stream = _limited(request, largest + _AROUND)
    try:
        form = await MultiPartParser(
            request.headers, stream, max_files=2, max_fields=5, max_part_size=largest + _AROUND
        ).parse()
    except MultiPartException as error:
        raise PageError(400, f"The form cannot be read: {error.message}.", "Send it once more.") from error
    try:
        yield form
    finally:
        await form.close()


async def posted_fields(request: Request) -> ImmutableMultiDict[str, object]:
    """The fields of a form without files that was posted.

    Args:
        request: The request.

    Raises:
        PageError: The form is too long.
    """
    stream = _limited(request, _FIELDS_BYTES)
    try:
        return await FormParser(request.headers, stream).parse()
    except TooLargeError:
        raise PageError(413, "The form is longer than any of these pages.", "Tick fewer policies.") from None


async def _limited(request: Request, largest: int) -> AsyncGenerator[bytes, None]:
    """What arrives, until it is too much."""
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size <= largest:
            yield piece
        elif size > largest + _DRAINED:
            break
    if size > largest:
        raise TooLargeError
