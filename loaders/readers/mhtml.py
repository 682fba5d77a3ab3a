"""Web pages saved as one file (MHTML): the page among the parts."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from privagraph.errors import UnreadableSourceError, UnsupportedFormatError
from privagraph.loaders.readers.limits import too_large

__all__ = ["page_of"]

_MOST_PARTS = 100_000
# What the library for e-mail lets through when headers are broken in a way it does not know.
_BROKEN = (ValueError, TypeError, AttributeError, IndexError, LookupError)


def page_of(data: bytes, *, name: str, url: str | None) -> tuple[bytes, str | None, str | None]:
    """The page in a saved page.

    Args:
        data: The bytes of the MHTML file.
        name: The name of the source.
        url: The address the file came from, when it came from one.

    Returns:
        The bytes of the page, the encoding that its part names, and the address it was saved from.

    Raises:
        UnsupportedFormatError: No part is a page.
        UnreadableSourceError: Its parts nest too deeply, or its headers cannot be read.
        RejectedDocumentError: It has more parts than a page (``too-large``).
    """
    if data.count(b"\n--") > _MOST_PARTS:
        raise too_large(name, f"more than {_MOST_PARTS:,} parts")
    try:
        return _page_of(data, name, url)
    except (RecursionError, *_BROKEN) as exc:
        raise UnreadableSourceError(
            name, "a damaged saved page (MHTML)", "save the page again as HTML"
        ) from exc


def _page_of(data: bytes, name: str, url: str | None) -> tuple[bytes, str | None, str | None]:
    """The page, its encoding and its address."""
    message = message_from_bytes(data)
    pages = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if not pages:
        raise UnsupportedFormatError(
            name, "a saved page (MHTML) without a page in it", "save the page again as HTML"
        )
    page = pages[0]
    payload = page.get_payload(decode=True)
    return (
        (payload if isinstance(payload, bytes) else b""),
        page.get_content_charset(),
        url or _address(message, page),
    )


def _address(message: Message, page: Message) -> str | None:
    """The address that the page was saved from."""
    for value in (message.get("Snapshot-Content-Location"), page.get("Content-Location")):
        if value and str(value).startswith(("http://", "https://")):
            return str(value)
    return None
