"""Which policies are alike: indices by hand, and no hairball."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import NamedNode, Quad

from privagraph.queries.networks import Filters, view
from privagraph.queries.networks.similarity import similarity
from privagraph.queries.store import GraphStore


def test_indices(birds: GraphStore) -> None:
    network = view(birds, "similarity")
    label = network.nodes(data="label")
    found = {frozenset((label[u], label[v])): data for u, v, data in network.edges(data=True)}
    edge = found[frozenset(("Data in this game (merrow.txt)", "Heron Bikes and your data (heron.txt)"))]
    # The game: share e-mail and with service providers, collect identifier and with third parties: 4.
    # Heron: collect e-mail, name, for marketing; share e-mail, with Postrider and service providers; obtain, transfer
    # and store name: 9.
    assert edge["weight"] == round(2 / (4 + 9 - 2), 4)
    assert edge["cosine"] == round(2 / (4 * 9) ** 0.5, 4)
    assert edge["label"] == "share 2 of 11"
    assert edge["shared"] == ["Share: Service Provider", "Share: Email Address"]
    assert edge["quotes"] == [
        "The email address goes to couriers.",
        "We pass your email address to Postrider and to couriers.",
    ]
    assert Counter(network.nodes(data="deeds")).total() == 3


def _copies(store: GraphStore, number: int) -> GraphStore:
    """A store with a policy many times."""
    policy = store.policies()[0]
    made = GraphStore.in_memory()
    for index in range(number):
        name = f"{policy}{index:04}"

        def renamed(term: object, name: str = name) -> object:
            if isinstance(term, NamedNode) and term.value.startswith(policy):
                return NamedNode(name + term.value.removeprefix(policy))
            return term

        quads = [
            Quad(renamed(q.subject), q.predicate, renamed(q.object), NamedNode(name))  # type: ignore[arg-type]  # terms
            for q in store.quads(policy)
        ]
        made.write_policy(name, quads)
    return made


def test_many_policies_alike_are_no_hairball(birds: GraphStore) -> None:
    with _copies(birds, 40) as store:
        network = view(store, "similarity")
        assert len(network) == 40
        assert network.number_of_edges() <= 40 * 5
        assert {data["weight"] for *_, data in network.edges(data=True)} == {1.0}
        few = similarity(store, Filters(), nearest=1)
        assert few.number_of_edges() <= 40


@pytest.mark.parametrize(("at_least", "edges"), [(0.0, 3), (0.17, 2), (0.9, 0)])
def test_policies_that_are_less_alike_have_no_edge(birds: GraphStore, at_least: float, edges: int) -> None:
    network = similarity(birds, Filters(), at_least=at_least)
    assert network.number_of_edges() == edges
    assert len(network) == 3


def test_filters_choose_what_counts(birds: GraphStore) -> None:
    recipients = view(birds, "similarity", filters=Filters(recipient="https://w3id.org/dpv#ServiceProvider"))
    weights = [data["weight"] for *_, data in recipients.edges(data=True)]
    assert weights == [round(2 / 3, 4)]
