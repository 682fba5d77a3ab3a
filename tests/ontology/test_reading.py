"""A policy's graph as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pyoxigraph as ox
import pytest

from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import (
    PROPERTIES,
    PolicyView,
    Span,
    read_confidence,
    read_offset,
    read_policy,
)


@pytest.fixture
def quads(sample_policy: MappedPolicy) -> list[ox.Quad]:
    return list(policy_quads(sample_policy))


@pytest.fixture
def view(sample_policy: MappedPolicy, quads: list[ox.Quad]) -> PolicyView:
    return read_policy(policy_iri(sample_policy.document), quads)


def changed(
    quads: Sequence[ox.Quad], predicate: str, value: Callable[[ox.Quad], list[ox.Literal]]
) -> list[ox.Quad]:
    """The quads with other values of a property."""
    name = ox.NamedNode(expand(predicate))
    return [
        new
        for quad in quads
        for new in (
            [quad]
            if quad.predicate != name
            else [ox.Quad(quad.subject, name, each, quad.graph_name) for each in value(quad)]
        )
    ]


def test_what_is_said_of_the_policy(view: PolicyView, sample_policy: MappedPolicy) -> None:
    assert view.iri == policy_iri(sample_policy.document)
    assert view.text == sample_policy.document.text
    assert (view.language, view.label) == ("en", "Privacy at Lantern Books 📚")
    assert view.sources == ("lantern.html",)
    assert (view.effective, view.updated) == (date(2024, 3, 1), date(2024, 5, 5))


def test_every_mention_is_there_in_the_order_of_the_text(
    view: PolicyView, sample_policy: MappedPolicy
) -> None:
    assert [(each.span.start, each.span.end, each.role) for each in view.mentions] == sorted(
        (each.start, each.end, str(each.role)) for each in sample_policy.mentions
    )
    assert all(view.text[each.span.start : each.span.end] == each.quote for each in view.mentions)
    (club,) = [each for each in view.mentions if each.quote == "café club number"]
    assert (club.concept, club.confidence, club.denied) == (None, 0.55, False)
    email, sold = [each for each in view.mentions if each.quote == "e-mail address"]
    assert (email.denied, sold.denied) == (False, True)
    assert email.concept == sold.concept == expand("pd:EmailAddress")
    (analytics,) = [each for each in view.mentions if each.quote == "Google Analytics"]
    assert analytics.agent is not None
    assert view.label_of(analytics.agent) == "Google Analytics"
    assert [each.value for each in view.mentions_of("retention", "transfer_destination")] == ["CH", "P10Y"]
    assert view.mentions_of() == ()


def test_every_practice_is_there_with_what_it_is_about(view: PolicyView) -> None:
    operations = [(each.processing.rpartition("#")[2], each.denied, each.modality) for each in view.practices]
    assert operations == [
        ("Collect", False, "asserted"),
        ("Use", False, "possible"),
        ("Use", False, "possible"),
        ("Sell", True, "asserted"),
        ("Disclose", False, "asserted"),
        ("Store", False, "asserted"),
    ]
    collected = view.practices[0]
    assert [each.quote for each in collected.arguments] == [
        "e-mail address",
        "café club number",
        "deliver books",
    ]
    assert [each.quote for each in collected.arguments_of("purpose")] == ["deliver books"]
    assert view.text[collected.evidence.start : collected.evidence.end] == collected.quote
    assert (collected.confidence, collected.condition, collected.condition_span) == (0.8, "", None)


def test_a_condition_is_there_with_its_place(other_policy: MappedPolicy) -> None:
    view = read_policy(policy_iri(other_policy.document), policy_quads(other_policy))
    (required,) = [each for each in view.practices if each.condition]
    assert required.modality == "required"
    assert required.condition_span is not None
    words = view.text[required.condition_span.start : required.condition_span.end]
    assert words == required.condition == "where the law of the canton demands it"


def test_the_order_of_the_quads_does_not_matter(view: PolicyView, quads: list[ox.Quad]) -> None:
    assert read_policy(view.iri, reversed(quads)) == view


def test_a_policy_of_which_nothing_is_said_is_empty() -> None:
    assert read_policy("https://example.org/p", []) == PolicyView("https://example.org/p", "", labels={})


def test_the_label_of_what_has_none_is_its_iri() -> None:
    assert PolicyView("https://example.org/p", "").label_of("urn:a") == "urn:a"


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("oa:start", "zero"),
        ("oa:start", "-1"),
        ("oa:start", "9" * 5000),
        ("oa:end", "0"),
        ("oa:end", "99999999"),
        ("oa:exact", "other words"),
    ],
)
def test_what_does_not_stand_where_it_should_is_left_out(
    view: PolicyView, quads: list[ox.Quad], predicate: str, value: str
) -> None:
    """A derivation may then cut the text at every span, and build spans from them."""
    read = read_policy(view.iri, changed(quads, predicate, lambda _: [ox.Literal(value)]))
    assert (read.mentions, read.practices) == ((), ())
    assert read.text == view.text


def test_without_a_text_there_are_no_words(view: PolicyView, quads: list[ox.Quad]) -> None:
    read = read_policy(view.iri, changed(quads, "pg:text", lambda _: []))
    assert (read.text, read.mentions, read.practices) == ("", (), ())


def test_of_two_texts_one_is_read_whatever_the_order(view: PolicyView, quads: list[ox.Quad]) -> None:
    def two(quad: ox.Quad) -> list[ox.Literal]:
        assert isinstance(quad.object, ox.Literal)
        return [quad.object, ox.Literal("A shorter text.")]

    both = changed(quads, "pg:text", two)
    assert read_policy(view.iri, both) == read_policy(view.iri, reversed(both))
    assert read_policy(view.iri, both).text == "A shorter text."


@pytest.mark.parametrize("value", ["yesterday", "2024-13-01", "", "2024-05-05T10:00:00"])
def test_a_date_that_is_none_is_not_known(view: PolicyView, quads: list[ox.Quad], value: str) -> None:
    read = read_policy(view.iri, changed(quads, "pg:lastUpdated", lambda _: [ox.Literal(value)]))
    assert (read.updated, read.effective) == (None, date(2024, 3, 1))


@pytest.mark.parametrize("value", ["sure", "nan", "inf", "-0.1", "1.1", ""])
def test_a_confidence_that_is_none_counts_as_nothing(
    view: PolicyView, quads: list[ox.Quad], value: str
) -> None:
    read = read_policy(view.iri, changed(quads, "pg:confidence", lambda _: [ox.Literal(value)]))
    assert {each.confidence for each in read.mentions} == {0.0}
    assert {each.confidence for each in read.practices} == {0.0}


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("017", 17), ("", None), ("-1", None), ("1e3", None), ("٣", None)]
)
def test_offsets(text: str, number: int | None) -> None:
    assert read_offset(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0.0), ("1.0", 1.0), ("5e-1", 0.5), ("2", None), ("nan", None)]
)
def test_confidences(text: str, number: float | None) -> None:
    assert read_confidence(text) == number


def test_spans_are_ordered_as_the_text_is() -> None:
    assert sorted([Span(5, 9), Span(0, 9), Span(5, 6)]) == [Span(0, 9), Span(5, 6), Span(5, 9)]


def test_the_properties_that_are_named_are_all_that_is_read(quads: list[ox.Quad], view: PolicyView) -> None:
    wanted = PROPERTIES | {expand("rdfs:label")}
    assert read_policy(view.iri, [quad for quad in quads if quad.predicate.value in wanted]) == view
    for each in PROPERTIES & {quad.predicate.value for quad in quads}:
        less = [quad for quad in quads if quad.predicate.value in wanted - {each}]
        assert read_policy(view.iri, less) != view, each
