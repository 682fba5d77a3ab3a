"""Sieves: what a pattern needs, and that none of ours loses a match by it."""

from __future__ import annotations

import re

import pytest

from privagraph.loaders.extraction import bases, identity, rights, statements
from privagraph.loaders.extraction.sieves import Sieve, words_needed
from privagraph.ontology.letters import lowered


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("collect", ("collect",)),
        ("Collect|Gather", ("collect", "gather")),
        (r"\b(?:collect|gather)(?:s|ed)? (?:your|the) data\b", (" data",)),
        (r"analy[sz]e", ("analy",)),
        (r"(?:record)+ing", ("record",)),
        (r"(?:record)?ing of calls", ("ing of calls",)),
        (r"(?<!no )consent(?! form)", ("consent",)),
        (r"(?>purpose)s?", ("purpose",)),
        (r"naïve people", ("ve people",)),
        (r"we|us", ()),  # too common to tell anything
        (r"\w+|consent", ()),
        (r"", ()),
    ],
)
def test_the_words_that_a_pattern_needs(pattern: str, words: tuple[str, ...]) -> None:
    assert words_needed(re.compile(pattern, re.IGNORECASE)) == words


@pytest.mark.parametrize("text", ["We process it.", "PROCESSING", "proceſſing", "no such word"])
def test_a_sieve_lets_through_whatever_its_pattern_matches(text: str) -> None:
    pattern = re.compile(r"process(?:es|ing)?\b", re.IGNORECASE)
    assert Sieve(pattern).lets_through(lowered(text)) == bool(pattern.search(text))


def test_most_rules_need_some_word() -> None:
    rules = [*bases._RULES, *statements._RULES, *rights._RULES]
    told = [rule for rule in rules if words_needed(rule.pattern)]
    assert len(told) > 0.8 * len(rules)
    assert words_needed(identity._OWNED)
