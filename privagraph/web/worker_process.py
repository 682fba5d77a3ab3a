"""What a process does that answers from the graph; see :mod:`privagraph.web.workers`."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from privagraph.errors import PrivagraphError

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore
    from privagraph.web.workers import Place

__all__ = ["limit_memory", "serve"]


def serve(pipe: Connection[object, object], memory: int) -> None:
    """Answer requests until the other end of the pipe closes.

    Args:
        pipe: Requests arrive here: where the graph is, a task, its arguments; replies leave.
        memory: How many bytes of memory the process may take.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends its processes itself
    limit_memory(memory)
    from privagraph.queries.store import GraphStore

    store: GraphStore | None = None
    opened: Place | None = None
    pipe.send(("ready", None))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            request: Any = pipe.recv()
            place, task, args, options = request
            try:
                if store is None or opened != place:
                    if store is not None:
                        store.close()
                    store, opened = GraphStore.open(place.location), place
                reply = _done(task, store, args, options)
            except PrivagraphError as error:
                reply = ("refused", error)
            except MemoryError:
                return  # the other end sees that the process is gone, and says why
            except Exception as error:  # noqa: BLE001  # a fault of ours must not end the process
                reply = ("failed", (f"{type(error).__name__}: {error}", traceback.format_exc()))
            pipe.send(reply)


def _done(
    task: Callable[..., object], store: GraphStore, args: tuple[object, ...], options: dict[str, object]
) -> tuple[str, object]:
    return "done", task(store, *args, **options)


def limit_memory(memory: int) -> None:
    """Let the system refuse this process more memory, where it can; files that are mapped do not count as much here.

    Args:
        memory: How many bytes it may take.
    """
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
