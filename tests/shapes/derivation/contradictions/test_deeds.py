from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.layout import Layout
from privagraph.shapes.derivation.contradictions.deeds import Deed, deeds
from privagraph.shapes.derivation.contradictions.families import Family
from privagraph.shapes.derivation.contradictions.qualifiers import Topic

if TYPE_CHECKING:
    from conftest import Builder


def found_in(built: Builder, sentence: str, processing: str = "dpv:Share", **said: str) -> list[Deed]:
    policy = built.says(sentence, processing, data_category="your name=pd:Name", **said).policy()
    return list(deeds(policy, Layout(policy.text)))


def test_a_plain_practice(built: Builder) -> None:
    (found,) = found_in(built, "We share your name with banks.", recipient="banks=dpv:ThirdParty")
    assert found.family is Family.SHARING
    assert [each.quote for each in found.recipients] == ["banks"]
    assert found.topics == frozenset()


@pytest.mark.parametrize(
    "sentence",
    [
        "You may share your name.",
        "You have the right to share your name.",
        "Do we share your name?",
        "We do not store but share your name.",
        "If we learn that a child told us your name, we share it.",
        "“Sharing” means telling others your name.",
        "Their own privacy policy says what happens to your name.",
    ],
)
def test_what_is_no_practice_of_the_company(built: Builder, sentence: str) -> None:
    assert found_in(built, sentence) == []


def test_what_others_collect_is_not_collected_by_the_company(built: Builder) -> None:
    assert found_in(built, "Our payment provider stores your name.", "dpv:Store") == []
    assert len(found_in(built, "We store your name.", "dpv:Store")) == 1


def test_the_sale_of_the_business_is_no_sale_of_data(built: Builder) -> None:
    assert found_in(built, "If we sell our business, we pass on your name.", "pg:Sell") == []


def test_an_item_hangs_on_its_lead_in(built: Builder) -> None:
    built.text = "We never tell anybody:\n\n"
    assert found_in(built, "your name") == []
    built.text += "\n\nWith your consent we share:\n\n"
    (found,) = found_in(built, "your name")
    assert Topic.CONSENT in found.condition


def test_staff_and_reader_are_no_recipients(built: Builder) -> None:
    (found,) = found_in(built, "We share your name with our staff.", recipient="our staff=dpv:Employee")
    assert found.recipients == ()


def test_data_that_are_used_because_they_are_collected(built: Builder) -> None:
    found = found_in(built, "The personal data that we collect help us to spell your name.", "dpv:Use")
    assert {each.family for each in found} == {Family.USE, Family.COLLECTION}
