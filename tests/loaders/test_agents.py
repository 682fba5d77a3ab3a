"""Organisations: who they are, what they are called, who runs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from privagraph.loaders.agents import Agent, agents_of, contact_property, controller_key
from privagraph.loaders.facts import MappedPolicy, Polarity, PolicyFacts, Role
from privagraph.ontology.namespaces import expand
from privagraph.ontology.organisations import organisations


def by_key(mapped: MappedPolicy) -> dict[str, Agent]:
    found = agents_of(mapped)
    assert [agent.key for agent in found] == sorted(agent.key for agent in found)
    return {agent.key: agent for agent in found}


def test_the_controller_and_the_named_organisations_are_found(sample_policy: MappedPolicy) -> None:
    found = by_key(sample_policy)
    assert controller_key(sample_policy) == "lantern-books"
    assert found["lantern-books"].name == "Lantern Books Ltd"
    assert found["lantern-books"].types == (expand("dpv:DataController"),)
    assert found["google-analytics"].types == (expand("dpv:DataProcessor"),)


def test_what_is_known_of_an_organisation_is_told(sample_policy: MappedPolicy) -> None:
    found = by_key(sample_policy)
    known = organisations().get("google-analytics")
    assert known is not None
    assert found["google-analytics"].operator == known.operator == "google"
    assert found["google-analytics"].kind == known.kind
    assert set(known.aliases) <= set(found["google-analytics"].names)
    assert found["google"].name == "Google"


def test_an_unknown_organisation_is_called_as_the_policy_calls_it(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("We share data with Quillfeather Inc. Quillfeather keeps it.")
    made.mention(
        "Quillfeather Inc", Role.RECIPIENT, "dpv:ThirdParty", agent="quillfeather", value="Quillfeather Inc"
    )
    made.mention("Quillfeather", Role.RECIPIENT, "dpv:ServiceProvider", after="Inc. ", agent="quillfeather")
    (agent,) = agents_of(made.build())
    assert agent.name == "Quillfeather Inc"
    assert agent.names == ("Quillfeather",)
    assert agent.types == (expand("dpv:ServiceProvider"), expand("dpv:ThirdParty"))


def test_a_denial_gives_an_organisation_no_type(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("We never share data with Quillfeather.")
    made.mention(
        "Quillfeather", Role.RECIPIENT, "dpv:ThirdParty", polarity=Polarity.DENIED, agent="quillfeather"
    )
    (agent,) = agents_of(made.build())
    assert agent.types == ()


def test_an_organisation_that_only_acts_in_a_practice_is_there_too(
    policy_builder: Callable[..., Any],
) -> None:
    made = policy_builder("p.txt")
    made.line("The app stores your name.")
    made.practice("The app stores your name.", "dpv:Store", controller="quillfeather")
    (agent,) = agents_of(made.build())
    assert (agent.key, agent.name) == ("quillfeather", "quillfeather")


def test_the_controller_has_the_key_of_the_mention_of_that_name(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("GA4 Ltd runs this.")
    made.mention("GA4 Ltd", Role.CONTROLLER, value="GA4 Ltd", agent="ga4")
    assert controller_key(made.build(PolicyFacts(controller="GA4 Ltd"))) == "ga4"
    made.mentions.clear()
    assert controller_key(made.build(PolicyFacts(controller="GA4"))) == "google-analytics"


def test_a_policy_that_names_nobody_has_no_agents(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("We collect nothing.")
    assert agents_of(made.build()) == ()
    assert controller_key(made.build()) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("privacy@acme.example", "schema:email"),
        ("+41 44 123 45 67", "schema:telephone"),
        ("(555) 010-9999", "schema:telephone"),
        ("https://acme.example/contact", "schema:url"),
        ("1 High Street, 12345 Springfield", "schema:address"),
        ("Privacy team @ Acme, Springfield", "schema:address"),
    ],
)
def test_a_contact_is_told_by_its_form(value: str, expected: str) -> None:
    assert contact_property(value) == expected
