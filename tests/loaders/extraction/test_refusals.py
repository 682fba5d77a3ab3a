"""Rights that people do not have, on sentences invented for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.passages import passages
from privagraph.loaders.extraction.refusals import is_refused
from privagraph.loaders.extraction.rights import find_rights
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import Polarity, Role
from privagraph.loaders.readers import read_bytes
from privagraph.loaders.tagging.extractor import HybridExtractor
from privagraph.ontology.namespaces import compact

Build = Callable[..., Document]


def rights(document: Document) -> set[tuple[str | None, bool]]:
    """The rights that rules find in a document: article, and whether it is denied."""
    return {
        (compact(mention.concept).removeprefix("eu-gdpr:"), mention.polarity is Polarity.DENIED)
        for passage in passages(document, sentences(document))
        for mention in find_rights(passage)
        if mention.role is Role.RIGHT and mention.concept
    }


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("You have no right to erasure.", "A17"),
        ("You do not have the right to erasure of your data.", "A17"),
        ("There is no right to data portability for these data.", "A20"),
        ("You don't have a right to restrict the processing.", "A18"),
        ("You have no right to delete your information.", "A17"),
        ("You cannot withdraw your consent.", "A7-3"),
        ("Parents cannot review the data of their child.", "A15"),
        ("Customers are not entitled to obtain a copy of their information.", "A15"),
        ("Members can't correct their data.", "A16"),
        ("You cannot object to this processing.", "A21"),
    ],
)
def test_a_right_that_people_do_not_have_is_denied(document: Build, line: str, article: str) -> None:
    assert rights(document(line)) == {(article, True)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("You have no right to erasure, but you have the right of access.", {("A17", True), ("A15", False)}),
        ("You have the right of access, but no right to erasure.", {("A15", False)}),
        ("If there are no legal grounds, you have the right to erasure.", {("A17", False)}),
        ("If you have no account, you have the right to erasure.", {("A17", False)}),
        ("You have no duty to register and have the right to erasure.", {("A17", False)}),
        (
            "You have no right of access, rectification or erasure.",
            {("A15", True), ("A16", True), ("A17", True)},
        ),
    ],
)
def test_a_refusal_reaches_as_far_as_its_clause(
    document: Build, line: str, expected: set[tuple[str, bool]]
) -> None:
    assert expected <= rights(document(line))


@pytest.mark.parametrize(
    "line",
    [
        "You cannot access the service without an account.",
        "Users cannot see the details of other users.",
        "You may not copy, modify or delete content.",
    ],
)
def test_what_is_not_their_own_is_no_right_of_theirs(document: Build, line: str) -> None:
    assert not any(denied for _, denied in rights(document(line)))


@pytest.mark.parametrize(
    "line",
    [
        "We do not have the right to delete your data.",
        "If you refuse the cookie, you cannot access your account.",
        "You may not be able to access your data at night.",
        "You cannot opt out of messages about your order.",
        "You can object to this at any time.",
    ],
)
def test_no_refusal(line: str) -> None:
    assert not is_refused(line, len(line) - 5, len(line))


@pytest.mark.parametrize(
    "line",
    [
        "You cannot withdraw your consent.",
        "Your consent cannot be withdrawn.",
        "Parents cannot review the data of their child.",
    ],
)
def test_the_tagger_does_not_silence_a_refusal(line: str) -> None:
    text = f"# Privacy policy of Lanternwood Ltd\n\n{line}\n"
    found = HybridExtractor().extract(read_bytes(text.encode(), name="policy.md")).mentions
    assert {m.polarity for m in found if m.role is Role.RIGHT} == {Polarity.DENIED}
