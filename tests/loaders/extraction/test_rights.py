from __future__ import annotations

import pytest

from privagraph.loaders.extraction.passages import passages
from privagraph.loaders.extraction.rights import find_rights
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import Role


def found(document, *lines):
    made = document(*lines)
    return [
        (m.role, (m.concept or "").rpartition("#")[2], made.text[m.start : m.end])
        for passage in passages(made, sentences(made))
        for m in find_rights(passage)
    ]


@pytest.mark.parametrize(
    ("line", "articles"),
    [
        ("You have the right to have your data rectified or erased.", {"A16", "A17"}),
        ("You have the right to have your data corrected, erased or restricted.", {"A16", "A17", "A18"}),
        ("Pupils have a right to have old records deleted or transferred to a new school.", {"A17", "A20"}),
    ],
)
def test_a_right_to_have_several_things_done(document, line, articles):
    assert articles == {concept for role, concept, _ in found(document, line) if role is Role.RIGHT}


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("You have the right to access your personal data.", "A15"),
        ("You may request a copy of the data that we hold.", "A15"),
        ("You have the right of access.", "A15"),
        ("You may ask us to correct your information.", "A16"),
        ("Users can update their profile at any time.", "A16"),
        ("You have the right to have your data rectified.", "A16"),
        ("You may have mistakes corrected.", "A16"),
        ("You can ask us to fix wrong or outdated details.", "A16"),
        ("Write to our office and we will send you a copy.", "A15"),
        ("We will send you a copy of your data.", "A15"),
        ("Just write to us, and we will gladly send you a copy of it.", "A15"),
        ("Write to us and we will send you a copy or correct mistakes.", "A15"),
        ("Write to us and we will send you a copy or correct mistakes.", "A16"),
        ("You may ask us to delete your account.", "A17"),
        ("You have the right to erasure.", "A17"),
        ("Parents can request that we erase the data of their child.", "A17"),
        ("You have the right to restrict processing.", "A18"),
        ("You may ask us to limit the use of your information.", "A18"),
        ("You have the right to data portability.", "A20"),
        ("You may receive your data in a machine-readable format.", "A20"),
        ("You may request the transfer of your data to another school.", "A20"),
        ("You can object to the processing of your data.", "A21"),
        ("You may opt out of marketing messages.", "A21"),
        ("You have the right not to be subject to a decision based solely on automated processing.", "A22"),
        ("You may withdraw your consent at any time.", "A7-3"),
        ("You can unsubscribe from our newsletter.", "A7-3"),
        ("You have the right to lodge a complaint with a supervisory authority.", "A77"),
        ("You may file a complaint with the data protection commissioner.", "A77"),
    ],
)
def test_a_right(document, line, article):
    assert article in {concept for role, concept, _ in found(document, line) if role is Role.RIGHT}


@pytest.mark.parametrize(
    "line",
    [
        "We might update this privacy policy now and then.",
        "We restrict access to our servers.",
        "We send you a copy of the invoice.",
        "We will send you a copy of the invoice.",
        "We will send you a copy of our catalogue.",
        "You may ask for kites, and we will send you a copy of our catalogue.",
        "We will send you an e-mail when we update your information.",
        "Once you book, we shall send you the access code for your account.",
        "Our tests find mistakes.",
        "We use your data to correct errors.",
        "Cookies are deleted when you close the browser.",
        "We will transfer your data to another company.",
    ],
)
def test_no_right(document, line):
    assert [concept for role, concept, _ in found(document, line) if role is Role.RIGHT] == []


@pytest.mark.parametrize(
    ("line", "article", "words"),
    [
        (
            "You may edit, or delete your personal information here.",
            "A16",
            "edit, or delete your personal information",
        ),
        ("You can update your account details.", "A16", "update your account details"),
        (
            "You may object to its use, and receive your data in a portable format.",
            "A21",
            "object to its use",
        ),
        ("You may opt out of mail, delete your profile or ask us.", "A21", "opt out of mail"),
        ("You can object to its use by refusing access.", "A21", "object to its use by refusing access"),
        (
            "You may opt out of the sale, transfer or sharing of your data.",
            "A21",
            "opt out of the sale, transfer or sharing of your data",
        ),
        (
            "You may object to the collection, access and use of your data.",
            "A21",
            "object to the collection, access and use of your data",
        ),
        (
            "You can object to the analysis, transfer, and storage of your photos.",
            "A21",
            "object to the analysis, transfer, and storage of your photos",
        ),
        (
            "You may opt out of profiling, access and sharing.",
            "A21",
            "opt out of profiling, access and sharing",
        ),
        ("You may object to mail, access your data or delete it.", "A21", "object to mail"),
    ],
)
def test_the_words_of_a_right_end_where_the_right_does(document, line, article, words):
    assert (Role.RIGHT, article, words) in found(document, line)


def test_items_under_a_heading_on_rights_need_no_verb(document):
    rights = found(
        document,
        "# Your rights",
        "You have these rights:",
        "- Right of access",
        "- Right to rectification",
        "- Data portability",
    )
    assert [concept for role, concept, _ in rights if role is Role.RIGHT] == ["A15", "A16", "A20"]


@pytest.mark.parametrize(
    "line",
    [
        "To exercise your rights, please contact us at privacy@kitebird.example.",
        "You can submit a request for deletion by writing to our office.",
    ],
)
def test_how_a_right_is_used(document, line):
    assert (Role.RIGHT_MECHANISM, "RightExerciseNotice", line) in found(document, line)


@pytest.mark.parametrize(
    "line",
    [
        "You can block cookies in your browser settings.",
        "You may opt out on this page.",
        "Users can disable location services.",
    ],
)
def test_an_opt_out(document, line):
    assert (Role.OPT_OUT, "PermissionManagement", line) in found(document, line)


@pytest.mark.parametrize(
    "line",
    [
        "You may not opt out of messages about your account.",
        "If we find such records, we will delete that information.",
        "We can complete transactions and send you related information.",
    ],
)
def test_what_is_refused_or_done_by_the_controller_is_no_right(document, line):
    assert [concept for role, concept, _ in found(document, "# Children", line) if role is Role.RIGHT] == []
