"""A file of N-Quads into a store in memory, without Python touching each quad where that is not needed.

The database reads N-Quads several times as fast as quads can be handed to it one at a time. But it gives blank nodes
names of its own, at random, and puts what is in no named graph into the default graph; files with either are read as
all others are.
"""

from __future__ import annotations

import mmap
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Store

from privagraph.queries.formats import format_of, read_quads

__all__ = ["fill"]


def fill(store: Store, path: Path) -> None:
    """Put the quads of a file into an empty store; each policy is in its named graph, whatever the format.

    Args:
        store: The store.
        path: A file, as :func:`~privagraph.queries.formats.read_quads` takes it.

    Raises:
        GraphError: It cannot be read, or is not of the format that its name tells.
    """
    if _is_read_natively(path):
        try:
            store.load(path=str(path), format=RdfFormat.N_QUADS)
        except (SyntaxError, OSError, ValueError):
            pass  # reading it again tells what is wrong, in our words
        else:
            if not any(True for _ in store.quads_for_pattern(None, None, None, DefaultGraph())):
                return
        store.clear()
    store.extend(read_quads(path))


def _is_read_natively(path: Path) -> bool:
    """Whether it is N-Quads without blank nodes, as far as its bytes tell; a text with such signs makes it slower."""
    known = format_of(path)
    if known is None or known.rdf != RdfFormat.N_QUADS:
        return False
    try:
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as held:
            return held.find(b"_:") < 0
    except (OSError, ValueError):
        return False  # it is empty, or cannot be opened
