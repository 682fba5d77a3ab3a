"""Capitalised terms that look defined and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.shapes.derivation.wording.terms import undefined_terms

if TYPE_CHECKING:
    from .conftest import Draft

USE = "We share your name with the Permitted Affiliates in the region."


@pytest.mark.parametrize(
    "text",
    [
        USE,
        "We share your name with our Partners in the region.",
        "We keep all Usage Data in a safe place.",
    ],
)
def test_a_term_without_a_definition(draft: type[Draft], text: str) -> None:
    assert [kind for kind, _ in draft(text).find(undefined_terms)] == ["UndefinedTerm"]


@pytest.mark.parametrize(
    "definition",
    [
        "Our sister companies (the “Permitted Affiliates”) are near.",
        "Permitted Affiliates means our sister companies in Sweden and in Norway.",
        "“Permitted Affiliate”: a sister company of ours.",
        "Our sister companies, hereinafter called the Permitted Affiliates, are near.",
        "Permitted Affiliates\n\nThey are our sister companies.",
        "Capitalised terms have the meaning that is given to them in our Terms of Use.",
    ],
)
def test_a_term_that_is_defined_before_or_after(draft: type[Draft], definition: str) -> None:
    assert draft(f"{USE}\n\n{definition}").find(undefined_terms) == []
    assert draft(f"{definition}\n\n{USE}").find(undefined_terms) == []


@pytest.mark.parametrize(
    "text",
    [
        "We answer to the Federal Trade Commission in this matter.",  # an office
        "We keep what the Data Protection Act asks us to keep.",  # a law
        "We use the Google Play Services for that purpose.",  # a product
        "You can write to our Data Protection Officer at any time.",  # a role
        "We process your Personal Data with care and never sell it.",  # defined by law
        "OUR PERMITTED AFFILIATES GET YOUR NAME.",
        "How We Share Data With Permitted Affiliates And Others",  # a title
        "Usage, Log and Device Information: we collect what your browser sends.",  # a title in front of a paragraph
        "Permitted affiliates get your name.",
    ],
)
def test_capitals_that_make_no_term(draft: type[Draft], text: str) -> None:
    assert draft(text).find(undefined_terms) == []


def test_a_term_is_reported_where_it_stands_first(draft: type[Draft]) -> None:
    policy = draft(f"{USE} We ask the Permitted Affiliates to keep it safe.")
    (found,) = undefined_terms(policy.read())
    assert found.spans == (policy.span("Permitted Affiliates"),)
