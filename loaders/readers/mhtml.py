"""Web pages saved as one file (MHTML): the page among the parts."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from privagraph.errors import UnsupportedFormatError

__all__ = ["page_of"]


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
    """
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
