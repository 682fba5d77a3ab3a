"""What a process does that answers from the graph; see :mod:`privagraph.web.workers`."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any

from privagraph.corpus.limits import limit_memory
from privagraph.errors import PrivagraphError, QueryLimitError

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore
    from privagraph.web.workers import Place

__all__ = ["serve"]


_LEAST_LIMIT = 50_000_000
"""How many bytes a reply may have however small the answers to queries are to be: pages need room too."""
_BESIDES = 1_000_000
"""How many bytes a reply has besides the answer to a query at most."""


def serve(pipe: Connection[object, object], memory: int, largest: int) -> None:
    """Answer requests until the other end of the pipe closes.

    Args:
        pipe: Requests arrive here: where the graph is, a task, its arguments; replies leave.
        memory: How many bytes of memory the process may take.
        largest: How many bytes the answer to a query may have; no reply is much larger, so that none fills the memory
            of the server, which has no limit of its own.
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
                reply = _done(task, store, args, options, largest)
            except PrivagraphError as error:
                reply = ForkingPickler.dumps(("refused", error))
            except MemoryError:
                return  # the other end sees that the process is gone, and says why
            except Exception as error:  # noqa: BLE001  # a fault of ours must not end the process
                told = f"{type(error).__name__}: {error}", traceback.format_exc()
                reply = ForkingPickler.dumps(("failed", told))
            pipe.send_bytes(reply)


def _done(
    task: Callable[..., object],
    store: GraphStore,
    args: tuple[object, ...],
    options: dict[str, object],
    largest: int,
) -> memoryview:
    """Do a task; hands out what the other end of the pipe receives."""
    reply = ForkingPickler.dumps(("done", task(store, *args, **options)))
    limit = max(largest, _LEAST_LIMIT)
    if len(reply) > limit + _BESIDES:
        raise QueryLimitError(
            "size",
            f"stopped: what is to be shown has {len(reply) / 1e6:.0f} MB, more than the {limit / 1e6:g} MB that this "
            "server hands out",
            "ask for less: one policy, fewer columns, a LIMIT",
        )
    return reply
