from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes

Outline = Callable[..., list[str]]
Intros = Callable[[Document], dict[str, str | None]]


def test_one_paragraph_a_line_without_blank_lines(outline: Outline) -> None:
    text = """Privacy Notice
Last changed: 3 May 2024
Heron Ferries tells you here what becomes of your details when you book a crossing with us.
Getting in touch
Heron Ferries Ltd.
Pier House
7 Quay Street
Galway H91 X2P4
IRELAND
desk@heron.example
+353 91 555 0100
Who this is for
It is for passengers and for people who visit our pier.
What do we keep, and why?
  1. When you book
    Our clerks note down your name, your cabin and the plate of your car, so that we can load the deck.
  2. When you sail
    On board we film the car deck:
    • to keep people safe,
    • to settle claims.
    Films are wiped after a week.
How long do we keep it?
Bookings are wiped after two years.
Your rights
You may ask us for the following:
− a copy of your details,
− the correction of mistakes.
"""
    assert outline(text, "heron.txt") == [
        "# Privacy Notice",
        "Last changed: 3 May 2024",
        "Heron Ferries tells you here what becomes of your details when you book a crossing with us.",
        "## Getting in touch",
        "Heron Ferries Ltd. / Pier House / 7 Quay Street / Galway H91 X2P4 / IRELAND / "
        "desk@heron.example / +353 91 555 0100",
        "## Who this is for",
        "It is for passengers and for people who visit our pier.",
        "## What do we keep, and why?",
        "### 1. When you book",
        "Our clerks note down your name, your cabin and the plate of your car, so that we can load the deck.",
        "### 2. When you sail",
        "On board we film the car deck:",
        "- to keep people safe,",
        "- to settle claims.",
        "Films are wiped after a week.",
        "## How long do we keep it?",
        "Bookings are wiped after two years.",
        "## Your rights",
        "You may ask us for the following:",
        "- a copy of your details,",
        "- the correction of mistakes.",
    ]


def test_capitals_blank_lines_and_a_heading_over_two_lines(outline: Outline) -> None:
    text = """Privacy policy

Last updated in June 2023.

Background

Every word with a capital in this text has the meaning that our terms give it, and no other.

WHAT DO WE LEARN ABOUT YOU?

We learn what you tell us. We may also learn:

  • your name;
  • your shoe size.
WHAT HAPPENS TO IT ON THE
WAY TO OUR WAREHOUSE?

It travels on a van. Nobody looks at it there, and the driver has no key to the box.
"""
    assert outline(text, "shoes.txt") == [
        "# Privacy policy",
        "Last updated in June 2023.",
        "## Background",
        "Every word with a capital in this text has the meaning that our terms give it, and no other.",
        "## WHAT DO WE LEARN ABOUT YOU?",
        "We learn what you tell us. We may also learn:",
        "- your name;",
        "- your shoe size.",
        "## WHAT HAPPENS TO IT ON THE WAY TO OUR WAREHOUSE?",
        "It travels on a van. Nobody looks at it there, and the driver has no key to the box.",
    ]


