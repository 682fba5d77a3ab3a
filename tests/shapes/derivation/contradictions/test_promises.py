from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.layout import Layout
from privagraph.shapes.derivation.contradictions.families import Family, family_of
from privagraph.shapes.derivation.contradictions.promises import Promise, promises
from privagraph.shapes.derivation.contradictions.qualifiers import Topic

if TYPE_CHECKING:
    from conftest import Builder

DATA = "personal data=dpv:PersonalData"


def promise(built: Builder, sentence: str, **said: str) -> Promise | None:
    policy = built.says(sentence, "dpv:Share", denied=True, data_category=DATA, **said).policy()
    return next(promises(policy, Layout(policy.text)), None)


@pytest.mark.parametrize(
    ("processing", "family"),
    [
        ("dpv:Share", Family.SHARING),
        ("dpv:Transfer", Family.SHARING),
        ("pg:Sell", Family.SALE),
        ("dpv:Obtain", Family.COLLECTION),
        ("dpv:Collect", Family.COLLECTION),
        ("dpv:Store", Family.STORAGE),
        ("dpv:Analyse", Family.USE),
        ("dpv:Erase", None),
    ],
)
def test_families(processing: str, family: Family | None) -> None:
    assert family_of(processing) is family


def test_a_plain_promise(built: Builder) -> None:
    found = promise(built, "We never share personal data with banks.", recipient="banks=dpv:ThirdParty")
    assert found is not None
    assert (found.family, found.narrow, found.exceptions) == (Family.SHARING, "", frozenset())
    assert found.recipients == {"some"}
    assert found.heads == {"bank"}
    assert not found.for_marketing


@pytest.mark.parametrize(
    "sentence",
    [
        "We may not share personal data.",
        "We cannot share personal data.",
        "We do not require personal data.",
        "Do we not share personal data?",
        "We do not guarantee that personal data are safe.",
        "Our partners do not share personal data.",
        "You will not share personal data.",
        "We do not share personal data with children.",
        "We never keep personal data longer than needed.",
        "We share personal data.",
    ],
)
def test_what_promises_nothing(built: Builder, sentence: str) -> None:
    assert promise(built, sentence) is None


def test_a_possible_denial_promises_nothing(built: Builder) -> None:
    assert promise(built, "We might never share personal data.", modality="possible") is None


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("We generally do not share personal data.", "generally"),
        ("In this case we do not share personal data.", "one case"),
        ("Cookies do not share personal data.", "one means"),
        ("We do not share personal data through the newsletter.", "one means"),
        ("We do not share personal data with such companies.", "named before"),
    ],
)
def test_what_promises_less_than_it_seems_to(built: Builder, sentence: str, why: str) -> None:
    found = promise(built, sentence)
    assert found is not None
    assert why in found.narrow


def test_a_heading_narrows_what_stands_under_it(built: Builder) -> None:
    built.text = "4. Newsletter\n\n"
    found = promise(built, "We do not share personal data.")
    assert found is not None
    assert "Newsletter" in found.narrow


def test_a_case_that_is_always_there_narrows_nothing(built: Builder) -> None:
    found = promise(built, "When you use our app, we do not share personal data.")
    assert found is not None
    assert found.narrow == ""


def test_exceptions_stand_in_the_sentence_its_lead_in_its_list_and_after_it(built: Builder) -> None:
    found = promise(built, "We share no personal data except:")
    assert found is not None
    built.text += "\n\nwhere the law asks for it;\nwith your consent.\n\nThat is all."
    policy = built.policy()
    (listed,) = promises(policy, Layout(policy.text))
    assert listed.listed is not None
    assert {Topic.LAW, Topic.CONSENT} <= listed.exceptions


def test_purposes_of_others_limit_a_denial(built: Builder) -> None:
    found = promise(built, "We do not share personal data for their own marketing.")
    assert found is not None
    assert found.for_marketing


def test_lending_is_closer_to_selling_than_to_sharing(built: Builder) -> None:
    found = promise(built, "We do not lend personal data.")
    assert found is not None
    assert found.family is Family.SALE


def test_a_sweeping_promise_is_about_all_data(built: Builder) -> None:
    policy = built.says("The only data we collect is your score.").policy()
    (found,) = promises(policy, Layout(policy.text))
    assert found.family is Family.COLLECTION
    assert found.practice.iri == ""
    assert [each.general for each in found.data] == [True]
