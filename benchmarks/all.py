"""All short benchmarks, one after the other: every ratio in one table, in about a quarter of an hour.

python benchmarks/all.py [GRAPH] [--from FOLDER] [--spacy-python PROGRAM] [--model NAME] [--runs N] [--json]

GRAPH, which `privagraph map` wrote, is what questions, loading and validation are measured on; the examples when it is
left out. FOLDER holds the policies from which corpora are grown; the examples again. What cannot be run here is left
out, and said so, as mapping is where there is no spaCy. A benchmark that fails otherwise, as where privagraph and its
peer have unequal answers, is named, and the exit code is 1. The sizes are small, so that it is soon done; each
benchmark takes others by itself, and cluster.py is run by itself alone.
Leave the machine alone meanwhile: the rows by the clock are worth nothing on a busy one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

from common import CANNOT_RUN, EXAMPLES, ROOT, Row, options, report


def rows_of(name: str, *arguments: str) -> list[Row] | None:
    """What a benchmark measures.

    Args:
        name: The benchmark.
        *arguments: What it is told.

    Returns:
        The rows; an empty list where it cannot be run here, and None where it fails, with a line about it.
    """
    command = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *arguments, "--json"]
    print(f"{name} …", file=sys.stderr, flush=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == CANNOT_RUN:
        print(f"{name}: left out: {done.stderr.strip()}", file=sys.stderr)
        return []
    if done.returncode:
        print(f"{name}: failed: {done.stderr.strip()}", file=sys.stderr)
        return None
    told = json.loads(done.stdout)
    derived = ("ratio", "reached")
    rows = [Row(**{key: value for key, value in row.items() if key not in derived}) for row in told["rows"]]
    return [replace(row, what=f"{name}: {row.what}") for row in rows]


def main() -> None:
    """Measure, and print the figures."""
    parser = options(__doc__)
    parser.add_argument("graph", nargs="?", help="what `privagraph map` wrote; the examples when left out")
    parser.add_argument("--from", dest="folder", default=str(EXAMPLES), help="policies to grow corpora from")
    parser.add_argument("--spacy-python", default=sys.executable, metavar="PROGRAM", help="has spaCy")
    parser.add_argument("--model", default="en_core_web_sm", help="of spaCy (default %(default)s)")
    chosen = parser.parse_args()
    graph = [] if chosen.graph is None else [chosen.graph]
    runs = ["--runs", str(chosen.runs)]
    grown = ["--from", chosen.folder]
    spacy = ["--spacy-python", chosen.spacy_python, "--model", chosen.model]
    benchmarks = {
        "loading": [*graph, *runs],
        "questions": [*graph, *runs, "--bound", "5", "--slowest", "5"],
        "validation": [*graph, *runs, "--policies", "2", "--policies", "20", "--bound", "120"],
        "mapping": [*grown, *spacy, "--number", "24", "--recurring", "40", *runs],
        "scaling": [*grown, "--sizes", "20,60"],
    }
    made = {name: rows_of(name, *words) for name, words in benchmarks.items()}
    rows = [row for each in made.values() for row in each or ()]
    report("privagraph beside its peers, on small work", rows, as_json=chosen.json)
    if failed := [name for name, each in made.items() if each is None]:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
