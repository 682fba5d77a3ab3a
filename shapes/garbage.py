"""Garbage of a check is looked for once, at its end.

A check makes some hundred thousand objects that live until it ends. Python looks for garbage among them again and again
meanwhile, and among all that the program has loaded, which takes a quarter of the time and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collected_at_end"]


@contextmanager
def collected_at_end() -> Iterator[None]:
    """Keep Python from looking for garbage during a piece of work; at its end, what the work has left is taken away.

    Where somebody has switched that off already, it stays so.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)  # the youngest generation: what came up since
