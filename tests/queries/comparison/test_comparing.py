"""Policies side by side: states, groups, notes, and what only one says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.reading import PolicyView, Span
from privagraph.queries.comparison import Comparison, State, Words, compare_policies
from privagraph.queries.comparison.matrix import Row
from privagraph.queries.comparison.sayings import Saying

if TYPE_CHECKING:
    from .conftest import Maker

Y, C, D, N = "yes", "conditional", "denied", "not stated"
LABELS = {"dpv:Collect": "Collect", "pg:Sell": "Sell", "dpv:Disclose": "Disclose"}


def row(comparison: Comparison, topic: str, label: str) -> Row:
    rows = [each for each in comparison.topic(topic).rows if each.label == label]
    below = [each for top in comparison.topic(topic).rows for each in top.below if each.label == label]
    return (rows + below)[0]


@pytest.mark.parametrize(
    ("topic", "label", "states"),
    [
        ("Personal data", "Contact details", [Y, C, Y]),
        ("Personal data", "Email address", [Y, N, Y]),
        ("Personal data", "Telephone number", [N, C, N]),
        ("Personal data", "Name and other identity data", [N, N, D]),
        ("What is done with data", "Sell", [D, N, N]),
        ("What is done with data", "Share", [N, C, N]),
        ("Recipients by name", "Stork", [N, C, N]),
        ("Kinds of recipients", "Third parties, no more said", [D, N, N]),
        ("Rights", "Right to Erasure", [Y, N, N]),
        ("Children", "Rule on children or age", [N, Y, N]),
    ],
)
def test_states(comparison: Comparison, topic: str, label: str, states: list[str]) -> None:
    assert [str(cell.state) for cell in row(comparison, topic, label).cells] == states


@pytest.mark.parametrize(
    ("topic", "label", "notes"),
    [
        ("Controller", "Name", ["", "Ibis", ""]),
        ("Controller", "E-mail", ["", "", "a@jay.example"]),
        ("How long data is kept", "Telephone number", ["", "for 2 years", ""]),
        ("Children", "Rule on children or age", ["", "13 or older", ""]),
        ("Dates", "Last updated", ["2024-05-03", "", ""]),
    ],
)
def test_notes(comparison: Comparison, topic: str, label: str, notes: list[str]) -> None:
    assert [cell.note for cell in row(comparison, topic, label).cells] == notes


@pytest.mark.parametrize(
    ("words", "value", "label", "note"),
    [
        ("5 Reed Lane, Cork", "", "Address", "5 Reed Lane, Cork"),
        ("(021) 555 0199", "0215550199", "Telephone", "(021) 555 0199"),
        ("A at Reed.example", "a@reed.example", "E-mail", "a@reed.example"),
    ],
)
def test_contacts_as_a_reader_would_write_them(
    maker: type[Maker], words: str, value: str, label: str, note: str
) -> None:
    one, other = maker("one", f"Write to {words}."), maker("other", "Write to our team.")
    one.mention(words, "contact", value=value)
    other.mention("our team", "contact")
    compared = compare_policies([one.view(), other.view()])
    assert [each.label for each in compared.topic("Controller").rows] == [label]
    assert [cell.note for cell in row(compared, "Controller", label).cells] == [note, ""]


def test_every_stated_cell_leads_to_its_words(
    comparison: Comparison, policies: tuple[PolicyView, ...]
) -> None:
    cells = [
        (cell, policy)
        for topic in comparison
        for each in topic.rows
        for cell, policy in zip(each.cells, policies, strict=True)
    ]
    assert len(cells) > 30
    for cell, policy in cells:
        assert bool(cell.words) == (cell.state is not State.NOT_STATED)
        for words in cell.words:
            assert words.span is None or policy.text[words.span.start : words.span.end] in words.passage
    stork = row(comparison, "Recipients by name", "Stork").cells[1].words[0]
    assert (stork.words, stork.condition) == ("Stork", "If you agree")


def test_what_only_one_says(comparison: Comparison) -> None:
    heron, ibis, jay = comparison.only
    assert heron == (("Rights", "Right to Erasure"),)
    assert ("Recipients by name", "Stork") in ibis
    assert ("Personal data", "Telephone number") in ibis
    assert jay == ()


def test_to_say_no_more_than_data_is_nothing_special(maker: type[Maker]) -> None:
    one, other = maker("one", "We collect personal data."), maker("other", "We do.")
    one.mention("personal data", "data_category", "dpv:PersonalData")
    compared = compare_policies([one.view(), other.view()])
    assert [each.label for each in compared.topic("Personal data").rows] == ["Personal data, no more said"]
    assert compared.only == ((), ())


def test_stated_and_denied_is_told_from_both(policies: tuple[PolicyView, ...]) -> None:
    heron, ibis, _ = policies
    denial = replace(heron.practices[1], denied=False, iri="x")
    both = replace(heron, practices=(*heron.practices, denial))
    assert row(compare_policies([both, ibis]), "What is done with data", "Sell").cells[0].state is State.BOTH


@pytest.mark.parametrize(
    ("sentence", "words", "processing", "limit", "states"),
    [
        ("We never collect your name.", "name", "dpv:Collect", None, [D, Y]),
        ("We never collect your name for research.", "name", "dpv:Collect", ("research", "purpose"), [N, Y]),
        ("We never sell your name.", "name", "pg:Sell", None, [N, Y]),
        ("Your name is never shown to anyone.", "name", "dpv:Disclose", None, [N, Y]),
    ],
)
def test_a_denied_use_of_data_denies_no_data(
    maker: type[Maker],
    sentence: str,
    words: str,
    processing: str,
    limit: tuple[str, str] | None,
    states: list[str],
) -> None:
    one, other = maker("one", sentence), maker("other", "We collect your name.")
    arguments = [one.mention(words, "data_category", "pd:Name", denied=True)]
    if limit is not None:
        arguments.append(one.mention(limit[0], limit[1], "dpv:ResearchAndDevelopment", denied=True))
    one.practice(sentence, processing, *arguments, denied=True)
    other.mention("name", "data_category", "pd:Name")
    compared = compare_policies([one.view(), other.view()])
    found = row(compared, "Personal data", "Name and other identity data")
    assert [str(cell.state) for cell in found.cells] == states
    assert row(compared, "What is done with data", LABELS[processing]).cells[0].state is State.DENIED


@pytest.mark.parametrize(
    ("sentence", "role", "concept", "topic", "label"),
    [
        (
            "There is no automated decision-making.",
            "automated_decision",
            "dpv:AutomatedDecisionMaking",
            "Automated decisions",
            "Automated decisions",
        ),
        (
            "Nothing is decided by machines.",
            "right",
            "eu-gdpr:A22",
            "Automated decisions",
            "Automated decisions",
        ),
        (
            "We do not answer to Do Not Track.",
            "dnt",
            None,
            "Choices",
            "Do Not Track or Global Privacy Control is honoured",
        ),
    ],
)
def test_what_a_policy_says_not_to_do_is_denied(
    maker: type[Maker], sentence: str, role: str, concept: str | None, topic: str, label: str
) -> None:
    one, other = maker("one", sentence), maker("other", sentence)
    one.mention(sentence, role, concept, denied=True)
    compared = compare_policies([one.view(), other.view()])
    assert [str(cell.state) for cell in row(compared, topic, label).cells] == [D, N]
    assert compared.only == ((), ())


def test_findings_from_elsewhere_have_a_topic(policies: tuple[PolicyView, ...]) -> None:
    said = Saying(
        "Findings",
        "gdpr:x",
        "gdpr:x",
        Words("", "No right is named.", Span(0, 2), State.YES, "", "x"),
        "error",
    )
    found = compare_policies(policies, more={policies[2].iri: [said]})
    assert [cell.note for cell in row(found, "Findings", "gdpr:x").cells] == ["", "", "error"]
    assert ("Findings", "gdpr:x") not in found.only[2]


def test_names_are_told_apart(policies: tuple[PolicyView, ...]) -> None:
    heron, ibis, jay = policies
    assert [each.name for each in compare_policies(policies).policies] == ["heron.md", "ibis.md", "jay.md"]
    same = [heron, replace(ibis, sources=("new/heron.md",)), replace(jay, sources=("new/heron.md",))]
    assert [each.name for each in compare_policies(same).policies] == [
        "policies/heron.md",
        "new/heron.md",
        "new/heron.md (2)",
    ]


@pytest.mark.parametrize("number", [0, 1, 21])
def test_too_few_or_too_many(policies: tuple[PolicyView, ...], number: int) -> None:
    with pytest.raises(ValueError, match="2 to 20 policies"):
        compare_policies([policies[0]] * number)


def test_there_is_no_other_topic(comparison: Comparison) -> None:
    with pytest.raises(KeyError):
        comparison.topic("Weather")
