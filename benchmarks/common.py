"""What all benchmarks share: taking times in turn, the table of results, and the choice of a graph or corpus.

A benchmark does the same work with privagraph and with a peer, in the same run and in turn, and prints medians of
several runs and their ratio: times alone say more of the machine than of the program. Times are of the processor, of
all processes that the work starts, unless a row says otherwise, for they change little when the machine has other
things to do.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

__all__ = [
    "CANNOT_RUN",
    "EXAMPLES",
    "ROOT",
    "Row",
    "Spent",
    "cannot_run",
    "in_turn",
    "on_cores",
    "options",
    "policies_in",
    "report",
    "timed",
]

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
CANNOT_RUN = 3
"""The exit code of a benchmark that lacks something here; any other but 0 says that something is wrong."""
_READ = {".html", ".htm", ".md", ".txt", ".pdf", ".docx"}


@dataclass(frozen=True, slots=True)
class Spent:
    """What a piece of work took, in seconds.

    Attributes:
        processor: The time of all processors, that of finished child processes included.
        wall: The time that went by.
    """

    processor: float
    wall: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of results.

    Attributes:
        what: The work.
        ours: What privagraph took.
        peer: What the peer took, or nothing where a row has no peer.
        unit: What is counted.
        better: Whether more is better, as with policies per second, or less, as with seconds.
        at_least: Whether the peer was stopped, so that it takes that long at least.
        goal: The ratio to reach, if there is one.
        most: The most that ``ours`` may be, if there is such a bound.
        note: What else to say.
    """

    what: str
    ours: float
    peer: float | None = None
    unit: str = "s"
    better: str = "less"
    at_least: bool = False
    goal: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as fast as the peer."""
        if self.peer is None:
            return None
        better, worse = (self.ours, self.peer) if self.better == "more" else (self.peer, self.ours)
        return better / worse if worse else None

    @property
    def reached(self) -> bool | None:
        """Whether the goal or bound is kept; None where there is none."""
        if self.most is not None:
            return self.ours <= self.most
        if self.goal is None or self.ratio is None:
            return None
        return self.ratio >= self.goal


def timed(work: Callable[[], object]) -> Spent:
    """What one piece of work takes; to let go of what it gives back does not count."""
    before, started = _processor(), time.perf_counter()
    made = work()
    spent = Spent(_processor() - before, time.perf_counter() - started)
    del made
    return spent


def _processor() -> float:
    """The processor time so far; that of other processes counts when they end, by the hundredth of a second."""
    others = os.times()
    return time.process_time() + others.children_user + others.children_system


def in_turn(runs: int, *works: Callable[[], object]) -> list[Spent]:
    """The medians of several pieces of work, each done once in every round.

    Args:
        runs: How many rounds.
        *works: The pieces of work.
    """
    taken: list[list[Spent]] = [[] for _ in works]
    for _ in range(runs):
        for work, spent in zip(works, taken, strict=True):
            spent.append(timed(work))
    return [
        Spent(
            statistics.median(each.processor for each in spent),
            statistics.median(each.wall for each in spent),
        )
        for spent in taken
    ]


@contextmanager
def on_cores(number: int) -> Iterator[None]:
    """Keep this process and those that it starts to so many processors, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def options(description: str | None, *, runs: int = 3) -> argparse.ArgumentParser:
    """A parser with the options that all benchmarks have; its help is the first paragraph of a docstring.

    Args:
        description: The docstring.
        runs: How many runs there are when nobody says.
    """
    made = argparse.ArgumentParser(description=(description or "").partition("\n\n")[0])
    made.add_argument(
        "--runs", type=int, default=runs, help="medians are of so many runs (default %(default)s)"
    )
    made.add_argument("--json", action="store_true", help="print the results as JSON")
    return made


def policies_in(folder: Path) -> list[Path]:
    """The policies of a folder, at any depth, by name; or the one that a file is.

    Args:
        folder: A folder or a file.
    """
    if folder.is_file():
        return [folder]
    found = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in _READ and path.name != "README.md"
    )
    if not found:
        sys.exit(f"{folder}: no policy; name a folder with HTML, Markdown, text, PDF or DOCX files")
    return found


def cannot_run(why: str) -> NoReturn:
    """End a benchmark that cannot be run here, which says nothing against anybody.

    Args:
        why: What it lacks, and where to get it.
    """
    print(why, file=sys.stderr)
    sys.exit(CANNOT_RUN)


def report(title: str, rows: Iterable[Row], *, as_json: bool) -> None:
    """Print the results: a table, or JSON for programs.

    Args:
        title: What was measured.
        rows: The results.
        as_json: Whether it is JSON.
    """
    rows = list(rows)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    machine = (
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, load {load}"
    )
    if as_json:
        told = [{**asdict(row), "ratio": row.ratio, "reached": row.reached} for row in rows]
        print(json.dumps({"title": title, "machine": machine, "rows": told}, indent=1))
        return
    print(f"{title}\n{machine}\n")
    for line in _table(rows):
        print(line)
    missed = [row.what for row in rows if row.reached is False]
    print(f"\nbelow the goal: {'; '.join(missed) or 'none'}")


def _table(rows: Sequence[Row]) -> Iterator[str]:
    cells = [("", "privagraph", "peer", "ratio", "goal", "")]
    for row in rows:
        mark = "at least " if row.at_least else ""
        cells.append(
            (
                row.what,
                f"{_number(row.ours)} {row.unit}",
                "" if row.peer is None else f"{mark}{_number(row.peer)} {row.unit}",
                "" if row.ratio is None else f"{mark}{_number(row.ratio)}",
                f"at most {row.most:g}"
                if row.most is not None
                else ""
                if row.goal is None
                else f"{row.goal:g}",
                row.note,
            )
        )
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    for line in cells:
        padded = [line[0].ljust(widths[0]), *(line[at].rjust(widths[at]) for at in range(1, 5)), line[5]]
        yield "  ".join(padded).rstrip()


def _number(value: float) -> str:
    """A number with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.001 or not value else f"{value:.2g}"
