"""Where the words of rows stand: the right one of several places, and none where there is none."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.store import GraphStore
from privagraph.web.answering.places import Place, places_of

POLICIES = ("https://example.org/id/policy/a", "https://example.org/id/policy/b")
PLACES = ((0, 14), (15, 28), (29, 43), (9, 13), (23, 27), (38, 42))
TEXT = "We share data. We sell data. We share data."


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{POLICIES[0]}/{name}")


def span(policy: str, start: int, end: int) -> list[ox.Quad]:
    """What a graph says of words of the text."""
    home = ox.NamedNode(policy)
    whole, place, words = (ox.NamedNode(f"{policy}/span/{start}-{end}{each}") for each in ("", "/p", "/q"))
    has = ox.NamedNode(expand("oa:hasSelector"))
    return [
        ox.Quad(whole, has, place, home),
        ox.Quad(whole, has, words, home),
        ox.Quad(place, ox.NamedNode(expand("oa:start")), ox.Literal(start), home),
        ox.Quad(place, ox.NamedNode(expand("oa:end")), ox.Literal(end), home),
        ox.Quad(words, ox.NamedNode(expand("oa:exact")), ox.Literal(TEXT[start:end]), home),
    ]


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Two policies of three sentences; the third is like the first, and a practice rests on it."""
    made = GraphStore.in_memory(vocabulary=False)
    for policy in POLICIES:
        quads = [
            quad
            for place in ((0, 14), (15, 28), (29, 43), (9, 13), (23, 27), (38, 42))
            for quad in span(policy, *place)
        ]
        if policy == POLICIES[0]:
            evidence = ox.NamedNode(f"{policy}/span/29-43")
            quads.append(
                ox.Quad(node("practice"), ox.NamedNode(expand("pg:evidence")), evidence, ox.NamedNode(policy))
            )
        made.write_policy(policy, quads)
    return made


POLICY = ox.NamedNode(POLICIES[0])
SAID, SOLD, DATA = (ox.Literal(text) for text in ("We share data.", "We sell data.", "data"))


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ({"policy": POLICY, "sentence": SAID}, {"sentence": (0, 14)}),
        ({"policy": POLICY, "sentence": SOLD, "words": DATA}, {"sentence": (15, 28), "words": (23, 27)}),
        ({"policy": POLICY, "words": DATA}, {"words": (9, 13)}),
        ({"policy": POLICY, "start": ox.Literal(38), "words": DATA}, {"words": (38, 42)}),
        (
            {"practice": node("practice"), "sentence": SAID, "quote": DATA},
            {"sentence": (29, 43), "quote": (38, 42)},
        ),
        ({"practice": node("practice")}, {"practice": (29, 43)}),
        ({"policy": POLICY, "any": SAID}, {"any": (0, 14)}),
        ({"policy": POLICY, "any": DATA}, {}),
        ({"policy": POLICY, "words": ox.Literal("cookies")}, {}),
        ({"policy": POLICY, "words": None}, {}),
        ({"policy": POLICY, "words": ox.Literal('" } ?s ?p ?o #')}, {}),
        ({"policies": ox.Literal(2), "sentence": SOLD}, {"sentence": (15, 28)}),
    ],
)
def test_words_are_found_in_their_place(
    store: GraphStore, row: dict[str, ox.NamedNode | ox.Literal | None], places: dict[str, tuple[int, int]]
) -> None:
    found = places_of(store, list(row), [list(row.values())])
    wanted = {(0, list(row).index(name)): Place(POLICIES[0], *place) for name, place in places.items()}
    assert found == wanted


@pytest.mark.parametrize("start", ["²", "-1", "soon", "9" * 5000])
def test_what_is_no_offset_leads_nowhere(store: GraphStore, start: str) -> None:
    rows = [[ox.NamedNode(POLICIES[0]), ox.Literal(start)]]
    assert places_of(store, ["policy", "start"], rows) == {}


def test_each_row_has_its_own_policy(store: GraphStore) -> None:
    rows = [[ox.NamedNode(policy), SOLD] for policy in POLICIES]
    found = places_of(store, ["policy", "sentence"], rows)
    assert [found[index, 1].policy for index in (0, 1)] == list(POLICIES)
