"""Files that may be compressed, read as they come, with a bound on what one step can blow up to.

The readers of the standard library lose what they have unpacked when the data end too early, and those of zstandard
take that for the end. Here everything before the break is handed out, and then the break is an error. Sources:
RFC 1952 (gzip), RFC 8878 (Zstandard), and for a dictionary in front of the first frame
https://iipc.github.io/warc-specifications/specifications/warc-zstd/.
"""

from __future__ import annotations

import codecs
import errno
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

__all__ = ["ByteStream", "DamagedError", "is_utf16", "opened", "unpacked"]

_BUFFER = 1 << 18
_DEFLATE_STEP = 1 << 14
_ZSTD_STEP = 1 << 11
"""How many bytes are unpacked at once: DEFLATE makes at most 1,032 times as many of them, Zstandard 32,768 times."""

_FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_LARGEST_DICTIONARY = 1 << 24


class DamagedError(OSError):
    """Compressed data that cannot be unpacked any further."""


class _Unpacker(Protocol):
    """What zlib and zstandard unpack with."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Packing:
    """How one format is unpacked: what begins a member or frame, how much at once, what it raises."""

    start: Callable[[], _Unpacker]
    step: int
    errors: type[Exception]


class ByteStream(io.BufferedReader):
    """The unpacked bytes of a file.

    Attributes:
        file: The file itself.
    """

    def __init__(self, file: io.FileIO, raw: io.RawIOBase) -> None:
        super().__init__(raw, _BUFFER)
        self.file = file

    @property
    def behind(self) -> int:
        """How many bytes of the file are behind; of compressed ones, by the share of what is unpacked."""
        if isinstance(self.raw, _Unpacking):
            packed, unpacked = self.raw.taken
            return packed * self.tell() // max(1, unpacked)
        return self.tell()

    def close(self) -> None:
        """Close the file."""
        super().close()
        self.file.close()


def opened(path: Path) -> ByteStream:
    """Open a file, unpacked if its name ends in ``.gz`` or ``.zst``.

    Raises:
        OSError: It cannot be opened, or what stands in front of its first frame is damaged.
    """
    if not path.is_file() and path.exists():
        raise OSError(errno.EINVAL, "it is no regular file")
    file = io.FileIO(path)
    suffix = path.suffix.lower()
    try:
        if suffix == ".gz":
            return ByteStream(file, _Unpacking(file, _gzip()))
        if suffix == ".zst":
            return ByteStream(file, _Unpacking(file, _zstd(_dictionary(file))))
    except BaseException:
        file.close()
        raise
    return ByteStream(file, file)


def is_utf16(stream: ByteStream) -> bool:
    """Whether a file begins with the byte order mark of UTF-16, as what PowerShell and Excel save may.

    Raises:
        OSError: It cannot be read.
    """
    return stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def unpacked(data: bytes, coding: str, *, limit: int) -> bytes:
    """What a server packed for the way.

    Args:
        data: The packed bytes.
        coding: How, by the name that HTTP has for it.
        limit: How many bytes are unpacked at most.

    Returns:
        The bytes, cut off at the limit; those given where they are not packed after all.

    Raises:
        DamagedError: They cannot be unpacked.
        ValueError: The coding is not known.
    """
    if coding in ("gzip", "x-gzip"):
        packing = _gzip()
    elif coding == "zstd":
        packing = _zstd(b"")
    elif coding == "deflate":
        packing = _Packing(lambda: zlib.decompressobj(_deflate_window(data)), _DEFLATE_STEP, zlib.error)
    elif coding == "br":
        return data if _is_page(data) else _unpacked_brotli(data, limit)
    else:
        raise ValueError(f"is packed in a way that is not read here ({coding[:40]})")
    if _is_page(data) if coding == "deflate" else not data.startswith((b"\x1f\x8b", _FRAME)):
        return data  # some archives unpack what they keep, and leave the header as it was
    return _read(_Unpacking(io.BytesIO(data), packing), limit)


class _Unpacking(io.RawIOBase):
    """The unpacked bytes of members or frames, one after the other."""

    def __init__(self, file: io.RawIOBase | io.BytesIO, packing: _Packing) -> None:
        self._file, self._packing = file, packing
        self._packed = io.BytesIO()
        self._unpacker: _Unpacker | None = None
        self._begun = False
        self._ready = memoryview(b"")
        self._handed = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        """How many unpacked bytes were handed out."""
        return self._handed

    @property
    def taken(self) -> tuple[int, int]:
        """How many packed bytes were unpacked so far, and what they came to."""
        packed = self._file.tell() - len(self._packed.getbuffer()) + self._packed.tell()
        return packed, self._handed + len(self._ready)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader passes
        while not self._ready:
            chunk = self._packed.read(self._packing.step)
            if not chunk:
                self._packed = io.BytesIO(self._file.read(_BUFFER) or b"")
                chunk = self._packed.read(self._packing.step)
            if not chunk:
                if self._unpacker is not None:
                    raise DamagedError("the compressed data end too early")
                return 0
            self._ready = memoryview(self._unpack(chunk))
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        self._handed += size
        return size

    def _unpack(self, chunk: bytes) -> bytes:
        """Unpack some bytes; what comes after the end of a member goes back to what is packed."""
        if self._unpacker is None and self._begun:
            chunk = chunk.lstrip(b"\0")  # the end of a file may be padded with zeros
            if not chunk:
                return b""
        self._begun = True
        try:
            self._unpacker = self._unpacker or self._packing.start()
            ready = self._unpacker.decompress(chunk)
        except self._packing.errors as error:
            raise DamagedError(f"the compressed data are damaged ({error})") from error
        if self._unpacker.eof:
            self._packed.seek(-len(self._unpacker.unused_data), io.SEEK_CUR)
            self._unpacker = None
        return ready


def _gzip() -> _Packing:
    return _Packing(lambda: zlib.decompressobj(zlib.MAX_WBITS | 16), _DEFLATE_STEP, zlib.error)


def _zstd(dictionary: bytes) -> _Packing:
    import zstandard

    try:
        known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        decompressor = zstandard.ZstdDecompressor(dict_data=known)
    except zstandard.ZstdError as error:
        raise DamagedError(f"the dictionary in front of the compressed data is damaged ({error})") from error
    return _Packing(decompressor.decompressobj, _ZSTD_STEP, zstandard.ZstdError)


def _dictionary(file: io.FileIO) -> bytes:
    """The dictionary in front of the first frame; the file stands where it stood then if there is none."""
    head = file.read(8)
    size = int.from_bytes(head[4:8], "little")
    if not head.startswith(_DICTIONARY) or size > _LARGEST_DICTIONARY:
        file.seek(0)
        return b""
    dictionary = file.read(size)
    return (
        _read(_Unpacking(io.BytesIO(dictionary), _zstd(b"")), _LARGEST_DICTIONARY)
        if (dictionary.startswith(_FRAME))
        else dictionary
    )


def _deflate_window(data: bytes) -> int:
    """Servers send both what the name means, which has a header of two bytes (RFC 1950), and bare DEFLATE."""
    has_header = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _unpacked_brotli(data: bytes, limit: int) -> bytes:
    """What was packed with Brotli (RFC 7932)."""
    import brotli

    decompressor = brotli.Decompressor()
    try:
        ready = decompressor.process(data, output_buffer_limit=limit)
    except brotli.error as error:
        raise DamagedError(f"the compressed data are damaged ({error})") from error
    if len(ready) < limit and not decompressor.is_finished():
        raise DamagedError("the compressed data end too early")
    return bytes(ready)


def _is_page(data: bytes) -> bool:
    """Whether data that should be packed are a page that is not."""
    return data.lstrip()[:1] == b"<" and data[:200].isascii()


def _read(raw: _Unpacking, limit: int) -> bytes:
    """All that can be unpacked, up to a limit."""
    with io.BufferedReader(raw, _BUFFER) as stream:
        return stream.read(limit)
