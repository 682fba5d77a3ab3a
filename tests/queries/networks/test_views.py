"""What holds for every view: the contract of its nodes and edges, determinism, words behind each edge."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
from pyoxigraph import NamedNode, Quad

from privagraph.errors import GraphError
from privagraph.graph import KnowledgeGraph
from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import VIEWS, Filters, view
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_summaries

COUNTING = [name for name in VIEWS if name not in ("full", "practices")]


@pytest.fixture(scope="module", params=["birds", "sample_store"])
def store(request: pytest.FixtureRequest) -> GraphStore:
    found: GraphStore = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("polarity", [None, "denied", "both"])
def test_nodes_and_edges_have_what_every_view_has(store: GraphStore, name: str, polarity: str | None) -> None:
    network = view(store, name, filters=Filters(polarity=polarity))  # type: ignore[arg-type]  # by name
    assert isinstance(network, networkx.MultiDiGraph)
    for _, data in network.nodes(data=True):
        assert data["label"]
        assert data["kind"]
        assert isinstance(data["types"], list)
    for *_, data in network.edges(data=True):
        assert data["label"]
        assert isinstance(data["property"], str)
        assert data["polarity"] in ("affirmed", "denied", "")
        assert data["weight"] > 0
        assert data["policies"]
        assert data["quotes"] == list(
            dict.fromkeys(each["quote"] for each in data["evidence"] if "quote" in each)
        )


@pytest.mark.parametrize("name", [*COUNTING, "practices"])
def test_every_edge_leads_to_words_of_its_policies(store: GraphStore, name: str) -> None:
    texts = {
        row["policy"].value: row["text"].value
        for row in store.query("SELECT ?policy ?text { GRAPH ?policy { ?policy pg:text ?text } }")
    }
    network = view(store, name, filters=Filters(polarity="both"))
    for *_, data in network.edges(data=True):
        assert data["quotes"]
        for record in data["evidence"]:
            assert record["policy"] in data["policies"]
            assert texts[record["policy"]][record["start"] : record["end"]] == record["quote"]
    # The two sample policies share no practice, and none of theirs is about two categories of data.
    assert network.number_of_edges() > 0 or name in ("data", "similarity")


def test_practices_are_the_practices_of_the_whole(store: GraphStore) -> None:
    part, whole = view(store, "practices"), view(store, "full")
    of_practices = {
        edge
        for edge in whole.edges(keys=True)
        if "practice" in (whole.nodes[edge[0]]["kind"], whole.nodes[edge[1]]["kind"])
    }
    assert {edge for edge in part.edges(keys=True) if edge[2] != "pg:operatedBy"} == of_practices
    for edge in of_practices:
        mentions = [record["mention"] for record in whole.edges[edge]["evidence"]]
        if mentions:
            assert [record["mention"] for record in part.edges[edge]["evidence"]] == mentions
    for node, data in part.nodes(data=True):
        assert data["kind"] == whole.nodes[node]["kind"]
        assert data["kind"] == "policy" or data["label"] == whole.nodes[node]["label"]


@pytest.mark.parametrize("name", COUNTING)
def test_views_that_count_leave_denials_out_unless_asked(store: GraphStore, name: str) -> None:
    usual = view(store, name)
    assert {data["polarity"] for *_, data in usual.edges(data=True)} <= {"affirmed", ""}
    affirmed = view(store, name, filters=Filters(polarity="affirmed"))
    assert networkx.utils.graphs_equal(usual, affirmed)
    denied = view(store, name, filters=Filters(polarity="denied"))
    assert {data["polarity"] for *_, data in denied.edges(data=True)} <= {"denied", ""}


@pytest.mark.parametrize("name", VIEWS)
def test_the_order_in_which_policies_were_written_does_not_matter(
    birds: GraphStore, name: str, tmp_path: Path
) -> None:
    with GraphStore.in_memory() as other:
        for policy in reversed(birds.policies()):
            other.write_policy(policy, reversed(list(birds.quads(policy))))
        one, two = (view(each, name, filters=Filters(polarity="both")) for each in (birds, other))
    assert list(one.nodes(data=True)) == list(two.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))


SCRIPT = """
import sys
from privagraph.queries.networks import VIEWS, measured, view
from privagraph.queries.store import GraphStore
with GraphStore.open(sys.argv[1]) as store:
    for name in VIEWS:
        network = view(store, name)
        print(name, list(network.edges(keys=True, data=True)), measured(network))
