"""One node of a graph, back to its words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from privagraph.errors import GraphError, UnknownTermError
from privagraph.loaders.facts import MappedPolicy, Role
from privagraph.loaders.quads import policy_quads
from privagraph.ontology.namespaces import expand
from privagraph.queries.explaining import Explanation, explain
from privagraph.queries.explaining.forms import FORMS
from privagraph.queries.store import GraphStore
from privagraph.queries.versions import link


@pytest.fixture(scope="module")
def store(policy_builder: Callable[..., Any]) -> Iterator[GraphStore]:
    made = policy_builder("fern.md", title="Privacy at Fern & Co")
    made.line("Privacy at Fern & Co")
    made.line("If you agree, Fern & Co may share your e-mail address 📧 with Courier One.")
    made.line("We never sell your e-mail address.")
    made.line("We keep <b>odd things</b> for two years.")
    made.mention("Fern & Co", Role.CONTROLLER, agent="fern")
    address = made.mention("your e-mail address", Role.DATA_CATEGORY, "pd:EmailAddress")
    courier = made.mention(
        "Courier One", Role.RECIPIENT, "dpv:ServiceProvider", agent="courier-one", confidence=0.7
    )
    odd = made.mention("<b>odd things</b>", Role.DATA_CATEGORY)
    made.practice(
        "If you agree, Fern & Co may share your e-mail address 📧 with Courier One.",
        "dpv:Share",
        address,
        courier,
        condition="If you agree",
        controller="fern",
        confidence=0.65,
    )
    made.practice("We never sell your e-mail address.", "pg:Sell", denied=True)
    made.practice("We keep <b>odd things</b> for two years.", "dpv:Store", odd)
    opened = GraphStore.in_memory()
    quads = list(policy_quads(made.build()))
    opened.write_policy(quads[0].graph_name.value, quads)
    yield opened
    opened.close()


def of_type(store: GraphStore, type_: str) -> list[str]:
    rows = store.query(f"SELECT DISTINCT ?node {{ ?node a {type_} }} ORDER BY ?node")
    return [row["node"].value for row in rows]  # type: ignore[union-attr, index]  # SELECT


def facts(told: Explanation, part: str) -> dict[str, str]:
    return {fact.name: fact.value for fact in getattr(told, part)}


def practice(store: GraphStore, words: str) -> Explanation:
    every = [
        explain(store, iri)
        for iri in (*of_type(store, "pg:AffirmedPractice"), *of_type(store, "pg:DeniedPractice"))
    ]
    return next(each for each in every if words in each.words[0].quote)


def test_a_practice_is_told_with_its_words(store: GraphStore) -> None:
    told = practice(store, "may share")
    assert (told.kind, told.source) == ("practice", "fern.md")
    assert [words.what for words in told.words] == ["stated here", "condition", "data category", "recipient"]
    assert [words.says for words in told.words][2:] == ["Email Address (pd:EmailAddress)", "Courier One"]
    text = (
        "Privacy at Fern & Co\nIf you agree, Fern & Co may share your e-mail address 📧 with Courier One.\n"
    )
    for words in told.words:
        assert text[words.start : words.end] == words.quote
        assert text.split("\n")[1].startswith(words.before[:5])
    assert facts(told, "facts") == {
        "operation": "Share (dpv:Share)",
        "polarity": "affirmed",
        "modality": "it is so",
        "by": "Fern & Co",
    }
    assert facts(told, "found")["confidence"] == "0.65"
    assert facts(told, "found")["extractor"] == "by-hand/1"
    assert "Contact" in facts(told, "follows")["Email Address (pd:EmailAddress) is a kind of"]


def test_a_denial_says_that_it_is_no_practice(store: GraphStore) -> None:
    told = practice(store, "never sell")
    assert told.kind == "denial"
    assert facts(told, "facts")["polarity"] == "denied"
    assert facts(told, "facts")["modality"] == "it is not so"
    assert facts(told, "follows")["in plain DPV"].startswith("nothing")


def test_a_mention_says_what_it_means_and_where_it_is_used(store: GraphStore) -> None:
    (iri,) = [
        each
        for each in of_type(store, "pg:Mention")
        if each.endswith("data_category") and "/mention/5" in each
    ]
    told = explain(store, iri)
    assert told.words[0].quote == "your e-mail address"
    assert facts(told, "facts")["means"] == "Email Address (pd:EmailAddress)"
    assert [fact.name for fact in told.follows if fact.name.startswith("stated")] == ["stated with it"]


def test_words_without_a_concept_say_so(store: GraphStore) -> None:
    told = practice(store, "odd things")
    assert told.words[1].says == "no concept fits"
    mention = next(
        each for each in of_type(store, "pg:Mention") if explain(store, each).label == "<b>odd things</b>"
    )
    assert "no concept" in facts(explain(store, mention), "facts")["means"]


def test_an_organisation_is_told_with_what_it_gets(store: GraphStore) -> None:
    (iri,) = [each for each in of_type(store, "dpv:Organisation") if "courier" in each]
    told = explain(store, iri[iri.index("agent/") :])
    assert (told.kind, told.label, told.policy) == ("organisation", "Courier One", None)
    assert [fact.name for fact in told.follows] == ["fern.md: recipient of"]


def test_a_concept_is_told_with_what_is_narrower(store: GraphStore) -> None:
    told = explain(store, "pd:Contact")
    assert told.kind == "concept"
    (meant,) = [fact for fact in told.follows if fact.name == "meant in fern.md"]
    assert meant.value == "“your e-mail address”, Email Address (pd:EmailAddress)"
    assert explain(store, expand("pd:Contact")) == told


def test_a_policy_is_told_in_counts(store: GraphStore, other_policy: MappedPolicy) -> None:
    (policy,) = store.policies()
    told = explain(store, policy)
    assert told.kind == "policy"
    assert facts(told, "facts")["practices"] == "2 stated, 1 denied"
    assert facts(told, "facts")["mentions"] == "4"
    assert {fact.name for fact in told.follows} == {"states", "denies"}


def test_a_version_names_those_beside_it(sample_policy: MappedPolicy, other_policy: MappedPolicy) -> None:
    store = GraphStore.in_memory()
    for mapped in (sample_policy, other_policy):
        quads = list(policy_quads(mapped))
        store.write_policy(quads[0].graph_name.value, quads)
    newer, older = store.policies()
    link(store, newer, older)
    assert facts(explain(store, newer), "facts")["revision of"] == older
    assert facts(explain(store, older), "facts")["replaced by"] == newer


@pytest.mark.parametrize(
    "name",
    [
        *("https://example.org/nothing", "practice/nothing", "agent/nobody"),
        *("https://example.org/a b", "http://a|b", "urn:a b", ""),
    ],
)
def test_what_is_not_there_is_an_error(store: GraphStore, name: str) -> None:
    with pytest.raises(GraphError, match="knows no node"):
        explain(store, name)


def test_a_wrong_curie_gets_the_nearest(store: GraphStore) -> None:
    with pytest.raises(UnknownTermError, match="pg:contact"):
        explain(store, "pg:contct")


def test_an_ending_of_several_names_is_refused(store: GraphStore) -> None:
    with pytest.raises(GraphError, match="nodes whose names end in 'quote'"):
        explain(store, "quote")


def test_forms_hold_the_same(store: GraphStore) -> None:
    told = practice(store, "odd things")
    text, markdown = (FORMS[form](told, 60) for form in ("text", "markdown"))
    assert "«We keep <b>odd things</b> for two years.»" in text
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 60
    assert "**We keep \\<b\\>odd things\\</b\\> for two years.**" in markdown
    assert json.loads(FORMS["json"](told, None))["words"][0]["quote"] == told.words[0].quote
    page = LexborHTMLParser(told._repr_html_())
    assert page.css("b") == []
    assert page.css_first("mark").text() == told.words[0].quote


def test_every_node_of_a_graph_can_be_explained(store: GraphStore) -> None:
    iris = {quad.subject.value for quad in store.quads()}
    assert len(iris) > 30
    for iri in sorted(iris):
        told = explain(store, iri)
        assert told.label
        assert told.kind