def test_roman_sections_contents_and_numbers_that_are_headings_or_items(outline: Outline) -> None:
    text = """Moss Garden Privacy Policy
Contents
I. What We Ask For
II. Whom We Tell
III. How to Reach Us
I. What We Ask For
1. At the gate
We ask every visitor for a first name and for the number of people in the party.
2.In the shop
At the till we take the number of your card; the bank keeps it and we do not.
II. Whom We Tell
We tell others only where:
(1) you ask us to;
(2) a court orders it, in which case:
(a) we read the order;
(b) we tell you of it.
(3) a doctor needs it.
We took these steps:
1. We locked the cupboard; the key hangs in the office, where only two people can get at it.
(1) The first of them is the head gardener.
(2) The second is her deputy.
2. We wrote down who opens it.
III. How to Reach Us
Write to us at gate@moss.example.
"""
    assert outline(text, "moss.txt") == [
        "# Moss Garden Privacy Policy",
        "Contents",
        "- I. What We Ask For",
        "- II. Whom We Tell",
        "- III. How to Reach Us",
        "## I. What We Ask For",
        "### 1. At the gate",
        "We ask every visitor for a first name and for the number of people in the party.",
        "### 2.In the shop",
        "At the till we take the number of your card; the bank keeps it and we do not.",
        "## II. Whom We Tell",
        "We tell others only where:",
        "- (1) you ask us to;",
        "- (2) a court orders it, in which case:",
        "  - (a) we read the order;",
        "  - (b) we tell you of it.",
        "- (3) a doctor needs it.",
        "We took these steps:",
        "- 1. We locked the cupboard; the key hangs in the office, where only two people can get at it.",
        "  - (1) The first of them is the head gardener.",
        "  - (2) The second is her deputy.",
        "- 2. We wrote down who opens it.",
        "## III. How to Reach Us",
        "Write to us at gate@moss.example.",
    ]


def test_items_know_what_introduces_them(intros: Intros) -> None:
    text = (
        "We keep:\n\n  • your name\n  • your contact details:\n      - e-mail address\n      - "
        "telephone\n  • your age\n\nWe need it to bill you.\n"
    )
    document = read_bytes(text.encode(), name="a.txt")
    assert intros(document) == {
        "your name": "We keep:",
        "your contact details:": "We keep:",
        "e-mail address": "your contact details:",
        "telephone": "your contact details:",
        "your age": "We keep:",
    }


def test_numbers_that_begin_again_beneath_an_item_are_nested(intros: Intros) -> None:
    text = (
        "If you want to leave us:\n(1) Readers press the red button.\n(2) Schools write a letter, "
        "and these must hold:\n"
        "(1) no book is out on loan;\n(2) no fee is open.\nThen the account is closed for good.\n"
    )
    document = read_bytes(text.encode(), name="a.txt")
    assert (
        intros(document)["(1) no book is out on loan;"] == "(2) Schools write a letter, and these must hold:"
    )
    assert intros(document)["(1) Readers press the red button."] == "If you want to leave us:"


def test_lists_without_bullets(outline: Outline) -> None:
    text = """Whom do we work with?

These firms help us to run the club and see what they need for that.

Maps - Cartwright Atlas
Position and device
Payments – Coin House
Card number
Letters - Postbird
E-mail address

What do we do with it?

Plan the next walk
Send the bill
"""
    assert outline(text, "walks.txt") == [
        "# Whom do we work with?",
        "These firms help us to run the club and see what they need for that.",
        "- Maps - Cartwright Atlas",
        "  - Position and device",
        "- Payments – Coin House",
        "  - Card number",
        "- Letters - Postbird",
        "  - E-mail address",
        "## What do we do with it?",
        "- Plan the next walk",
        "- Send the bill",
    ]


def test_hard_wrapped_text_is_joined_and_torn_words_are_mended(outline: Outline) -> None:
    text = """OUR PRIVACY RULES

The archive holds letters that were given to it by many
families over a hundred years, and it holds the names and the infor-
mation of the people who come to read them. We use a third-
party scanner.

- Readers leave their name and their address with the porter
  at the door, who keeps the book under lock.
- Writers leave nothing.
"""
    assert outline(text, "archive.txt") == [
        "# OUR PRIVACY RULES",
        "The archive holds letters that were given to it by many families over a hundred years, and "
        "it holds the names and "
        "the information of the people who come to read them. We use a third-party scanner.",
        "- Readers leave their name and their address with the porter at the door, who keeps the "
        "book under lock.",
        "- Writers leave nothing.",
    ]


