from __future__ import annotations

import pytest

from privagraph.shapes.derivation.contradictions import qualifiers
from privagraph.shapes.derivation.contradictions.families import Family
from privagraph.shapes.derivation.contradictions.qualifiers import (
    CHILDREN,
    HEDGE,
    SCOPED,
    Topic,
    exceptions_of,
    goes_on,
    topics_of,
)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("if you agree", Topic.CONSENT),
        ("with your prior written consent", Topic.CONSENT),
        ("unless you ask us to", Topic.CONSENT),
        ("where the law requires it", Topic.LAW),
        ("in response to a subpoena", Topic.LAW),
        ("service providers who work for us", Topic.PROVIDER),
        ("in order to deliver your parcel", Topic.PROVIDER),
        ("if our business is sold in a merger", Topic.MERGER),
        ("the sale of our business", Topic.MERGER),
        ("in aggregated form", Topic.AGGREGATE),
        ("non-personal information", Topic.AGGREGATE),
        ("with companies of our group of companies and subsidiaries", Topic.AFFILIATE),
        ("to protect the safety of others", Topic.SAFETY),
        ("as described in this policy", Topic.POLICY),
        ("as set out below", Topic.POLICY),
        ("there are adequate controls", Topic.SAFEGUARD),
    ],
)
def test_what_words_are_about(words: str, topic: Topic) -> None:
    assert topic in topics_of(words)


def test_words_about_nothing_that_is_excepted() -> None:
    assert topics_of("We share your address with advertisers.") == frozenset()
    assert Topic.AFFILIATE not in topics_of("unaffiliated third parties")


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("We never share data.", set()),
        ("We never share data unless you agree.", {Topic.CONSENT}),
        ("Except with service providers, we never share data.", {Topic.PROVIDER}),
        ("We share no data other than with couriers.", {Topic.PROVIDER}),
        ("We share no data, except on Fridays.", {Topic.OTHER}),
        ("We share no data; however, we may tell the police.", {Topic.LAW}),
        ("However, we never share data.", set()),
        ("We share no data unless it is safe from fraud.", {Topic.SAFETY, Topic.OTHER}),
    ],
)
def test_the_exceptions_of_a_denial(sentence: str, topics: set[Topic]) -> None:
    negation = sentence.index("never") if "never" in sentence else sentence.index("no ")
    assert exceptions_of(sentence, at=negation) == topics


@pytest.mark.parametrize(
    ("following", "topics"),
    [
        ("However, courts may see them.", {Topic.LAW}),
        ("This does not include providers who assist us.", {Topic.PROVIDER}),
        ("We may share them with our subsidiaries.", {Topic.AFFILIATE}),
    ],
)
def test_the_next_sentence_can_go_on(following: str, topics: set[Topic]) -> None:
    assert goes_on(following, Family.SHARING)
    assert exceptions_of("We never share data.", following=following) == topics


@pytest.mark.parametrize(
    "following",
    [
        "Courts are strict.",
        "We may store your data as long as necessary.",
        "We may use your data to improve the shop.",
        "If you write to us, we keep your letter.",
    ],
)
def test_the_next_sentence_can_begin_anew(following: str) -> None:
    assert not goes_on(following, Family.SHARING)


@pytest.mark.parametrize(
    ("following", "family"),
    [
        ("We may store your data.", Family.STORAGE),
        ("We may store your data.", Family.COLLECTION),
        ("We may use your data to improve the shop.", Family.USE),
        ("If you buy a gift card, we use a provider to print it.", Family.SHARING),
    ],
)
def test_what_may_be_done_goes_on_from_a_promise_of_its_own_kind(following: str, family: Family) -> None:
    assert goes_on(following, family)


def test_words_that_make_a_denial_say_less() -> None:
    assert HEDGE.search("We generally do not share data.")
    assert not HEDGE.search("We never share data.")
    assert SCOPED.match("If you take part, we share nothing.")
    assert not SCOPED.match("We share nothing.")


@pytest.mark.parametrize("words", ["children", "anyone under the age of 13", "minors", "persons under 16"])
def test_words_for_children(words: str) -> None:
    assert CHILDREN.search(f"We collect no data from {words}.")


def test_grown_ups_are_no_children() -> None:
    assert not CHILDREN.search("We collect no data from our users under this contract.")


def test_words_without_end_are_read_and_not_remembered() -> None:
    held = qualifiers._topics.held
    assert topics_of("if you agree" + " and a kite flies" * 100) == {Topic.CONSENT}
    assert qualifiers._topics.held == held
