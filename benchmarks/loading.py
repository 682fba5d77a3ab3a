"""Loading a graph from a file so that questions can be asked: how many times as fast as rdflib.

python benchmarks/loading.py [GRAPH] [--runs N] [--json]

The graph is one that `privagraph map` wrote, as a folder or a file; without one the examples are mapped. It is written
as N-Quads. rdflib parses that file into a dataset, in memory, and another one with the vocabulary that questions need.
privagraph opens the first file, in memory too, and adds the vocabulary that it brings; reads it into a new store on
disk; and opens a store that is there. All sides have to hold the same number of quads in the end.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import rdflib
from common import EXAMPLES, Row, in_turn, options, policies_in, report

from privagraph.mapping import map_policies
from privagraph.ontology.namespaces import VOCABULARY_GRAPH
from privagraph.queries.formats import write_quads
from privagraph.queries.store import GraphStore

GOAL = 10
"""How many times as fast as rdflib a file is to be opened."""


def compare(graph: str | Path, folder: Path, runs: int) -> tuple[int, list[Row]]:
    """The number of quads of a graph, and a row for each way to load it."""
    file, words, stores = folder / "graph.nq", folder / "vocabulary.nq", iter(range(runs))
    with GraphStore.open(graph) as store:
        store.save(file)
        write_quads(store.quads(VOCABULARY_GRAPH), words)
        quads = len(store)

    def peer() -> rdflib.Dataset:
        dataset = rdflib.Dataset()
        for each in (file, words):
            with each.open("rb") as stream:
                dataset.parse(stream, format="nquads")
        return dataset

    def in_memory() -> GraphStore:
        store = GraphStore.open(file)
        assert store.policies()
        return store

    def on_disk() -> None:
        with GraphStore.open(folder / f"store-{next(stores)}", writable=True) as store:
            store.load(file)

    def opened() -> None:
        with GraphStore.open(folder / "store-0"):
            pass

    theirs, memory, disk = in_turn(runs, peer, in_memory, on_disk)
    (there,) = in_turn(runs, opened)
    assert sum(1 for _ in peer().quads()) == quads
    for place in (file, folder / "store-0"):
        with GraphStore.open(place) as store:
            assert len(store) == quads
    named = {
        "a file into memory": (memory, GOAL),
        "a file into a new store on disk": (disk, None),
        "opening a store that is there": (there, GOAL),
    }
    return quads, [
        Row(what, spent.processor, theirs.processor, goal=goal) for what, (spent, goal) in named.items()
    ]


def main() -> None:
    """Measure, and print the figures."""
    parser = options(__doc__)
    parser.add_argument("graph", nargs="?", help="what `privagraph map` wrote; the examples when left out")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = chosen.graph or Path(folder, "mapped")
        if chosen.graph is None:
            map_policies(policies_in(EXAMPLES), graph)
        quads, rows = compare(graph, Path(folder), chosen.runs)
    report(f"loading {quads:,} quads; peer: rdflib parses N-Quads", rows, as_json=chosen.json)


if __name__ == "__main__":
    main()
