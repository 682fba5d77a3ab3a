"""What a server answered, as a WARC file keeps it: the page in it, unpacked."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser

from privagraph.loaders.collections.compression import unpacked
from privagraph.loaders.readers.formats import DOCX, EXTENSIONS, HTML, MARKDOWN, PDF, PLAIN

__all__ = ["Page", "page_of_answer", "page_of_resource"]

_PAGES = frozenset({HTML, "application/xhtml+xml", PLAIN, MARKDOWN, "text/x-markdown", PDF, DOCX})
_SILENT = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown"}
)
_LARGEST_HEADER = 1_000_000
_LAST_CHUNK = re.compile(rb"\r\n0+\r\n(?:[!-9;-~]+:[^\r\n]*\r\n)*(?:\r\n)?\Z")
"""The chunk that ends an answer, with the headers that may follow it, or without its last line end."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or what there is in its place.

    Attributes:
        kind: What it is, in a word or two: a media type, or ``HTTP 404``.
        media_type: Its ``Content-Type``; None where it is no document that is read here.
        content: Its bytes, unpacked.
        notes: What is missing of it, in plain sentences.
    """

    kind: str
    media_type: str | None = None
    content: bytes = b""
    notes: tuple[str, ...] = ()


def page_of_resource(content: bytes, *, told: str, hint: str, url: str) -> Page:
    """A file that was kept without the words of a server.

    Args:
        content: Its bytes.
        told: Its media type, as the archive has it.
        hint: What the archive found it to be.
        url: Its address.
    """
    media_type = told
    bare = _bare(told)
    if bare in _SILENT:
        media_type = bare = _bare(hint) or _by_mark(content, url)
    return Page(bare, media_type, content) if bare in _PAGES else Page(bare or "of no known type")


def page_of_answer(block: bytes, *, hint: str, url: str, limit: int) -> Page:
    """The page that a server sent.

    Args:
        block: All that it sent, header and body.
        hint: What the archive found the body to be.
        url: The address.
        limit: How many bytes are unpacked at most.

    Returns:
        The page. An answer that is no success, such as “not found”, is none.

    Raises:
        DamagedError: The body cannot be unpacked.
        ValueError: It is no answer of HTTP, or packed in a way that is not known here.
    """
    if not block.startswith(b"HTTP/"):
        raise ValueError("is no answer of a web server")
    head = io.BytesIO(block[:_LARGEST_HEADER])
    answer = StatusAndHeadersParser([], verify=False).parse(head)
    status = (answer.get_statuscode() or "")[:3]
    if not status.startswith("2"):
        return Page(f"HTTP {status}" if status.isdecimal() else "HTTP without a status")
    headers: Mapping[str, str] = {key.lower(): value for key, value in reversed(answer.headers)}
    if head.tell() == _LARGEST_HEADER:
        raise ValueError("has a header of more than 1 MB")
    told = _bare(headers.get("content-type", ""))
    if told not in _PAGES and told not in _SILENT:
        return Page(told)
    content = block[head.tell() :]
    notes: tuple[str, ...] = ()
    if "chunked" in headers.get("transfer-encoding", "").lower():
        content, notes = _joined(content)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")):
        if coding.strip() not in ("", "identity", "none", "utf-8"):
            content = unpacked(content, coding.strip(), limit=limit)
    page = page_of_resource(content, told=headers.get("content-type", ""), hint=hint, url=url)
    return replace(page, notes=notes)


def _joined(chunks: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The chunks that a server sent, as one (RFC 9112, section 7.1), and a word on what is missing of them."""
    chunks = _LAST_CHUNK.sub(b"\r\n0\r\n\r\n", chunks)
    try:
        return ChunkedDataReader(io.BytesIO(chunks), raise_exceptions=True).read(), ()
    except ChunkedDataException:
        content = ChunkedDataReader(io.BytesIO(chunks)).read()
    if content == chunks:  # some archives join them, and leave the header as it was
        return content, ()
    return content, (
        "The answer of the server breaks off in the middle: a part of this page may be missing.",
    )


def _bare(media_type: str) -> str:
    """A media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()[:80]


def _by_mark(content: bytes, url: str) -> str:
    """What a file is by its first bytes or its extension."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content[:200].lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        return HTML
    try:
        return EXTENSIONS.get(PurePosixPath(urlsplit(url).path).suffix.lower(), "")
    except ValueError:
        return ""
