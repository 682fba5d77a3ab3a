"""The address says what is chosen."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams

from privagraph.web.exploring.choice import Choice, chosen
from privagraph.web.page_error import PageError
from privagraph.web.policies import PolicyCard, PolicyIndex


def card(key: str, practices: int = 3) -> PolicyCard:
    return PolicyCard(key, f"https://example.org/{key}", "", "", (), "", "", "", 0, 0, practices, 0)


POLICIES = PolicyIndex((card("empty", 0), card("one"), card("two")))
NODE = "https://w3id.org/dpv/pd#EmailAddress"


def read(query: str) -> Choice:
    return chosen(QueryParams(query), POLICIES)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "view=sharing",
        "policy=one&policy=two&view=practices",
        "node=https%3A%2F%2Fw3id.org%2Fdpv%2Fpd%23EmailAddress&hops=2",
        "policy=one&view=flows&open=https%3A%2F%2Fexample.org%2Fa&far=https%3A%2F%2Fexample.org%2Fb&each=80"
        "&polarity=denied&most=1500&hide=data&hide=purpose&without=dpv%3AhasPurpose&unless=possible&at=e3",
    ],
)
def test_a_choice_and_its_address_are_the_same(query: str) -> None:
    assert read(query).query == query
    assert read(read(query).query) == read(query)


def test_nothing_chosen_begins_with_a_policy_that_has_practices() -> None:
    choice = read("")
    assert choice.first
    assert choice.keys == ()
    assert choice.wanted.policies == ("https://example.org/one",)


def test_a_view_of_all_policies_stays_one_of_all() -> None:
    assert read("view=sharing").wanted.policies == ()
    assert read("view=full").wanted.policies == ("https://example.org/one",)


def test_a_node_has_no_view() -> None:
    wanted = read(f"node={NODE.replace('#', '%23')}&view=flows").wanted
    assert (wanted.node, wanted.view, wanted.hops) == (NODE, "", 1)


def test_a_wish_for_very_many_nodes_is_cut() -> None:
    assert read("most=99999").wanted.most == 1500


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("policy=nine", 404, "There is no policy nine."),
        ("view=none", 400, "There is no view none."),
        ("node=i:1&hops=3", 400, "hops=3 is no choice."),
        ("polarity=perhaps", 400, "polarity=perhaps is no choice."),
        ("most=0", 400, "most=0 is no number of nodes."),
        ("most=-1", 400, "most=-1 is no number of nodes."),
        ("each=many", 400, "each=many is no number of nodes."),
        ("each=٣", 400, "each=٣ is no number of nodes."),
    ],
)
def test_what_there_is_not_is_refused(query: str, status: int, reason: str) -> None:
    with pytest.raises(PageError) as raised:
        read(query)
    assert (raised.value.status, raised.value.reason) == (status, reason)