def test_underlined_headings(outline: Outline) -> None:
    text = (
        "Privacy at Oak Street\n=====================\n\nWe keep a visitors' "
        "book.\n\nRights\n------\n\nAsk to see your page in it.\n"
    )
    assert outline(text, "oak.txt") == [
        "# Privacy at Oak Street",
        "We keep a visitors' book.",
        "## Rights",
        "Ask to see your page in it.",
    ]


def test_lists_that_were_run_together(outline: Outline) -> None:
    text = (
        "Guest Data |\nWhat we hold: The details that a guest gives at the desk, including: – Full "
        "name; – Passport number; and – Car plate (if any). "
        "Legal Ground (EEA): The contract with the guest needs it. Aim of Processing: – Let the "
        "room; – Park the car. |\n|\n"
        "Staff Data |\nWhat we hold: The hours that our people work, as the time clock at the back "
        "door counts them each day. |\n"
    )
    assert outline(text, "inn.txt") == [
        "# Guest Data",
        "What we hold: The details that a guest gives at the desk, including:",
        "- Full name;",
        "- Passport number; and",
        "- Car plate (if any).",
        "Legal Ground (EEA): The contract with the guest needs it.",
        "Aim of Processing:",
        "- Let the room;",
        "- Park the car.",
        "## Staff Data",
        "What we hold: The hours that our people work, as the time clock at the back door counts "
        "them each day.",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Data | Purpose\nName | Billing\nPhone | Support\n",
        "| Data | Purpose |\n|------|---------|\n| Name | Billing |\n| Phone | Support |\n",
        "Data\tPurpose\nName\tBilling\nPhone\tSupport\n",
        "Data        Purpose\nName        Billing\nPhone       Support\n",
        "+-------+---------+\n| Data  | Purpose |\n+=======+=========+\n| Name  | Billing |\n| Phone "
        "| Support |\n+-------+---------+\n",
    ],
    ids=["pipes", "framed pipes", "tabs", "columns", "grid"],
)
def test_tables(outline: Outline, table: str) -> None:
    found = outline(
        f"We keep the following things about every guest of the house.\n\n{table}\nThat is all we keep.\n",
        "t.txt",
    )
    assert found[1:-1] == [
        "[0.0.0] Data",
        "[0.0.1] Purpose",
        "[0.1.0] Name < Data",
        "[0.1.1] Billing < Name < Purpose",
        "[0.2.0] Phone < Data",
        "[0.2.1] Support < Phone < Purpose",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "Acorn Ltd\n12 Mill Lane\nLeeds LS1 4AP\nUnited Kingdom",
        "Attn: Privacy Desk\nP.O. Box 99\nPortland, OR 97201",
        "Eichel GmbH\nLindenstraße 4\n10969 Berlin\nGermany\nTel: +49 30 555 01",
        "ACORN (ASIA) PTE. LTD.\nAttn: Data Desk\n9 Orchard Road, #04-01 Singapore 238861",
    ],
)
def test_postal_addresses_are_one_paragraph(outline: Outline, address: str) -> None:
    text = (
        f"Write to us and we will answer within the month, whatever it is:\n{address}\nWe answer "
        f"every letter that reaches us, even the rude ones.\n"
    )
    assert outline(text, "a.txt")[1] == address.replace("\n", " / ")


def test_the_title_is_the_first_heading_that_sounds_like_one() -> None:
    text = (
        "Home\nShop\n\nPrivacy Notice of Finch & Sons\n\nWe write down what you tell us and lock it "
        "away in a drawer.\n"
    )
    assert read_bytes(text.encode(), name="f.txt").title == "Privacy Notice of Finch & Sons"


def test_a_banner_in_another_language_has_its_own_tag() -> None:
    text = (
        "Спеціальна пропозиція для всіх читачів нашої бібліотеки!\nPrivacy Policy\nWe keep the names "
        "of our readers and the books that they have at home.\n"
    )
    document = read_bytes(text.encode(), name="l.txt")
    assert document.language == "en"
    assert [block.language for block in document.blocks] == ["uk", "en", "en"]
