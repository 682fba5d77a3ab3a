"""Small letters, as patterns see them."""

from __future__ import annotations

import re
import string
import sys

import pytest

from privagraph.ontology.letters import lowered

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_what_a_pattern_takes_for_a_letter_is_lowered_to_it(letter: str) -> None:
    found = re.findall(letter, EVERYTHING, re.IGNORECASE)
    assert letter in found
    assert {lowered(each) for each in found} == {letter}


def test_every_letter_keeps_its_place() -> None:
    assert len(lowered(EVERYTHING)) == len(EVERYTHING)
