"""Readers: from the bytes of a policy in any format to a :class:`~privagraph.loaders.document.Document`.

The face of this package is three functions; each format has a module of its own, imported when a document of that
format comes up.
"""

from __future__ import annotations

from privagraph.loaders.readers.reading import LARGEST, read, read_bytes, read_path

__all__ = ["LARGEST", "read", "read_bytes", "read_path"]
