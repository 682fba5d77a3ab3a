"""The graph of the vocabulary: labels and hierarchy of the concepts, so that a query can walk up to broader ones.

It is drawn from the files of the vocabulary once, into ``vocabulary.ttl`` in this package, which a database reads
three times as fast. After a change of those files it is written anew::

    python -m privagraph.queries.vocabulary
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from privagraph.ontology.namespaces import PREFIXES, VOCABULARY_GRAPH, expand

__all__ = ["add_vocabulary", "drawn", "version_quad", "vocabulary_graph"]

_FILE = "vocabulary.ttl"
_GRAPH = NamedNode(VOCABULARY_GRAPH)


def version_quad() -> Quad:
    """What tells the graph of one release of the vocabulary from that of another."""
    return Quad(_GRAPH, NamedNode(expand("owl:versionInfo")), Literal(_version()), _GRAPH)


def vocabulary_graph() -> set[Quad]:
    """All quads of the vocabulary of this release."""
    found = parse(_written(), format=RdfFormat.TURTLE)
    return {Quad(quad.subject, quad.predicate, quad.object, _GRAPH) for quad in found}


def add_vocabulary(store: Store) -> None:
    """Put all quads of the vocabulary of this release into a store, at once.

    Args:
        store: The store, with nothing in the graph of the vocabulary.

    Raises:
        OSError: The disk fails.
    """
    store.bulk_load(input=_written(), format=RdfFormat.TURTLE, to_graph=_GRAPH)


def drawn() -> bytes:
    """The text of the packaged file, drawn anew from the files of the vocabulary."""
    from privagraph.ontology.vocabulary import vocabulary_quads
    from privagraph.queries.formats import serialized

    triples = sorted({quad.triple for quad in vocabulary_quads()}, key=str)
    lines = serialized(triples, RdfFormat.TURTLE, prefixes=PREFIXES).splitlines(keepends=True)
    prefixes = [line for line in lines if line.startswith(b"@prefix")]
    return b"".join(sorted(prefixes) + lines[len(prefixes) :])


def _written() -> bytes:
    """The graph in Turtle, with its version."""
    return (files("privagraph.queries") / _FILE).read_bytes() + f"{version_quad().triple} .\n".encode()


def _version() -> str:
    """The release of DPV, and a hash over the files that hold it and what we add."""
    from privagraph.ontology.vocabulary import DPV_RELEASE, FILES

    digest = hashlib.sha256()
    for name in FILES:
        digest.update((files("privagraph.ontology") / name).read_bytes())
    return f"DPV {DPV_RELEASE}, files {digest.hexdigest()[:16]}"


if __name__ == "__main__":
    Path(__file__).with_name(_FILE).write_bytes(drawn())
