"""Exports lose nothing: each file is read again, by a program that did not write it where one is at hand."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.dataset import to_dataset
from privagraph.queries.export import FORMATS, Kind, export
from privagraph.queries.export.flat import flattened
from privagraph.queries.export.graphviz import LEGEND
from privagraph.queries.networks import Filters, to_networkx, view
from privagraph.queries.store import GraphStore

BASE = Path(__file__).parent.parent / "cases" / "base.trig"
KESTREL = "https://example.org/id/policy/2222222222222222"
SPITE = 'say "hi" \\N \\ {|} <b>&amp;\nnext; ünï 🦊 ひ\\'

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz: apt install graphviz")
# rdflib's own code uses what rdflib deprecates.
quiet_rdflib = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")

Network = networkx.MultiDiGraph


@pytest.fixture(scope="module")
def store(sample_quads: tuple[ox.Quad, ...]) -> GraphStore:
    """Two policies as the loader writes them, two written by hand, and an organisation with a spiteful name."""
    made = GraphStore.in_memory()
    graphs: dict[str, list[ox.Quad]] = {}
    with GraphStore.open(BASE) as base:
        for quad in (*sample_quads, *base.quads()):
            graphs.setdefault(quad.graph_name.value, []).append(quad)
    home = ox.NamedNode(KESTREL)
    agent = ox.NamedNode("https://example.org/id/agent/spite")
    graphs[KESTREL] += [
        ox.Quad(agent, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("dpv:Organisation")), home),
        ox.Quad(agent, ox.NamedNode(expand("rdfs:label")), ox.Literal(SPITE), home),
        ox.Quad(agent, ox.NamedNode(expand("foaf:name")), ox.Literal(SPITE), home),
        ox.Quad(agent, ox.NamedNode(expand("dct:title")), ox.Literal("x" * 40_000), home),
        ox.Quad(home, ox.NamedNode(expand("dpv:hasDataController")), agent, home),
    ]
    for policy, quads in graphs.items():
        made.write_policy(policy, quads)
    return made


@pytest.fixture(scope="module")
def network(store: GraphStore) -> Network:
    return to_networkx(store)


@pytest.fixture(scope="module")
def flat(network: Network) -> Network:
    return flattened(network)


@pytest.fixture
def exported(store: GraphStore, tmp_path: Path) -> Callable[[str], Path]:
    def write(to: str) -> Path:
        path = tmp_path / f"graph.{to}"
        export(store, to, path)
        return path

    return write


def attributes(network: Network) -> tuple[dict[str, Any], Counter[str]]:
    """Nodes with their attributes, and edges with theirs, to compare whatever their order or keys."""
    nodes = {node: dict(data) for node, data in network.nodes(data=True)}
    edges = Counter(
        json.dumps([source, target, dict(sorted(data.items()))])
        for source, target, data in network.edges(data=True)
    )
    return nodes, edges


# -- facts in, facts out


@pytest.mark.parametrize("to", FORMATS)
def test_what_was_written_is_counted(store: GraphStore, to: str, tmp_path: Path, network: Network) -> None:
    written = export(store, to, tmp_path / "graph")
    ask = "SELECT ?x {{ ?x a {} }}"
    assert written.policies == len(store.policies()) == 4
    assert written.practices == len(list(store.query(ask.format("pg:AffirmedPractice")))) + written.denied
    assert written.denied == len(list(store.query(ask.format("pg:DeniedPractice")))) >= 6
    assert written.mentions == len(list(store.query(ask.format("pg:Mention")))) >= 70
    assert written.quads == len(list(store.quads()))
    if FORMATS[to].kind is Kind.NETWORK:
        assert (written.nodes, written.edges) == (len(network), network.number_of_edges())
    assert all(file.stat().st_size for file in written.files)


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_graph_gives_the_same_bytes(store: GraphStore, to: str, tmp_path: Path) -> None:
    quads = list(store.quads())
    random.Random(3).shuffle(quads)
    other = GraphStore.in_memory()
    for policy in reversed(store.policies()):
        other.write_policy(policy, [quad for quad in quads if quad.graph_name.value == policy])
    one, two = export(store, to, tmp_path / "one"), export(other, to, tmp_path / "two")
    assert [file.read_bytes() for file in one.files] == [file.read_bytes() for file in two.files]
    assert [file.name for file in one.files if FORMATS[to].folder] == [*FORMATS[to].files] * FORMATS[
        to
    ].folder


@pytest.mark.parametrize("to", FORMATS)
def test_one_policy_can_be_exported_alone(store: GraphStore, to: str, tmp_path: Path) -> None:
    written = export(store, to, tmp_path / "graph", policy=KESTREL)
    assert (written.policies, written.practices, written.denied) == (1, 3, 2)
    assert not any(b"1111111111111111" in file.read_bytes() for file in written.files)


# -- views and filters


@pytest.mark.parametrize("name", ["practices", "flows-by-data", "sharing", "data-in-policies"])
@pytest.mark.parametrize("to", [each.name for each in FORMATS.values() if each.kind is Kind.NETWORK])
def test_any_format_takes_any_view(store: GraphStore, to: str, name: str, tmp_path: Path) -> None:
    written = export(store, to, tmp_path / "graph", view=name)
    seen = view(store, name)
    assert (written.nodes, written.edges) == (len(seen), seen.number_of_edges())
    records = [record for *_, data in seen.edges(data=True) for record in data["evidence"]]
    practices = {record["practice"] for record in records if "practice" in record}
    if name not in ("full", "practices"):
        assert written.practices == len(practices)
    assert all(file.stat().st_size for file in written.files)


def test_a_view_is_counted_by_what_it_rests_on(store: GraphStore, tmp_path: Path) -> None:
    done = export(store, "d3", tmp_path / "graph", view="practices")
    whole = export(store, "d3", tmp_path / "graph")
    assert (done.practices, done.denied) == (whole.practices, whole.denied)
    assert export(store, "d3", tmp_path / "graph", view="flows").denied == 0


@pytest.mark.parametrize("to", FORMATS)
def test_filters_hold_in_every_format(store: GraphStore, to: str, tmp_path: Path) -> None:
    denied = export(store, to, tmp_path / "graph", filters=Filters(polarity="denied"))
    affirmed = export(store, to, tmp_path / "graph", filters=Filters(polarity="affirmed"))
    whole = export(store, to, tmp_path / "graph")
    assert denied.practices == denied.denied == whole.denied
    assert (affirmed.practices, affirmed.denied) == (whole.practices - whole.denied, 0)
    if to == "odrl":  # which has no empty policies, and says so
        return
    none = export(store, to, tmp_path / "graph", filters=Filters(data=expand("pd:Fingerprint")))
    assert none.practices == 0
    assert none.notes[0] == "No practice fits the filters."


# -- GraphML


def test_networkx_reads_the_graphml_whole(exported: Callable[[str], Path], flat: Network) -> None:
    read = networkx.read_graphml(exported("graphml"), force_multigraph=True)
    for *_, data in read.edges(data=True):
        data.pop("id", None)
    assert attributes(read) == attributes(flat)


def test_igraph_reads_the_graphml(exported: Callable[[str], Path], flat: Network) -> None:
    igraph = pytest.importorskip("igraph", reason="needs python-igraph: pip install igraph")
    read = igraph.Graph.Read_GraphML(str(exported("graphml")))
    assert (read.vcount(), read.ecount()) == (len(flat), flat.number_of_edges())
    assert read.is_directed()
    labels = dict(zip(read.vs["id"], read.vs["label"], strict=True))
    assert labels == dict(flat.nodes(data="label"))
    kept = sorted(edge["evidence"] for edge in read.es)
    assert kept == sorted(data["evidence"] for *_, data in flat.edges(data=True))


def test_edges_have_ids_of_their_own(exported: Callable[[str], Path], flat: Network) -> None:
    for to in ("graphml", "gexf"):
        edges = etree.parse(exported(to)).findall(".//{*}edge")
        assert len({edge.get("id") for edge in edges}) == len(edges) == flat.number_of_edges()


# -- GEXF


def test_the_gexf_holds_every_attribute(exported: Callable[[str], Path], flat: Network) -> None:
    tree = etree.parse(exported("gexf"))
    for group, owners in (("node", flat.nodes(data=True)), ("edge", flat.edges(data=True))):
        titles = {
            each.get("id"): each.get("title")
            for each in tree.findall(f".//{{*}}attributes[@class='{group}']/{{*}}attribute")
        }
        found = Counter(
            (titles[value.get("for")], value.get("value"))
            for element in tree.findall(f".//{{*}}{group}")
            for value in element.findall("{*}attvalues/{*}attvalue")
        )
        wanted = Counter(
            (name, str(value).lower() if isinstance(value, bool) else str(value))
            for *_, data in owners
            for name, value in data.items()
            if name not in ("label", "weight")
        )
        assert {key: count for key, count in found.items() if key[0] not in ("key", "networkx_key")} == wanted
    assert {node.get("label") for node in tree.findall(".//{*}node")} == {
        data["label"] for _, data in flat.nodes(data=True)
    }
    assert tree.find(".//{*}meta").attrib == {}


def test_networkx_reads_the_gexf(exported: Callable[[str], Path], flat: Network) -> None:
    read = networkx.read_gexf(exported("gexf"))
    assert set(read) == set(flat)
    assert read.number_of_edges() == flat.number_of_edges()


# -- DOT


def graphviz(path: Path, kind: str) -> bytes:
    done = subprocess.run(["dot", f"-T{kind}", str(path)], capture_output=True, check=True, timeout=120)
    assert done.stderr == b""
    return done.stdout


@needs_dot
def test_graphviz_reads_the_dot_whole(exported: Callable[[str], Path], flat: Network) -> None:
    read = json.loads(graphviz(exported("dot"), "dot_json"))
    nodes = {
        each["name"]: each for each in read["objects"] if "nodes" not in each and "subgraphs" not in each
    }
    assert nodes.pop(LEGEND)
    assert set(nodes) == set(flat)
    for node, data in flat.nodes(data=True):
        for name, value in data.items():
            held = nodes[node]["full_label" if name == "label" else name]
            assert _unescaped(held) == (str(value).lower() if isinstance(value, bool) else str(value))
    edges = Counter(
        tuple(
            _unescaped(each.get(name, "")) for name in ("source", "target", "relation", "evidence", "quotes")
        )
        for each in read["edges"]
        if "relation" in each
    )
    assert edges == Counter(
        (source, target, data["relation"], data["evidence"], data["quotes"])
        for source, target, data in flat.edges(data=True)
    )


def _unescaped(text: str) -> str:
    return text.replace("\\\\", "\\")


@needs_dot
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_graphviz_draws_the_dot(exported: Callable[[str], Path], kind: str, tmp_path: Path) -> None:
    picture = graphviz(exported("dot"), kind)
    assert len(picture) > 20_000
    if kind == "svg":
        svg = etree.fromstring(picture, etree.XMLParser(huge_tree=True))
        texts = " ".join("".join(element.itertext()) for element in svg.iter("{*}text")).replace("\xa0", " ")
        for shown in ("Legend", "Browser History", "the policy itself", "Personal data", "next;", "ünï"):
            assert shown in texts
        assert 'say "hi"' in texts
        tips = [element.get("{http://www.w3.org/1999/xlink}title") for element in svg.iter("{*}a")]
        assert any("“browsing history”" in (tip or "") for tip in tips)


def test_denials_are_red_and_dashed(exported: Callable[[str], Path], flat: Network) -> None:
    lines = exported("dot").read_text("utf-8").splitlines()
    drawn = [
        line for line in lines if " -> " in line and '"relation"=' in line and 'style="invis"' not in line
    ]
    denied = [line for line in drawn if '"polarity"="denied"' in line]
    assert len(denied) >= 8
    assert all('style="dashed", color="#c62828"' in line for line in denied)
    assert not any("dashed" in line for line in drawn if line not in denied)


def test_no_string_is_too_long_for_graphviz(exported: Callable[[str], Path]) -> None:
    strings = re.findall(r'"(?:[^"\\]|\\.)*"', exported("dot").read_text("utf-8"))
    assert max(len(each.encode()) for each in strings) < 16_384
    assert sum(map(len, strings)) > 40_000


# -- RDF


def as_text(quads: list[ox.Quad], *, graphs: bool) -> set[tuple[str, ...]]:
    return {
        tuple(map(str, (q.subject, q.predicate, q.object, *([q.graph_name] if graphs else []))))
        for q in quads
    }


@quiet_rdflib
@pytest.mark.parametrize(
    ("to", "name", "graphs"),
    [
        ("turtle", "turtle", False),
        ("trig", "trig", True),
        ("nquads", "nquads", True),
        ("jsonld", "json-ld", True),
    ],
)
def test_rdflib_reads_what_oxigraph_wrote(
    exported: Callable[[str], Path], store: GraphStore, to: str, name: str, graphs: bool
) -> None:
    data = exported(to).read_bytes()
    wanted = to_dataset(store.quads())
    if graphs:
        read = rdflib.Dataset()
        read.parse(data=data, format=name)
        assert set(read.quads()) == set(wanted.quads())
    else:
        merged = rdflib.Graph()
        merged.parse(data=data, format=name)
        assert set(merged) == {(s, p, o) for s, p, o, _ in wanted.quads()}
    assert len(data) > 50_000


@pytest.mark.parametrize(
    ("to", "rdf", "graphs"),
    [
        ("turtle", ox.RdfFormat.TURTLE, False),
        ("trig", ox.RdfFormat.TRIG, True),
        ("nquads", ox.RdfFormat.N_QUADS, True),
        ("jsonld", ox.RdfFormat.JSON_LD, True),
    ],
)
def test_rdf_is_the_graph_itself(
    exported: Callable[[str], Path], store: GraphStore, to: str, rdf: ox.RdfFormat, graphs: bool
) -> None:
    read = list(ox.parse(exported(to).read_bytes(), format=rdf))
    assert as_text(read, graphs=graphs) == as_text(list(store.quads()), graphs=graphs)


@quiet_rdflib
@pytest.mark.parametrize(("name", "rdf"), [("trig", ox.RdfFormat.TRIG), ("nquads", ox.RdfFormat.N_QUADS)])
def test_oxigraph_reads_what_rdflib_writes(store: GraphStore, name: str, rdf: ox.RdfFormat) -> None:
    text = to_dataset(store.quads()).serialize(format=name)
    assert as_text(list(ox.parse(text, format=rdf)), graphs=True) == as_text(list(store.quads()), graphs=True)


# -- what XML cannot hold, and what cannot be written


def test_characters_that_xml_forbids_are_replaced(tmp_path: Path) -> None:
    store = GraphStore.in_memory()
    graph, node = ox.NamedNode("https://example.org/g"), ox.NamedNode("https://example.org/a")
    store.write_policy(
        graph.value, [ox.Quad(node, ox.NamedNode(expand("rdfs:label")), ox.Literal("a\x01b\ufffe"), graph)]
    )
    for to, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        export(store, to, tmp_path / to)
        assert read(tmp_path / to).nodes[node.value]["rdfs:label"] == "a\ufffdb\ufffd"


def test_an_unknown_format_or_place_is_an_error(store: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no export to 'visio'; choose one of svg"):
        export(store, "visio", tmp_path / "graph")
    with pytest.raises(GraphError, match="no export to 'mermaids'; did you mean 'mermaid'"):
        export(store, "mermaids", tmp_path / "graph")
    with pytest.raises(
        GraphError, match="turtle: no network, so there are no views of it; export a view to one of svg"
    ):
        export(store, "turtle", tmp_path / "graph", view="flows")
    with pytest.raises(GraphError, match="has no view 'flow'; did you mean 'flows'"):
        export(store, "dot", tmp_path / "graph", view="flow")
    with pytest.raises(GraphError, match="cannot be written"):
        export(store, "dot", tmp_path / "no folder" / "graph.dot")
    with pytest.raises(GraphError, match="holds no policy"):
        export(store, "dot", tmp_path / "graph.dot", policy="https://example.org/none")
    assert not (tmp_path / "graph.dot").exists()


def test_a_graph_without_policies_is_said_to_be_one(tmp_path: Path) -> None:
    with GraphStore.in_memory() as empty:
        for to in ("csv", "turtle", "tilt", "graphml"):
            told = export(empty, to, tmp_path / to, filters=Filters(polarity="affirmed"))
            assert "The graph holds no policy." in told.notes


def test_a_failed_export_leaves_the_old_file(store: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / "graph.dot"
    path.write_text("old")
    with pytest.raises(GraphError):
        export(store, "dot", path, policy="https://example.org/none")
    assert path.read_text() == "old"


# -- flattening


def test_an_attribute_has_one_type() -> None:
    network: Network = networkx.MultiDiGraph()
    network.add_node("a", one=1, mixed=1, many=["x"], yes=True, nothing=None, number=1)
    network.add_node("b", one=2, mixed="y", many="z", yes=False, number=2.5)
    network.add_edge("a", "b", "k", evidence=[{"start": 1}])
    flat = flattened(network)
    assert flat.nodes["a"] == {"one": 1, "mixed": "1", "many": '["x"]', "yes": True, "number": 1.0}
    assert flat.nodes["b"] == {"one": 2, "mixed": "y", "many": '"z"', "yes": False, "number": 2.5}
    assert flat.edges["a", "b", "e1"] == {"relation": "k", "evidence": '[{"start": 1}]'}
