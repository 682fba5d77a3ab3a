"""How far a run is, as one line on a terminal that changes."""

from __future__ import annotations

import shutil
import time

import click

from privagraph.loaders.inputs import About
from privagraph.ontology.shown import one_line

__all__ = ["ProgressLine", "show_line"]

_EVERY = 0.1
"""The shortest time, in seconds, between two lines."""
_MEMORY = 30.0
"""Seconds after which what was done counts a third in the rate."""
_SETTLED = 5.0
"""Seconds before which no time left is told: the first sources wait for processes to start."""


class ProgressLine:
    """Shows how many sources are done, how many there are, the rate and the time left; it is wiped at the end."""

    def __init__(self) -> None:
        self._shown = float("-inf")
        self._begun: float | None = None
        self._last: tuple[float, int] | None = None
        self._rate = 0.0

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show where a run is; see :data:`~privagraph.loaders.pipeline.Progress`."""
        now = time.monotonic()
        if name and now - self._shown < _EVERY:
            return
        self._shown = now
        self._begun = now if self._begun is None else self._begun
        self._count(now, done)
        settled = now - self._begun >= _SETTLED
        show_line(f"{_progress(done, total, self._rate, settled=settled)} {one_line(name)}" if name else "")

    def _count(self, now: float, done: int) -> None:
        """Take what was done since the last line into the rate."""
        if self._last is None:
            self._last = now, done
            return
        then, before = self._last
        if now - then < 1:
            return
        weight = min(1.0, (now - then) / _MEMORY) if self._rate else 1.0
        self._rate += weight * ((done - before) / (now - then) - self._rate)
        self._last = now, done


def show_line(line: str) -> None:
    """Put a line into the place of the one that was shown before; nothing wipes it.

    Args:
        line: What to show, cut to the terminal; its words are ours, or harmless.
    """
    width = shutil.get_terminal_size().columns - 1
    click.echo(f"\r{line[:width]:<{width}}\r", nl=False, err=True)


def _progress(done: int, total: int, rate: float, *, settled: bool) -> str:
    """Such as ``1,200/5,300, 4.1/s, 17 min left:``, or ``1,200 of about 5,300, 4.1/s, 17 min left:``."""
    between = " of about " if isinstance(total, About) else "/"
    count = f"{done:,}{between}{total:,}" if total else f"{done:,}"
    if rate <= 0:
        return count
    left = f", {_duration((total - done) / rate)} left" if settled and total > done else ""
    return f"{count}, {rate:.1f}/s{left}:"


def _duration(seconds: float) -> str:
    """Such as ``17 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
