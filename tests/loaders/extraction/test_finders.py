"""The finders of data, purposes, parties, bases, places and measures: what they find, and what they leave alone."""

from __future__ import annotations

import pytest

from privagraph.loaders.extraction.bases import find_bases
from privagraph.loaders.extraction.data import find_data
from privagraph.loaders.extraction.measures import find_measures, find_tracking
from privagraph.loaders.extraction.parties import find_recipients, find_sources
from privagraph.loaders.extraction.passages import passages
from privagraph.loaders.extraction.places import find_places
from privagraph.loaders.extraction.purposes import find_purposes
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.extraction.subjects import find_subjects
from privagraph.loaders.facts import Role
from privagraph.loaders.readers import read_bytes


def words(finder, document, *lines, role=None):
    made = document(*lines)
    return [
        made.text[m.start : m.end]
        for passage in passages(made, sentences(made))
        for m in sorted(finder(passage), key=lambda m: m.start)
        if role is None or m.role is role
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["We collect your name, e-mail address and phone number."],
            ["your name", "e-mail address", "phone number"],
        ),
        (["We may receive information such as your date of birth from partners."], ["your date of birth"]),
        (
            [
                "# Information we collect",
                "We collect:",
                "- Email address",
                "- Crash logs",
                "- Favourite badge number",
            ],
            ["Email address", "Crash logs", "Favourite badge number"],
        ),
        (["# Information we collect", "- Payment data: we need it for invoices."], ["Payment data"]),
        (["Personal Data: location; usage data."], ["location", "usage data"]),
        (["We never sell your personal information."], ["your personal information"]),
        (
            ["The app records your IP address, browser type, and widget version."],
            ["your IP address", "browser type", "widget version"],
        ),
        (
            ["Your shoe size cannot identify you, and your IP address must stay here."],
            ["Your shoe size", "your IP address"],
        ),
        (["We store your email address for parcels for two years."], ["your email address"]),
        (["Your photo is kept for a year."], ["Your photo"]),
        (["We collect data about your health."], ["data about your health"]),
        (["A pilot's account data serves us for rescue flights."], ["A pilot's account data"]),
        (
            ["We never collect data on your health or your religion."],
            ["data on your health", "your religion"],
        ),
        (["Your birthday is passed on to the ferry."], ["Your birthday"]),
        (
            ["We collect these data:", "- Your preferred means of payment", "- Your name"],
            ["Your preferred means of payment", "Your name"],
        ),
        (
            ["We store the following data:", "- Chosen means of payment", "- Shoe size"],
            ["Chosen means of payment", "Shoe size"],
        ),
    ],
)
def test_data_is_found(document, lines, expected):
    assert words(find_data, document, *lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["Write to us at our postal address."],
        ["We name our updates after birds and address all bugs."],
        ["# Your rights", "You may delete your account by e-mail."],
        ["# Contact us", "Send an e-mail to our team."],
        ["Cookies are stored on your device."],
        ["We publish details about your favourite clouds."],
        ["We will post changes on our website."],
    ],
)
def test_what_only_looks_like_data_is_left_alone(document, lines):
    assert words(find_data, document, *lines) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["We use your data to improve our app and to prevent fraud."], ["improve our app", "prevent fraud"]),
        (["We process data for marketing purposes."], ["marketing purposes"]),
        (["Data is used for analysing trends."], ["analysing trends"]),
        (["We use your address for billing for ten years."], ["billing"]),
        (
            ["# How we use your data", "We use it to:", "- send you invoices", "- Answer your questions"],
            ["send you invoices", "Answer your questions"],
        ),
        (
            ["We may disclose data to (i) comply with the law, (ii) protect our users."],
            ["comply with the law", "protect our users"],
        ),
        (
            ["We use cookies to operate, maintain and improve the site."],
            ["operate, maintain and improve the site"],
        ),
        (
            ["We may disclose your data in connection with a merger, or a sale of our boats."],
            ["in connection with a merger, or a sale of our boats"],
        ),
        (
            ["Your data may be transferred as part of any bankruptcy, which we do not expect."],
            ["as part of any bankruptcy"],
        ),
        (["We may share your data as part of acquisitions."], ["as part of acquisitions"]),
        (
            ["We may share your data as part of an acquisition of a portion of our boats."],
            ["as part of an acquisition of a portion of our boats"],
        ),
        (
            ["We may share your data in connection with a sale or merger."],
            ["in connection with a sale or merger"],
        ),
        (
            ["We may transfer your data in connection with the liquidation of our business."],
            ["in connection with the liquidation of our business"],
        ),
        (
            ["We may share your data in the course of a sale of all, or part of, our assets."],
            ["in the course of a sale of all, or part of, our assets"],
        ),
        (["We use your address for sending offers for day trips."], ["sending offers for day trips"]),
        (["We use your data to manage accounts for each year."], ["manage accounts for each year"]),
        (
            ["We use your data to write news for a week-by-week report."],
            ["write news for a week-by-week report"],
        ),
        (
            ["We use your address to send tickets for 3 day trips."],
            ["send tickets for 3 day trips"],
        ),
        (["We use your address to send invoices for twenty-four months."], ["send invoices"]),
        (["We use your address to send maps for up to three calendar months, no more."], ["send maps"]),
    ],
)
def test_purposes_are_found(document, lines, expected):
    assert words(find_purposes, document, *lines) == expected


