"""The words of each rule's page, mapped and checked as a policy would be.

The cases of ``test_profiles.py`` hold that a shape finds what it should in a graph; these hold that a policy in these
words becomes such a graph, so that what the documentation shows is what a user gets.
"""

from __future__ import annotations

import functools
from datetime import date

import pytest

from privagraph.loaders.extraction import Extractor
from privagraph.loaders.extractors import make_extractor
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.readers.reading import read_bytes
from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import Profile, Rule, profile, profiles
from privagraph.shapes.validation import check_policy

DAY = date(2026, 6, 1)
RULES = [rule for each in profiles() if each.name != "structure" for rule in each.rules]


@functools.cache
def extractor() -> Extractor:
    return make_extractor()


def checked(words: str, chosen: Profile) -> PolicyResult:
    """What a profile finds in a policy of these words, whether or not it looks like a policy."""
    document = read_bytes(words.encode(), name="policy.md")
    quads = list(policy_quads(extractor().extract(document)))
    return check_policy(
        policy_iri(document), quads, (chosen,), on=DAY, engine="shifty"
    )  # see test_engines.py


def test_there_are_enough_examples() -> None:
    assert len(RULES) >= 80


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_words_that_pass_pass_and_those_that_fail_fail(rule: Rule) -> None:
    assert rule.passes
    assert rule.fails
    passing, failing = (checked(words, profile(rule.profile)) for words in (rule.passes, rule.fails))
    assert rule not in {found.rule for found in passing.findings}
    found = [each for each in failing.findings if each.rule == rule]
    assert found
    assert "{?" not in found[0].message
