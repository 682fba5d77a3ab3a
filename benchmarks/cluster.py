"""Two workers of a Dask cluster against one, and against two processes of a run without a cluster.

python benchmarks/cluster.py [--number N] [--extractor NAME] [--from FOLDER] [--runs N] [--json]

Two clusters are started on this machine, one with one worker and one with two, and a corpus is grown (see
benchmarks/growing.py; nothing recurs in it). It is mapped into shards on each of them in turn, and with `--jobs 2`.
Each side maps all of the corpus and the first quarter of it; the difference is the steady state, without the start of
the processes that map. Times are those of the clock, since that is what a second worker is for: run it while the
machine has nothing else to do, and expect nothing where it has less than two processors.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from common import EXAMPLES, Row, in_turn, options, report
from distributed import LocalCluster
from growing import grow, write

GOAL = 1.7
"""How many times as fast two workers are to be as one."""


def cluster(workers: int, folder: Path) -> LocalCluster:
    """A scheduler on a free port of this machine with so many workers, each a process."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        local_directory=str(folder),
        silence_logs=50,
    )


def mapping(corpus: Path, folder: Path, extractor: str, how: list[str]) -> Callable[[], None]:
    """What maps a corpus into shards, in a process of its own."""
    parts = folder / "parts"
    command = [sys.executable, "-m", "privagraph", "map", str(corpus), "--quiet", "--no-cache"]
    command += ["--extractor", extractor, "--shards", str(parts), *how]

    def run() -> None:
        shutil.rmtree(parts, ignore_errors=True)
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command[:4])} …: {done.stderr.strip()}")

    return run


def main() -> None:
    """Measure, and print the figures."""
    parser = options(__doc__)
    parser.add_argument(
        "--number", type=int, default=256, help="policies of the corpus (default %(default)s)"
    )
    parser.add_argument(
        "--extractor", default="hybrid", help="what finds the practices (default %(default)s)"
    )
    parser.add_argument(
        "--from", dest="folder", type=Path, default=EXAMPLES, help="policies to grow a corpus from"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as running:
        folder = Path(scratch)
        corpora = [(folder / "whole.jsonl", asked.number), (folder / "quarter.jsonl", asked.number // 4)]
        for corpus, number in corpora:
            write(islice(grow(asked.folder, asked.number), number), corpus)
        one, two = (running.enter_context(cluster(number, folder)).scheduler_address for number in (1, 2))
        ways = [["--cluster", one], ["--cluster", two], ["--jobs", "2"]]
        works = [mapping(corpus, folder, asked.extractor, how) for how in ways for corpus, _ in corpora]
        spent = [each.wall for each in in_turn(asked.runs, *works)]
    whole, started = spent[::2], spent[1::2]
    steady = [all_of - start for all_of, start in zip(whole, started, strict=True)]
    number = asked.number - asked.number // 4
    rows = [
        Row(
            "two workers against one, steady state",
            number / steady[1],
            number / steady[0],
            "/s",
            "more",
            goal=GOAL,
        ),
        Row(
            "two workers against one, with start-up",
            asked.number / whole[1],
            asked.number / whole[0],
            "/s",
            "more",
        ),
        Row(
            "two workers against --jobs 2, steady state", number / steady[1], number / steady[2], "/s", "more"
        ),
    ]
    report(f"policies a second on clusters, {asked.extractor}", rows, as_json=asked.json)


if __name__ == "__main__":
    main()
