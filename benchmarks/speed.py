"""How long a policy takes, from the start of the program to a finished graph, on one core.

python benchmarks/speed.py [--runs N]

The policy is the larger example, repeated until it has 20 kB of text. Each run is a process of its own that writes a
new store, as a user's first command does. Prints the fastest and the median run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from privagraph.loaders.readers import read_path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "woerterwald.html"
SIZE = 20_000


def policy_of(size: int) -> str:
    """The example as plain text, repeated and cut at the end of a line, of about this many bytes."""
    text = read_path(EXAMPLE).text
    whole = "\n\n".join([text] * (size // len(text) + 1)).encode()[:size].decode("utf-8", "ignore")
    return whole[: whole.rindex("\n")] + "\n"


def seconds(policy: Path, graph: Path) -> float:
    """How long one run takes."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "privagraph", "map", str(policy), "--output", str(graph), "--quiet"],
        check=True,
    )
    return time.perf_counter() - started


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description="Measure how long a policy of 20 kB takes.")
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder, "policy.txt")
        policy.write_text(policy_of(SIZE), encoding="utf-8")
        times = [seconds(policy, Path(folder, f"graph-{run}")) for run in range(runs)]
        size = policy.stat().st_size
    fastest, median = min(times), statistics.median(times)
    print(f"{size} bytes, {runs} runs: fastest {fastest:.2f} s, median {median:.2f} s")


if __name__ == "__main__":
    main()