"""


def test_every_run_gives_the_same(birds_file: Path) -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(birds_file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 10_000


@pytest.mark.parametrize("name", VIEWS)
def test_a_graph_without_policies_has_an_empty_network(name: str) -> None:
    with GraphStore.in_memory() as store:
        assert len(view(store, name)) == 0


@pytest.mark.parametrize("name", VIEWS)
def test_policies_can_be_chosen(birds: GraphStore, name: str) -> None:
    policy = _named(birds, "Postrider treats")
    network = view(birds, name, filters=Filters(policies=(policy,)))
    assert {each for *_, data in network.edges(data=True) for each in data["policies"]} <= {policy}
    assert not any("heron" in node for node in network)
    with pytest.raises(GraphError, match="holds no policy"):
        view(birds, name, filters=Filters(policies=("https://example.org/none",)))


def _named(store: GraphStore, words: str) -> str:
    """The policy whose title has some words."""
    return next(each.iri for each in policy_summaries(store) if words in each.title)


def test_an_unknown_view_is_named_with_the_nearest(birds: GraphStore) -> None:
    with pytest.raises(GraphError, match="has no view 'flow'; did you mean 'flows'"):
        view(birds, "flow")
    with pytest.raises(GraphError, match="choose one of full, practices, flows"):
        view(birds, "xyz")


def test_views_are_of_the_current_versions(birds: GraphStore) -> None:
    postrider, merrow = (_named(birds, word) for word in ("Postrider treats", "this game"))
    with GraphStore.in_memory() as store:
        for policy in birds.policies():
            quads = list(birds.quads(policy))
            if policy == postrider:
                link = NamedNode(expand("prov:wasRevisionOf"))
                quads.append(Quad(NamedNode(postrider), link, NamedNode(merrow), NamedNode(postrider)))
            store.write_policy(policy, quads)
        for name in [*COUNTING, "practices"]:
            network = view(store, name, filters=Filters(polarity="both"))
            assert merrow not in {each for *_, data in network.edges(data=True) for each in data["policies"]}
        assert view(store, "flows", filters=Filters(policies=(merrow,))).number_of_edges() == 2
        both = view(store, "flows", filters=Filters(all_versions=True))
        assert both.size() == view(birds, "flows").size()
        whole = view(store, "full", filters=Filters(polarity="both"))
        assert whole.edges(keys=True) == view(store, "full").edges(keys=True)


# -- filters


@pytest.mark.parametrize(
    ("filters", "sentences"),
    [
        (Filters(data="https://w3id.org/dpv/pd#UID"), {"Advertisers may collect the device identifier."}),
        (
            Filters(purpose="https://w3id.org/dpv#Marketing"),
            {"We collect your email address and your name to send news."},
        ),
        (
            Filters(recipient="https://w3id.org/privagraph/id/agent/mapwright"),
            {"We hand the email address to Mapwright for maps."},
        ),
        (
            Filters(recipient="https://w3id.org/dpv#ThirdParty"),
            {
                "Advertisers may collect the device identifier.",
                "We never sell your email address to advertisers.",
            },
        ),
        (
            Filters(recipient="https://w3id.org/dpv#ThirdParty", polarity="denied"),
            {"We never sell your email address to advertisers."},
        ),
        (
            Filters(recipient="https://w3id.org/dpv#DataProcessor"),
            {
                "We hand the email address to Mapwright for maps.",
                "We pass your email address to Postrider and to couriers.",
            },
        ),
        (Filters(data="https://w3id.org/dpv/pd#Name", recipient="https://w3id.org/dpv#ThirdParty"), set()),
    ],
)
def test_practices_are_chosen_by_what_they_are_about(
    birds: GraphStore, filters: Filters, sentences: set[str]
) -> None:
    for name in ("full", "practices"):
        network = view(birds, name, filters=filters)
        found = {
            data["evidence"]["quote"] for _, data in network.nodes(data=True) if data["kind"] == "practice"
        }
        assert found == sentences


def test_a_concept_takes_those_narrower_with_it(birds: GraphStore) -> None:
    contact = view(birds, "flows", filters=Filters(data="https://w3id.org/dpv/pd#Contact"))
    email = view(birds, "flows", filters=Filters(data="https://w3id.org/dpv/pd#EmailAddress"))
    assert list(contact.edges(keys=True, data=True)) == list(email.edges(keys=True, data=True))
    assert contact.number_of_edges() == 6


def test_python_has_the_same(birds_file: Path) -> None:
    with KnowledgeGraph.open(birds_file) as graph:
        network = graph.network("flows", policies=["merrow.txt"], data="email address", measures=["degree"])
        assert [data["degree"] for _, data in network.nodes(data=True)] == [1, 1]
        assert networkx.utils.graphs_equal(graph.flows(), graph.network("flows"))
        assert graph.flows(by_data=True, recipient="Mapwright").number_of_edges() == 1
        steps = graph.shortest_flow("email address", "mapwright")
        assert [step.target_label for step in steps] == ["Postrider", "Mapwright"]
