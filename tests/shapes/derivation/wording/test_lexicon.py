"""The lists of words."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import yaml

from privagraph.ontology.vocabulary import vocabulary
from privagraph.shapes.derivation.wording.lexicon import VAGUENESS, WordList, word_lists

CONTENT = yaml.safe_load((files("privagraph.shapes.derivation.wording") / "words.yml").read_text("utf-8"))


@pytest.mark.parametrize("words", word_lists().values(), ids=lambda words: words.name)
def test_a_list_says_what_it_finds_and_why(words: WordList) -> None:
    assert vocabulary().is_a(vocabulary().term(words.kind).iri, "pg:Observation")
    assert words.means.endswith(".")


@pytest.mark.parametrize("name", CONTENT)
def test_a_list_is_well_formed(name: str) -> None:
    said = CONTENT[name]
    assert said.keys() <= {"kind", "means", "words", "preceded_by", "followed_by", "unless"}
    assert said["words"].keys() <= set(VAGUENESS)
    for patterns in (*said["words"].values(), *(said.get(key, []) for key in said.keys() - {"words"})):
        if isinstance(patterns, str):
            continue
        assert patterns
        assert len(patterns) == len(set(patterns)), "a pattern is there twice"
        for pattern in patterns:
            assert isinstance(pattern, str), f"{pattern!r} must be quoted: YAML takes it for something else"
            re.compile(pattern)
            assert pattern == pattern.strip()
            assert not re.search(r"(?<!\\)\.[*+]|\[\^[^\]]*\][*+]", pattern), "a gap has a bound"


def test_words_are_whole_words() -> None:
    words = word_lists()["hedges"].words
    assert words.search("We may keep it")
    assert not words.search("in dismay, mayor")


def test_what_closes_words_before_behind_and_around_them() -> None:
    words = word_lists()["recipients"]
    said = "We share it with third parties."
    assert [match[0] for match in words.matches(said)] == ["third parties"]
    for closed in (
        "These third parties see it.",
        "We share it with third parties who deliver it.",
        "As the law asks, we share it with third parties.",
    ):
        assert list(words.matches(closed)) == []
