"""What a question is understood as, and what is answered and what is not."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph import KnowledgeGraph
from privagraph.ontology.namespaces import BASE
from privagraph.queries.asking import ask, understand
from privagraph.queries.asking.concepts import concepts_in
from privagraph.queries.asking.terms import thesaurus
from privagraph.queries.catalogue import load
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import PolicySummary

POLICIES = (
    PolicySummary("https://example.org/policy/1", "Kestrel Kites privacy policy", ("kestrel.html",)),
    PolicySummary("https://example.org/policy/2", "Blaubeere Datenschutz", ("blaubeere.md",)),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, sample_quads: tuple[ox.Quad, ...]) -> GraphStore:
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    path.write_bytes(ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS))
    return GraphStore.open(path)


@pytest.mark.parametrize(
    ("question", "query", "params"),
    [
        ("Who gets my phone number?", "recipients-of", {"concept": "pd:TelephoneNumber"}),
        ("Who gets pd:TelephoneNumber?", "recipients-of", {"concept": "pd:TelephoneNumber"}),
        ("Who recieves my phone number?", "recipients-of", {"concept": "pd:TelephoneNumber"}),
        ("What does Stripe receive?", "data-of-recipient", {"name": "Stripe"}),
        ("Which policies were last changed before 3 May 2021?", "stale-policies", {"before": "2021-05-03"}),
        ("Which policies say nothing about retention?", "policies-without", {"role": "retention"}),
        ("Is data encrypted by Kestrel Kites?", "encryption", {"policy": "kestrel.html"}),
        ("Can I make use of art 17?", "right-to-erasure", {}),
    ],
)
def test_a_question_is_understood(question: str, query: str, params: dict[str, str]) -> None:
    asked = understand(question, POLICIES)
    assert asked.query is load(query)
    assert asked.params == params
    assert asked.advice is None
    for reading in asked.readings:
        assert question[reading.start : reading.end] == reading.words
    assert asked.command is not None
    assert asked.command.startswith(f"privagraph query {query}")
    assert asked.sparql == load(query).text


@pytest.mark.parametrize(
    "question", ["What is the weather tomorrow?", "Tell me a joke", "zxcv qwrt", "???", "Kestrel"]
)
def test_what_nobody_can_answer_is_not_answered(question: str) -> None:
    asked = understand(question, POLICIES)
    assert (asked.query, asked.answer, asked.command, asked.sparql) == (None, None, None, None)
    assert asked.advice is not None
    assert "privagraph query --list" in asked.advice


@pytest.mark.parametrize(
    ("question", "command"),
    [
        ("Who sells more data, Kestrel Kites or Blaubeere?", "privagraph compare kestrel.html blaubeere.md"),
        (
            "What changed in retention from Kestrel Kites to Blaubeere?",
            "privagraph diff kestrel.html blaubeere.md",
        ),
    ],
)
def test_two_policies_are_for_another_command(question: str, command: str) -> None:
    asked = understand(question, POLICIES)
    assert asked.advice is not None
    assert command in asked.advice


def test_a_name_of_several_policies_is_not_guessed() -> None:
    twins = (
        *POLICIES,
        PolicySummary("https://example.org/policy/3", "Kestrel Kites privacy policy", ("old.html",)),
    )
    asked = understand("Is data encrypted by Kestrel Kites?", twins)
    assert asked.advice is not None
    assert "kestrel.html, old.html" in asked.advice
    current = understand("Is data encrypted by Kestrel Kites?", twins, preferred=frozenset({twins[2].iri}))
    assert current.params == {"policy": "old.html"}


def test_words_that_are_not_understood_are_shown() -> None:
    assert understand("Is my data encrypted by Larkspur?", POLICIES).unread == ("Larkspur",)


def test_a_graph_answers(store: GraphStore) -> None:
    asked = ask(store, "How long does lantern.html keep data?")
    assert asked.answer is not None
    assert asked.answer.query is asked.query
    assert len(asked.answer) > 0
    assert {row["source"] for row in asked.answer} == {"lantern.html"}
    html = asked._repr_html_()
    assert "lantern.html" in html
    assert "<table>" in html


def test_no_answer_is_made_up(store: GraphStore) -> None:
    asked = KnowledgeGraph(store).ask("Will it <b>rain</b> tomorrow?")
    assert asked.answer is None
    assert "<b>" not in asked._repr_html_()


def test_phrases_and_hints_make_terms() -> None:
    terms = thesaurus().terms("Would they get rid of my invoices, and log it?")
    assert [(term.key, term.weight) for term in terms][:1] == [("=delete", 1.0)]
    assert ("=collect", 0.5) in [(term.key, term.weight) for term in terms]


def test_concepts_are_found_with_those_above() -> None:
    (concept,) = concepts_in("my phone number")
    assert concept.curie == "pd:TelephoneNumber"
    assert len(concept.keys) > 1


@pytest.mark.parametrize(
    ("question", "caution"),
    [
        ("Is my data encrypted by Larkspur?", "“Larkspur” has no policy in this graph; "),
        ("Which policies have the same controller as Zoom?", "No policy of this graph names “Zoom”."),
        ("Is my data encrypted?", ""),
    ],
)
def test_a_company_that_the_graph_does_not_have_is_said(
    store: GraphStore, question: str, caution: str
) -> None:
    asked = ask(store, question)
    assert asked.answer is not None
    assert bool(asked.caution) == bool(caution)
    assert (asked.caution or "").startswith(caution)
    assert caution in asked._repr_html_()


def test_an_organisation_has_the_iri_of_the_graph(tmp_path: Path, sample_quads: tuple[ox.Quad, ...]) -> None:
    base = "https://privacy.example.org/"
    quads = ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS).replace(BASE.encode(), base.encode())
    assert f"{base}agent/google-analytics>".encode() in quads
    (tmp_path / "graph.nq").write_bytes(quads)
    asked = ask(
        GraphStore.open(tmp_path / "graph.nq"), "Which policies have the same controller as Google Analytics?"
    )
    assert asked.params == {"controller": f"{base}agent/google-analytics"}
    assert asked.caution is None
