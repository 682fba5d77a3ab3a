"""Who shares with whom: named organisations apart from kinds, and who runs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from privagraph.loaders.facts import PolicyFacts, Role
from privagraph.loaders.quads import policy_quads
from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import Filters, view
from privagraph.queries.store import GraphStore

AGENT = "https://w3id.org/privagraph/id/agent/"
HERON, ANALYTICS = AGENT + "heron-bikes", AGENT + "google-analytics"


def told(store: GraphStore, filters: Filters = Filters()) -> set[tuple[str, str, str, int]]:  # noqa: B008  # frozen
    network = view(store, "sharing", filters=filters)
    label = network.nodes(data="label")
    return {
        (label[u], label[v], key, data["weight"]) for u, v, key, data in network.edges(keys=True, data=True)
    }


def test_who_shares_with_whom(birds: GraphStore) -> None:
    assert told(birds) == {
        ("Heron Bikes Ltd", "Postrider", "dpv:hasRecipient", 1),
        ("Heron Bikes Ltd", "Service Provider", "dpv:hasRecipient (kind)", 1),
        ("Heron Bikes Ltd", "Google Analytics", "pg:recipient", 1),
        ("Google Analytics", "Google", "pg:operatedBy", 1),
        ("Postrider", "Mapwright", "dpv:hasRecipient", 1),
        ("Data in this game (merrow.txt)", "Service Provider", "dpv:hasRecipient (kind)", 1),
        ("Data in this game (merrow.txt)", "Third Party", "dpv:hasRecipient (kind)", 1),
    }


def test_denials_are_apart(birds: GraphStore) -> None:
    assert told(birds, Filters(polarity="denied")) == {
        ("Heron Bikes Ltd", "Third Party", "pg:deniedRecipient (kind)", 1)
    }


def test_what_is_only_named_leads_to_its_words(birds: GraphStore) -> None:
    network = view(birds, "sharing")
    edge = network.edges[HERON, ANALYTICS, "pg:recipient"]
    assert (edge["label"], edge["polarity"], edge["quotes"]) == (
        "named as recipient",
        "affirmed",
        ["Google Analytics"],
    )
    (record,) = edge["evidence"]
    assert record["prefix"].endswith("Visits are counted by ")
    operated = network.edges[ANALYTICS, AGENT + "google", "pg:operatedBy"]
    assert (operated["polarity"], operated["evidence"]) == ("", [record])


def test_kinds_are_told_from_organisations(birds: GraphStore) -> None:
    network = view(birds, "sharing")
    assert network.nodes[HERON]["named"]
    assert not network.nodes[expand("dpv:ServiceProvider")]["named"]
    assert {data["named"] for _, _, key, data in network.edges(keys=True, data=True) if "(kind)" in key} == {
        False
    }
    assert network.nodes[ANALYTICS]["services"]
    assert network.nodes[ANALYTICS]["operators"] == [AGENT + "google"]


@pytest.mark.parametrize(
    ("filters", "targets"),
    [
        (Filters(recipient=ANALYTICS), {"Google Analytics", "Google"}),
        (Filters(data=expand("pd:UID")), {"Third Party"}),
        (Filters(recipient=expand("dpv:ServiceProvider")), {"Service Provider"}),
    ],
)
def test_filters(birds: GraphStore, filters: Filters, targets: set[str]) -> None:
    assert {target for _, target, *_ in told(birds, filters)} == targets


def test_who_acts_with_the_data_of_another_has_got_them(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("kiosk.txt", title="Kiosk")
    made.line("Kiosk sells papers.")
    made.line("Payfinch receives your name, and Payfinch and Coinwren use your name.")
    name = made.mention("name", Role.DATA_CATEGORY, "pd:Name")
    wren = made.mention("Coinwren", Role.RECIPIENT, "dpv:ThirdParty", agent="coinwren")
    made.mention("Payfinch", Role.RECIPIENT, "dpv:ThirdParty", agent="payfinch")
    sentence = made.text.splitlines()[1]
    made.practice(sentence, "dpv:Obtain", name, controller="payfinch")
    made.practice(sentence, "dpv:Use", name, wren, controller="payfinch")
    quads = list(policy_quads(made.build(PolicyFacts(controller="Kiosk"))))
    with GraphStore.in_memory() as store:
        store.write_policy(quads[0].graph_name.value, quads)
        everything = {
            ("Kiosk", "Payfinch", "dpv:hasDataController", 2),
            ("Kiosk", "Payfinch", "pg:recipient", 1),
            ("Kiosk", "Coinwren", "dpv:hasRecipient", 1),
        }
        assert told(store) == everything
        assert {edge[1] for edge in told(store, Filters(recipient=AGENT + "payfinch"))} == {"Payfinch"}
        flows = view(store, "flows")
        label = flows.nodes(data="label")
        assert {(label[u], label[v]) for u, v in flows.edges()} == {
            ("Data Subject", "Payfinch"),
            ("Kiosk", "Coinwren"),
        }
