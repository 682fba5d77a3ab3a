"""A policy's graph on its way: N-Quads, each policy in a zstd frame of its own.

Frames that stand one after the other are a file that any program for zstd reads as one, and each of them can be read,
copied and left out without the others. Zstandard: RFC 8878, section 3.1.
"""

from __future__ import annotations

from functools import cache

import zstandard

from privagraph.errors import GraphError

__all__ = ["framed", "unpacked"]

_LARGEST = 2_000_000_000
"""How many bytes the N-Quads of one policy have at most."""
_LEVEL = 3
"""How hard is tried to make it small: twenty times smaller in a few milliseconds."""


def framed(nquads: bytes) -> bytes:
    """N-Quads as one frame, with a checksum."""
    return _compressor().compress(nquads)


def unpacked(frame: bytes, of: str = "a policy's graph") -> bytes:
    """The N-Quads of a frame.

    Args:
        frame: What :func:`framed` made.
        of: What it is, for a message.

    Raises:
        GraphError: They are not what was written.
    """
    try:
        if not 0 < zstandard.frame_content_size(frame) <= _LARGEST:  # as much memory would be asked for
            raise zstandard.ZstdError("its size makes no sense")
        return zstandard.ZstdDecompressor().decompress(frame)
    except zstandard.ZstdError as error:
        raise GraphError(of, f"is damaged ({error})", "map again, with --again") from error


@cache
def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
