"""The graph as an rdflib dataset."""

from __future__ import annotations

import warnings

import pyoxigraph as ox
import pytest
import rdflib

from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.dataset import to_dataset

Quads = tuple[ox.Quad, ...]


def test_it_is_what_rdflib_itself_would_read(sample_quads: Quads) -> None:
    found = to_dataset(sample_quads)
    reference = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, about its own parser
        reference.parse(data=ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS), format="nquads")
    assert set(found.quads()) == set(reference.quads())
    assert len(set(found.quads())) == len(sample_quads)


def test_the_default_graph_is_the_union(sample_quads: Quads) -> None:
    found = to_dataset(sample_quads)
    assert found.default_union
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, about its own query engine
        assert len(list(found.query("SELECT ?policy WHERE { ?policy a pg:PrivacyPolicy }"))) == 2


def test_prefixes_are_bound(sample_quads: Quads) -> None:
    bound = {prefix: str(space) for prefix, space in to_dataset(sample_quads).namespaces()}
    assert bound.items() >= PREFIXES.items()


def test_quads_of_no_named_graph_are_in_the_default_graph() -> None:
    node = ox.NamedNode("https://x.example/")
    found = to_dataset([ox.Quad(node, node, ox.BlankNode("b"))])
    assert len(found.default_graph) == 1


def test_a_quoted_triple_is_no_term_of_rdflib() -> None:
    node = ox.NamedNode("https://x.example/")
    with pytest.raises(TypeError, match="no term of RDF"):
        to_dataset([ox.Quad(node, node, ox.Triple(node, node, node))])
