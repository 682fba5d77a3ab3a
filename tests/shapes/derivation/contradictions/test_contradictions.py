"""Small policies through the real extractor: what contradicts itself, what only seems to, and what does neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.observations import Observation, observation_quads

Observed = Callable[[str], list[Observation]]

NOT_SHARED = "We never share your personal data with third parties."

CLASHES = [
    ("Recipient", f"{NOT_SHARED} Stripe receives your name and your email address."),
    ("Recipient", "No third party has access to your data. We share your email address with Mailchimp."),
    ("Sharing", f"{NOT_SHARED} We share your email address with advertisers."),
    ("Sharing", f"We share your email address with advertisers. {NOT_SHARED}"),
    (
        "Sharing",
        f"{NOT_SHARED} We may store your data as long as necessary. We share your email with advertisers.",
    ),
    ("Sharing", f"{NOT_SHARED} We may give your name to couriers. We share your email with advertisers."),
    ("Sharing", f"{NOT_SHARED} We rent your postal address to advertisers."),
    ("Sharing", "We will never give your phone number to anyone. We give your phone number to drivers."),
    (
        "Sharing",
        "Your data will not be passed on to third parties. We pass your phone number on to insurers.",
    ),
    ("Sharing", "We never share your phone number. We share your contact details with advertising partners."),
    (
        "Sharing",
        "We do not share your email with advertisers. We share your email with advertising networks.",
    ),
    ("Sharing", "We never share student data with third parties. We share student data with Inkwell Corp."),
    (
        "Sharing",
        "We never share children's personal information with third parties. "
        "We share children's personal information with advertisers.",
    ),
    (
        "Use",
        "We do not use pupils' data for advertising. "
        "We use the first name of pupils to show them targeted advertising.",
    ),
    ("Sale", "We do not sell your personal data. We sell your email address to advertisers."),
    (
        "Collection",
        "We do not collect any personal information. When you register, we collect your email address.",
    ),
    ("Collection", "We do not collect personal data. We collect data such as your IP address and device ID."),
    ("Collection", "We do not collect location data. We collect your GPS coordinates."),
    ("Collection", "Your data never leave your phone. When you register, we collect your email address."),
    (
        "Collection",
        "The only data we collect is your score. When you register, we collect your email address.",
    ),
    (
        "Storage",
        "We do not store your credit card number. We store your credit card number for your next order.",
    ),
    (
        "Use",
        "We do not use your email address for marketing. We use your email address for direct marketing.",
    ),
    ("Retention", "We keep your email address for two years. We keep your email address for five years."),
    ("Retention", "We keep your personal data for two years. We keep your personal data for five years."),
    (
        "Anonymity",
        "We collect anonymous data such as your IP address. We collect personal data such as your IP address.",
    ),
    (
        "Date",
        "Last updated: 1 May 2024.\n\nWe collect your name.\n\nThis policy was last updated on 3 June 2025.",
    ),
    (
        "Role",
        "We are the data controller of your personal data. We act as a data processor of your personal data.",
    ),
]

EXCEPTIONS = [
    (
        "We never share your personal data with third parties except service providers.",
        "We share your email address with our service providers.",
    ),
    (
        "We never share your personal data with third parties unless you agree.",
        "With your consent, we share your email address with partners.",
    ),
    (
        "Without your consent, we do not share your personal data.",
        "If you agree, we share your email with partners.",
    ),
    ("We do not share your data with anyone other than couriers.", "We share your address with couriers."),
    (
        "Except as described in this policy, we do not share your personal data.",
        "We share your email address with advertisers.",
    ),
    ("Apart from what is set out below, we share no data.", "We share your email address with advertisers."),
    (
        "We do not share your personal data with third parties, except where the law requires it.",
        "Where the law requires it, we disclose your personal data to courts.",
    ),
    (
        "We share no personal data with third parties other than in the case of a merger.",
        "If we merge with another company, your personal data are transferred to that company.",
    ),
    (
        "We do not share your data except in the following cases:\n\n- with our providers;\n- with advertisers.",
        "\n\nWe share your email address with advertisers.",
    ),
    ("We do not collect personal data from children.", "We collect your name and your email address."),
    ("We do not knowingly collect personal data.", "We collect your name and your email address."),
    (
        "We do not collect any personal data unless you provide them.",
        "When you register, we collect your email.",
    ),
    (
        "We do not share your data for their own marketing purposes.",
        "We share your email with our mail service.",
    ),
    (NOT_SHARED, "We share aggregated data with our partners."),
    (NOT_SHARED, "We share anonymous information with advertisers."),
]

NOTHING_TO_DO = [
    ("We do not sell your personal data.", "We share your email address with advertisers."),
    (
        "We do not sell your personal data.",
        "If we sell our business, your personal data may be part of the sale.",
    ),
    ("We do not share your phone number.", "We share your email address with advertisers."),
    ("We do not share your email address with advertisers.", "We share your email address with couriers."),
    (
        "We do not use your email address for marketing.",
        "We use your email address to answer your questions.",
    ),
    ("We do not collect health data.", "We collect your name."),
    (
        "We never share student data with third parties.",
        "We share your email address with advertisers.",
    ),
    (
        "We never share student data with third parties.",
        "We share student data with teachers and with your school.",
    ),
    (
        "We do not collect personal data from children under 13.",
        "When you register, we collect your email address.",
    ),
    (
        "We do not collect personal data from children under 13.",
        "If the shop has inadvertently collected personal data from children, it deletes them at once.",
    ),
    (NOT_SHARED, "We share children's names with advertisers."),
    ("Your credit card number is not stored by us.", "Our payment provider stores your credit card number."),
    (
        "They do not share your personal data with third parties.",
        "We share your email address with advertisers.",
    ),
    ("Our providers must not share your personal data.", "We share your email address with advertisers."),
    ("You should not share your password with third parties.", "We share your email address with Stripe."),
    (NOT_SHARED, "You may share your email address with other users."),
    (NOT_SHARED, "You can ask us to transfer your personal data to another provider."),
    ("Do we share your personal data? We never do.", "We collect your email address."),
    ("We keep invoices for ten years.", "We keep your email address for two years."),
    ("We keep log files for up to 30 days.", "We keep log files for 7 days."),
    (
        "We keep your email for two years after your last login.",
        "We keep your email for five years after a purchase.",
    ),
    (
        "We shorten your IP address, so that it is anonymous.",
        "We collect personal data such as your IP address.",
    ),
    (
        "Last updated: 1 May 2024.",
        "\n\nThe new Act is effective since January 1, 2020.\n\nEffective date: 10 May 2024.",
    ),
    ("Last updated: May 2024.", "\n\nThis policy was last updated on 3 May 2024."),
    ("We are the controller of account data.", "For answers we act as a processor on behalf of the school."),
]

NARROWINGS = [
    (NOT_SHARED, "We share your personal data with our affiliates.", "same group"),
    (NOT_SHARED, "With your consent, we share your email address with Stripe.", "consent"),
    (NOT_SHARED, "However, we may share your email address with advertisers.", "right after"),
    (
        "We generally do not share your personal data.",
        "We share your email address with advertisers.",
        "generally",
    ),
    (
        "We never share your personal data unless you agree.",
        "We share your email address with advertisers.",
        "what people agree to",
    ),
    ("We do not collect your precise location.", "We collect your approximate location.", "narrower data"),
    (
        "We do not collect personally identifiable information.",
        "We collect your IP address.",
        "narrower data",
    ),
    (
        "We do not share your data except to provide the service.",
        "We share your email address with our partners.",
        "help to provide",
    ),
    (
        "If you take part in a survey, we do not share your personal data.",
        "We share your email address with advertisers.",
        "under a condition",
    ),
    (
        "We collect no personal data through cookies.",
        "When you register, we collect your email address.",
        "one means",
    ),
]


def kinds(found: list[Observation]) -> list[str]:
    return sorted({each.kind.removeprefix("pg:").removesuffix("Contradiction") for each in found})


@pytest.mark.parametrize(("kind", "words"), CLASHES)
def test_what_contradicts_itself(observed: Observed, kind: str, words: str) -> None:
    found = observed(words)
    assert kinds(found) == [kind]
    assert all(len(each.spans) == 2 for each in found)
    assert all(each.confidence is not None and 0.4 <= each.confidence <= 1 for each in found)


@pytest.mark.parametrize(("denial", "practice"), EXCEPTIONS)
def test_an_exception_is_part_of_the_denial(observed: Observed, denial: str, practice: str) -> None:
    assert set(kinds(observed(f"{denial} {practice}"))) <= {"Narrowing"}


@pytest.mark.parametrize(("denial", "practice"), [pair for pair in EXCEPTIONS if "\n" not in pair[0]])
def test_an_exception_counts_wherever_the_denial_stands(
    observed: Observed, denial: str, practice: str
) -> None:
    assert set(kinds(observed(f"{practice} {denial}"))) <= {"Narrowing"}


def test_an_exception_covers_what_it_is_about_and_no_more(observed: Observed) -> None:
    denial = "We do not share your personal data with third parties, except where the law requires it."
    assert kinds(observed(f"{denial} We share your email address with advertisers.")) == ["Sharing"]


@pytest.mark.parametrize(("first", "second"), NOTHING_TO_DO)
def test_what_has_nothing_to_do_with_each_other(observed: Observed, first: str, second: str) -> None:
    assert observed(f"{first} {second}") == []


@pytest.mark.parametrize(("denial", "practice", "why"), NARROWINGS)
def test_what_only_seems_to_contradict_itself(
    observed: Observed, denial: str, practice: str, why: str
) -> None:
    (found,) = observed(f"{denial} {practice}")
    assert found.kind == "pg:Narrowing"
    assert why in found.note


def test_one_pair_for_a_denial_with_the_count_of_the_others(policy_of: Callable[[str], PolicyView]) -> None:
    from privagraph.shapes.derivation.contradictions import contradictions

    words = (
        f"{NOT_SHARED} We share your email address with advertisers. We share your name with insurers. "
        "We share your phone number with advertising partners."
    )
    policy = policy_of(words)
    (found,) = contradictions(policy)
    assert policy.text[found.spans[0].start : found.spans[0].end] == NOT_SHARED
    assert (
        policy.text[found.spans[1].start : found.spans[1].end]
        == "We share your email address with advertisers."
    )
    assert found.note == "2 other passages say the like."
    assert len(found.about) == 2


def test_named_recipients_are_named(observed: Observed) -> None:
    words = f"{NOT_SHARED} Stripe receives your name. We share your email address with Mailchimp."
    (found,) = observed(words)
    assert found.note == "Recipients that the policy names: Mailchimp, Stripe."


def test_the_same_promise_twice_is_told_once(observed: Observed) -> None:
    words = f"{NOT_SHARED} We share your email address with advertisers.\n\n{NOT_SHARED}"
    assert len(observed(words)) == 1


def test_observations_become_statements(policy_of: Callable[[str], PolicyView]) -> None:
    from privagraph.shapes.derivation.contradictions import contradictions

    policy = policy_of(f"{NOT_SHARED} Stripe receives your name and your email address.")
    quads = [quad for each in contradictions(policy) for quad in observation_quads(policy, each)]
    observes = [quad for quad in quads if quad.predicate.value.endswith("#observes")]
    assert {quad.object.value for quad in observes} <= {each.iri for each in policy.practices}
    assert len(observes) == 2


@pytest.mark.parametrize("words", ["", "We like tea.", "Privacy\n\n:\n\n- a:\n", "never " * 400])
def test_odd_text_is_no_contradiction(words: str) -> None:
    from privagraph.shapes.derivation.contradictions import contradictions

    assert list(contradictions(PolicyView(iri="urn:policy", text=words))) == []
