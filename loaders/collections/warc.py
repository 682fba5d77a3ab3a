"""WARC: what a crawler was answered, page by page (ISO 28500, https://iipc.github.io/warc-specifications/).

Handed out are the pages, PDFs, texts and DOCX files that a server answered with success, and those kept as resources.
Requests, pictures, revisits and answers such as “not found” are passed over and counted.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from privagraph.loaders.collections.answers import Page, page_of_answer, page_of_resource
from privagraph.loaders.collections.compression import ByteStream, DamagedError, opened
from privagraph.loaders.collections.dates import iso
from privagraph.loaders.collections.naming import RecordNames
from privagraph.loaders.collections.progress import Progress
from privagraph.loaders.collections.troubles import LARGEST_RECORD, broken, cut_off, too_large, unopened
from privagraph.loaders.inputs import LeftOut, Source
from privagraph.loaders.readers.reading import LARGEST

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

__all__ = ["read_warc"]

_KEPT = frozenset({"response", "resource"})
_OTHERS = frozenset({"warcinfo", "request", "metadata", "revisit", "conversion", "continuation"})
_LARGEST_HEADER = 1_000_000
_LONGEST_NUMBER = 18
_BLOCK = 1 << 16

logging.getLogger("warcio").addHandler(logging.NullHandler())  # what is wrong with a file is said by us


def read_warc(path: Path, name: str, progress: Progress) -> Iterator[Source | LeftOut]:
    """Go through a WARC file.

    Args:
        path: The file.
        name: What to call it.
        progress: Is told how far it is, and what was passed over.

    Returns:
        The pages in order, named by their addresses.
    """
    try:
        stream = opened(path)
    except OSError as error:
        yield unopened(name, error)
        return
    with stream:
        yield from _pages(_Guarded(stream), name, progress)


def _pages(stream: _Guarded, name: str, progress: Progress) -> Iterator[Source | LeftOut]:
    """The pages among the records, and the records that are damaged."""
    names = RecordNames(name)
    records = _Records(stream, no_record_parse=True, block_size=_BLOCK)
    number = 0
    while True:
        number += 1
        place = f"{name}:{number}"
        stream.left = _LARGEST_HEADER
        try:
            record = next(records, None)
            if record is None:
                return
            told = _header(record, "Content-Length")
            if records.err_count or not told.isdecimal() or len(told) > _LONGEST_NUMBER:
                yield cut_off(place, "a record, here or before, does not tell how long it is")
                return
            stream.left = record.length + _LARGEST_HEADER
            kept = LARGEST_RECORD if record.rec_type in _KEPT else 0
            block, size = _block(record, kept)
            progress.behind = stream.behind
        except (ArchiveLoadFailed, StatusAndHeadersParserException):
            yield cut_off(place, "no record of a WARC file begins here")
            return
        except OSError as error:
            yield cut_off(place, error)
            return
        if size < record.length:
            yield cut_off(place, "the file ends in the middle of a record")
            return
        if not kept:
            progress.pass_over(record.rec_type if record.rec_type in _OTHERS else "of no known type")
        elif size > kept:
            yield too_large(place)
        else:
            made = _made(record, block)
            if isinstance(made, str):
                yield broken(place, made)
            elif made.media_type is None:
                progress.pass_over(made.kind)
            else:
                yield _source(record, made, names, number)


def _made(record: ArcWarcRecord, block: bytes) -> Page | str:
    """The page in a record, or what is wrong with it."""
    url = _header(record, "WARC-Target-URI")
    hint = _header(record, "WARC-Identified-Payload-Type")
    if record.rec_type == "resource":
        return page_of_resource(block, told=_header(record, "Content-Type"), hint=hint, url=url)
    if not url.startswith(("http:", "https:")):
        return Page(f"{url.partition(':')[0][:20]}: no page")
    try:
        return page_of_answer(block, hint=hint, url=url, limit=LARGEST + 1)
    except (DamagedError, ValueError) as error:
        return str(error)


def _source(record: ArcWarcRecord, page: Page, names: RecordNames, number: int) -> Source | LeftOut:
    """The source that a page is."""
    url = _header(record, "WARC-Target-URI")
    name = names.name(url, number)
    if len(page.content) > LARGEST:
        return too_large(name, LARGEST)
    cut = _header(record, "WARC-Truncated")
    return Source(
        name,
        content=page.content,
        media_type=page.media_type,
        url=url or None,
        collected=iso(_header(record, "WARC-Date")),
        notes=(*page.notes, *((f"The crawler kept only a part of this page ({cut[:40]}).",) if cut else ())),
    )


def _header(record: ArcWarcRecord, name: str) -> str:
    """What a record says of itself."""
    return (record.rec_headers.get_header(name) or "").strip()


def _block(record: ArcWarcRecord, kept: int) -> tuple[bytes, int]:
    """What a record holds, up to a size, and how much it is in all."""
    parts: list[bytes] = []
    size = 0
    while part := record.raw_stream.read(_BLOCK):
        size += len(part)
        if size <= kept:
            parts.append(part)
    return b"".join(parts), size


class _Guarded:
    """A file that is read as it comes, with a bound on what may be read before something happens.

    Attributes:
        left: How many bytes may still be read.
    """

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.left = 0

    @property
    def behind(self) -> int:
        """How many bytes of the file are behind."""
        return self._stream.behind

    def read(self, size: int) -> bytes:
        """What is ready; nothing is lost of what comes before a break."""
        data = self._stream.read1(size)
        self.left -= len(data)
        if self.left < 0:
            raise DamagedError(f"a header of more than {_LARGEST_HEADER // 1_000_000} MB")
        return data


class _Records(WARCIterator):  # type: ignore[misc]  # warcio has no types
    """The records; what warcio would write to standard error of a wrong length is told otherwise."""

    INC_RECORD = ""
