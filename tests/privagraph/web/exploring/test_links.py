"""The neighbours of a node are exactly those of the whole network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.networks import to_networkx
from privagraph.queries.store import GraphStore
from privagraph.web.exploring.links import BROADER, Link, Links


@pytest.fixture(scope="module")
def store(graph_folder: Path) -> Iterator[GraphStore]:
    with GraphStore.open(graph_folder) as opened:
        yield opened


def test_links_are_the_edges_of_the_whole_network(store: GraphStore) -> None:
    network, links = to_networkx(store), Links(store)
    assert len(network) > 100
    for node in network:
        edges = {
            (target, key.removesuffix(" denied"), True, data["polarity"] == "denied")
            for _, target, key, data in network.out_edges(node, keys=True, data=True)
        } | {
            (source, key.removesuffix(" denied"), False, data["polarity"] == "denied")
            for source, _, key, data in network.in_edges(node, keys=True, data=True)
        }
        found = {
            (link.other, link.name, link.outward, link.denied)
            for link in links.of(node)
            if link.name != BROADER
        }
        assert found == edges, node


def test_a_concept_leads_to_broader_ones_and_to_narrower_ones_in_the_graph(store: GraphStore) -> None:
    links = Links(store)
    email, contact = expand("pd:EmailAddress"), expand("pd:Contact")
    assert Link(contact, BROADER, True, False, "") in links.of(email)
    assert Link(email, BROADER, False, False, "") in links.of(contact)
    network = to_networkx(store)
    data = expand("dpv:PersonalData")
    unused = {each for each in vocabulary().narrower(data) if each not in network}
    assert unused
    assert not unused & {link.other for link in links.of(data)}


def test_some_of_the_links_are_among_all_of_them(store: GraphStore) -> None:
    links = Links(store)
    policy = store.policies()[0]
    some = links.of(policy, read=20)
    assert 0 < len(some) < len(links.of(policy))
    assert set(some) <= set(links.of(policy))


def test_a_node_that_is_not_there_has_no_links(store: GraphStore) -> None:
    assert Links(store).of("https://example.org/nothing") == ()


def test_what_is_no_iri_is_refused(store: GraphStore) -> None:
    with pytest.raises(GraphError, match="give a whole IRI"):
        Links(store).of("no iri")
