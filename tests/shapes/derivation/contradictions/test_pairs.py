"""One denial and one practice, in graphs built by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.layout import Layout
from privagraph.shapes.derivation.contradictions.deeds import deeds
from privagraph.shapes.derivation.contradictions.pairs import Pair, compared, kind_of_deed
from privagraph.shapes.derivation.contradictions.promises import promises

if TYPE_CHECKING:
    from conftest import Builder

DATA = "personal data=dpv:PersonalData"
NAME = "your name=pd:Name"
FILLER = "This service is run from a small town by the sea. " * 20


def pair(built: Builder) -> Pair | None:
    policy = built.policy()
    layout = Layout(policy.text)
    (promise,), (deed,) = promises(policy, layout), deeds(policy, layout)
    return compared(promise, deed)


def said(built: Builder, denial: str, practice: str, *, apart: str = "", **recipients: str) -> Pair | None:
    denied, given = recipients.get("denied", ""), recipients.get("given", "banks=dpv:ThirdParty")
    built.says(
        denial, "dpv:Share", denied=True, data_category=DATA, **({"recipient": denied} if denied else {})
    )
    built.text += apart
    built.says(practice, "dpv:Share", data_category=NAME, recipient=given)
    return pair(built)


def test_a_plain_clash(built: Builder) -> None:
    found = said(built, "We never share personal data.", "We share your name with banks.")
    assert found is not None
    assert found.why == ""
    assert found.strength == pytest.approx(0.9)
    assert found.recipient is not None
    assert found.recipient.quote == "banks"


def test_a_possible_practice_clashes_less_surely(built: Builder) -> None:
    built.says("We never share personal data.", "dpv:Share", denied=True, data_category=DATA)
    built.text += FILLER
    built.says(
        "We may share your name with banks.",
        "dpv:Share",
        data_category=NAME,
        recipient="banks=dpv:ThirdParty",
        modality="possible",
    )
    found = pair(built)
    assert found is not None
    assert found.why == ""
    assert found.strength < 0.9


@pytest.mark.parametrize(
    ("denial", "given", "clashes"),
    [
        ("We never share personal data except with providers.", "our providers=dpv:ServiceProvider", None),
        ("We never share personal data.", "our providers=dpv:ServiceProvider", True),
        ("We never share personal data except by law.", "courts=dpv:JudicialOrganisation", None),
        ("We never share personal data.", "courts=dpv:JudicialOrganisation", False),
        ("We never share personal data.", "our affiliates=dpv:Organisation", False),
        ("We never share personal data.", "the buyer=pg:BusinessSuccessor", False),
        ("We never share personal data.", "other users=dpv:User", None),
        ("We never share personal data except as described below.", "banks=dpv:ThirdParty", None),
        ("We never share personal data without adequate safeguards.", "banks=dpv:ThirdParty", True),
        ("We never share personal data unless adequate controls are there.", "banks=dpv:ThirdParty", None),
        ("We never share personal data except on Sundays.", "banks=dpv:ThirdParty", False),
    ],
)
def test_recipients_and_exceptions(built: Builder, denial: str, given: str, clashes: bool | None) -> None:
    words = given.partition("=")[0]
    found = said(built, denial, f"We share your name with {words}.", given=given)
    assert (None if found is None else not found.why) is clashes


@pytest.mark.parametrize(
    ("denied", "given", "clashes"),
    [
        ("advertisers=dpv:ThirdParty", "advertising partners=dpv:ThirdParty", True),
        ("advertisers=dpv:ThirdParty", "banks=dpv:ThirdParty", None),
        ("third parties=dpv:ThirdParty", "advertising partners=dpv:ThirdParty", True),
        ("banks=dpv:ThirdParty", "banks=dpv:ThirdParty", True),
        ("banks=dpv:ThirdParty", "insurers=dpv:ThirdParty", None),
        ("couriers=dpv:ServiceProvider", "hosters=dpv:ServiceProvider", None),
        ("any providers=dpv:ServiceProvider", "hosters=dpv:ServiceProvider", True),
        ("other users=dpv:User", "other users=dpv:User", True),
        ("other users=dpv:User", "banks=dpv:ThirdParty", None),
    ],
)
def test_a_denial_for_some_recipients(built: Builder, denied: str, given: str, clashes: bool | None) -> None:
    to, words = denied.partition("=")[0], given.partition("=")[0]
    found = said(
        built,
        f"We never share personal data with {to}.",
        f"We share your name with {words}.",
        denied=denied,
        given=given,
    )
    assert (None if found is None else not found.why) is clashes


def test_what_follows_the_denial_is_read_with_it_and_what_stands_far_off_is_not(built: Builder) -> None:
    near = said(built, "We never share personal data.", "However, we share your name with banks.")
    assert near is not None
    assert "right after" in near.why
    far = type(built)()
    found = said(
        far,
        "We never share personal data.",
        "We share your name with banks.",
        apart=f"However, there are limits. {FILLER}",
    )
    assert found is not None
    assert found.why == ""


def test_marketing_of_others_is_no_sharing_for_delivery(built: Builder) -> None:
    denial = "We never share personal data for the marketing of others."
    assert (
        said(built, denial.replace("the marketing", "their marketing"), "We share your name with banks.")
        is None
    )


def test_practices_that_differ_only_in_their_place_are_alike(built: Builder) -> None:
    for _ in range(2):
        built.says(
            "We share your name with banks.",
            "dpv:Share",
            data_category=NAME,
            recipient="banks=dpv:ThirdParty",
        )
    built.says(
        "We share your name with courts.", "dpv:Share", data_category=NAME, recipient="courts=dpv:Authority"
    )
    policy = built.policy()
    first, second, third = deeds(policy, Layout(policy.text))
    assert kind_of_deed(first) == kind_of_deed(second) != kind_of_deed(third)
