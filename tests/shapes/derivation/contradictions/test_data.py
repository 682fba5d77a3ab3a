from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, Span
from privagraph.shapes.derivation.contradictions.data import (
    ALL_DATA,
    Data,
    data_of,
    denied_data,
    done_data,
    match,
)

if TYPE_CHECKING:
    from conftest import Builder


def data(words: str, concept: str) -> Data:
    found = data_of(mention(words, concept))
    assert found is not None
    return found


def mention(words: str, concept: str | None) -> MentionView:
    iri = None if concept is None else expand(concept)
    return MentionView("urn:m", "data_category", False, iri, None, "", 0.9, Span(0, len(words)), words)


@pytest.mark.parametrize(
    ("words", "concept"),
    [("things", None), ("anonymous data", "dpv:PersonalData"), ("usage data", "dpv:NonPersonalData")],
)
def test_words_that_name_no_data_of_anybody(words: str, concept: str | None) -> None:
    assert data_of(mention(words, concept)) is None


@pytest.mark.parametrize(
    ("denied", "done", "least", "most"),
    [
        (("personal data", "dpv:PersonalData"), ("your name", "pd:Name"), 1, 1),
        (("personal data", "dpv:PersonalData"), ("IP address", "pd:IPAddress"), 0.8, 0.9),
        (("data that identify you", "dpv:PersonalData"), ("IP address", "pd:IPAddress"), 0.3, 0.5),
        (("data that identify you", "dpv:PersonalData"), ("e-mail address", "pd:EmailAddress"), 1, 1),
        (("personal data", "dpv:PersonalData"), ("this information", "dpv:PersonalData"), 0.6, 0.8),
        (("contact details", "pd:Contact"), ("e-mail address", "pd:EmailAddress"), 1, 1),
        (("e-mail address", "pd:EmailAddress"), ("contact details", "pd:Contact"), 0.6, 0.7),
        (("e-mail address", "pd:EmailAddress"), ("phone number", "pd:TelephoneNumber"), 0, 0),
        (("e-mail address", "pd:EmailAddress"), ("personal data", "dpv:PersonalData"), 0, 0),
        (("location", "pd:Location"), ("GPS position", "pd:CurrentLocation"), 1, 1),
        (("location", "pd:Location"), ("time zone", "pd:Location"), 0.3, 0.5),
        (("location", "pd:Location"), ("country", "pd:Country"), 0.3, 0.5),
        (("precise location", "pd:Location"), ("rough location", "pd:Location"), 0.3, 0.5),
        (("GPS position", "pd:CurrentLocation"), ("location", "pd:Location"), 0.3, 0.5),
    ],
)
def test_whether_data_are_among_those_denied(
    denied: tuple[str, str], done: tuple[str, str], least: float, most: float
) -> None:
    assert least <= match(data(*denied), data(*done)) <= most


@pytest.mark.parametrize(
    ("sentence", "said", "expected"),
    [
        ("We share no personal data.", "personal data=dpv:PersonalData", 1),
        ("We store no card information.", "information=dpv:PersonalData", 0),
        ("We store no information about errors.", "information=dpv:PersonalData", 0),
        ("We store no information about you.", "information=dpv:PersonalData", 1),
        ("We store no data such as your name.", "data=dpv:PersonalData; your name=pd:Name", 1),
        ("We store no personal data or location.", "personal data=dpv:PersonalData; location=pd:Location", 2),
        ("We store no aggregated data.", "aggregated data=dpv:PersonalData", 0),
    ],
)
def test_the_data_that_a_denial_is_about(built: Builder, sentence: str, said: str, expected: int) -> None:
    policy = built.says(sentence, "dpv:Store", denied=True, data_category=said).policy()
    assert len(denied_data(policy.practices[0], policy.text)) == expected


def test_the_data_of_a_practice(built: Builder) -> None:
    said = "your name=pd:Name; location permission=pd:Location"
    policy = built.says(
        "We ask for your name and the location permission.", "dpv:Collect", data_category=said
    ).policy()
    assert {each.concept for each in done_data(policy.practices[0])} == {expand("pd:Name")}


def test_all_data_hold_every_kind() -> None:
    assert match(ALL_DATA, data("your name", "pd:Name")) == 1
