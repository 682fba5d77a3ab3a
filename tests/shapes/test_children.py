"""The wording that the profiles on children and schools go by: what shows that their rules apply, and what does not.

The kinds that decide whether a rule applies are held to more than their examples: a denial, a supposition or what a law
says must not be taken for a service that children use.
"""

from __future__ import annotations

import pytest

from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.statements import statements
from privagraph.shapes.rules import Severity, profile

APPLIES = {"pg:ChildAudience", "pg:ChildDataCollection"}
FOR_SCHOOLS = {"pg:SchoolService", "pg:SchoolOfficial"}


def kinds(text: str) -> set[str]:
    return {found.kind for found in statements(PolicyView("https://example.org/policy", text))}


@pytest.mark.parametrize(
    "text",
    [
        "This game is designed for children.",
        "Our lessons are meant for pupils under 13.",
        "The stories are made for listeners aged 4 to 9.",
        "Our young players can save their drawings.",
        "The club is used by many families and by children.",
        "Children can join a session with a nickname.",
        "We built the kids app with care.",
        "Our readers are in kindergarten - 3rd grade.",
        "For these lessons the teacher acts on behalf of the parents.",
        "We ask each child for a nickname.",
        "We store the drawings of your child.",
        "Parents enter the child's first name.",
        "Here is the information we collect from children:",
        "The app is made for children aged five and does not ask for names.",
    ],
)
def test_words_that_show_that_children_use_a_service(text: str) -> None:
    assert kinds(text) & APPLIES


@pytest.mark.parametrize(
    "text",
    [
        "This game is not designed for children.",
        "The service is directed to people who are at least 18 years old.",
        "Children may not use our services.",
        "Can children use this game?",
        "We do not knowingly collect data from children under 13.",
        "We never store the drawings of a child.",
        "If we learn that we hold data about a child, we delete them.",
        "Should you believe that we collected data from your child, write to us.",
        "COPPA requires services to get consent before they collect data from children.",
        "We collect data from visitors who are over 16 years old, and from children of 17 years.",
        "Most of these changes are minor.",
        "We may share data with our parent company.",
        "Adults use our service to plan a holiday.",
    ],
)
def test_words_that_do_not_show_that_children_use_a_service(text: str) -> None:
    assert not kinds(text) & APPLIES


@pytest.mark.parametrize(
    "text",
    [
        "Your school has licensed our service, and we act on behalf of the school.",
        "We provide our service to schools.",
        "The district remains the owner of the records.",
        "We partner with school districts.",
        "For schools in the United States we are considered a school official.",
        "We follow the instructions of the school.",
        "We comply with FERPA.",
    ],
)
def test_words_that_show_a_service_for_schools(text: str) -> None:
    assert kinds(text) & FOR_SCHOOLS


@pytest.mark.parametrize(
    "text",
    [
        "Tell us which school you went to.",
        "Students get a discount.",
        "For school-based contests teachers hand in a form.",
        "We are not subject to FERPA.",
        "Ask at your driving school.",
    ],
)
def test_words_that_do_not_show_a_service_for_schools(text: str) -> None:
    assert not kinds(text) & FOR_SCHOOLS


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Parents have the right to:\nReview your child's data\nDelete your child's data",
            "pg:ParentalReviewOffer",
        ),
        (
            "Parents have the right to:\nReview your child's data\nDelete your child's data",
            "pg:ParentalDeletionOffer",
        ),
        ("A guardian may tell us to stop the further collection of data.", "pg:ParentalRefusalOffer"),
        ("Parents write to us at family@pebble.example.", "pg:ParentalProcedure"),
        (
            "We learned that a child gave us data? Then we delete what a child provided.",
            "pg:UnexpectedChildData",
        ),
        ("Nicknames of children are visible to other players.", "pg:ChildDataPublication"),
        ("We keep a child's drawings until the account is closed.", "pg:ChildDataRetention"),
        (
            "The microphone is used for one answer, and the recording is deleted at once.",
            "pg:VoiceRecordingDeletion",
        ),
        ("Cookies serve our internal operations.", "pg:InternalOperations"),
        ("Pebble Games Ltd, 12 Elm Street, Springfield, IL 62701", "pg:PostalAddress"),
        ("We do not redisclose education records.", "pg:RedisclosureLimit"),
        ("Student data is used only for lessons.", "pg:StudentDataPurposeLimit"),
        ("The records stay under the direct control of the school.", "pg:SchoolControl"),
        ("We study anonymised marks of students.", "pg:StudentDataDeidentification"),
        ("We never keep children's data indefinitely.", "pg:EndlessRetentionDenial"),
        ("Nothing that a child draws is stored for ever.", "pg:EndlessRetentionDenial"),
        ("We don't retain the voice of a child in perpetuity.", "pg:EndlessRetentionDenial"),
        ("Schools do not publish directory information unless parents know.", "pg:DirectoryInformation"),
        ("Reports include, but are not limited to, directory information.", "pg:DirectoryInformation"),
    ],
)
def test_what_is_stated(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We encourage parents to review what their child does online.", "pg:ParentalReviewOffer"),
        ("Parents should review this policy with their child.", "pg:ParentalReviewOffer"),
        ("Without the consent of a parent we will delete what the child sent.", "pg:ParentalDeletionOffer"),
        ("We store the contact details of parents.", "pg:ParentalProcedure"),
        ("We use the data of a child, but never to advertise.", "pg:ChildDataUse"),
        ("We keep drawings of children indefinitely.", "pg:EndlessRetentionDenial"),
        ("We do not delete drawings and keep them forever.", "pg:EndlessRetentionDenial"),
        ("We never keep voices, but drawings are kept indefinitely.", "pg:EndlessRetentionDenial"),
        ("We do not treat anything as directory information.", "pg:DirectoryInformation"),
        ("Directory information is never published.", "pg:DirectoryInformation"),
        ("Write to the Federal Trade Commission, 600 Broad Street.", "pg:PostalAddress"),
    ],
)
def test_what_is_not_stated(text: str, kind: str) -> None:
    assert kind not in kinds(text)


@pytest.mark.parametrize(("name", "least"), [("coppa", 19), ("ferpa", 9)])
def test_no_rule_holds_for_every_policy(name: str, least: int) -> None:
    """Neither law is one for everybody, so that no rule is an error that a text alone can show."""
    chosen = profile(name)
    assert len(chosen.rules) >= least
    assert all(rule.applies_when for rule in chosen.rules if rule.is_item)
    assert {rule.severity for rule in chosen.rules} == {Severity.WARNING, Severity.INFO}
