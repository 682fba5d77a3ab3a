"""The packaged graph of the vocabulary is the one that its files say."""

from __future__ import annotations

from importlib.resources import files

import pyoxigraph as ox

from privagraph.ontology.vocabulary import vocabulary_quads
from privagraph.queries.vocabulary import add_vocabulary, drawn, version_quad, vocabulary_graph


def test_the_packaged_graph_is_up_to_date() -> None:
    packaged = (files("privagraph.queries") / "vocabulary.ttl").read_bytes()
    held, new = (set(ox.parse(text, format=ox.RdfFormat.TURTLE)) for text in (packaged, drawn()))
    assert held == new, "write it anew: python -m privagraph.queries.vocabulary"


def test_a_store_gets_the_graph_with_its_version() -> None:
    store = ox.Store()
    add_vocabulary(store)
    assert set(store) == vocabulary_graph() == {version_quad(), *vocabulary_quads()}
