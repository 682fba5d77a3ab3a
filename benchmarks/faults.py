"""Kills runs at random moments, and counts what is lost.

python benchmarks/faults.py [--kills N] [--policies N] [--from FOLDER] [--extractor NAME] [--seed N] [--only TEXT]

A corpus is grown, and mapped once without disturbance. Then the same is done again and again, and killed by ``SIGKILL``
at a moment of chance. After each kill the graph is opened: every policy in it must be there whole, as in the
undisturbed run, and no other. The next run goes on from there; one that comes to its end must have the same graph, quad
for quad, and then everything begins anew. Killed are

* ``map`` into a store, its worker processes with it,
* one worker process of ``map``, which has to come to its end all the same,
* ``map`` into shards, and into shards and a store: the shards are loaded into a store to be looked at,
* ``map`` into a file, which is there whole or not at all,
* ``load`` from files of quads into a store,
* ``load`` onto a SPARQL server (the program ``oxigraph``, where it is installed).

Prints how often each was killed, how often it went on to its end, and what was lost or doubled: zero, or the exit code
is 1.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from pyoxigraph import Quad, RdfFormat, parse

from privagraph.corpus.shards import Shards
from privagraph.errors import GraphError
from privagraph.ontology.namespaces import VOCABULARY_GRAPH
from privagraph.queries.endpoints.loading import load_graph
from privagraph.queries.store import GraphStore, is_store

if __package__:
    from benchmarks.common import EXAMPLES
    from benchmarks.growing import grow, write
else:
    from common import EXAMPLES
    from growing import grow, write

Graphs = dict[str, frozenset[str]]
"""The quads of each policy, by its IRI."""

_PATIENCE = 600.0
"""Seconds after which a run that was not killed hangs."""


@dataclass(slots=True)
class Tally:
    """What was seen.

    Attributes:
        kills: How often a process was killed before it was done.
        ends: How often a run came to its end.
        faults: What was lost, doubled or broken.
    """

    kills: int = 0
    ends: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Work:
    """Something that is killed.

    Attributes:
        name: What it is called.
        command: The arguments of ``privagraph``.
        graphs: What is there now; nothing where there is no graph.
        clear: Makes everything as it was before the first run.
        victim: Whom to kill, of the processes of a run.
    """

    name: str
    command: Sequence[str]
    graphs: Callable[[], Graphs]
    clear: Callable[[], None]
    victim: Callable[[subprocess.Popen[bytes]], int | None]


def graphs_of(store: GraphStore) -> Graphs:
    """The quads of each policy of a store."""
    return {policy: _quads(store.quads(policy)) for policy in store.policies()}


def _quads(quads: Iterable[Quad]) -> frozenset[str]:
    return frozenset(map(str, quads))


def _in_folder(folder: Path) -> Graphs:
    if not is_store(folder):
        return {}
    try:
        with GraphStore.open(folder) as store:
            return graphs_of(store)
    except GraphError as error:
        if "before it had written anything" in str(error):
            return {}  # the next run makes the store to its end
        raise


def started(command: Sequence[str], home: Path) -> subprocess.Popen[bytes]:
    """A run of privagraph in a group of processes of its own, which writes nothing to the user's folders."""
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "STATE", "DATA")}
    return subprocess.Popen(
        [sys.executable, "-m", "privagraph", *command],
        env={**os.environ, **folders},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finished(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a run; one that fails ends this program."""
    _, said = process.communicate(timeout=_PATIENCE)
    if process.returncode:
        sys.exit(f"a run that nobody disturbed failed with {process.returncode}: {said.decode()}")


def whole(process: subprocess.Popen[bytes]) -> int | None:
    """The run itself: its workers have to end by themselves."""
    return process.pid


def a_worker(process: subprocess.Popen[bytes]) -> int | None:
    """One of the processes that a run has started, the youngest; None while there is none."""
    with suppress(OSError):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        return int(children[-1]) if children else None
    return None


def disturb(work: Work, expected: Graphs, kills: int, chance: random.Random, home: Path) -> Tally:
    """Run and kill, look and go on.

    Args:
        work: What is run.
        expected: The graph of a run that nobody disturbed.
        kills: How often to kill.
        chance: Where the moments come from.
        home: A folder for what a run writes for its user.
    """
    tally = Tally()
    work.clear()
    began = time.monotonic()
    finished(started(work.command, home))
    usual = time.monotonic() - began
    _compare(work.graphs(), expected, "the first run", tally, complete=True)
    work.clear()
    while tally.kills < kills and not tally.faults:
        process = started(work.command, home)
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, usual * 1.3))
        victim = work.victim(process) if process.poll() is None else None
        if victim is not None:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
            tally.kills += 1
        _, said = process.communicate(timeout=_PATIENCE)
        _gone(process, tally)
        ended = process.returncode == 0
        if not ended and victim != process.pid:
            tally.faults.append(
                f"kill {tally.kills}: the run failed with {process.returncode}: {said.decode()}"
            )
        _compare(work.graphs(), expected, f"kill {tally.kills}", tally, complete=ended)
        if ended:
            tally.ends += 1
            work.clear()
    return tally


def _gone(process: subprocess.Popen[bytes], tally: Tally) -> None:
    """Whether all processes of a run have ended, some seconds after it."""
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    tally.faults.append(f"kill {tally.kills}: processes of the run are still there")
    os.killpg(process.pid, signal.SIGKILL)


def _compare(found: Graphs, expected: Graphs, when: str, tally: Tally, *, complete: bool) -> None:
    """Whether what is there is right, and all of it."""
    for policy, quads in found.items():
        if policy not in expected:
            tally.faults.append(f"{when}: {policy} is none of the corpus")
        elif quads != expected[policy]:
            tally.faults.append(
                f"{when}: {policy} has {len(quads)} quads, {len(quads & expected[policy])} of the "
                f"{len(expected[policy])} that it should have"
            )
    if complete and (lost := set(expected) - set(found)):
        tally.faults.append(f"{when}: {len(lost)} policies are missing, such as {min(lost)}")


@contextmanager
def served(folder: Path) -> Iterator[str | None]:
    """A SPARQL server that holds nothing; None where the program is not installed."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        yield None
        return
    command = [program, "serve", "--location", str(folder), "--bind", "127.0.0.1:0"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{_port(server)}/query"
    finally:
        server.terminate()
        server.wait(30)


def _port(server: subprocess.Popen[bytes]) -> int:
    """Where a server listens that took a free port, and does not say which."""
    for _ in range(100):
        with suppress(psutil.Error):
            for each in psutil.Process(server.pid).net_connections("tcp4"):
                if each.status == psutil.CONN_LISTEN:
                    return int(each.laddr.port)
        time.sleep(0.1)
    sys.exit(f"{server.args}: the server does not listen; its exit code: {server.poll()}")


def main() -> None:
    """Kill, look, and print what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--kills", type=int, default=100, help="of each kind (default %(default)s)")
    parser.add_argument("--policies", type=int, default=24, help="of the corpus (default %(default)s)")
    parser.add_argument("--from", dest="folder", type=Path, default=EXAMPLES, help="policies to grow it from")
    parser.add_argument(
        "--extractor", default="lexicon", help="what finds the practices (default %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="TEXT", default="", help="only kinds with this in their name")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as name, served(Path(name, "server")) as endpoint:
        here = Path(name)
        corpus, graph, shards = here / "corpus.jsonl", here / "graph", here / "shards"
        write(grow(chosen.folder, chosen.policies, size=6_000, seed=chosen.seed), corpus)
        mapping = [
            "map",
            str(corpus),
            "--extractor",
            chosen.extractor,
            "--jobs",
            "2",
            "--quiet",
            "--no-cache",
        ]
        finished(started([*mapping, "--output", str(here / "undisturbed"), "--shards", str(shards)], here))
        expected = _in_folder(here / "undisturbed")
        works = _works([*mapping, "--output", str(graph)], graph, shards, endpoint, here)
        failed = False
        for work in works:
            if chosen.only not in work.name:
                continue
            tally = disturb(work, expected, chosen.kills, chance, here)
            failed = failed or bool(tally.faults)
            print(
                f"{work.name}: {len(expected)} policies, {tally.kills} kills, {tally.ends} runs went on to their end, "
                f"{len(tally.faults)} faults",
                flush=True,
            )
            for fault in tally.faults:
                print(f"  {fault}")
    sys.exit(1 if failed else 0)


def _works_of_other_forms(mapping: Sequence[str], graph: Path, home: Path) -> Iterator[Work]:
    parts, seen, file = home / "parts", home / "seen", home / "graph.nq"

    def nothing() -> None:
        for folder in (graph, parts):
            shutil.rmtree(folder, ignore_errors=True)
        file.unlink(missing_ok=True)

    def in_parts() -> Graphs:
        if not any(parts.glob("part-*")):
            return {}
        with Shards(parts):  # which cuts off what was being written, as the next run does
            pass
        if not any(parts.glob("part-*")):
            return {}
        shutil.rmtree(seen, ignore_errors=True)
        load_graph(parts, output=seen)
        return _in_folder(seen)

    def in_file() -> Graphs:
        if not file.exists():
            return {}
        with GraphStore.open(file) as store:
            return graphs_of(store)

    shards = ["--shards", str(parts)]
    yield Work("map into shards", [*mapping, *shards], in_parts, nothing, whole)
    both = [*mapping, *shards, "--output", str(graph)]
    yield Work("map into shards and a store", both, lambda: _in_folder(graph), nothing, whole)
    yield Work("map into a file", [*mapping, "--output", str(file)], in_file, nothing, whole)


def _works(
    mapping: Sequence[str], graph: Path, shards: Path, endpoint: str | None, home: Path
) -> Iterator[Work]:
    def nothing() -> None:
        shutil.rmtree(graph, ignore_errors=True)

    yield Work("map", mapping, lambda: _in_folder(graph), nothing, whole)
    yield Work("map, one worker", mapping, lambda: _in_folder(graph), nothing, a_worker)
    yield from _works_of_other_forms(mapping[:-2], graph, home)
    loading = ["load", str(shards), "--quiet"]
    yield Work(
        "load into a store", [*loading, "--output", str(graph)], lambda: _in_folder(graph), nothing, whole
    )
    if endpoint is None:
        print("load onto a server: left out, for there is no oxigraph; pip install oxigraph")
        return

    def on_server() -> Graphs:
        answer = httpx.get(
            endpoint.replace("/query", "/store"), headers={"Accept": "application/n-quads"}, timeout=60
        )
        found: dict[str, set[str]] = {}
        for quad in parse(answer.content, format=RdfFormat.N_QUADS):
            found.setdefault(quad.graph_name.value, set()).add(str(quad))
        found.pop(VOCABULARY_GRAPH, None)
        return {policy: frozenset(quads) for policy, quads in found.items()}

    def nothing_on_server() -> None:
        httpx.post(endpoint.replace("/query", "/update"), data={"update": "DROP ALL"}, timeout=60)
        shutil.rmtree(home / "state", ignore_errors=True)

    sending = [*loading, "--endpoint", endpoint, "--batch", "1"]
    yield Work("load onto a server", sending, on_server, nothing_on_server, whole)


if __name__ == "__main__":
    main()
