"""What a model claims, held against the text and the vocabulary."""

from __future__ import annotations

from dataclasses import replace

import pytest

from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.loaders.llm.answers import Claim
from privagraph.loaders.llm.checking import checked
from privagraph.loaders.llm.questions import Question
from privagraph.loaders.llm.usage import Usage
from privagraph.ontology.namespaces import expand

TEXT = "We share the guest’s name – and  your e-mail address – with Stripe, partners and other partners 🏠 in Ireland."


def check(*claims: Claim, text: str = TEXT, start: int = 0) -> tuple[list[Mention], Usage]:
    usage = Usage()
    found = list(checked(Question(start, start + len(text), text), claims, usage))
    return found, usage


def data(quote: str, concept: str | None = None) -> Claim:
    return Claim("data_category", quote, concept, denied=False)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("your e-mail address", "your e-mail address"),
        ("  your e-mail address\n", "your e-mail address"),
        ("guest's name", "guest’s name"),
        ("name - and your e-mail address", "name – and  your e-mail address"),
        ("name\u2011and", None),
        ("Your e-mail address", None),
        ("your email address", None),
        ("mail addres", None),
        ("are the guest", None),
        ("your phone number", None),
        ("", None),
        (" ", None),
    ],
)
def test_words_have_to_stand_in_the_text(quote: str, words: str | None) -> None:
    found, usage = check(data(quote), start=1000)
    assert [TEXT[m.start - 1000 : m.end - 1000] for m in found] == ([words] if words else [])
    assert usage.lost_quotes == (0 if words else 1)


def test_the_same_words_again_are_the_next_place() -> None:
    partners = Claim("recipient", "partners", None, denied=False)
    found, usage = check(partners, partners, partners)
    assert [m.start for m in found] == [TEXT.index("partners"), TEXT.rindex("partners")]
    assert usage.lost_quotes == 0


def test_a_role_that_is_none_or_was_not_asked_for_is_dropped() -> None:
    found, usage = check(
        replace(data("name"), role="data"),
        replace(data("name"), role="controller"),
        data("name"),
    )
    assert [m.role for m in found] == [Role.DATA_CATEGORY]
    assert usage.lost_roles == 2


@pytest.mark.parametrize(
    ("said", "kept", "lost"),
    [
        ("pd:EmailAddress", "pd:EmailAddress", 0),
        (expand("pd:EmailAddress"), "pd:EmailAddress", 0),
        (" pd:Contact ", "pd:Contact", 0),
        (None, "pd:EmailAddress", 0),
        ("pd:" + "EmailAdress", "pd:EmailAddress", 1),
        ("dpv:Marketing", "pd:EmailAddress", 1),
        ("dpv:hasPersonalData", "pd:EmailAddress", 1),
        ("e-mail", "pd:EmailAddress", 1),
        ("", "pd:EmailAddress", 1),
    ],
)
def test_a_concept_has_to_be_one_of_the_roles_kind(said: str | None, kept: str, lost: int) -> None:
    (found,), usage = check(data("your e-mail address", said))
    assert found.concept == expand(kept)
    assert usage.lost_concepts == lost


def test_words_that_no_concept_fits_have_none_and_less_confidence() -> None:
    (named, unnamed), _ = check(
        data("your name", "pd:Name"), data("your kite lines"), text="We log your name and your kite lines."
    )
    assert unnamed.concept is None
    assert unnamed.confidence < named.confidence


@pytest.mark.parametrize(
    ("role", "quote", "concept", "value", "agent"),
    [
        ("recipient", "Stripe", None, "Stripe", "stripe"),
        ("transfer_destination", "Ireland", "loc:IE", "IE", None),
        ("transfer_destination", "Ireland", None, "IE", None),
        ("retention", "for two years", None, "P2Y", None),
        ("breach_notice", "We tell you", None, None, None),
        ("policy_change", "We tell you", None, None, None),
    ],
)
def test_a_mention_gets_the_value_and_the_organisation_that_it_names(
    role: str, quote: str, concept: str | None, value: str | None, agent: str | None
) -> None:
    text = "We tell you that Stripe keeps data in Ireland for two years."
    (found,), _ = check(Claim(role, quote, concept, denied=True), text=text)
    assert (found.value, found.agent) == (value, agent)
    assert found.polarity is Polarity.DENIED
    assert (found.concept is None) == (role == "policy_change")
