from __future__ import annotations

import pytest

from privagraph.shapes.derivation.contradictions import people
from privagraph.shapes.derivation.contradictions.people import EVERYBODY, people_of, same_people


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        ("We never share student data.", {"students"}),
        ("We do not use pupils' data for advertising.", {"students"}),
        ("We collect the first name of pupils.", {"students"}),
        ("We collect nothing from anyone under 13.", {"children"}),
        ("We share a child’s name and the marks of our students.", {"children", "students"}),
    ],
)
def test_whose_data(sentence: str, groups: set[str]) -> None:
    assert people_of(sentence).groups == groups


@pytest.mark.parametrize(
    "sentence", ["We share your name with pupils.", "Students may write to us.", "We share names."]
)
def test_data_of_everybody(sentence: str) -> None:
    assert people_of(sentence) == EVERYBODY


@pytest.mark.parametrize(
    ("promised", "done", "same"),
    [
        ("data of pupils", "data of students", True),
        ("data of pupils", "data of children", False),
        ("data of pupils", "your data", False),
        ("data of children under 13", "data of children", True),
        ("data of children under 13", "data of children aged 14", False),
    ],
)
def test_whether_they_are_the_same(promised: str, done: str, same: bool) -> None:
    assert same_people(people_of(promised), people_of(done)) is same


def test_a_sentence_without_end_is_read_and_not_remembered() -> None:
    held = people._people.held
    assert people_of("We never share the names of pupils" + " who fly kites" * 100).groups == {"students"}
    assert people._people.held == held
