"""Mapping policies beside a bare spaCy parse of the same text on the same processors; and what recurring passages save.

python benchmarks/mapping.py [CORPUS] [--number N] [--cores N]... [--spacy-python PROGRAM] [--model NAME] [--json]

The corpus is a folder of policies or a collection such as a file of JSON Lines; without one, policies of 15 kB are
grown from the examples (see benchmarks/growing.py). `privagraph map` writes shards of N-Quads, as it does of a corpus,
with as many processes as processors and without the cache of passages. spaCy parses the text that privagraph read from
them, with every component of its model and with as many processes; nothing is done with what it finds. spaCy is not
needed otherwise: name an interpreter that has it (`pip install spacy; python -m spacy download en_core_web_sm`) with
``--spacy-python``.

Each side is run on all policies and on the first quarter. The difference is the steady state, without start-up; times
with start-up are those of the whole run. Then two grown corpora are mapped with an empty cache each: one in which no
passage recurs, and one in which half of the passages of each policy do; most of these were seen in its first quarter.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from common import CANNOT_RUN, EXAMPLES, ROOT, Row, Spent, cannot_run, in_turn, on_cores, options, report
from growing import grow, write

from privagraph.errors import InputError
from privagraph.loaders.readers import read
from privagraph.loaders.sources import Source, stream

RECURRING = 0.5
"""The share of passages that recur in the second corpus."""
RATE, SAVED = 4, 1.6
"""Policies a second on two cores, and how many times as fast they are where half of the passages recur."""


def texts_of(corpus: Sequence[str], most: int | None) -> list[tuple[str, str]]:
    """The names and texts of a corpus's policies, as privagraph reads them."""
    found: list[tuple[str, str]] = []
    for source in stream(corpus):
        if len(found) == most:
            break
        if isinstance(source, Source):
            try:
                found.append((source.name, read(source).text))
            except InputError:
                continue  # what privagraph leaves out, spaCy need not parse
    return found


def mapping(corpus: Path, folder: Path, *, jobs: int, cached: bool = False) -> Callable[[], None]:
    """What maps a corpus in a process of its own, each time anew, and with an empty cache if with one."""
    times = count()

    def mapped() -> None:
        place = folder / f"mapped-{corpus.stem}-{jobs}-{next(times)}"
        command = [sys.executable, "-m", "privagraph", "map", str(corpus), "--quiet", "--jobs", str(jobs)]
        command += ["--shards", str(place / "shards")]
        command += ["--cache", str(place / "cache")] if cached else ["--no-cache"]
        _run(command)

    return mapped


def parsing(texts: Path, program: str, model: str, processes: int) -> Callable[[], None]:
    """What parses texts with spaCy in a process of its own."""
    command = [program, str(ROOT / "benchmarks" / "spacy_parse.py"), str(texts), model, str(processes)]

    def parsed() -> None:
        try:
            _run(command)
        except OSError as error:
            cannot_run(f"{program}: cannot be run ({error.strerror}); name a Python that has spaCy")

    return parsed


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode == CANNOT_RUN:
        cannot_run(done.stderr.strip())
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} …: {done.stderr.strip()}")


def _named(cores: int) -> str:
    return "one core" if cores == 1 else f"{cores} cores"


def _less(whole: Spent, part: Spent) -> Spent:
    return Spent(whole.processor - part.processor, whole.wall - part.wall)


def beside_spacy(
    corpora: tuple[Path, Path], folder: Path, *, cores: int, program: str, model: str, runs: int
) -> list[Row]:
    """The rows of one number of cores; the second corpus is the first quarter of the first one."""
    works, sizes = [], []
    for place, corpus in enumerate(corpora):
        texts = texts_of([str(corpus)], None)
        file = folder / f"texts-{place}.jsonl"
        file.write_text("".join(json.dumps(text) + "\n" for _, text in texts), encoding="utf-8")
        sizes.append(len(texts))
        works += [mapping(corpus, folder, jobs=cores), parsing(file, program, model, cores)]
    with on_cores(cores):
        ours, peer, ours_start, peer_start = in_turn(runs, *works)
    return _rows(
        _named(cores),
        (ours, ours_start),
        (peer, peer_start),
        (sizes[0], sizes[1]),
        goal=1,
        goal_by_the_clock=1,
        rate=RATE if cores == 2 else None,
    )


