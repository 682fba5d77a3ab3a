"""The network keeps what the graph holds: nodes, edges, words, polarity."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import compact, expand
from privagraph.queries.networks import to_networkx
from privagraph.queries.store import GraphStore
from privagraph.queries.values import value_of

BASE = Path(__file__).parent.parent / "cases" / "base.trig"
LINDENBERG = "https://example.org/id/policy/1111111111111111"
KESTREL = "https://example.org/id/policy/2222222222222222"

Network = networkx.MultiDiGraph
Quads = tuple[ox.Quad, ...]

MACHINERY = {
    expand(name) for name in ("oa:SpecificResource", "oa:TextPositionSelector", "oa:TextQuoteSelector")
}


@pytest.fixture(scope="module")
def base_quads() -> Quads:
    with GraphStore.open(BASE) as store:
        return tuple(store.quads())


@pytest.fixture(scope="module", params=["written by hand", "written by the loader"])
def quads(request: pytest.FixtureRequest, base_quads: Quads, sample_quads: Quads) -> Quads:
    return base_quads if request.param == "written by hand" else sample_quads


@pytest.fixture(scope="module")
def network(quads: Quads) -> Network:
    return to_networkx(quads)


@pytest.fixture(scope="module")
def base(base_quads: Quads) -> Network:
    return to_networkx(base_quads)


def of_type(quads: Quads, *classes: str) -> set[str]:
    wanted = {expand(name) for name in classes}
    return {
        q.subject.value for q in quads if q.predicate.value == expand("rdf:type") and q.object.value in wanted
    }


def values(thing: object) -> Iterator[object]:
    """All values in attributes, however deep."""
    if isinstance(thing, dict):
        for each in thing.values():
            yield from values(each)
    elif isinstance(thing, list):
        for each in thing:
            yield from values(each)
    else:
        yield thing


def everything(network: Network) -> set[str]:
    held = {str(value) for _, data in network.nodes(data=True) for value in values(data)}
    return held | {str(value) for *_, data in network.edges(data=True) for value in values(data)}


def evidence(network: Network) -> Iterable[dict[str, Any]]:
    return (record for *_, data in network.edges(data=True) for record in data["evidence"])


# -- nothing is lost


def test_every_literal_is_an_attribute(network: Network, quads: Quads) -> None:
    held = everything(network)
    spans = of_type(quads, *map(compact, MACHINERY))
    lost = {
        (q.predicate.value, q.object.value)
        for q in quads
        if isinstance(q.object, ox.Literal)
        and not (q.subject.value in spans and q.predicate.value == expand("rdfs:label"))
        and str(value_of(q.object)) not in held
    }
    assert lost == set()
    assert len(held) > 150


def test_every_thing_is_a_node_or_evidence(network: Network, quads: Quads) -> None:
    spans = of_type(quads, "oa:SpecificResource")
    selectors = of_type(quads, "oa:TextPositionSelector", "oa:TextQuoteSelector")
    mentions = of_type(quads, "pg:Mention")
    things = {q.subject.value for q in quads} - spans - selectors - mentions
    assert things <= set(network)
    assert {record["mention"] for record in evidence(network)} == mentions
    held = everything(network)
    assert {span for span in spans if span not in held} == set()
    assert len(mentions) >= 20


def test_every_triple_between_nodes_is_an_edge(network: Network, quads: Quads) -> None:
    named = {expand(name) for name in ("rdf:type", "pg:polarity", "pg:modality", "pg:role")}
    apart = of_type(quads, "pg:Mention", *map(compact, MACHINERY))
    triples = {
        (q.subject.value, q.object.value, compact(q.predicate.value))
        for q in quads
        if isinstance(q.object, ox.NamedNode) and q.predicate.value not in named
    }
    between = {each for each in triples if not {each[0], each[1]} & apart}
    edges = set(network.edges(keys=True))
    assert between <= edges
    added = {key for *_, key in edges - between}
    assert all(key.removesuffix(" denied").startswith("pg:") for key in added)


def test_every_node_can_be_shown(network: Network) -> None:
    for node, data in network.nodes(data=True):
        assert data["label"], node
        assert data["kind"] in (
            "policy practice agent concept phrase retention source activity software other".split()
        )
    assert {data["kind"] for _, data in network.nodes(data=True)} >= {
        "policy",
        "practice",
        "agent",
        "concept",
        "phrase",
    }


# -- what it says


def test_edges_carry_their_words(base: Network) -> None:
    practice = f"{LINDENBERG}/practice/p03"
    edge = base.edges[practice, expand("pd:BrowserHistory"), "dpv:hasPersonalData"]
    assert edge["quotes"] == ["browsing history"]
    assert edge["label"] == "personal data"
    assert edge["property"] == expand("dpv:hasPersonalData")
    assert edge["policies"] == [LINDENBERG]
    (record,) = edge["evidence"]
    assert (record["role"], record["polarity"], record["concept"]) == (
        "data_category",
        "affirmed",
        expand("pd:BrowserHistory"),
    )
    text = base.nodes[LINDENBERG]["pg:text@en"]
    assert text[record["start"] : record["end"]] == record["quote"] == "browsing history"
    assert text[: record["start"]].endswith(record["prefix"])
    assert str(record["confidence"]) == "0.9"


def test_practices_carry_their_passage(base: Network) -> None:
    practice = base.nodes[f"{LINDENBERG}/practice/p01"]
    assert practice["evidence"]["quote"].startswith("We collect your e-mail address")
    assert practice["pg:condition@en"] == "if you consent"
    assert practice["condition_span"]["quote"] == "if you consent"
    assert (practice["polarity"], practice["modality"]) == ("affirmed", "asserted")


def test_organisations_are_the_target_of_their_mentions(base: Network) -> None:
    edge = base.edges[
        f"{LINDENBERG}/practice/p02", "https://example.org/id/agent/postwagen", "dpv:hasRecipient"
    ]
    assert edge["quotes"] == ["Postwagen"]
    analytics = base.nodes["https://example.org/id/agent/zaehlwerk-analytics"]
    assert analytics["skos:altLabel"] == "ZA"


def test_words_without_a_concept_are_phrases(base: Network) -> None:
    phrases = {data["label"] for _, data in base.nodes(data=True) if data["kind"] == "phrase"}
    assert {"shoe whispers", "profiling", "data\xa0brokers"} <= phrases


def test_denials_are_there_and_marked(network: Network, quads: Quads) -> None:
    denied = of_type(quads, "pg:DeniedPractice")
    assert {node for node, data in network.nodes(data=True) if data.get("polarity") == "denied"} == denied
    for source, target, key, data in network.edges(keys=True, data=True):
        assert not (key == "dpv:hasProcess" and target in denied)
        if source in denied:
            assert data["polarity"] == "denied"
            assert not key.startswith("dpv:")
    assert {target for _, target, key in network.edges(keys=True) if key == "pg:deniesPractice"} == denied


def test_a_denial_outside_a_practice_supports_no_fact(base: Network) -> None:
    edges = base.get_edge_data(LINDENBERG, expand("loc:FR"))
    assert list(edges) == ["pg:storage_location denied"]
    assert edges["pg:storage_location denied"]["polarity"] == "denied"
    for *_, data in base.edges(data=True):
        if any(record["polarity"] == "denied" for record in data["evidence"]):
            assert data["polarity"] == "denied"


def test_a_retention_period_is_the_target_of_its_mention(base: Network) -> None:
    period = next(node for node, data in base.nodes(data=True) if data["kind"] == "retention")
    edge = base.edges[f"{LINDENBERG}/practice/p06", period, "dpv:hasStorageCondition"]
    assert edge["quotes"] == ["six months"]
    assert base.nodes[period]["pg:duration"] == "P6M"


# -- how it is made


def test_one_policy_can_be_taken_alone(base_quads: Quads) -> None:
    one = to_networkx(base_quads, policy=KESTREL)
    assert KESTREL in one
    assert LINDENBERG not in one
    with GraphStore.open(BASE) as store:
        assert networkx.utils.graphs_equal(to_networkx(store, policy=KESTREL), one)
        with pytest.raises(GraphError, match="holds no policy"):
            to_networkx(store, policy="https://example.org/none")


def test_the_order_of_quads_does_not_matter(quads: Quads, network: Network) -> None:
    shuffled = list(quads)
    random.Random(7).shuffle(shuffled)
    again = to_networkx(shuffled)
    assert list(again.nodes(data=True)) == list(network.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(network.edges(keys=True, data=True))


def test_the_vocabulary_s_graph_adds_no_nodes(base_quads: Quads) -> None:
    with GraphStore.open(BASE) as store:
        words = store.query("SELECT ?s ?o { GRAPH ?g { ?s skos:broader ?o } } LIMIT 5")
        graph = ox.NamedNode("https://w3id.org/privagraph/ns/vocabulary")
        extra = [ox.Quad(s, ox.NamedNode(expand("skos:broader")), o, graph) for s, o in words]
    assert len(extra) == 5
    assert networkx.utils.graphs_equal(to_networkx([*base_quads, *extra]), to_networkx(base_quads))


def test_no_quads_make_an_empty_network() -> None:
    assert len(to_networkx([])) == 0


def test_several_values_make_a_list() -> None:
    node, graph = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/g")
    name = ox.NamedNode(expand("skos:altLabel"))
    words = [ox.Quad(node, name, ox.Literal(text), graph) for text in ("b", "a")]
    network = to_networkx([*words, ox.Quad(node, name, ox.Literal("c", language="de"), graph)])
    data = network.nodes["https://example.org/a"]
    assert data["skos:altLabel"] == ["a", "b"]
    assert data["skos:altLabel@de"] == "c"
    assert data["kind"] == "other"
