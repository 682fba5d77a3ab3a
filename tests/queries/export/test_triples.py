"""N-Triples and RDF/XML say what the graph says, as rdflib reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.dataset import to_dataset
from privagraph.queries.export import export
from privagraph.queries.store import GraphStore

# rdflib's own code uses what rdflib deprecates.
quiet_rdflib = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
XML_FORBIDS = "\x08 <![CDATA[ \r\n\ufffe"


def triples(policies: GraphStore) -> set[tuple[object, ...]]:
    return {
        (subject, predicate, value) for subject, predicate, value, _ in to_dataset(policies.quads()).quads()
    }


@quiet_rdflib
def test_rdflib_reads_the_ntriples(policies: GraphStore, written: Callable[..., Path]) -> None:
    read = rdflib.Graph().parse(written("ntriples"), format="nt")
    assert set(read) == triples(policies)


@quiet_rdflib
def test_rdflib_reads_the_rdfxml(policies: GraphStore, written: Callable[..., Path]) -> None:
    read = rdflib.Graph().parse(written("rdfxml"), format="xml")
    wanted = {
        (
            subject,
            predicate,
            rdflib.Literal(XML_FORBIDS.replace("\x08", "\ufffd").replace("\ufffe", "\ufffd")),
        )
        if str(value) == XML_FORBIDS
        else (subject, predicate, value)
        for subject, predicate, value in triples(policies)
    }
    assert set(read) == wanted


@pytest.mark.parametrize(("to", "name"), [("ntriples", "graph.nt"), ("rdfxml", "graph.rdf")])
def test_it_opens_as_a_graph_with_all_practices(
    policies: GraphStore, written: Callable[..., Path], to: str, name: str
) -> None:
    ask = "SELECT ?p ?x { GRAPH ?p { ?p dpv:hasProcess|pg:deniesPractice ?x } }"
    with GraphStore.open(written(to, name)) as read:
        assert read.policies() == policies.policies()
        found, wanted = (
            {(row["p"].value, row["x"].value) for row in each.query(ask)} for each in (read, policies)
        )
    assert found == wanted
    assert len(found) == 16


def test_the_rdfxml_is_xml_with_known_prefixes(written: Callable[..., Path]) -> None:
    root = etree.parse(written("rdfxml")).getroot()
    assert root.tag == "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
    assert root.nsmap["dpv"] == "https://w3id.org/dpv#"


def test_characters_that_xml_forbids_are_told_of(policies: GraphStore, tmp_path: Path) -> None:
    told = export(policies, "rdfxml", tmp_path / "graph.rdf").notes
    assert told == ("Characters that XML forbids became U+FFFD in 1 values.",)
    assert export(policies, "rdfxml", tmp_path / "one.rdf", policy=policies.policies()[0]).notes == ()


@pytest.mark.parametrize("name", ["1", "a/", "x#2", "urn:7"])
def test_a_property_that_xml_cannot_name_is_refused(name: str, tmp_path: Path) -> None:
    home = ox.NamedNode("https://example.org/id/policy/1")
    step = name if name.startswith("urn:") else f"https://example.org/{name}"
    quads = [
        ox.Quad(home, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy")), home),
        ox.Quad(home, ox.NamedNode(step), ox.Literal("x"), home),
    ]
    store = GraphStore.in_memory()
    store.write_policy(home.value, quads)
    with pytest.raises(GraphError, match="has no name in RDF/XML; export to turtle or ntriples"):
        export(store, "rdfxml", tmp_path / "graph.rdf")
    assert not (tmp_path / "graph.rdf").exists()
