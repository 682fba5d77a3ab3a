"""What a controller does, told apart from what it lets people ask for; the words in question stand in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.extraction import LexiconExtractor
from privagraph.loaders.extraction.own_acts import is_own_act
from privagraph.loaders.facts import Role
from privagraph.ontology.namespaces import expand

OWN = {
    "A15": [
        "[Access and use of your data]",
        "[Access to and disclosure of personal details]",
        "Collection, [access and use of your data]",
        "[Access, use and sharing of your records]",
        "Our [access to your data]",
        "How we [access your data]",
        "We log third-party [access to your data].",
        "Third-party [access to your data] is logged.",
        "Kites are built with the vendor's [access to your data].",
        "We strictly restrict [access to your data] to the shop.",
        "The app may request [access to your calendar data].",
        "You allow us to [access your account data].",
        "[Access to your data] is restricted to the shop.",
        "[Access to your data] by our engineers is logged.",
        "Our engineers may [access your data].",
    ],
    "A16": [
        "Our staff may access, [correct your data].",
        "The collection and [correction of data] takes a day.",
    ],
    "A17": ["Retention and [deletion of your data]", "We carry out the [deletion of your data] in May."],
    "A18": ["We [limit the collection of your data] to kites.", "[We only limit our use of data]."],
}

RIGHTS = {
    "A15": [
        "[Access to your data]",
        "[Access to and correction of your data]",
        "You can [access and correct your data].",
        "You have the right to [access and use of your data].",
        "You may ask us to [access your data].",
        "You may contact our team to [access your data].",
        "We give you [access to your data].",
        "You can ask for a stop of processing, and [access to your data].",
        "Ask for [access to and disclosure of your data].",
        "You have the right to request [access to the data] held by our partners.",
        "You can request [access to your data], which is limited to two requests a year.",
        "Authorized agents may request [access to your data].",
        "Employees may request [access to their personal data].",
    ],
    "A16": ["You can have our staff [correct your data].", "[Correction of your data]"],
    "A17": [
        "[Deletion of your data]",
        "Write to ask for the [deletion of your data].",
        "You are entitled to restriction of processing and [erasure of your data].",
        "Users can object to processing and [delete their personal data].",
        "Parents can refuse further collection or use and [delete their child's information].",
    ],
    "A18": ["Ask us, and we [limit the use of your data].", "People may [limit the use of their data]."],
}


def read(line: str, article: str) -> bool:
    bare = line.replace("[", "").replace("]", "")
    return is_own_act(bare, line.index("["), line.index("]") - 1, expand(f"eu-gdpr:{article}"))


@pytest.mark.parametrize(("article", "line"), [(each, line) for each in OWN for line in OWN[each]])
def test_what_the_controller_does_is_no_right(article: str, line: str) -> None:
    assert read(line, article)


@pytest.mark.parametrize(("article", "line"), [(each, line) for each in RIGHTS for line in RIGHTS[each]])
def test_what_people_can_ask_for_is_one(article: str, line: str) -> None:
    assert not read(line, article)


@pytest.mark.parametrize(
    ("heading", "rights"),
    [("# Access and use of your data", 0), ("# Our access to your data", 0), ("# Access to your data", 1)],
)
def test_a_heading_grants_what_it_offers(
    document: Callable[..., Document], heading: str, rights: int
) -> None:
    made = document(heading, "We build kites.")
    found = [m for m in LexiconExtractor().extract(made).mentions if m.role is Role.RIGHT]
    assert len(found) == rights
