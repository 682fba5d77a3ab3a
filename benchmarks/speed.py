"""How long a policy takes, from the start of the program to a finished graph: all finders beside the rules alone.

python benchmarks/speed.py [--runs N] [--cores N]

The policy is the larger example, repeated until it has 20 kB of text. Each run is a process of its own that writes a
new store, as a user's first command does. Prints the fastest and the median run of each, and the ratio of the medians.
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


def seconds(policy: Path, graph: Path, extractor: str) -> float:
    """How long one run takes."""
    command = [sys.executable, "-m", "privagraph", "map", str(policy), "--output", str(graph), "--quiet"]
    started = time.perf_counter()
    subprocess.run([*command, "--extractor", extractor], check=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description="Measure how long a policy of 20 kB takes.")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--cores", type=int, default=1)
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: chosen.cores]))
    times: dict[str, list[float]] = {"hybrid": [], "lexicon": []}
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder, "policy.txt")
        policy.write_text(policy_of(SIZE), encoding="utf-8")
        for run in range(chosen.runs):
            for name, taken in times.items():
                taken.append(seconds(policy, Path(folder, f"graph-{name}-{run}"), name))
        size = policy.stat().st_size
    print(f"{size} bytes, {chosen.runs} runs, {chosen.cores} cores")
    for name, taken in times.items():
        print(f"{name}: fastest {min(taken):.2f} s, median {statistics.median(taken):.2f} s")
    print(f"ratio {statistics.median(times['hybrid']) / statistics.median(times['lexicon']):.2f}")


if __name__ == "__main__":
    main()
