"""How long the check of a policy takes: each engine beside pySHACL as it comes, with rdflib answering the SPARQL.

python benchmarks/validation.py [GRAPH] [--profile NAME]... [--policies N] [--runs N] [--checks N]

The policies are those of a graph, or the two examples. Prints, for each engine, the median processor time of the
shapes alone and of the whole check, and their ratios to plain pySHACL in the same run; times alone say more of the
machine than of the program. Ends with an error where an engine does not find the very same.

Then the policies are checked over and over, as if they were many: the processor time for each and the most memory that
was in use so far, after a tenth, a half and all of the checks.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox
import rdflib

from privagraph.graph import KnowledgeGraph
from privagraph.shapes import engines as offered
from privagraph.shapes.engines import ENGINES, Engine, shapes_graph
from privagraph.shapes.graphs import policy_graphs
from privagraph.shapes.parallel import check_all
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import Profile, select_profiles
from privagraph.shapes.store import to_rdflib
from privagraph.shapes.validation import check_policy

EXAMPLES = sorted(
    path
    for path in (Path(__file__).resolve().parent.parent / "examples").iterdir()
    if path.suffix in {".html", ".md"}
)
DAY = date(2026, 6, 1)
PLAIN = "pySHACL, rdflib for SPARQL"
NAMES = {"pyshacl": "pySHACL, Oxigraph for SPARQL"}

Policy = tuple[str, list[ox.Quad]]


def plain(policy: PreparedPolicy, profiles: tuple[Profile, ...]) -> rdflib.Graph:
    """The report of pySHACL on a graph as rdflib makes it."""
    import pyshacl

    graph = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, value, _ in policy.quads:
        if not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple):
            graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))
    _, report, text = pyshacl.validate(graph, shacl_graph=shapes_graph(profiles), inference="none")
    if not isinstance(report, rdflib.Graph):
        sys.exit(f"{policy.iri}: {text}")
    return report


def engines() -> dict[str, Engine]:
    """Plain pySHACL, and the engines that are offered and installed."""
    installed = {name: engine for name, engine in ENGINES.items() if name == "pyshacl" or find_spec(name)}
    return {PLAIN: plain, **{NAMES.get(name, name): engine for name, engine in installed.items()}}


def compare(policies: list[Policy], profiles: tuple[Profile, ...], runs: int) -> None:
    """Run every engine on every policy, in turns, and print the medians of the runs."""
    ways = engines()
    shapes: dict[str, list[float]] = {name: [] for name in ways}
    whole: dict[str, list[float]] = {name: [] for name in ways}

    def timed(name: str, engine: Engine) -> Engine:
        def run(policy: PreparedPolicy, profiles: tuple[Profile, ...]) -> rdflib.Graph:
            started = time.process_time()
            report = engine(policy, profiles)
            shapes[name][-1] += time.process_time() - started
            return report

        return run

    # Plain pySHACL is not offered as an engine; it is one here.
    with patch.object(offered, "ENGINES", {name: timed(name, engine) for name, engine in ways.items()}):
        for _ in range(runs):
            for times in (*shapes.values(), *whole.values()):
                times.append(0.0)
            for policy, quads in policies:
                found: dict[str, PolicyResult] = {}
                for name in ways:
                    started = time.process_time()
                    found[name] = check_policy(policy, quads, profiles, on=DAY, engine=name)
                    whole[name][-1] += time.process_time() - started
                if differing := [name for name in ways if found[name] != found[PLAIN]]:
                    sys.exit(f"{policy}: {', '.join(differing)} and {PLAIN} do not find the same")
    print(f"all find the same in {len(policies)} policies; medians of {runs} runs\n")
    print(f"{'milliseconds for each policy':<30} {'shapes':>8} {'faster':>9} {'whole':>8} {'faster':>9}")
    for name in ways:
        row = f"{name:<30}"
        for took in (shapes, whole):
            median = statistics.median(took[name])
            ratio = statistics.median(took[PLAIN]) / median
            row += f" {1000 * median / len(policies):>8,.0f} {ratio:>7.1f} x"
        print(row)


def repeat(policies: list[Policy], profiles: tuple[Profile, ...], checks: int) -> None:
    """Check the policies over and over, keep all results as a report does, and print what each costs."""
    results: list[PolicyResult] = []
    print(f"\n{'checks':>6} {'milliseconds for each':>22} {'most memory':>12}")
    handed = cycle(policies)
    done, started = 0, time.process_time()
    for until in sorted({checks // 10, checks // 2, checks} - {0}):
        results += check_all(islice(handed, until - done), profiles, on=DAY, jobs=1, engine="pyshacl")
        done = until
        each = (time.process_time() - started) / done
        print(f"{done:>6} {1000 * each:>22,.0f} {_peak():>9,.0f} MB")


def _peak() -> float:
    """The most memory that this process has used, in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes, but bytes on macOS
    return used / (1e6 if sys.platform == "darwin" else 1e3)


def policies_of(graph: str | None, most: int) -> Iterator[Policy]:
    """The first policies of a graph, or the examples."""
    with KnowledgeGraph.map(EXAMPLES) if graph is None else KnowledgeGraph.open(graph) as opened:
        yield from islice(policy_graphs(opened.store), most)


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description="Measure how long the check of a policy takes.")
    parser.add_argument("graph", nargs="?", help="a folder or file that `privagraph map` wrote")
    parser.add_argument("--profile", action="append", help="default: gdpr and consistency")
    parser.add_argument("--policies", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--checks", type=int, default=40)
    chosen = parser.parse_args()
    profiles = select_profiles(chosen.profile or ("gdpr", "consistency"))
    policies = list(policies_of(chosen.graph, chosen.policies))
    statements = sum(len(quads) for _, quads in policies) / len(policies)
    print(f"{', '.join(each.name for each in profiles)}; {statements:,.0f} statements in a policy")
    compare(policies, profiles, chosen.runs)
    repeat(policies, profiles, chosen.checks)


if __name__ == "__main__":
    main()
