"""Policies as plain values: names, actors, lengths, exceptions."""

from __future__ import annotations

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, Span
from privagraph.queries.export.policies import Policy, parts_of, policies_of, says_purpose
from privagraph.queries.export.source import Source
from privagraph.queries.networks import Filters
from privagraph.queries.store import GraphStore


@pytest.fixture(scope="module")
def found(policies: GraphStore) -> dict[str, Policy]:
    return {each.view.iri: each for each in policies_of(Source(policies))}


def test_all_policies_come_in_the_order_of_their_iris(policies: GraphStore, found: dict[str, Policy]) -> None:
    assert [*found] == policies.policies()


def test_filters_choose_policies_and_practices(policies: GraphStore, hostile: str) -> None:
    (one,) = policies_of(Source(policies, filters=Filters(policies=(hostile,), polarity="denied")))
    assert [each.quote for each in one.view.practices] == ["-We do not sell your e-mail address to anyone."]


def test_names_come_from_the_vocabulary_the_graph_or_the_iri(found: dict[str, Policy], hostile: str) -> None:
    policy = found[hostile]
    agent = next(each.agent for each in policy.view.mentions if each.agent)
    assert policy.name(expand("pd:EmailAddress")) == "Email Address"
    assert policy.name(agent) == "Acme; Sons"
    assert policy.name("https://example.org/terms#someThing") == "some Thing"
    assert policy.name(None) == ""


def test_who_acts_is_told_for_practices_alone(found: dict[str, Policy], hostile: str) -> None:
    policy = found[hostile]
    actors = {each.quote[:6]: policy.name(policy.actor(each)) for each in policy.view.practices}
    assert actors["+We ma"] == "Acme; Sons"
    assert actors["=SUM(A"] == actors["-We do"] == ""


def test_lengths_and_exceptions(found: dict[str, Policy], hostile: str) -> None:
    policy = found[hostile]
    kept = policy.view.mentions_of("retention")
    assert [policy.duration(each) for each in kept] == ["P10Y", ""]
    (shared,) = (each for each in policy.view.practices if each.quote.startswith("+We"))
    stated, excepted = parts_of(shared)
    assert [each.quote for each in stated] == ["@names", "Acme; Sons"]
    assert [each.quote for each in excepted] == ["brokers"]
    (denied,) = (each for each in policy.view.practices if each.denied)
    assert parts_of(denied)[1] == []  # what a denial is about is no exception from it


@pytest.mark.parametrize(
    ("role", "concept", "purpose"),
    [
        ("purpose", None, True),
        ("legitimate_interest", "dpv:EnforceSecurity", True),
        ("legitimate_interest", None, True),
        ("legitimate_interest", "dpv:LegitimateInterestOfController", False),
        ("legitimate_interest", "eu-gdpr:A6-1-f", False),
        ("legal_basis", "dpv:Consent", False),
    ],
)
def test_the_name_of_legitimate_interests_is_no_purpose(
    role: str, concept: str | None, purpose: bool
) -> None:
    words = MentionView(
        "x:m", role, False, expand(concept) if concept else None, None, "", 1.0, Span(0, 1), "w"
    )
    assert says_purpose(words) is purpose
