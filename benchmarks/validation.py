"""Validating policies beside pySHACL on one big graph of all of them: how many times as fast, with equal results.

python benchmarks/validation.py [GRAPH] [--policies N]... [--profile NAME]... [--bound SECONDS] [--json]

The graph is one that `privagraph map` wrote; without one the examples are mapped. pySHACL gets what people usually
give it: one rdflib graph with all policies in it, with everything that the shapes need (what is derived for the
profiles, and the terms of the vocabulary that are used), and one call of `pyshacl.validate` with the same shapes.
Making that graph does not count for it. privagraph reads the policies from the store, derives, checks them one after
the other in this process, and gives its report; so do its other engine, shifty, where that is installed, and all
processors together. The findings have to be equal: the same focus, rule, component and value.

pySHACL's time grows with the square of the number of policies: ten of 40 kB take a quarter of an hour. After the bound
it is stopped, takes that long at least, and its findings are not compared. With ``--oxigraph`` there is a second peer:
pySHACL on the same big graph with Oxigraph answering its SPARQL, which does not have that weakness.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
import rdflib
from common import EXAMPLES, Row, in_turn, options, policies_in, report

from privagraph.mapping import map_policies
from privagraph.queries.store import GraphStore
from privagraph.shapes.engines import shapes_graph
from privagraph.shapes.graphs import policy_graphs, quiet_literals
from privagraph.shapes.parallel import default_jobs
from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import Profile, select_profiles
from privagraph.shapes.store import policy_graph
from privagraph.shapes.terms import to_oxigraph, to_rdflib
from privagraph.shapes.validation import prepare, validate

DAY = date(2026, 6, 1)
GOAL = 10
"""How many times as fast as pySHACL the check is to be."""

Found = set[tuple[str, str, str, str]]
"""Findings: focus, rule, component and value."""


def our_findings(results: tuple[PolicyResult, ...]) -> Found:
    """The findings of a report."""
    return {
        (str(each.focus), each.rule.iri, each.component, str(each.value))
        for result in results
        for each in result.findings
    }


def _peer_findings(results: rdflib.Graph) -> Found:
    from rdflib import SH

    def told(node: rdflib.term.Node | None) -> str:
        return "None" if node is None else str(to_oxigraph(node))

    return {
        (
            told(results.value(each, SH.focusNode)),
            str(results.value(each, SH.sourceShape)),
            str(results.value(each, SH.sourceConstraintComponent)),
            told(results.value(each, SH.value)),
        )
        for each in results.objects(None, SH.result)
    }


def big_graph(quads: Iterator[ox.Quad], *, oxigraph: bool) -> rdflib.Graph:
    """All statements in one graph, for pySHACL."""
    statements = [ox.Quad(subject, predicate, value) for subject, predicate, value, _ in quads]
    with quiet_literals():
        if oxigraph:
            store = ox.Store()
            store.bulk_extend(statements)
            return policy_graph(statements, store)
        graph = rdflib.Graph(bind_namespaces="none")
        for subject, predicate, value, _ in statements:
            graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))
        return graph


def _run_pyshacl(graph: rdflib.Graph, shapes: rdflib.Graph, bound: float, told: Connection) -> None:
    """In another process, which the system ends after its time: check, and tell the time and the findings."""
    import pyshacl

    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, bound)
    started = time.process_time()
    with quiet_literals():
        _, results, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    spent = time.process_time() - started
    signal.setitimer(signal.ITIMER_PROF, 0)
    told.send((spent, _peer_findings(results)) if isinstance(results, rdflib.Graph) else (spent, str(text)))


def pyshacl_takes(graph: rdflib.Graph, shapes: rdflib.Graph, bound: float) -> tuple[float, Found | None]:
    """The processor time of pySHACL and what it finds; the bound and None where it does not come to an end."""
    context = multiprocessing.get_context("fork")  # the graph is there already
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run_pyshacl, args=(graph, shapes, bound, theirs))
    process.start()
    theirs.close()
    try:
        spent, found = ours.recv()
    except EOFError:
        spent, found = bound, None
    process.join()
    if isinstance(found, str) or (found is None and process.exitcode != -signal.SIGPROF):
        sys.exit(f"pySHACL cannot check the graph: {found or process.exitcode}")
    return spent, found


def compare(
    store: GraphStore, profiles: tuple[Profile, ...], number: int, *, bound: float, oxigraph: bool, runs: int
) -> list[Row]:
    """The rows of the first policies of a graph."""
    chosen = store.policies()[:number]
    shapes = shapes_graph(profiles)
    peers: dict[str, tuple[float, Found | None]] = {}
    for name, helped in {"pySHACL": False, **({"pySHACL with Oxigraph": True} if oxigraph else {})}.items():
        every = (
            quad
            for policy, quads in policy_graphs(store, only=chosen)
            for quad in prepare(policy, quads, profiles, on=DAY).quads
        )
        peers[name] = pyshacl_takes(big_graph(every, oxigraph=helped), shapes, bound)

    results: dict[str, tuple[PolicyResult, ...]] = {}

    def checking(name: str, engine: str, jobs: int) -> Callable[[], None]:
        def run() -> None:
            made = validate(store, profiles=profiles, policies=chosen, on=DAY, jobs=jobs, engine=engine)
            results[name] = made.policies

        return run

    ways = {"one process": checking("one process", "pyshacl", 1)}
    if find_spec("shifty"):
        ways["one process, engine shifty"] = checking("one process, engine shifty", "shifty", 1)
    processors = default_jobs()
    if processors > 1 and len(chosen) >= 8:
        ways[f"{processors} processes"] = checking(f"{processors} processes", "pyshacl", processors)
    rows: list[Row] = []
    for (name, _), spent in zip(ways.items(), in_turn(runs, *ways.values()), strict=True):
        for peer, (took, found) in peers.items():
            if found is not None and found != our_findings(results[name]):
                sys.exit(
                    f"{name}: {len(our_findings(results[name]))} findings, and {len(found)} others from {peer}"
                )
            rows.append(
                Row(
                    f"{len(chosen)} policies, {name}",
                    spent.processor,
                    took,
                    at_least=found is None,
                    goal=GOAL if peer == "pySHACL" else None,
                    note=f"{len(our_findings(results[name]))} findings; peer: {peer}; by the clock {spent.wall:.3g} s",
                )
            )
    return rows


def main() -> None:
    """Measure, and print the figures."""
    parser = options(__doc__)
    parser.add_argument("graph", nargs="?", help="what `privagraph map` wrote; the examples when left out")
    parser.add_argument("--profile", action="append", help="default: gdpr and consistency")
    parser.add_argument(
        "--policies", type=int, action="append", help="the first so many; may be repeated (all)"
    )
    parser.add_argument("--bound", type=float, default=600, help="seconds that pySHACL gets (600)")
    parser.add_argument("--oxigraph", action="store_true", help="pySHACL with Oxigraph for its SPARQL, too")
    chosen = parser.parse_args()
    profiles = select_profiles(chosen.profile or ("gdpr", "consistency"))
    with tempfile.TemporaryDirectory() as folder:
        if chosen.graph is None:
            map_policies(policies_in(EXAMPLES), Path(folder, "graph"))
        with GraphStore.open(chosen.graph or Path(folder, "graph")) as store:
            sizes = chosen.policies or [len(store.policies())]
            rows = [
                row
                for size in sizes
                for row in compare(
                    store, profiles, size, bound=chosen.bound, oxigraph=chosen.oxigraph, runs=chosen.runs
                )
            ]
    names = ", ".join(each.name for each in profiles)
    report(
        f"validation against {names}; peer: pySHACL on one graph of all policies", rows, as_json=chosen.json
    )


if __name__ == "__main__":
    main()
