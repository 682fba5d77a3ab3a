"""Versions of one policy in one graph."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.answers import answer_to
from privagraph.queries.choice import policies_named, policy_named
from privagraph.queries.store import GraphStore
from privagraph.queries.versions import (
    Version,
    chain_of,
    chains_of,
    current_of,
    in_force,
    link,
    links_of,
    policies_to_ask,
)

BASE = "https://example.org/id/policy/"
A, B, C, OTHER = (BASE + name for name in "abcd")
DAYS = {A: "2022-01-01", B: None, C: "2024-01-01", OTHER: "2023-06-01"}


def head(policy: str, day: str | None, source: str = "acme.html") -> list[ox.Quad]:
    """A policy with a source file and, where it has one, a date."""
    graph, file = ox.NamedNode(policy), ox.NamedNode(f"{policy}/source/1")
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (graph, "rdf:type", ox.NamedNode(expand("pg:PrivacyPolicy"))),
        (graph, "rdfs:label", ox.Literal("Privacy at Acme")),
        (graph, "prov:wasDerivedFrom", file),
        (file, "rdf:type", ox.NamedNode(expand("pg:SourceFile"))),
        (file, "pg:fileName", ox.Literal(source)),
    ]
    if day:
        kind = ox.NamedNode(expand("xsd:date"))
        said.append((graph, "pg:effectiveDate", ox.Literal(day, datatype=kind)))
    return [ox.Quad(subject, ox.NamedNode(expand(step)), value, graph) for subject, step, value in said]


@pytest.fixture
def store() -> GraphStore:
    made = GraphStore.in_memory()
    for policy, day in DAYS.items():
        made.write_policy(policy, head(policy, day, "other.html" if policy == OTHER else "acme.html"))
    link(made, B, A)
    link(made, C, B)
    return made


def test_versions_are_a_chain(store: GraphStore) -> None:
    links = links_of(store)
    assert links == {B: A, C: B}
    assert [chain_of(links, each) for each in (A, B, C)] == [(A, B, C)] * 3
    assert chain_of(links, OTHER) == (OTHER,)
    assert current_of(links, store.policies()) == (C, OTHER)


def test_versions_in_a_circle_come_to_an_end() -> None:
    links = {A: B, B: A}
    assert {*chain_of(links, A)} == {A, B}
    assert chain_of({A: A}, A) == (A,)


def test_days_are_asked_of_many_policies_at_once(work: Callable[..., int]) -> None:
    """As many chains as a large graph has: in one walk, where one after the other would take minutes."""

    def links(policies: int) -> dict[str, str]:
        return {f"new/{number}": f"old/{number}" for number in range(policies)}

    assert work(lambda: chains_of(links(2000), links(2000))) < 12 * work(
        lambda: chains_of(links(200), links(200))
    )
    chains = chains_of(links(2000), links(2000))
    assert chains["new/7"] == ("old/7", "new/7")
    assert len(chains) == 2000


def test_a_version_that_comes_back_leaves_its_old_place(store: GraphStore) -> None:
    assert link(store, A, C)
    assert chain_of(links_of(store), A) == (B, C, A)
    assert link(store, C, A)
    assert chain_of(links_of(store), A) == (B, A, C)
    assert not link(store, C, A)


def test_a_version_that_is_in_its_place_stays_there(store: GraphStore) -> None:
    assert not link(store, B, A)
    assert links_of(store) == {B: A, C: B}


def test_a_version_from_the_middle_leaves_a_whole_chain(store: GraphStore) -> None:
    assert link(store, B, C)
    assert links_of(store) == {C: A, B: C}


@pytest.mark.parametrize(
    ("day", "version"),
    [("2021-12-31", None), ("2022-01-01", A), ("2023-12-31", A), ("2024-01-01", C), ("2030-01-01", C)],
)
def test_the_version_in_force_goes_by_dates(day: str, version: str | None) -> None:
    versions = [Version(policy, date.fromisoformat(DAYS[policy] or "0001-01-01")) for policy in (A, C)]
    assert in_force(versions, date.fromisoformat(day)) == version


def test_a_version_without_a_date_is_taken_only_where_no_other_fits() -> None:
    undated, dated = Version(A, None), Version(C, date(2024, 1, 1))
    assert in_force([undated, dated], date(2023, 1, 1)) == A
    assert in_force([undated, dated], date(2024, 1, 1)) == C
    assert in_force([dated, Version(B, None)], date(2023, 1, 1)) is None
    assert in_force([undated], date(1990, 1, 1)) == A
    assert in_force([], date(1990, 1, 1)) is None


def test_questions_are_about_current_versions(store: GraphStore) -> None:
    assert {row["policy"] for row in answer_to(store, "policies")} == {C, OTHER}
    assert {row["policy"] for row in answer_to(store, "policies", all_versions=True)} == {A, B, C, OTHER}
    assert {row["policy"] for row in answer_to(store, "policies", on=date(2023, 1, 1))} == {A}
    assert {row["policy"] for row in answer_to(store, "policies", on=date(2023, 7, 1))} == {A, OTHER}
    assert policies_to_ask(store, all_versions=True) is None


def test_a_text_sees_every_version_unless_a_day_is_named(store: GraphStore) -> None:
    text = "SELECT ?policy { ?policy a pg:PrivacyPolicy }"
    assert len(answer_to(store, text)) == 4
    assert [row["policy"] for row in answer_to(store, text, on=date(2022, 5, 1))] == [A]


def test_labels_are_seen_beside_the_policies_that_are_asked(store: GraphStore) -> None:
    text = "ASK { pd:EmailAddress skos:prefLabel ?label }"
    assert answer_to(store, text, on=date(2022, 5, 1)).truth


def test_a_graph_without_versions_is_asked_whole() -> None:
    made = GraphStore.in_memory()
    made.write_policy(A, head(A, None))
    assert policies_to_ask(made) is None


def test_a_name_means_the_version_that_holds(store: GraphStore) -> None:
    assert policy_named(store, "acme.html") == C
    assert policy_named(store, "acme.html", on=date(2022, 2, 2)) == A
    assert policy_named(store, B) == B
    assert policies_named(store, "acme.html") == (C,)
    assert policies_named(store, "Privacy at Acme") == (C, OTHER)
    assert {row["policy"] for row in answer_to(store, "policies", policy=A)} == {A}
    assert {
        row["policy"] for row in answer_to(store, "policies", policy="acme.html", on=date(2022, 2, 2))
    } == {A}
    with pytest.raises(GraphError, match=r"no version of 'acme.html' that is in force on 2020-01-01"):
        policy_named(store, "acme.html", on=date(2020, 1, 1))


def test_a_day_before_all_policies_is_an_error(store: GraphStore) -> None:
    with pytest.raises(GraphError, match=r"in force on 2019-01-01; the earliest begins on 2022-01-01"):
        answer_to(store, "policies", on=date(2019, 1, 1))


def test_mapping_a_version_again_keeps_its_place(store: GraphStore) -> None:
    store.write_policy(C, head(C, DAYS[C]))
    assert chain_of(links_of(store), C) == (A, B, C)


@pytest.mark.parametrize(("newer", "older"), [(A, A), (A, BASE + "z")])
def test_what_cannot_be_linked_is_refused(store: GraphStore, newer: str, older: str) -> None:
    with pytest.raises(GraphError):
        link(store, newer, older)
    assert links_of(store) == {B: A, C: B}
