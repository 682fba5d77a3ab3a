from __future__ import annotations

import pytest

from privagraph.loaders.extraction.identity import find_contacts, find_controller
from privagraph.loaders.facts import Role


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (['This notice explains how Lumenhof GmbH ("Lumenhof", "we", "us") handles data.'], "Lumenhof GmbH"),
        (
            ["# Privacy Policy", "Kitebird, Inc. (“we”) runs this app.", "We use Stripe for payments."],
            "Kitebird, Inc.",
        ),
        (["# Juniper Quill Privacy Policy", "We respect you."], "Juniper Quill"),
        (["This privacy policy explains how Kettle Ltd collects and uses your personal data."], "Kettle Ltd"),
        (["In this notice we describe what data Marrowbone may process."], "Marrowbone"),
        (["This statement sets out how and why Kettle Corp. uses, and shares, your data."], "Kettle Corp."),
        (
            [
                "Company (referred to as “the Company”, “we” or “our” in this agreement) refers to Ostrava Apps Ltd."
            ],
            "Ostrava Apps Ltd.",
        ),
        (["The data controller is Northfold Learning S.A., 5 Rue Verte, Lyon."], "Northfold Learning S.A."),
        (["Pixelmoth studio built the Moonjar app as a free app."], "Pixelmoth studio"),
        (
            [
                "We like you.",
                "Write to hello@tidewell.example or visit www.tidewell.example.",
                "Tidewell Corporation is subject to the laws of Texas.",
            ],
            "Tidewell Corporation",
        ),
        (["This app is operated by 青空ラーニング株式会社 (“we”)."], "青空ラーニング株式会社"),
    ],
)
def test_the_controller_is_found(document, lines, name):
    assert find_controller(document(*lines)).name == name


@pytest.mark.parametrize(
    "lines",
    [
        ["We collect your name.", "You may contact us."],
        ["Data is kept on servers of Amazon Web Services, Inc."],
        ["# Privacy Policy", "The Company may use data."],
        ["This policy explains how Google uses cookies."],
        ["This policy explains how Cookies may collect data."],
    ],
)
def test_no_controller_is_made_up(document, lines):
    assert find_controller(document(*lines)).name is None


def test_mentions_of_the_controller_are_its_words(document):
    made = document('Juniper Quill Ltd ("we") is in Leeds.')
    (mention,) = find_controller(made).mentions
    assert (made.text[mention.start : mention.end], mention.role, mention.agent) == (
        "Juniper Quill Ltd",
        Role.CONTROLLER,
        "juniper-quill",
    )


@pytest.mark.parametrize(
    ("line", "words", "value"),
    [
        ("Write to privacy@kitebird.example today.", "privacy@kitebird.example", "privacy@kitebird.example"),
        (
            "Write to privacy [at] kitebird.example today.",
            "privacy [at] kitebird.example",
            "privacy@kitebird.example",
        ),
        ("Phone: +1 (213) 555-6800", "+1 (213) 555-6800", "+12135556800"),
        ("Call 030 5550 1234 now", "030 5550 1234", "03055501234"),
    ],
)
def test_a_contact(document, line, words, value):
    made = document(line)
    assert [(made.text[m.start : m.end], m.value) for m in find_contacts(made)] == [(words, value)]


def test_a_postal_address_over_lines_is_one_mention(document):
    made = document(
        "# Contact",
        "Kitebird, Inc.",
        "77 Harbor Lane",
        "Portland, OR 97201",
        "UNITED STATES",
        "We answer soon.",
    )
    (mention,) = find_contacts(made)
    assert made.text[mention.start : mention.end] == "77 Harbor Lane\nPortland, OR 97201\nUNITED STATES"
    assert mention.value == "77 Harbor Lane, Portland, OR 97201, UNITED STATES"


@pytest.mark.parametrize(
    "line",
    ["We keep data for 30 days.", "Section 12 applies.", "In 2019 we had 5000 users.", "Order number 12-34."],
)
def test_no_contact(document, line):
    assert list(find_contacts(document(line))) == []


def test_the_officer_is_told_from_other_contacts(document):
    made = document(
        "Our data protection officer can be reached at dpo@kitebird.example.",
        "Other",
        "Things",
        "Here",
        "Mail hello@kitebird.example.",
    )
    roles = [(made.text[m.start : m.end], m.role) for m in find_contacts(made)]
    assert ("dpo@kitebird.example", Role.DPO) in roles
    assert ("hello@kitebird.example", Role.CONTACT) in roles