@pytest.mark.parametrize(
    "line",
    [
        "You have the right to access your data.",
        "Please do not hesitate to contact us.",
        "You may ask us to delete your information.",
        "We reserve the right to change this policy.",
        "We strive to use acceptable means of protecting your data.",
        "We retain records only while these purposes make it needful.",
        "We collect your name in connection with the sale of a kite.",
        "We collect your name as part of a survey.",
        "We collect your name as part of the acquisition of new members.",
        "We use your name in connection with the liquidation of old stock.",
        "We share data in connection with a consolidation of your loans.",
        "We share your name in connection with a sale of all concert tickets.",
    ],
)
def test_no_purpose(document, line):
    assert words(find_purposes, document, line) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["We share data with service providers and advertising partners."],
            ["service providers", "advertising partners"],
        ),
        (
            ["We may disclose it to public authorities (e.g. a court or a tax agency)."],
            ["a court", "a tax agency", "public authorities"],
        ),
        (
            [
                "# Who receives your data",
                "We share it with:",
                "- Payment processors, who charge your card",
                "- Affiliates: our sister companies",
            ],
            ["Payment processors", "Affiliates"],
        ),
        (["Our affiliates may use your data."], ["affiliates"]),
        (["We share your name with the kite pilots who teach you."], ["the kite pilots"]),
        (["Your name is shared with kite pilots who teach you."], ["kite pilots"]),
    ],
)
def test_recipients_are_found(document, lines, expected):
    assert sorted(words(find_recipients, document, *lines)) == sorted(expected)


@pytest.mark.parametrize(
    "line",
    [
        "You share photos with us.",
        "We share your name with the wind.",
        "Kite pilots who teach you share photos.",
        "We send our newsletter to people who subscribed.",
        "We give prizes to readers who write to us.",
        "We sell helmets to pilots who need one.",
        "We provide the service to users.",
        "Data is sent to our servers.",
        "We respond to your requests.",
    ],
)
def test_no_recipient(document, line):
    assert words(find_recipients, document, line) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "We receive information from third parties and public databases.",
            ["third parties", "public databases"],
        ),
        ("We may obtain data about you from social networks.", ["social networks"]),
    ],
)
def test_sources_are_found(document, line, expected):
    assert words(find_sources, document, line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "We collect data from users of the app.",
        "We do not collect data from children.",
        "Data from time to time changes.",
    ],
)
def test_no_source(document, line):
    assert words(find_sources, document, line) == []


