"""How long the named questions take: beside rdflib's engine on a few policies, and alone on many.

python benchmarks/questions.py [POLICY...] [--many N] [--runs N]

The policies are the examples unless others are named. Each question is asked of a store on disk and of an rdflib
dataset with the same quads; its rows are read to the last. ``--many`` then grows the store to so many policies: copies
of those mapped, each under an IRI, a text and organisations of its own, so that nothing is shared that would not be in
a real corpus; there the answer is written as CSV. What is printed are medians of the runs, and for rdflib a ratio.
Start-up and mapping do not count.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from privagraph.mapping import map_policies
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.answers import run, write
from privagraph.queries.catalogue import Query, catalogue
from privagraph.queries.dataset import to_dataset
from privagraph.queries.store import GraphStore

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
VALUES = {
    "concept": "pd:Contact",
    "iri": "pd:Contact",
    "string": "recipient",
    "integer": "50",
    "date": "2025-01-01",
}
"""A value of each type, for questions that need one."""


def values_of(query: Query) -> dict[str, str]:
    """What a question is asked with: what it needs, and no more."""
    return {param.name: VALUES[param.type] for param in query.params if param.required}


def grown(quads: list[ox.Quad], number: int) -> Iterator[ox.Quad]:
    """A copy of a policy's graph under names of its own."""
    (graph,) = {quad.graph_name.value for quad in quads}
    old, new = graph.rpartition("/")[2], f"{number:05x}{graph.rpartition('/')[2][5:]}"
    text, name = expand("pg:text"), expand("pg:fileName")

    def renamed(term: object) -> object:
        if isinstance(term, ox.NamedNode):
            iri = term.value.replace(old, new)
            return ox.NamedNode(f"{iri}-{number}" if "/agent/" in iri else iri)
        return term

    for quad in quads:
        value = renamed(quad.object)
        if quad.predicate.value in (text, name):
            value = ox.Literal(f"{number}/{quad.object.value}")
        yield ox.Quad(renamed(quad.subject), quad.predicate, value, ox.NamedNode(graph.replace(old, new)))


def written(store: GraphStore, query: Query, values: dict[str, str]) -> int:
    """Write an answer as CSV; how many bytes it takes."""
    stream = io.BytesIO()
    write(run(store, query, values), "csv", stream)
    return stream.tell()


def seconds(ask: Callable[[], int], runs: int) -> tuple[float, int]:
    """The median time of a question, and its rows."""
    taken, rows = [], 0
    for _ in range(runs):
        started = time.perf_counter()
        rows = ask()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken), rows


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description="Measure how long the named questions take.")
    parser.add_argument("policies", nargs="*", type=Path, default=sorted(EXAMPLES.glob("*.[mh]*")))
    parser.add_argument("--many", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        map_policies(chosen.policies, few)
        with GraphStore.open(few) as store:
            graphs = [list(store.quads(policy)) for policy in store.policies()]
            dataset = to_dataset([*store.quads(), *store.quads(VOCABULARY_GRAPH)])
            print(f"{len(graphs)} policies\n{'ms':>9} {'rdflib':>9} {'rows':>7}  question")
            slowest, ratios = 0.0, []
            for query in catalogue():
                values = values_of(query)
                taken, rows = seconds(
                    lambda query=query, values=values: len(run(store, query, values)), chosen.runs
                )
                bound = {name: _for_rdflib(value) for name, value in values.items()}
                peer, peer_rows = seconds(
                    lambda query=query, bound=bound: len(list(dataset.query(query.text, initBindings=bound))),
                    1,
                )
                assert rows == peer_rows, f"{query.id}: {rows} rows, {peer_rows} from rdflib"
                slowest = max(slowest, taken)
                ratios.append(peer / taken)
                print(f"{taken * 1000:9.2f} {peer / taken:8.0f}x {rows:7}  {query.id}", flush=True)
        print(
            f"slowest {slowest * 1000:.0f} ms; {statistics.median(ratios):.0f} times as fast as rdflib (median)\n"
        )
        with GraphStore.open(many, writable=True) as target:
            for number in range(chosen.many):
                quads = list(grown(graphs[number % len(graphs)], number))
                target.write_policy(quads[0].graph_name.value, quads)
        with GraphStore.open(many) as store:
            print(f"{len(store.policies())} policies, {len(store):,} quads\n{'s':>9} {'kB':>8}  question")
            slow = []
            for query in catalogue():
                values = values_of(query)
                taken, rows = seconds(
                    lambda query=query, values=values: len(run(store, query, values)._json), chosen.runs
                )
                slow += [query.id] if taken > 2 else []
                print(f"{taken:9.3f} {rows:8}  {query.id}", flush=True)
        print(f"{len(slow)} of {len(catalogue())} take more than 2 s: {', '.join(slow) or 'none'}")


def _for_rdflib(value: str) -> object:
    import rdflib

    if ":" in value:
        return rdflib.URIRef(expand(value))
    if value.isdecimal():
        return rdflib.Literal(int(value))
    return rdflib.Literal(value)


if __name__ == "__main__":
    main()
