from __future__ import annotations

from dataclasses import replace

import pytest

from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.ontology.reading import Span
from privagraph.queries.store import GraphStore
from privagraph.web.panel import panel_of
from privagraph.web.panel_values import Panel
from privagraph.web.policy_state import State
from privagraph.web.reading import Observed, Reading, reading


@pytest.fixture(scope="module")
def lantern(sample_policy: MappedPolicy) -> Reading:
    iri = policy_iri(sample_policy.document)
    with GraphStore.in_memory() as store:
        store.write_policy(iri, policy_quads(sample_policy))
        return reading(store, iri)


def of_words(found: Reading, words: str, **state: object) -> Panel:
    mention = next(each for each in found.view.mentions if each.quote == words)
    told = panel_of(found, State("k", mention=found.short(mention.iri), **state))  # type: ignore[arg-type]
    assert told is not None
    return told


def of_practice(found: Reading, quote: str) -> Panel:
    practice = next(each for each in found.view.practices if each.quote.startswith(quote))
    told = panel_of(found, State("k", practice=practice.iri))
    assert told is not None
    return told


def listed(told: Panel, title: str) -> list[str]:
    return [link.words for part in told.parts if part.title == title for link in part.links]


def test_a_mention_is_told_with_its_concept_and_the_practices_it_is_part_of(lantern: Reading) -> None:
    told = of_words(lantern, "postal address")
    assert (told.kind, told.title, told.group, told.denied) == ("mention", "data category", "data", False)
    assert [each.short for each in told.meanings] == ["pd:PhysicalAddress"]
    assert [each.words for each in told.meanings[0].broader]
    assert listed(told, "Part of")[:3] == ["disclose", "print labels", "couriers"]
    start = lantern.view.text.index("postal address")
    assert told.words_url == f"/policies/k?at={start}-{start + 14}#at"
    assert told.resource_url.startswith("/resource?iri=https%3A%2F%2F")
    assert dict(told.facts)["Confidence"].words.endswith("%")


def test_an_organisation_is_told_by_its_name(lantern: Reading) -> None:
    assert of_words(lantern, "Google Analytics").meanings[0].label == "Google Analytics"


def test_words_without_a_concept_say_so(lantern: Reading) -> None:
    told = of_words(lantern, "café club number")
    assert told.meanings == ()
    assert told.silence.startswith("No concept fits these words.")
    assert "no concept is looked for" in of_words(lantern, "privacy@lantern.example").silence
    assert of_words(lantern, "postal address").silence == ""


def test_a_value_is_told_in_words(lantern: Reading) -> None:
    facts = dict(of_words(lantern, "ten years").facts)
    assert (facts["Value"].words, facts["Value"].note) == ("10 years", "P10Y")


def test_a_denied_mention_is_never_part_of_a_practice(lantern: Reading) -> None:
    told = of_words(lantern, "advertisers")
    assert told.denied
    assert told.polarity.startswith("Denied")
    assert listed(told, "Part of") == []
    assert listed(told, "Denied with it") == ["does not sell", "e-mail address"]


def test_a_practice_is_told_with_its_arguments(lantern: Reading) -> None:
    told = of_practice(lantern, "where you are")
    assert (told.kind, told.title, told.note) == ("practice", "may use", "It may happen.")
    assert listed(told, "About") == ["you agree", "where you are 📍", "show offers nearby"]
    assert told.steps.before
    assert told.steps.after
    assert dict(told.facts)["Operation"].note == "dpv:Use"


def test_a_denial_is_told_as_one(lantern: Reading) -> None:
    told = of_practice(lantern, "We do not sell")
    assert (told.kind, told.title, told.denied) == ("denial", "does not sell", True)
    assert told.polarity == "Denied: no practice."
    assert (told.steps.alike_before, told.steps.alike_after) == ("", "")


def test_steps_lead_through_what_is_marked(lantern: Reading) -> None:
    told = of_words(lantern, "couriers")
    assert "recipient" not in told.steps.after
    alike = of_words(lantern, "Google Analytics").steps.alike_after
    assert "advertisers" in lantern.view.text[int(alike.split("mention=")[1].split("-")[0]) :][:11]
    narrowed = of_words(lantern, "couriers", roles=("recipient",))
    assert narrowed.steps.after == ""
    assert "recipient" in narrowed.steps.before
    assert "role=recipient" in narrowed.steps.before


def test_what_was_observed_and_decided_is_told(lantern: Reading) -> None:
    practice = lantern.view.practices[0]
    seen = Observed(
        iri="https://example.org/o",
        kind="https://w3id.org/privagraph/ns#SharingContradiction",
        note="They cannot both be true.",
        evidence=(practice.evidence,),
        others=(Span(0, 7),),
        about=(practice.iri,),
    )
    found = replace(lantern, observed=(seen,), decided={practice.iri: "Ada Quill"})
    told = panel_of(found, State("k", practice=practice.iri))
    assert told is not None
    assert listed(told, "Contradiction on sharing")[::2] == ["They cannot both be true.", "Privacy"]
    assert dict(told.facts)["Decided in a review by"].words == "Ada Quill"


@pytest.mark.parametrize(
    "state",
    [State("k"), State("k", mention="1-2-right"), State("k", practice="x"), State("k", mention="http://a b")],
)
def test_nothing_is_told_of_what_is_not_there(lantern: Reading, state: State) -> None:
    assert panel_of(lantern, state) is None
