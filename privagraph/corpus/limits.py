"""What one document may take: memory, time, and no longer life than the run that it belongs to."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["MEMORY", "SECONDS", "OutOfTime", "end_with_parent", "limit_memory", "limited"]

SECONDS = 300.0
"""The longest time that one document may take, where nothing else is said."""
MEMORY = 2_000_000_000
"""How many bytes of memory a process that maps may take, where nothing else is said."""

_AT_ONCE = 1e-6


class OutOfTime(BaseException):
    """The time of a document is over.

    It is no :class:`Exception`, so that a library that forgives every error of a broken file does not swallow it.
    """


def limit_memory(memory: int) -> None:
    """Let the system refuse this process more memory, where it can; files that are mapped do not count as much here.

    Args:
        memory: How many bytes it may take.
    """
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that ended."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)  # nobody is left to hand anything to

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()


@contextmanager
def limited(seconds: float | None, memory: int | None) -> Iterator[None]:
    """Limits for what runs in this process; weaker than a process of its own, which can be ended from outside.

    An alarm that the caller has set already rings afterwards, at its time or at once.

    Args:
        seconds: The longest time, or None. It is kept where the system has alarms, and only in the main thread.
        memory: How many bytes it may take beyond what the process has now, or None; kept on Linux.

    Raises:
        OutOfTime: The time is over.
        MemoryError: The memory is used up.
    """
    with _less_memory(memory), _alarm(seconds):
        yield


@contextmanager
def _alarm(seconds: float | None) -> Iterator[None]:
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    before, began = signal.getsignal(signal.SIGALRM), time.monotonic()
    left, every = signal.getitimer(signal.ITIMER_REAL)
    try:
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # it may have rung in the very last moment
            signal.signal(signal.SIGALRM, before)
            if left:
                signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), _AT_ONCE), every)


@contextmanager
def _less_memory(memory: int | None) -> Iterator[None]:
    if memory is None or not sys.platform.startswith("linux"):
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _data_bytes() + memory
    if any(limit != resource.RLIM_INFINITY and limit < wanted for limit in (soft, hard)):
        yield  # a narrower limit is in force already
        return
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int:
    """How much memory of the kind that is limited this process has."""
    with open("/proc/self/statm", encoding="ascii") as stream:
        return int(stream.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
