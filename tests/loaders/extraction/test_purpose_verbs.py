from __future__ import annotations

import pytest

from privagraph.loaders.extraction.purpose_verbs import is_purpose_verb


@pytest.mark.parametrize(
    "word", ["improve", "Improving", "planning", "providing", "setting", "guaranteeing", "fulfilling"]
)
def test_a_verb_that_begins_a_purpose(word):
    assert is_purpose_verb(word)


@pytest.mark.parametrize("word", ["data", "ring", "thing", "email", "improved", ""])
def test_another_word(word):
    assert not is_purpose_verb(word)
