"""The profile on the General Data Protection Regulation: its items, and what its statements are worded like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.statements import statements
from privagraph.shapes.rules import Severity, profile
from privagraph.shapes.validation import validate

LAW = "https://eur-lex.europa.eu/eli/reg/2016/679/"
RULES = profile("gdpr").rules
ALWAYS = {rule.name.partition(":")[2] for rule in RULES if not rule.applies_when}


def clauses(article: str) -> list[str]:
    """The clauses of an article that rules name as a source, in the order of the rules."""
    start = f"{LAW}{article}/"
    return [
        source.removeprefix(start).removesuffix("/oj")
        for rule in RULES
        for source in rule.sources
        if source.startswith(start)
    ]


def points(paragraph: int, letters: str) -> set[str]:
    return {f"par_{paragraph}/pnt_{letter}" for letter in letters}


def kinds(text: str) -> set[str]:
    return {each.kind.removeprefix("pg:") for each in statements(PolicyView("https://example.org/p", text))}


def test_every_point_of_both_articles_is_a_source() -> None:
    assert set(clauses("art_13")) == points(1, "abcdef") | points(2, "abcdef") | {"par_3"}
    assert set(clauses("art_14")) == points(1, "abcdef") | points(2, "abcdefg") | {"par_4"}


def test_items_stand_in_the_order_of_article_13_and_then_of_what_article_14_adds() -> None:
    first = [rule.sources[0].removeprefix(LAW) for rule in RULES]
    of_13, of_14 = ([each for each in first if each.startswith(f"art_{number}/")] for number in (13, 14))
    assert first[: len(of_13) + len(of_14)] == sorted(of_13) + sorted(of_14)
    assert len(of_13) >= 29
    assert len(of_14) >= 3


def test_every_rule_is_an_item_with_a_remedy_and_examples() -> None:
    for rule in RULES:
        assert rule.is_item, rule.name
        assert rule.remedy, rule.name
        assert rule.passes, rule.name
        assert rule.fails, rule.name


def test_an_error_is_only_what_every_notice_must_say() -> None:
    errors = {rule.name.partition(":")[2] for rule in RULES if rule.severity is Severity.ERROR}
    assert errors <= ALWAYS
    assert {"controller-identity", "purposes", "legal-basis", "right-complaint-authority"} <= errors


def test_a_message_that_rests_on_words_shows_them_and_no_other_does() -> None:
    for rule in RULES:
        assert ("{?words}" in rule.message) is bool(rule.applies_when), rule.name


def test_no_message_claims_that_the_policy_is_silent() -> None:
    """The program can miss words, so that it says what it found, not what there is."""
    for rule in RULES:
        assert "found" in rule.message, rule.name
        assert "does not" not in rule.message, rule.name


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("EuRepresentative", "Our EU representative is Larkfield GmbH, Hafenweg 3, Bremen."),
        ("EuRepresentative", "We have appointed Larkfield GmbH as representative in the Union (Art. 27)."),
        ("JointControllership", "Tern Ltd and we are jointly responsible for the processing of these data."),
        ("JointArrangement", "As joint controllers we have agreed who answers your requests."),
        ("PurposeWithBasis", "The legal basis for sending the newsletter is your consent."),
        ("PurposeWithBasis", "We plan the tour (Art. 6(1)(b) GDPR)."),
        ("SafeguardsCopy", "You can get a copy of the standard contractual clauses from us."),
        ("RetentionCriterion", "We delete your booking six months after the trip."),
        ("RetentionCriterion", "We keep your profile until you close your account."),
        ("RetentionCriterion", "Invoices are stored for the periods that tax law sets."),
        ("RetentionCriterion", "Order data are stored until the contract has been fully performed."),
        ("RetentionCriterion", "The recording is discarded immediately after use."),
        ("ConsequenceOfNotProviding", "If you do not give us your address, we cannot deliver the boat."),
        ("ConsequenceOfNotProviding", "Without this information we are unable to insure you."),
        ("AutomatedDecision", "We use profiling to set the price of your insurance."),
        ("AutomatedDecision", "Applications for a loan are decided automatically by our system."),
        ("AutomatedDecisionLogic", "The score of the automated check is computed from your past payments."),
        ("AutomatedDecisionConsequence", "After the automated check your order may be refused."),
        ("OtherPurposes", "We may also use your data for other purposes."),
        ("OtherPurposes", "We use your data for such other purposes as we may deem fit."),
        ("NoticeOfOtherPurposes", "We will inform you before we use your data for a new purpose."),
        ("PublicSource", "We look up your address in the public land register."),
        ("PublicSource", "We take your address from sources that are not publicly accessible."),
        ("AddressedToChildren", "Our app is made for children from six to ten."),
        ("ParentalPermission", "A parent has to give permission first."),
        ("SpecialCategoryCondition", "We record allergies only with your explicit consent."),
        ("DirectMarketingObjection", "You can unsubscribe from our newsletter at any time."),
        ("DirectMarketingObjection", "Write to us to object to marketing by post."),
        ("DirectMarketingObjection", "You can revoke your consent to the newsletter in the settings."),
        ("DirectMarketingObjection", "We use your address for marketing. You can opt out at any time."),
    ],
)
def test_wording_of_statements(kind: str, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("EuRepresentative", "A customer service representative will call you."),
        ("JointControllership", "We are not joint controllers with Tern Ltd of your data."),
        ("PurposeWithBasis", "The legal bases are consent and contract."),
        ("SafeguardsCopy", "Contact us if you have questions about data protection."),
        ("RetentionCriterion", "We keep personal data for as long as necessary."),
        ("RetentionCriterion", "We store no data about children under 13 years of age."),
        ("ConsequenceOfNotProviding", "If you refuse cookies, parts of the site may not work."),
        ("AutomatedDecision", "We do not use automated decision-making."),
        ("AutomatedDecision", "You have the right not to be subject to automated decisions."),
        ("OtherPurposes", "We will never use your data for other purposes."),
        ("OtherPurposes", "We may use anonymised data for other purposes."),
        ("PublicSource", "What you post in the forum becomes publicly available."),
        ("AddressedToChildren", "Our service is not meant for children."),
        ("AddressedToChildren", "Do we collect data from children?"),
        (
            "ParentalPermission",
            "If we become aware that there was no consent of a parent, we delete the account.",
        ),
        ("SpecialCategoryCondition", "We pass on your address only with your explicit consent."),
        ("DirectMarketingObjection", "We use your e-mail address for marketing."),
        ("DirectMarketingObjection", "We send you special offers unless you have opted not to receive them."),
        ("PublicSource", "“Sensitive data” means data that are not publicly available."),
    ],
)
def test_wording_that_is_no_statement(kind: str, text: str) -> None:
    assert kind not in kinds(text)


def test_wording_is_looked_for_in_time_that_grows_with_the_text(
    work: Callable[..., int], patience: Callable[[], AbstractContextManager[None]]
) -> None:
    """A line without an end, of the words that the patterns begin with, must not take its square."""
    line = (
        "we may use the legal basis for other data if you do not provide a copy of joint automated children "
    )

    kinds(line)  # what is read and compiled once
    with patience():
        assert work(kinds, line * 400) < 12 * work(kinds, line * 40)


def _long_policy(times: int) -> Iterator[ox.Quad]:
    """A policy that rests on consent many times and tells many rights, of which none is to withdraw consent."""
    policy = "https://example.org/policy"

    def say(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value)

    def term(curie: str) -> ox.NamedNode:
        return ox.NamedNode(expand(curie))

    yield say(policy, "rdf:type", term("pg:PrivacyPolicy"))
    yield say(policy, "pg:text", ox.Literal("Text."))
    words = (
        ("legal_basis", "eu-gdpr:A6-1-a"),
        ("legal_basis", "eu-gdpr:A6-1-f"),
        ("right", "eu-gdpr:A15"),
        ("purpose", "dpv:DirectMarketing"),
        ("data_category", "pd:Name"),
        ("retention", "dpv:StorageDuration"),
        ("source", "dpv:ThirdPartyDataSource"),
        ("transfer_safeguard", "eu-gdpr:StandardContractualClauses"),
    )
    for number in range(times):
        for role, concept in words:
            mention = f"{policy}/mention/{number}-{role}-{concept.rpartition(':')[2]}"
            yield say(policy, "pg:hasMention", ox.NamedNode(mention))
            yield say(mention, "pg:role", term(f"pg:{role}"))
            yield say(mention, "pg:polarity", term("pg:affirmed"))
            yield say(mention, "pg:concept", term(concept))


def test_the_time_of_a_check_grows_with_the_policy_and_not_with_its_square(
    work: Callable[..., int], patience: Callable[[], AbstractContextManager[None]]
) -> None:
    """A policy of a megabyte once took more than ten minutes: each basis was compared with each right."""

    def check(times: int) -> None:
        report = validate(_long_policy(times), profiles=["gdpr"])
        assert "gdpr:right-withdraw-consent" in {found.rule.name for found in report.findings}

    check(2)
    assert work(check, 200) < 12 * work(check, 20)
    with patience():  # the engine is not of Python: its comparisons are no steps
        check(1000)
