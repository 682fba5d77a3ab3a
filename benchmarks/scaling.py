"""What a policy costs when there are many: processor time of each, and the memory of the run.

python benchmarks/scaling.py [--sizes 100,1000] [--extractor NAME] [--from FOLDER] [--jobs N] [--json]

A corpus of each size is grown (see benchmarks/growing.py; nothing recurs in it) and mapped into a new store, as a user
would, in a process of its own, with as many processes as ``--jobs`` says. The processor time is that of the whole run,
start-up and writing included, over the number of policies. The memory is the most that the process and its children
were seen to use together, looked at once a second; what they share is counted for each. The least size is the peer of
the others.

10,000 policies take about an hour on two processors; `--extractor lexicon` shows in less time whether writing grows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
from common import EXAMPLES, Row, options, report, timed
from growing import grow, write

MEMORY = 1500
"""The most megabytes that a run may use, at any size."""
GROWTH = 1 / 1.1
"""The cost of a policy of a large corpus is to be within ten in a hundred of that of a small one."""


def watched(command: list[str]) -> tuple[Callable[[], None], list[float]]:
    """What runs a command, and the most megabytes that it and its children used, once it has run."""
    most = [0.0]

    def run() -> None:
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            done = threading.Event()
            watch = threading.Thread(target=_watch, args=(process.pid, done, most))
            watch.start()
            _, said = process.communicate()
            done.set()
            watch.join()
        if process.returncode:
            sys.exit(f"{' '.join(command[:4])} …: {said.strip()}")

    return run, most


def _watch(number: int, done: threading.Event, most: list[float]) -> None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(number)
        while True:
            used = 0
            for each in [process, *process.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    used += each.memory_info().rss
            most[0] = max(most[0], used / 1e6)
            if done.wait(1):
                return


def main() -> None:
    """Measure, and print the figures."""
    parser = options(__doc__, runs=1)
    parser.add_argument("--sizes", default="100,1000", help="numbers of policies (default %(default)s)")
    parser.add_argument(
        "--from", dest="folder", type=Path, default=EXAMPLES, help="policies to grow a corpus from"
    )
    parser.add_argument(
        "--extractor", default="hybrid", help="what finds the practices (default %(default)s)"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that map (default %(default)s)")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for size in sorted(int(each) for each in chosen.sizes.split(",")):
        spent: list[tuple[float, float, float]] = []
        for _ in range(chosen.runs):
            with tempfile.TemporaryDirectory() as folder:
                corpus = Path(folder, "corpus.jsonl")
                write(grow(chosen.folder, size), corpus)
                command = [
                    sys.executable,
                    "-m",
                    "privagraph",
                    "map",
                    str(corpus),
                    "--output",
                    f"{folder}/graph",
                ]
                command += [
                    "--quiet",
                    "--no-cache",
                    "--extractor",
                    chosen.extractor,
                    "--jobs",
                    str(chosen.jobs),
                ]
                run, most = watched(command)
                taken = timed(run)
                spent.append((taken.processor / size, most[0], size / taken.wall))
        each, memory, rate = sorted(spent)[len(spent) // 2]
        print(f"{size:,} policies: {each:.3f} s each, {memory:.0f} MB", file=sys.stderr, flush=True)
        base = rows[0].ours if rows else None
        rows.append(
            Row(
                f"{size:,} policies: processor time of each",
                each,
                base,
                goal=None if base is None else GROWTH,
                note=f"{rate:.2f} policies a second by the clock",
            )
        )
        rows.append(Row(f"{size:,} policies: memory", memory, unit="MB", most=MEMORY))
    report(
        f"cost of a policy with the extractor {chosen.extractor}; peer: the least size",
        rows,
        as_json=chosen.json,
    )


if __name__ == "__main__":
    main()
