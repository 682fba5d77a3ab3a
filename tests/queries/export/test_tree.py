"""The tree says the same triples as the graph: a JSON-LD processor that is not ours expands it, without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from privagraph.errors import GraphError
from privagraph.ontology.context import CONTEXT_IRI
from privagraph.ontology.namespaces import expand
from privagraph.queries.export import export
from privagraph.queries.store import GraphStore

ONTOLOGY = Path(__file__).parents[3] / "ontology"
CONTEXT = json.loads((ONTOLOGY / "context.jsonld").read_bytes())
FRAME = json.loads((ONTOLOGY / "frame.jsonld").read_bytes())
HOME = ox.NamedNode("https://example.org/id/policy/9999999999999999")


def load(url: str, options: object) -> dict[str, object]:
    """A document loader that knows the published context and nothing else."""
    assert url == CONTEXT_IRI
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT, "contentType": "application/ld+json"}


def expanded(document: Any) -> set[ox.Quad]:
    """The quads that the processor finds."""
    text = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": load})
    return set(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects with an id that hold more than it."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(each)
    if isinstance(value, dict) and "id" in value and len(value) > 1:
        yield value


class Tree:
    """A tree whose nodes can stand elsewhere, and leave their IRI in a place."""

    def __init__(self, tree: Any) -> None:
        self.nodes = {node["id"]: node for node in nodes(tree)}

    def whole(self, value: Any) -> list[dict[str, Any]]:
        return [self.nodes[each] if isinstance(each, str) else each for each in listed(value)]

    def words(self, span: Any) -> dict[str, Any]:
        (found,) = self.whole(span)
        return {key: value for each in self.whole(found["selector"]) for key, value in each.items()}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@pytest.mark.parametrize("to", ["jsonld-tree", "jsonld-linked"])
def test_a_processor_finds_all_quads_and_no_others(
    policies: GraphStore, written: Callable[..., Path], to: str
) -> None:
    document = json.loads(written(to).read_bytes())
    assert (document["@context"] == CONTEXT_IRI) == (to == "jsonld-linked")
    found = expanded(document)
    assert found == set(policies.quads())
    assert len(found) > 1000


@pytest.mark.parametrize("to", ["jsonld-tree", "jsonld-linked"])
def test_the_tree_opens_as_a_graph(policies: GraphStore, written: Callable[..., Path], to: str) -> None:
    with GraphStore.open(written(to, "tree.jsonld")) as read:
        assert set(read.quads()) == set(policies.quads())


def test_a_policy_is_a_tree_of_practices_with_their_words(
    policies: GraphStore, written: Callable[..., Path]
) -> None:
    graphs = json.loads(written("jsonld-tree").read_bytes())["@graph"]
    assert [each["id"] for each in graphs] == policies.policies()
    affirmed = denied = 0
    for graph in graphs:
        (policy,) = graph["@graph"]  # nothing stands beside the tree
        assert policy["id"] == graph["id"]
        text = next(iter(policy["text"].values()))
        starts = []
        tree = Tree(graph)
        for practice in (*listed(policy["hasProcess"]), *listed(policy.get("deniesPractice"))):
            words = tree.words(practice["evidence"])
            assert text[words["start"] : words["end"]] == words["exact"]
            starts.append(words["start"])
            for mention in tree.whole(practice.get("hasArgument")):
                assert tree.words(mention["target"])["exact"] in text
        count = len(listed(policy["hasProcess"]))
        assert starts[:count] == sorted(starts[:count])  # as they stand in the text
        affirmed += count
        denied += len(listed(policy.get("deniesPractice")))
    ask = "SELECT ?x {{ GRAPH ?g {{ ?x a {} }} }}"
    assert affirmed == len(list(policies.query(ask.format("pg:AffirmedPractice")))) == 13
    assert denied == len(list(policies.query(ask.format("pg:DeniedPractice")))) == 3


def test_a_node_stands_whole_in_one_place(written: Callable[..., Path]) -> None:
    for graph in json.loads(written("jsonld-tree").read_bytes())["@graph"]:
        ids = [node["id"] for node in nodes(graph["@graph"])]
        assert len(ids) == len(set(ids)) > 50


def test_the_published_frame_makes_the_same_tree(
    policies: GraphStore, written: Callable[..., Path], hostile: str
) -> None:
    flat = jsonld.expand(json.loads(written("jsonld", policy=hostile).read_bytes()))
    framed = jsonld.frame(flat[0]["@graph"], FRAME, {"documentLoader": load})
    (graph,) = json.loads(written("jsonld-tree", policy=hostile).read_bytes())["@graph"]
    (ours,) = graph["@graph"]

    def shape(policy: Any) -> Any:
        """What hangs on what, and the words."""
        tree = Tree({"policy": policy})
        return sorted(
            (
                tree.words(practice["evidence"])["exact"],
                [tree.words(each["target"])["exact"] for each in tree.whole(practice.get("hasArgument"))],
            )
            for key in ("hasProcess", "deniesPractice")
            for practice in tree.whole(policy[key])
        )

    assert shape(framed) == shape(ours)
    assert len(shape(ours)) == 6
    assert set(framed) - {"@context"} == set(ours)  # the same members, under the same names
    facts = {quad.triple for quad in expanded(framed)}
    assert facts == {quad.triple for quad in policies.quads(hostile)}  # and the frame loses nothing


def test_names_are_short_where_the_context_has_them(written: Callable[..., Path], hostile: str) -> None:
    text = written("jsonld-linked", policy=hostile).read_text("utf-8")
    document = json.loads(text)
    mention = next(
        each for each in nodes(document) if each.get("label") == "<b>deliver</b>" and "role" in each
    )
    assert mention["role"] == "purpose"
    assert mention["polarity"] == "affirmed"
    assert mention["concept"] == mention["body"] == "dpv:DeliveryOfGoods"
    assert mention["confidence"] == "0.9"
    assert mention["id"].startswith("mention/")
    assert "http://www.w3.org/ns/oa#" not in text
    assert '"source": "pg:source"' not in text


@pytest.fixture
def odd() -> list[ox.Quad]:
    """What policies do not say, but a graph can."""

    def quad(subject: Any, predicate: str, value: Any) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(predicate), value, HOME)

    blank = ox.BlankNode("b1")
    decimal, date = ox.NamedNode(expand("xsd:decimal")), ox.NamedNode(expand("xsd:date"))
    return [
        quad(HOME, expand("rdf:type"), ox.NamedNode(expand("pg:PrivacyPolicy"))),
        quad(HOME, expand("rdf:type"), ox.NamedNode("https://example.org/Other")),
        quad(HOME, expand("dct:title"), ox.Literal("plain")),
        quad(HOME, expand("dct:title"), ox.Literal("عنوان", language="ar")),
        quad(HOME, expand("dct:title"), ox.Literal("7", datatype=decimal)),
        quad(HOME, expand("pg:text"), ox.Literal("one")),
        quad(HOME, expand("pg:text"), ox.Literal("two")),
        quad(HOME, expand("pg:condition"), ox.NamedNode("https://example.org/if")),
        quad(HOME, expand("pg:hasMention"), ox.Literal("no node")),
        quad(HOME, expand("pg:role"), ox.NamedNode(expand("pg:source"))),
        quad(HOME, expand("pg:role"), ox.NamedNode(expand("oa:hasSource"))),
        quad(HOME, expand("pg:role"), ox.Literal("pg:source")),
        quad(HOME, expand("pg:confidence"), ox.Literal("1.5", datatype=decimal)),
        quad(HOME, expand("pg:confidence"), ox.Literal(0.5)),
        quad(HOME, expand("pg:confidence"), ox.Literal("high")),
        quad(HOME, expand("pg:lastUpdated"), ox.Literal("2024-05-03", datatype=date)),
        quad(HOME, expand("pg:inForce"), ox.Literal(True)),
        quad(HOME, expand("oa:start"), ox.Literal(10**30)),
        quad(HOME, expand("oa:start"), ox.Literal(-7)),
        quad(HOME, expand("rdfs:label"), ox.NamedNode("https://example.org/label")),
        quad(HOME, "https://example.org/own", ox.Literal("x")),
        quad(HOME, "https://example.org/own", blank),
        quad(HOME, expand("skos:note"), HOME),
        quad(HOME, expand("dpv:hasProcess"), ox.NamedNode(f"{HOME.value}/../odd?q#f")),
        quad(HOME, expand("dpv:hasProcess"), ox.NamedNode(f"{HOME.value}/a:b")),
        quad(HOME, expand("dpv:hasProcess"), ox.NamedNode("https://w3id.org/dpv#//x")),
        quad(blank, expand("rdfs:label"), ox.Literal("blank")),
        quad(ox.NamedNode("urn:alone"), expand("pg:agent"), ox.NamedNode("urn:cycle")),
        quad(ox.NamedNode("urn:cycle"), expand("pg:agent"), ox.NamedNode("urn:alone")),
    ]


def test_odd_graphs_come_back_as_they_were(odd: list[ox.Quad], tmp_path: Path) -> None:
    chain = [ox.NamedNode(f"urn:chain:{number}") for number in range(500)]
    step = ox.NamedNode(expand("pg:operatedBy"))
    odd += [ox.Quad(one, step, next_, HOME) for one, next_ in pairwise(chain)]
    store = GraphStore.in_memory()
    store.write_policy(HOME.value, odd)
    export(store, "jsonld-tree", tmp_path / "odd.jsonld")
    read = ox.parse((tmp_path / "odd.jsonld").read_bytes(), format=ox.RdfFormat.JSON_LD)
    mine, theirs = ox.Dataset(store.quads()), ox.Dataset(read)
    for each in (mine, theirs):
        each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert mine == theirs
    sure = {quad for quad in store.quads() if "_:" not in str(quad) and "XMLSchema#double" not in str(quad)}
    found = expanded(json.loads((tmp_path / "odd.jsonld").read_bytes()))
    assert found >= sure  # the processor renames blank nodes and writes doubles anew
    assert len(found) == len(list(store.quads()))


def test_what_json_ld_cannot_hold_is_an_error(tmp_path: Path) -> None:
    about = ox.Triple(HOME, ox.NamedNode(expand("rdfs:label")), ox.Literal("x"))
    quads = [
        ox.Quad(HOME, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy")), HOME),
        ox.Quad(HOME, ox.NamedNode(expand("rdfs:comment")), about, HOME),
    ]
    with GraphStore.in_memory() as store:
        store.write_policy(HOME.value, quads)
        with pytest.raises(
            GraphError, match=r"of a statement, which JSON-LD 1\.1 cannot hold; export to trig"
        ):
            export(store, "jsonld-tree", tmp_path / "graph.jsonld")
    assert not list(tmp_path.iterdir())
