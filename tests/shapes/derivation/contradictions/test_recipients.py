from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, Span
from privagraph.shapes.derivation.contradictions.recipients import marketing, recipient_kind

if TYPE_CHECKING:
    from conftest import Builder


@pytest.mark.parametrize(
    ("words", "concept", "agent", "kind"),
    [
        ("Stripe", "dpv:ServiceProvider", "urn:stripe", "named"),
        ("advertisers", "dpv:ThirdParty", None, "advertiser"),
        ("third parties", "dpv:ThirdParty", None, "third"),
        ("third-party service providers", "dpv:ServiceProvider", None, "third"),
        ("our hosting provider", "dpv:ServiceProvider", None, "provider"),
        ("our affiliates", "dpv:Organisation", None, "affiliate"),
        ("unaffiliated companies", "dpv:Organisation", None, "third"),
        ("affiliate networks", "dpv:ThirdParty", None, "some"),
        ("insurance companies", "dpv:ThirdParty", None, "some"),
        ("any other companies", "dpv:ThirdParty", None, "third"),
        ("courts", "dpv:JudicialOrganisation", None, "authority"),
        ("the buyer", "pg:BusinessSuccessor", None, "successor"),
        ("other users", "dpv:User", None, "users"),
        ("anyone else", "dpv:ThirdParty", None, "anyone"),
        ("our staff", "dpv:Employee", None, "own"),
        ("you", "dpv:DataSubject", None, "own"),
        ("the public", "pg:GeneralPublic", None, "public"),
    ],
)
def test_the_kind_of_a_recipient(words: str, concept: str, agent: str | None, kind: str) -> None:
    mention = MentionView(
        "urn:m", "recipient", False, expand(concept), agent, "", 0.9, Span(0, len(words)), words
    )
    assert recipient_kind(mention) == kind


@pytest.mark.parametrize(
    ("purpose", "recipient", "expected"),
    [
        ("for newsletters=dpv:DirectMarketing", "", True),
        ("for billing=dpv:PaymentManagement", "", False),
        ("", "advertisers=dpv:ThirdParty", True),
        ("", "couriers=dpv:ServiceProvider", False),
    ],
)
def test_what_serves_marketing(built: Builder, purpose: str, recipient: str, expected: bool) -> None:
    said = {role: words for role, words in (("purpose", purpose), ("recipient", recipient)) if words}
    sentence = "We share your name with " + " ".join(words.partition("=")[0] for words in said.values())
    policy = built.says(sentence, "dpv:Share", **said).policy()
    assert marketing(policy.practices[0]) is expected
