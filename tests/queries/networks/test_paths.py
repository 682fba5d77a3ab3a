"""The shortest way of data to a recipient."""

from __future__ import annotations

from typing import Any

import networkx
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import shortest_flow, view
from privagraph.queries.store import GraphStore

EMAIL, PHONE, CONTACT = expand("pd:EmailAddress"), expand("pd:TelephoneNumber"), expand("pd:Contact")
AGENT = "https://w3id.org/privagraph/id/agent/"


def made(*edges: tuple[str, str, str], kinds: dict[str, str] | None = None, **about: Any) -> Any:
    """Flows of one practice each; a name with a colon is a concept, any other an organisation."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for number, (source, target, data) in enumerate(edges):
        for node in (source, target):
            kind = "concept" if ":" in node else "agent"
            network.add_node(_node(node), label=node, kind=kind, types=[])
        record = {"practice": f"p{number}", "policy": "g", "start": number, "quote": f"{source} {target}"}
        network.add_edge(
            _node(source),
            _node(target),
            f"k{number}",
            property=expand("dpv:hasDataSubject" if ":" in source else "dpv:hasRecipient"),
            polarity="affirmed",
            weight=1,
            data=[data],
            evidence=[record],
            **about,
        )
    return network


def _node(name: str) -> str:
    return expand(name) if ":" in name else name


def way(network: Any, data: str, recipient: str) -> list[str]:
    return [step.quotes[0] for step in shortest_flow(network, data, _node(recipient))]


def test_a_way_across_policies_with_the_words_of_each_step(birds: GraphStore) -> None:
    steps = shortest_flow(view(birds, "flows-by-data"), EMAIL, AGENT + "mapwright")
    assert [(step.source_label, step.target_label, step.quotes) for step in steps] == [
        ("Student", "Postrider", ("We collect the email address of students.",)),
        ("Postrider", "Mapwright", ("We hand the email address to Mapwright for maps.",)),
    ]
    assert [step.data for step in steps] == [EMAIL, EMAIL]
    assert all(step.policies for step in steps)


def test_a_broader_category_takes_those_below(birds: GraphStore) -> None:
    flows = view(birds, "flows-by-data")
    assert shortest_flow(flows, CONTACT, AGENT + "mapwright") == shortest_flow(
        flows, EMAIL, AGENT + "mapwright"
    )


@pytest.mark.parametrize(
    ("data", "recipient"),
    [
        (expand("pd:Name"), AGENT + "mapwright"),
        (EMAIL, AGENT + "nobody"),
        (EMAIL, expand("dpv:ThirdParty")),
        (expand("dpv:Advertising"), AGENT + "mapwright"),
    ],
)
def test_no_way(birds: GraphStore, data: str, recipient: str) -> None:
    assert shortest_flow(view(birds, "flows-by-data"), data, recipient) == ()


def test_a_denied_flow_is_no_way(birds: GraphStore) -> None:
    from privagraph.queries.networks import Filters

    flows = view(birds, "flows-by-data", filters=Filters(polarity="both"))
    assert shortest_flow(flows, EMAIL, expand("dpv:ThirdParty")) == ()


def test_where_data_come_from_is_part_of_the_way() -> None:
    network = made(("dpv:DataSubject", "shop", EMAIL), ("shop", "mail", EMAIL))
    assert way(network, EMAIL, "mail") == ["dpv:DataSubject shop", "shop mail"]


def test_without_a_source_it_begins_with_who_holds_them() -> None:
    assert way(made(("shop", "mail", EMAIL)), EMAIL, "mail") == ["shop mail"]


def test_the_shortest_is_taken_and_of_equals_the_one_most_often_stated() -> None:
    network = made(
        ("dpv:DataSubject", "shop", EMAIL),
        ("shop", "mail", EMAIL),
        ("mail", "maps", EMAIL),
        ("shop", "post", EMAIL),
        ("post", "maps", EMAIL),
        ("post", "maps", EMAIL),
    )
    assert way(network, EMAIL, "maps") == ["dpv:DataSubject shop", "shop post", "post maps"]
    network.add_edge("shop", "maps", "direct", **network.edges["shop", "mail", "k1"])
    assert len(way(network, EMAIL, "maps")) == 2


def test_a_way_does_not_lead_through_a_kind_of_recipient() -> None:
    network = made(("shop", "dpv:User", EMAIL), ("dpv:User", "mail", EMAIL))
    assert way(network, EMAIL, "mail") == ["dpv:User mail"]


def test_what_comes_out_of_a_step_is_what_went_in() -> None:
    network = made(("dpv:DataSubject", "shop", EMAIL), ("shop", "mail", PHONE))
    assert way(network, CONTACT, "mail") == ["shop mail"]
    broad = made(("dpv:DataSubject", "shop", CONTACT), ("shop", "mail", PHONE))
    assert way(broad, CONTACT, "mail") == ["dpv:DataSubject shop", "shop mail"]


def test_recipients_are_found_by_kind_and_by_who_runs_them() -> None:
    network = made(("shop", "tracker", EMAIL))
    network.nodes["tracker"]["types"] = ["dpv:Organisation", "dpv:DataProcessor"]
    network.nodes["tracker"]["operators"] = ["owner"]
    assert way(network, EMAIL, "dpv:Recipient") == ["shop tracker"]
    assert way(network, EMAIL, "owner") == ["shop tracker"]
    assert way(network, EMAIL, "dpv:Organisation") == []


def test_a_circle_ends() -> None:
    assert way(made(("a", "b", EMAIL), ("b", "a", EMAIL)), EMAIL, "c") == []
