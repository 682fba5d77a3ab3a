"""The profiles on the law of California: their items, and what their statements are worded like."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.statements import statements
from privagraph.shapes.rules import Rule, Severity, profile, short_source

CCPA, CALOPPA = profile("ccpa"), profile("caloppa")
RULES = [*CCPA.rules, *CALOPPA.rules]


def kinds(text: str) -> set[str]:
    return {each.kind.removeprefix("pg:") for each in statements(PolicyView("https://example.org/p", text))}


def test_there_are_as_many_rules_as_expected() -> None:
    assert len(CCPA.rules) >= 33
    assert len(CALOPPA.rules) >= 7


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_an_item_that_says_what_to_do_and_where_it_comes_from(rule: Rule) -> None:
    assert rule.is_item
    assert rule.remedy.endswith(".")
    cited = [short_source(source) for source in rule.sources]
    assert all(
        each.startswith(("11 CCR § ", "Cal. Civ. Code § ", "Cal. Bus. & Prof. Code § ")) for each in cited
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_finding_on_a_condition_names_the_words_that_show_it(rule: Rule) -> None:
    if rule.severity is Severity.WARNING and "{?words}" not in rule.message:
        assert rule.name in {"ccpa:statutory-categories", "ccpa:retention"}
    if "{?words}" in rule.message:
        assert rule.applies_when


def test_the_profile_says_that_no_text_shows_whether_the_act_applies() -> None:
    assert "1798.140(d)" in CCPA.description
    assert "conspicuously" in CALOPPA.description


STATED = [
    ("SaleStatement", "We have never sold personal information to anybody."),
    ("SaleStatement", "Personal information is not sold."),
    ("AdvertisingSharingStatement", "We do not share data for cross-context behavioral advertising."),
    ("AdvertisingSharingStatement", "In the last year we neither sold nor shared personal information."),
    ("AdvertisingSharingStatement", "Sale or sharing: none"),
    ("SaleOrSharing", "We sell your e-mail address to list brokers."),
    ("SaleOrSharing", "Our use of pixels may be deemed a “sale” under California law."),
    ("SaleOrSharing", "We disclose device identifiers to advertising networks."),
    ("SaleOrSharing", "Advertising companies show you ads that fit your visits to other websites."),
    ("SaleOptOutOffer", "You may opt out of the sale of your data at any time."),
    ("OptOutLink", "Look for the link “Your Privacy Choices” below."),
    ("OptOutLink", "Do Not Sell or Share My Personal Information"),
    ("OptOutSignalNotice", "A browser that sends GPC is opted out at once."),
    ("UnderSixteenSaleStatement", "We do not knowingly sell data of people under 16."),
    ("UnderSixteenSale", "We sell data of players who are 13 to 15 years old."),
    ("SensitiveDataPurposes", "We do not use sensitive personal information to infer what you are like."),
    ("SensitiveDataLimit", "Limit the Use of My Sensitive Personal Information"),
    ("NonDiscriminationNotice", "Nobody is retaliated against for exercising these rights."),
    ("NonDiscriminationNotice", "We will never charge you a higher price because you asked."),
    ("RequestVerification", "To answer a request we match your information with our records."),
    ("AuthorisedAgentNotice", "You may ask someone to make a request on your behalf."),
    ("RequestMethod", "To make a request, call us or fill in our form."),
    ("RequestMethod", "Write to kites@heron.example and we send you a copy of your data."),
    ("FinancialIncentive", "You get a discount in exchange for sharing your personal details."),
    ("FinancialIncentiveWithdrawal", "You may leave the loyalty program whenever you like."),
    ("CollectionSource", "We obtain addresses from data brokers and other sources."),
    ("StatutoryCategory", "Category A: Identifiers, such as a name or an alias."),
    ("StatutoryCategory", "Inferences drawn from what you look at."),
    ("DateNotice", "Last revised on 4 May 2026"),
    ("ChangeNotice", "When this policy changes, we will notify you by e-mail."),
    ("ChangeNotice", "A new version of this policy is posted on this page."),
    ("DoNotTrackResponse", "Our pages do not respond to DNT signals."),
    ("TrackingAcrossSites", "We record your activities over time and across websites."),
    ("ThirdPartyTracking", "No third party tracks you with cookies on our pages."),
]
NOT_STATED = [
    ("SaleStatement", "You may ask us whether we sell your personal information;"),
    ("SaleStatement", "Should we be acquired, your data may be sold with the other assets of the company."),
    ("SaleStatement", "You have the right to opt out of the sale of your data."),
    ("AdvertisingSharingStatement", "Sale and sharing"),
    ("AdvertisingSharingStatement", "4. Sharing or Sale of Your Personal Information"),
    ("SaleOrSharing", "We do not sell your personal information."),
    ("SaleOrSharing", "If you consent, we share your address with advertising partners."),
    ("SaleOrSharing", "In a merger we may sell your data to the buyer."),
    ("SaleOptOutOffer", "We do not sell personal information."),
    ("OptOutLink", "Your privacy choices matter to us."),
    ("NonDiscriminationNotice", "Do not post discriminatory content."),
    ("RequestVerification", "We verify your e-mail address when you sign up."),
    ("AuthorisedAgentNotice", "Our authorised representative in the European Union is Larkfield GmbH."),
    ("FinancialIncentive", "We offer no financial incentive."),
    ("StatutoryCategory", "We collect device identifiers, such as the number of your telephone."),
    ("DateNotice", "The Data Protection Act 2018 as amended in 2019 holds."),
    ("DateNotice", "Effective date: 2025"),
    ("ChangeNotice", "We may change this policy at any time without prior notice."),
    ("ChangeNotice", "Please notify us of changes of your address under this policy."),
    ("DoNotTrackResponse", "Do Not Track is a setting that your browser may offer."),
    ("TrackingAcrossSites", "Our pages have links to other websites that you may visit."),
]


@pytest.mark.parametrize(("kind", "text"), STATED)
def test_words_that_state_it(kind: str, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(("kind", "text"), NOT_STATED)
def test_words_that_only_look_like_it(kind: str, text: str) -> None:
    assert kind not in kinds(text)


@pytest.mark.parametrize(
    "words",
    [
        "we share personal information with third party advertising partners to opt out of the sale of data ",
        "request ",
    ],
)
def test_time_grows_with_the_text_and_not_faster(
    words: str,
    work: Callable[..., int],
    patience: Callable[[], AbstractContextManager[None]],
) -> None:
    """One endless sentence, as a broken file has."""
    kinds(words)  # what is read and compiled once
    with patience():
        assert work(kinds, words * 600) < 12 * work(kinds, words * 60)