@pytest.mark.parametrize(
    ("line", "concept"),
    [
        ("We process your data with your consent.", "Consent"),
        ("We need it for the performance of our contract with you.", "Contract"),
        ("We use data to comply with a legal obligation.", "LegalObligation"),
        ("We pass on your name where the law obliges us to.", "LegalObligation"),
        ("We keep invoices because tax law requires it.", "LegalObligation"),
        ("We are bound by law to keep it.", "LegalObligation"),
        ("We pass on your name if compelled by law.", "LegalObligation"),
        ("We may collect your age where local law requires us to keep it.", "LegalObligation"),
        ("Pupils register with their parents' consent.", "Consent"),
        ("We rely on our legitimate interests.", "LegitimateInterestOfController"),
        ("The processing protects your vital interests.", "VitalInterest"),
        ("The legal basis is Art. 6(1)(b) GDPR.", "A6-1-b"),
    ],
)
def test_a_legal_basis(document, line, concept):
    made = document(line)
    (passage,) = passages(made, sentences(made))
    assert concept in {
        (m.concept or "").rpartition("#")[2] for m in find_bases(passage) if m.role is Role.LEGAL_BASIS
    }


def test_legitimate_interests_are_told_one_by_one(document):
    line = (
        "We rely on our legitimate interests in preventing fraud, securing our network and improving the app."
    )
    found = words(find_bases, document, line, role=Role.LEGITIMATE_INTEREST)
    assert found == ["preventing fraud", "securing our network", "improving the app"]


def test_the_items_under_a_line_on_legitimate_interests_are_interests(document):
    lines = ("We have a legitimate interest in the following:", "- preventing fraud", "- the colour green")
    assert words(find_bases, document, *lines, role=Role.LEGITIMATE_INTEREST)[-1] == "preventing fraud"


@pytest.mark.parametrize(
    ("line", "role", "expected"),
    [
        ("Your data is stored on servers in Germany.", Role.STORAGE_LOCATION, ["Germany"]),
        ("Data may be transferred to the United States.", Role.TRANSFER_DESTINATION, ["United States"]),
        (
            "We transfer data to countries outside the European Economic Area.",
            Role.TRANSFER_DESTINATION,
            ["countries outside the European Economic Area"],
        ),
        (
            "We share it with printers located within or outside India now and then so as to print each order as close "
            "as can be to wherever the person who has placed it happens to live.",
            Role.TRANSFER_DESTINATION,
            ["outside India"],
        ),
        (
            "Your data may be transferred to places with less strict rules.",
            Role.TRANSFER_DESTINATION,
            ["to places with less strict rules"],
        ),
        (
            "We transfer data under standard contractual clauses.",
            Role.TRANSFER_SAFEGUARD,
            ["standard contractual clauses"],
        ),
    ],
)
def test_places_and_safeguards(document, line, role, expected):
    assert words(find_places, document, line, role=role) == expected


@pytest.mark.parametrize(
    "line",
    ["Residents of California have more rights.", "The laws of India apply.", "We love Paris, France."],
)
def test_a_place_that_holds_no_data(document, line):
    assert words(find_places, document, line) == []


def test_measures_in_a_list(document):
    found = words(
        find_measures,
        document,
        "# Security",
        "We take these measures:",
        "- encryption in transit",
        "- daily backups",
    )
    assert found == ["encryption in transit", "daily backups"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Only three people can open the archive.", ["Only three people can open the archive"]),
        ("Only our engineers are accessing the archive.", ["Only our engineers are accessing the archive"]),
        ("Only three people ordered kites.", []),
        (
            "Only colleagues who need it can read your letters and files.",
            ["Only colleagues who need it can read your letters and files"],
        ),
        ("Only people with a badge may open our servers.", ["Only people with a badge may open our servers"]),
        (
            "Only engineers who need the plans for their tasks may open it.",
            ["Only engineers who need the plans for their tasks may open it"],
        ),
        ("Only people over 18 may access our website.", []),
        ("Only persons under 12 may access our pond.", []),
        ("We fly only for people who see our ads.", []),
        ("Only people who see our files in a dream are invited.", []),
    ],
)
def test_that_few_can_see_data_is_a_measure(document, line, expected):
    assert words(find_measures, document, "# Security", line) == expected