def _rows(
    named: str,
    ours: tuple[Spent, Spent],
    peer: tuple[Spent, Spent],
    sizes: tuple[int, int],
    *,
    goal: float,
    goal_by_the_clock: float | None,
    rate: float | None,
    note: str = "",
) -> list[Row]:
    """The rows of two sides, of each the whole corpus and its first quarter, whose sizes come with them."""
    number = sizes[0] - sizes[1]
    steady, peer_steady = _less(*ours), _less(*peer)
    whole, peer_whole = ours[0], peer[0]
    each, clock = "processor time of a policy", "policies a second by the clock"
    return [
        Row(
            f"{named}, steady state: {each}",
            steady.processor / number,
            peer_steady.processor / number,
            goal=goal,
            note=note,
        ),
        Row(
            f"{named}, with start-up: {each}",
            whole.processor / sizes[0],
            peer_whole.processor / sizes[0],
            note=note,
        ),
        Row(
            f"{named}, steady state: {clock}",
            number / steady.wall,
            number / peer_steady.wall,
            unit="/s",
            better="more",
            goal=goal_by_the_clock,
            note="" if rate is None else f"to reach: {rate:g}",
        ),
        Row(
            f"{named}, with start-up: {clock}",
            sizes[0] / whole.wall,
            sizes[0] / peer_whole.wall,
            unit="/s",
            better="more",
        ),
    ]


def recurring(folder: Path, number: int, *, cores: int, runs: int, source: Path) -> list[Row]:
    """What it saves that half of the passages recur, with a cache that is empty at first."""
    works = []
    for share in (0.0, RECURRING):
        whole, quarter = (folder / f"recurring-{share:g}-{part}.jsonl" for part in ("whole", "quarter"))
        write(grow(source, number, share=share), whole)
        _first_quarter(whole, quarter)
        works += [mapping(each, folder, jobs=cores, cached=True) for each in (whole, quarter)]
    with on_cores(cores):
        none, none_first, half, half_first = in_turn(runs, *works)
    return _rows(
        f"{_named(cores)}, half of the passages recur",
        (half, half_first),
        (none, none_first),
        (number, max(1, number // 4)),
        goal=SAVED,
        goal_by_the_clock=None,
        rate=RATE * SAVED if cores == 2 else None,
        note="peer: privagraph where none recur",
    )


def _first_quarter(corpus: Path, output: Path) -> None:
    lines = corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    output.write_text("".join(lines[: max(1, len(lines) // 4)]), encoding="utf-8")


def main() -> None:
    """Measure, and print the figures."""
    parser = options(__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, help="a folder or collection of policies")
    parser.add_argument(
        "--from", dest="folder", type=Path, default=EXAMPLES, help="policies to grow a corpus from"
    )
    parser.add_argument("--number", type=int, default=40, help="policies to map (default %(default)s)")
    parser.add_argument(
        "--recurring",
        type=int,
        default=120,
        help="policies of a corpus in which half recurs (default %(default)s)",
    )
    parser.add_argument(
        "--cores", type=int, action="append", help="so many processors; may be repeated (1 and 2)"
    )
    parser.add_argument("--spacy-python", default=sys.executable, metavar="PROGRAM", help="has spaCy")
    parser.add_argument("--model", default="en_core_web_sm", help="of spaCy (default %(default)s)")
    chosen = parser.parse_args()
    cores = chosen.cores or [1, 2]
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        whole, quarter = folder / "whole.jsonl", folder / "quarter.jsonl"
        if chosen.corpus is None:
            write(grow(chosen.folder, chosen.number), whole)
        else:
            _gather(chosen.corpus, chosen.number, whole)
        _first_quarter(whole, quarter)
        rows = [
            row
            for each in cores
            for row in beside_spacy(
                (whole, quarter),
                folder,
                cores=each,
                program=chosen.spacy_python,
                model=chosen.model,
                runs=chosen.runs,
            )
        ]
        rows += recurring(folder, chosen.recurring, cores=max(cores), runs=chosen.runs, source=chosen.folder)
    report(f"mapping {chosen.number} policies; peer: spaCy {chosen.model}", rows, as_json=chosen.json)


def _gather(corpus: Path, most: int, output: Path) -> None:
    """The first policies of a corpus as plain text in a file of JSON Lines, so that both sides get the same."""
    with output.open("w", encoding="utf-8", newline="\n") as stream_:
        for name, text in texts_of([str(corpus)], most):
            stream_.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
