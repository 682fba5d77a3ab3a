"""Reading plain text: its lines, laid out as blocks."""

from __future__ import annotations

from privagraph.loaders.readers.blocks import Reading
from privagraph.loaders.readers.layout import lay_out
from privagraph.loaders.readers.lines import text_lines

__all__ = ["read_plain"]


def read_plain(text: str) -> Reading:
    """Read a plain text by its layout.

    Args:
        text: The decoded text.

    Returns:
        Its blocks.
    """
    return Reading(drafts=lay_out(text_lines(text)))
