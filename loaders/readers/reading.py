"""From a source, a file or bytes to a :class:`Document`."""

from __future__ import annotations

import sys
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING

from privagraph.errors import InputError, RejectedDocumentError, UnreadableSourceError
from privagraph.loaders.document import Document
from privagraph.loaders.readers import formats
from privagraph.loaders.readers.blocks import Reading, build
from privagraph.loaders.readers.encoding import decode
from privagraph.loaders.readers.limits import check_markup, check_raw

if TYPE_CHECKING:
    from privagraph.loaders.inputs import Source
    from privagraph.loaders.web import WebOptions

__all__ = ["LARGEST", "read", "read_bytes", "read_path"]

LARGEST = 50_000_000
"""The greatest size of a document, in bytes."""


def read(source: Source, *, web: WebOptions | None = None) -> Document:
    """Read a source as :func:`~privagraph.loaders.sources.sources` enumerates them.

    Args:
        source: A file, an address, what was read already, or standard input.
        web: Limits and permissions for addresses; the defaults when None.

    Returns:
        The document.

    Raises:
        InputError: It cannot be opened, is of a format that is not read, or is left out for a named reason.
    """
    document = _read(source, web)
    return replace(
        document,
        url=document.url or source.url,
        collected=source.collected,
        notes=(*source.notes, *document.notes),
    )


def read_path(path: str | Path) -> Document:
    """Read one file; its name without folders is the document's source.

    Args:
        path: The file.

    Returns:
        The document.

    Raises:
        InputError: It cannot be opened, is of a format that is not read, or is left out for a named reason.
    """
    path = Path(path)
    return _read_file(path, path.name)


def read_bytes(
    data: bytes,
    *,
    name: str,
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
) -> Document:
    r"""Read bytes that are at hand.

    Args:
        data: The bytes of a whole file.
        name: What to call it; the extension helps where the bytes leave the format open.
        media_type: What HTTP says of the format.
        charset: What HTTP says of the encoding.
        url: The address the bytes came from.

    Returns:
        The document.

    Raises:
        InputError: The bytes are of a format that is not read, or are left out for a named reason.

    Example:
        >>> document = read_bytes(b"# Privacy\n\nWe collect your name.", name="policy.md")
        >>> [str(block.kind) for block in document.blocks]
        ['heading', 'paragraph']
    """
    _limited(data, name)
    kind = formats.detect(data, name=name, media_type=media_type)
    if kind == formats.PDF:
        from privagraph.loaders.readers.pdf import read_pdf

        return build(read_pdf(data, name=name), data=data, source=name, media_type=kind, url=url)
    if kind == formats.DOCX:
        from privagraph.loaders.readers.docx import read_docx

        return build(read_docx(data, name=name), data=data, source=name, media_type=kind, url=url)
    page = data
    if kind == formats.MHTML:
        from privagraph.loaders.readers.mhtml import page_of

        page, charset, url = page_of(data, name=name, url=url)
    markup = kind in (formats.HTML, formats.MHTML)
    decoded = decode(page, declared=charset, markup=markup)
    (check_markup if markup else check_raw)(decoded.text, name)
    reading = _read_text(decoded.text, kind)
    if decoded.broken:
        reading.notes.append(
            f"{decoded.broken} bytes or sequences are no characters in {decoded.encoding} and stand "
            f"as U+FFFD."
        )
    return build(reading, data=data, source=name, media_type=kind, encoding=decoded.encoding, url=url)


def _read(source: Source, web: WebOptions | None) -> Document:
    """Read a source from where it is."""
    if source.content is not None:
        media_type, charset = _content_type(source.media_type)
        return read_bytes(
            source.content, name=source.name, media_type=media_type, charset=charset, url=source.url
        )
    if source.address is not None:
        from privagraph.loaders.web import fetch

        page = fetch(source.address, options=web)
        return read_bytes(
            page.data, name=source.name, media_type=page.media_type, charset=page.charset, url=page.url
        )
    if source.path is None:
        return read_bytes(_limited(sys.stdin.buffer.read(LARGEST + 1), source.name), name=source.name)
    return _read_file(source.path, source.name)


def _content_type(told: str | None) -> tuple[str | None, str | None]:
    """The media type and the encoding that a header of HTTP names."""
    if told is None:
        return None, None
    header = Message()
    header["Content-Type"] = told
    charset = header.get_param("charset")
    return header.get_content_type(), charset if isinstance(charset, str) else None


def _read_text(text: str, kind: str) -> Reading:
    """Read a decoded text in its format."""
    if kind in (formats.HTML, formats.MHTML):
        from privagraph.loaders.readers.html import read_html

        return read_html(text)
    if kind == formats.MARKDOWN:
        from privagraph.loaders.readers.markdown import read_markdown

        return read_markdown(text)
    from privagraph.loaders.readers.plain import read_plain

    return read_plain(text)


def _read_file(path: Path, name: str) -> Document:
    """Read a file under a name."""
    try:
        if path.is_dir():
            raise UnreadableSourceError(
                name, "is a folder", "name it as a source of `map`, or name one file in it"
            )
        if path.exists() and not path.is_file():
            raise UnreadableSourceError(
                name, "is not a regular file", "save its content in a file, or pipe it in with -"
            )
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError as exc:
        raise UnreadableSourceError(name, "no such file", "check the spelling and the folder") from exc
    except PermissionError as exc:
        raise UnreadableSourceError(name, "may not be read by this user", "change its permissions") from exc
    except (OSError, ValueError) as exc:
        raise UnreadableSourceError(
            name, f"cannot be opened ({exc})", "check the file and the disk it is on"
        ) from exc
    return read_bytes(data, name=name)


def _limited(data: bytes, name: str) -> bytes:
    """The same bytes, when they are not too many."""
    if len(data) > LARGEST:
        error: InputError = RejectedDocumentError(
            name,
            "too-large",
            f"more than {LARGEST // 1_000_000} MB",
            "give the policy alone, without pictures or other documents",
        )
        raise error
    return data
