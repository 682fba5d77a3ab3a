"""Every named question, asked of a store and of rdflib's engine: how many times as fast, with equal answers.

python benchmarks/questions.py [GRAPH] [--bound SECONDS] [--question NAME]... [--slowest N] [--json]

The graph is one that `privagraph map` wrote; without one the examples are mapped. The same quads are put into an rdflib
dataset whose default graph is the union, as it is in a store. Both engines get the text of the question, and give back
every row: ours as Python values, rdflib's as its terms. The answers have to be equal as multisets of rows, or the
benchmark ends with an error. rdflib is stopped after so many seconds of processor time; it takes that long at least
then, and the answers are not compared. A question that needs a value gets one of :data:`VALUES`.

Opening the graph counts on neither side. rdflib is asked once, for its times are long; the store as often as ``--runs``
says.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import rdflib
from common import EXAMPLES, Row, cannot_run, in_turn, options, policies_in, report

from privagraph.mapping import map_policies
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.answers import run
from privagraph.queries.catalogue import Query, catalogue, load
from privagraph.queries.dataset import to_dataset
from privagraph.queries.store import GraphStore
from privagraph.queries.values import Value, value_of
from privagraph.queries.versions import policies_to_ask

VALUES = {
    "concept": "pd:Contact",
    "iri": "pd:Contact",
    "string": "recipient",
    "integer": "50",
    "date": "2025-01-01",
}
"""A value of each type, for questions that need one."""
GOAL = 10
"""How many times as fast as rdflib each question is to be."""
Rows = Counter[tuple[Value, ...]]


def values_of(query: Query) -> dict[str, str]:
    """What a question is asked with: what it needs, and no more."""
    return {param.name: VALUES[param.type] for param in query.params if param.required}


def for_rdflib(query: Query) -> dict[str, rdflib.term.Identifier]:
    """The same for rdflib."""
    made: dict[str, rdflib.term.Identifier] = {}
    for param in query.params:
        if param.required:
            value = VALUES[param.type]
            if param.type in ("concept", "iri"):
                made[param.name] = rdflib.URIRef(expand(value))
            else:
                kind = {"integer": rdflib.XSD.integer, "date": rdflib.XSD.date}.get(param.type)
                made[param.name] = rdflib.Literal(value, datatype=kind)
    return made


def _value(term: object) -> Value:
    """A term of rdflib as the Python value that our answers have for it."""
    if isinstance(term, rdflib.Literal):
        kind = None if term.datatype is None else ox.NamedNode(str(term.datatype))
        return value_of(ox.Literal(str(term), datatype=kind, language=term.language))
    if isinstance(term, rdflib.BNode):
        return value_of(ox.BlankNode(str(term)))
    return None if term is None else value_of(ox.NamedNode(str(term)))


def _ask_rdflib(dataset: rdflib.Dataset, query: Query, bound: float, told: Connection) -> None:
    """In another process, which the system ends after its time: ask, and tell the time and the rows."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, bound)
    started = time.process_time()
    rows = [tuple(row) for row in dataset.query(query.text, initBindings=for_rdflib(query))]
    spent = time.process_time() - started
    signal.setitimer(signal.ITIMER_PROF, 0)
    told.send((spent, Counter(tuple(_value(term) for term in row) for row in rows)))


def rdflib_answer(dataset: rdflib.Dataset, query: Query, bound: float) -> tuple[float, Rows | None]:
    """The processor time of rdflib and its rows; the bound and None where it does not come to an end."""
    context = multiprocessing.get_context("fork")  # the dataset is there already
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_ask_rdflib, args=(dataset, query, bound, theirs))
    process.start()
    theirs.close()
    try:
        spent, rows = ours.recv()
    except EOFError:
        spent, rows = bound, None
    process.join()
    if rows is None and process.exitcode != -signal.SIGPROF:
        sys.exit(f"{query.id}: rdflib cannot answer it")
    return spent, rows


def compare(store: GraphStore, queries: list[Query], *, bound: float, runs: int) -> list[Row]:
    """A row for each question."""
    if policies_to_ask(store) is not None:
        cannot_run(f"{store.location}: holds versions that were replaced; compare a graph without any")
    dataset = to_dataset([*store.quads(), *store.quads(VOCABULARY_GRAPH)])
    made: list[Row] = []
    for query in queries:
        values = values_of(query)
        answer = run(store, query, values)
        (ours,) = in_turn(runs, lambda query=query, values=values: run(store, query, values).rows)
        peer, rows = rdflib_answer(dataset, query, bound)
        if rows is not None and rows != Counter(answer.rows):
            sys.exit(f"{query.id}: {len(answer.rows)} rows, and {rows.total()} others from rdflib")
        made.append(
            Row(
                query.id,
                ours.processor * 1000,
                peer * 1000,
                unit="ms",
                at_least=rows is None,
                goal=GOAL,
                note=f"{len(answer.rows)} rows",
            )
        )
        print(f"\r{len(made)}/{len(queries)} {query.id:<50}", end="", file=sys.stderr, flush=True)
    print("\r" + " " * 60, end="\r", file=sys.stderr)
    return made


def main() -> None:
    """Measure, and print the figures."""
    parser = options(__doc__, runs=5)
    parser.add_argument("graph", nargs="?", help="what `privagraph map` wrote; the examples when left out")
    parser.add_argument(
        "--bound", type=float, default=60, help="seconds that rdflib gets for each question (60)"
    )
    parser.add_argument("--question", action="append", metavar="NAME", help="only this one; may be repeated")
    parser.add_argument("--slowest", type=int, metavar="N", help="show only so many rows, the lowest ratios")
    chosen = parser.parse_args()
    queries = [load(name) for name in chosen.question] if chosen.question else list(catalogue())
    with tempfile.TemporaryDirectory() as folder:
        if chosen.graph is None:
            map_policies(policies_in(EXAMPLES), Path(folder, "graph"))
        with GraphStore.open(chosen.graph or Path(folder, "graph")) as store:
            graph = f"{len(store.policies())} policies, {len(store):,} quads"
            rows = compare(store, queries, bound=chosen.bound, runs=chosen.runs)
    rows.sort(key=lambda row: row.ratio or 0)
    ratios = [row.ratio or 0 for row in rows]
    whole = Row(
        "median of the questions",
        median(row.ours for row in rows),
        median(row.peer or 0 for row in rows),
        unit="ms",
        note=f"ratios from {min(ratios):.3g} to {max(ratios):.3g}, median {median(ratios):.3g}",
    )
    report(
        f"{len(queries)} named questions on {graph}; peer: rdflib",
        [*rows[: chosen.slowest], whole],
        as_json=chosen.json,
    )


if __name__ == "__main__":
    main()
