"""References to sections that a policy does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.shapes.derivation.wording.sections import missing_sections

if TYPE_CHECKING:
    from .conftest import Draft

NUMBERED = """1. What we collect

{}

2. Who gets it

We share your name with couriers.

3. Your rights

3.1 A copy

You can ask for a copy.

3.2 Deletion

You can ask us to delete it."""


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("See section 7 for more.", "section 7"),
        ("See Sections 2 and 9.", "Sections 2 and 9"),
        ("See section 3.5 below.", "section 3.5"),
        ("See Annex B.", "Annex B"),
        ("See the section “How we train staff”.", "section “How we train staff”"),
        ("See the “How we train staff” section below.", "“How we train staff” section"),
        ("See section 2.", None),
        ("See section 3.2.", None),
        ("See section 2.4.", None),  # its parts carry no numbers that one could compare
        ("See the section “Who gets it”.", None),
        ("See the section “Your rights to a copy”.", None),
        ("It follows Section 1798.83 of the Civil Code.", None),
        ("It follows section 25 of the Data Protection Act.", None),
        ("It follows Article 49 GDPR.", None),
        ("Section 12 of our Terms of Use applies.", None),
        ("Open the “Privacy” section of your account settings.", None),
    ],
)
def test_references(draft: type[Draft], sentence: str, words: str | None) -> None:
    policy = draft(NUMBERED.format(sentence))
    assert policy.find(missing_sections) == ([] if words is None else [("MissingSection", words)])


@pytest.mark.parametrize(
    "text",
    [
        "We collect your name. See section 7.",
        "You can:\n1. write\n2. call\n3. visit\n\nYou pay by:\n1. card\n2. cash\n\nSee section 7.",
        "What we collect\n\nYour name. See the section “How we train staff”.",
    ],
)
def test_where_the_sections_cannot_be_seen_nothing_is_judged(draft: type[Draft], text: str) -> None:
    assert draft(text).find(missing_sections) == []