def test_tracking_technologies(document):
    assert words(find_tracking, document, "We use cookies and web beacons.") == ["cookies", "web beacons"]


def test_blocking_cookies_is_no_tracking(document):
    assert words(find_tracking, document, "You can set your browser to block cookies.") == []


def test_subjects_that_a_sentence_singles_out(document):
    assert words(find_subjects, document, "We process data of students and their parents.") == [
        "students",
        "parents",
    ]


def test_users_in_general_are_not_singled_out(document):
    assert words(find_subjects, document, "We process data of our users.") == []


@pytest.mark.parametrize(
    "line",
    [
        "Data is processed (i) if our legitimate interests to do so prevail, (ii) if the law obliges us.",
        "We rely on legitimate interests.",
        "You may object where we rely on legitimate interests (Art. 21 GDPR).",
        "You may object where we rely on legitimate interests (see section 4).",
        "We rely on our legitimate interests, in order to enter into a contract, with your consent.",
    ],
)
def test_an_interest_without_a_name_is_none(document, line):
    assert words(find_bases, document, line, role=Role.LEGITIMATE_INTEREST) == []


@pytest.mark.parametrize(
    "line",
    [
        "Kite flying laws require a helmet.",
        "Where the law requires your consent, we ask for it first.",
        "You must be 16 unless local law requires a higher age.",
        "If the law requires us to tell you of a breach, we will write to you.",
        "You are not obliged by law to give us your name.",
        "We are not obliged by law to keep kites.",
        "Our staff are bound by law to keep secrets.",
        "Many ask us what laws require.",
    ],
)
def test_what_a_law_tells_readers_is_no_basis(document, line):
    assert words(find_bases, document, line, role=Role.LEGAL_BASIS) == []


@pytest.mark.parametrize(
    ("line", "interest"),
    [
        (
            "We rely on our legitimate interests to see how visitors use our site.",
            "see how visitors use our site",
        ),
        ("Our legitimate interests: article recommendations.", "article recommendations"),
    ],
)
def test_an_interest_may_begin_like_a_reference(document, line, interest):
    assert words(find_bases, document, line, role=Role.LEGITIMATE_INTEREST) == [interest]


def test_a_basis_that_is_lacking_is_none(document):
    assert words(find_bases, document, "We erase what was gathered without proof of parental consent.") == []


@pytest.mark.parametrize(
    "line",
    [
        "You may turn to an EU supervisory authority about a transfer.",
        "Stored data is covered by the California Consumer Privacy Act.",
    ],
)
def test_a_place_in_the_name_of_something_else(document, line):
    assert words(find_places, document, line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Never share your password with third parties.",
        "You must not disclose the code to other persons.",
        "Recipient means any other party.",
    ],
)
def test_what_the_reader_does_names_no_recipient(document, line):
    assert words(find_recipients, document, line) == []


def test_a_phrase_is_never_cut_inside_a_word(document):
    line = "We offer appropriate safeguards and " + "very " * 8 + "wonderful protection for any transfer."
    made = document(line)
    for passage in passages(made, sentences(made)):
        for mention in find_places(passage):
            end = mention.end
            assert not (made.text[end - 1].isalnum() and made.text[end].isalnum())


def test_a_table_of_what_and_why():
    made = read_bytes(
        b"# Privacy policy\n\n| What | Why |\n|---|---|\n| Email address | To log you in and to reset your password |\n"
        b"| Crash logs | To find and fix bugs |\n",
        name="policy.md",
    )
    found = passages(made, sentences(made))
    assert [made.text[m.start : m.end] for p in found for m in find_data(p)] == [
        "Email address",
        "Crash logs",
    ]
    assert [made.text[m.start : m.end] for p in found for m in find_purposes(p)] == [
        "log you in",
        "reset your password",
        "find and fix bugs",
    ]
