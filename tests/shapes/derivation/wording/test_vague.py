"""Vague words are found where they leave something open, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.shapes.derivation.wording.vague import vague_words

if TYPE_CHECKING:
    from .conftest import Draft


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We may share your name with couriers.", "We may share"),
        ("Your name may also be shared with couriers.", "name may also be shared"),
        ("We might possibly keep your name.", "We might possibly keep"),
        ("When you order, we may share your name.", None),
        ("We may share your name with your permission.", None),
        ("We may share your name where the law obliges us to.", None),
        ("We may disclose your name to comply with legal obligations.", None),
        ("Cookies may store your language.", None),
        ("These services may collect your name.", None),
        ("We may share anonymous figures.", None),
        ("We may be able to share your name.", None),
    ],
)
def test_a_hedge_counts_where_nothing_says_when(draft: type[Draft], text: str, words: str | None) -> None:
    policy = draft(text)
    policy.practice(text, modality="possible")
    assert policy.find(vague_words) == ([] if words is None else [("HedgedPractice", words)])


def test_a_hedge_counts_once_for_all_practices_of_its_sentence(draft: type[Draft]) -> None:
    policy = draft("We may collect and share your name.")
    for _ in range(2):
        policy.practice(policy.text, modality="possible")
    (found,) = vague_words(policy.read())
    assert found.about == ("urn:policy/practice/0", "urn:policy/practice/1")


def test_a_hedge_is_closed_by_the_condition_that_the_extractor_found(draft: type[Draft]) -> None:
    policy = draft("We may share your name at a fair.")
    policy.practice(policy.text, modality="possible", condition="at a fair")
    assert policy.find(vague_words) == []


def test_a_hedge_is_closed_by_the_list_that_it_introduces(draft: type[Draft]) -> None:
    policy = draft("We may share your name:\nif you ask us to;\nif you win a prize.")
    policy.practice("We may share your name:", modality="possible")
    assert policy.find(vague_words) == []


@pytest.mark.parametrize("text", ["You may write to us.", "We may change this notice."])
def test_a_hedge_without_a_practice_hides_nothing(draft: type[Draft], text: str) -> None:
    assert draft(text).find(vague_words) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We keep your orders for as long as necessary.", "as long as necessary"),
        ("We store your orders no longer than is necessary for our purposes.", "no longer than is necessary"),
        ("We retain your orders for a reasonable period of time.", "for a reasonable period of time"),
        ("We keep your orders for as long as you have an account.", None),
        ("We keep your orders as long as needed, which is two years.", None),
        ("We keep your orders for as long as necessary under tax law.", None),
    ],
)
def test_a_period_needs_a_length_or_a_criterion(draft: type[Draft], text: str, words: str | None) -> None:
    policy = draft(text)
    policy.mention(text.split("orders ")[1].rstrip("."), "retention")
    assert policy.find(vague_words) == ([] if words is None else [("VagueRetention", words)])


def test_a_period_is_closed_by_a_length_in_the_same_paragraph(draft: type[Draft]) -> None:
    policy = draft("We keep your data as long as necessary. Invoices stay for ten winters.")
    policy.mention("as long as necessary", "retention")
    assert [kind for kind, _ in policy.find(vague_words)] == ["VagueRetention"]
    policy.mention("for ten winters", "retention", value="P10Y")
    assert policy.find(vague_words) == []


@pytest.mark.parametrize(
    ("text", "recipient", "words"),
    [
        ("We share your name with our trusted partners.", "our trusted partners", "our trusted partners"),
        ("We share your name with third parties.", "third parties", "third parties"),
        (
            "We pass your name to certain companies for marketing.",
            "certain companies for marketing",
            "certain companies",
        ),
        ("We share it with partners to offer you kites.", "partners", "partners"),
        ("We share your name with couriers.", "couriers", None),
        ("We share your name with partners who deliver it.", "partners who deliver it", None),
        ("We share it with companies such as Tern Ltd.", "companies", None),
        ("We share it with third parties where the law asks us to.", "third parties", None),
        ("These third parties see your name.", "third parties", None),
        ("We share it with our service companies (“partners”).", "partners", None),
    ],
)
def test_a_recipient_is_told_by_what_it_does(
    draft: type[Draft], text: str, recipient: str, words: str | None
) -> None:
    policy = draft(text)
    policy.practice(text, policy.mention(recipient, "recipient"))
    found = [said for kind, said in policy.find(vague_words) if kind == "VagueRecipient"]
    assert found == ([] if words is None else [words])


def test_a_recipient_that_is_denied_gets_nothing(draft: type[Draft]) -> None:
    policy = draft("We do not share your name with third parties.")
    policy.practice(policy.text, policy.mention("third parties", "recipient", denied=True), denied=True)
    assert policy.find(vague_words) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We use your name for business purposes.", [("VaguePurpose", "business purposes")]),
        ("We use your name for other purposes.", [("VaguePurpose", "other purposes")]),
        ("We use your name to develop new products.", [("VaguePurpose", "to develop new products")]),
        ("We use your name for other purposes, such as sending invoices.", []),
        ("We use your name for the following business purposes.", []),
        ("We never use your name for other purposes.", []),
        ("We use your name for other purposes with your consent.", []),
        ("We collect certain information.", [("VagueData", "certain information")]),
        ("We collect your name and other personal data.", [("VagueData", "other personal data")]),
        ("We collect certain information, namely your name.", []),
        ("We collect certain information that you enter.", []),
        ("We do not collect any other information.", []),
        ("We collect certain information. This information includes your name.", []),
        ("In some cases, we collect your name.", [("VagueTerm", "In some cases")]),
        ("We generally store your name.", [("VagueTerm", "generally")]),
        ("We update this notice from time to time.", []),
        ("We store your name when necessary to send a parcel.", []),
        ("The weather is generally fine.", []),
    ],
)
def test_purposes_data_and_qualifiers(draft: type[Draft], text: str, found: list[tuple[str, str]]) -> None:
    assert draft(text).find(vague_words) == found


def test_words_are_reported_once(draft: type[Draft]) -> None:
    policy = draft("We collect certain information for business purposes from time to time.")
    policy.practice(policy.text)
    policy.practice(policy.text)
    assert [words for _, words in policy.find(vague_words)] == [
        "business purposes",
        "certain information",
        "from time to time",
    ]
