"""Which policies a question names, in full, in short and misspelt."""

from __future__ import annotations

import pytest

from privagraph.queries.asking.names import Names
from privagraph.queries.summaries import PolicySummary

BASE = "https://example.org/policy/"
POLICIES = (
    PolicySummary(
        "https://example.org/policy/1", "Kestrel Kites privacy policy", ("kestrel.html",), "Kestrel Kites Ltd"
    ),
    PolicySummary(
        "https://example.org/policy/2",
        "Blaubeere Datenschutz",
        ("texts/blaubeere-app.md",),
        "Wiesenklang GmbH",
    ),
    PolicySummary(
        "https://example.org/policy/3", "Signal Garden: Privacy Notice", ("garden.txt",), "Wiesenklang GmbH"
    ),
)
NAMES = Names(POLICIES, ordinary={"signal", "data", "garden", "kit"})


@pytest.mark.parametrize(
    ("question", "words", "source"),
    [
        ("Does Kestrel Kites sell data?", "Kestrel Kites", "kestrel.html"),
        ("does kestrel sell data?", "kestrel", "kestrel.html"),
        ("What does kestrel.html say?", "kestrel.html", "kestrel.html"),
        ("What does Kestral's policy say?", "Kestral", "kestrel.html"),
        ("Does Kestrel Kites Ltd sell data?", "Kestrel Kites Ltd", "kestrel.html"),
        ("Is data of Bläubeere sold?", "Bläubeere", "texts/blaubeere-app.md"),
        ("Is anything in blaubeere-app kept?", "blaubeere-app", "texts/blaubeere-app.md"),
        (
            "Ask https://example.org/policy/2 about sale",
            "https://example.org/policy/2",
            "texts/blaubeere-app.md",
        ),
        ("What does Signal Garden collect?", "Signal Garden", "garden.txt"),
    ],
)
def test_a_policy_is_named(question: str, words: str, source: str) -> None:
    (named,) = NAMES.find(question)
    assert named.words == words
    assert question[named.start : named.end] == words
    assert [policy.sources[0] for policy in named.policies] == [source]


@pytest.mark.parametrize(
    "question",
    ["Who gets my data?", "Which signal is sent?", "What does Larkspur sell?", "the privacy policy", ""],
)
def test_other_words_name_none(question: str) -> None:
    assert NAMES.find(question) == ()


def test_a_name_of_two_policies_is_both() -> None:
    (named,) = NAMES.find("What does Wiesenklang collect?")
    assert len(named.policies) == 2


def test_two_policies_are_two() -> None:
    found = NAMES.find("Compare Kestrel and Blaubeere")
    assert [each.words for each in found] == ["Kestrel", "Blaubeere"]
