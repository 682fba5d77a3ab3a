"""The search over names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from privagraph.queries.store import GraphStore
from privagraph.web.exploring.names import Found, Name, Names, node_names, practice_names, search

NAMES = Names(
    (
        Name("i:1", "Email Marketing", "organisation", policies=9),
        Name("i:2", "Email", "organisation", policies=2),
        Name("i:3", "Direct Email", "organisation", policies=5),
        Name("i:4", "Email Address", "concept", more="pd:EmailAddress", policies=7),
        Name("i:5", "Post", "organisation", more="Email by post", policies=50),
        Name("i:6", "Free Mail", "organisation", policies=50),
    )
)


def test_the_best_names_come_first() -> None:
    organisations, concepts = search("EMAIL", [NAMES])
    assert [name.iri for name in organisations.names] == ["i:2", "i:1", "i:3", "i:5"]
    assert [name.iri for name in concepts.names] == ["i:4"]


def test_all_words_must_be_there_in_any_order() -> None:
    (found,) = search("addr ema", [NAMES])
    assert [name.iri for name in found.names] == ["i:4"]
    assert search("email zebra", [NAMES]) == ()


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_finds_nothing(text: str) -> None:
    assert search(text, [NAMES]) == ()


def test_only_the_best_are_handed_out_and_all_are_counted() -> None:
    (found, _) = search("email", [NAMES], most=2)
    assert (len(found.names), found.total) == (2, 4)


def test_names_of_a_graph(graph_folder: Path) -> None:
    with GraphStore.open(graph_folder) as store:
        nodes, practices = node_names(store), practice_names(store)
    kinds = {name.kind for name in nodes.every}
    assert kinds == {"organisation", "concept"}
    assert [name.policies for name in nodes.every] == sorted(
        (name.policies for name in nodes.every), reverse=True
    )
    (email,) = (name for name in nodes.every if name.label == "Email Address")
    assert email.policies == 3
    assert len({name.iri for name in nodes.every}) == len(nodes.every)
    (found,) = search("we do not sell location data", [practices])
    assert found.kind == "practice"
    assert [name.more for name in found.names] == [
        'We do not sell your "location data" to </script><b>data brokers</b>.'
    ]


def test_thousands_of_names_are_searched_in_a_blink(work: Callable[..., int]) -> None:
    """A few steps for each name: its words in small letters are made once, for all searches."""
    many = Names(
        tuple(
            Name(
                f"i:{at}", f"Share: item {at}", "practice", more=f"We share item {at} with our partners " * 4
            )
            for at in range(3000)
        )
    )
    assert len(many.texts) == 3000
    found: list[Found] = []
    assert work(lambda: found.extend(search("item 2999", [many]))) < 13 * 3000
    assert [each.total for each in found] == [1]
