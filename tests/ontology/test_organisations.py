"""Organisations in text, names that are ordinary words, keys, and the file itself."""

from __future__ import annotations

from importlib.resources import files

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.ontology.namespaces import BASE, expand
from privagraph.ontology.organisations import organisation_key, organisations
from privagraph.ontology.vocabulary import vocabulary

NAMED = [
    ("We use Google Analytics.", [("google-analytics", "Google Analytics")]),
    ("we use google analytics for firebase", [("google-analytics", "google analytics for firebase")]),
    ("AWS, or Amazon S3", [("amazon-web-services", "AWS"), ("amazon-web-services", "Amazon S3")]),
    ("ads by ADMOB and AdColony", [("admob", "ADMOB"), ("adcolony", "AdColony")]),
    ("Facebook’s terms", [("facebook", "Facebook")]),
    ("operated by Google LLC, a company", [("google", "Google LLC")]),
    ("by Shopify Inc. They", [("shopify", "Shopify Inc.")]),
    ("Meta Platforms Ireland Limited", [("meta", "Meta Platforms Ireland Limited")]),
    ("The Rocket Science Group, LLC", [("mailchimp", "The Rocket Science Group, LLC")]),
    ("Yandex.Metrica counts visits", [("yandex-metrica", "Yandex.Metrica")]),
    ("the Facebook pixel", [("facebook-pixel", "Facebook pixel")]),
    ("X (formerly Twitter)", [("twitter", "X (formerly Twitter)")]),
    ("paid through Stripe", [("stripe", "Stripe")]),
    ("Stripe processes your card.", [("stripe", "Stripe")]),
    ("Stripe", [("stripe", "Stripe")]),
    ("sign in with Clever or ClassLink", [("clever", "Clever"), ("classlink", "ClassLink")]),
    ("Canvas, Schoology and Moodle", [("canvas", "Canvas"), ("schoology", "Schoology"), ("moodle", "Moodle")]),
    ("lessons held via Zoom", [("zoom", "Zoom")]),
    ("with Segment, Heap and Branch.", [("segment", "Segment"), ("heap", "Heap"), ("branch-metrics", "Branch")]),
    ("bought with Square, Inc. cards", [("square", "Square, Inc.")]),
    ("our Slack account", [("slack", "Slack")]),
    ("Unity Ads by Unity", [("unity-ads", "Unity Ads"), ("unity-technologies", "Unity")]),
]  # fmt: skip

NOT_NAMED = [
    "a clever idea",
    "Clever Use of Data",
    "paint on the Canvas",
    "a square in Times Square today",
    "Adjust your settings in the menu.",
    "Segment the market",
    "the branch of law",
    "Branch offices",
    "meta data and Meta tags",
    "to zoom in",
    "Please check the Box below",
    "P.O. Box 12",
    "your Visa application",
    "we share this with you",
    "words that appear in the list",
    "write to someone@gmail.com",
    "see www.facebook.com/policy",
    "https://policies.google.com/privacy",
    "Unity among teachers",
    "indeed, a drip of it",
]


def test_there_are_enough_cases() -> None:
    assert len(NAMED) >= 20
    assert len(NOT_NAMED) >= 20


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_names_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    matches = organisations().find(text)
    assert [(match.key, match.name) for match in matches] == expected
    assert all(text[match.start : match.end] == match.name for match in matches)


@pytest.mark.parametrize("text", NOT_NAMED)
def test_ordinary_words_and_addresses_are_not_names(text: str) -> None:
    assert organisations().find(text) == []


def test_a_stretch_of_a_text_keeps_the_offsets_of_the_text() -> None:
    text = "Google. We use Stripe. Facebook."
    (match,) = organisations().find(text, 8, 22)
    assert (match.key, text[match.start : match.end]) == ("stripe", "Stripe")


@given(st.text(max_size=120))
def test_any_text_can_be_searched(text: str) -> None:
    for match in organisations().find(text):
        assert text[match.start : match.end] == match.name
        assert organisations().get(match.key) is not None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme, Inc.", "acme"),
        ("ACME", "acme"),
        ("Acme Pte. Ltd.", "acme"),
        ("Acme S.p.A.", "acme"),
        ("Acme S.à r.l.", "acme"),
        ("Acme Sp. z o.o.", "acme"),
        ("Acme A/S", "acme"),
        ("The Acme Company", "acme"),
        ("Müller & Söhne GmbH & Co. KG", "muller-and-sohne"),
        ("Société Générale", "societe-generale"),
        ("Ørsted", "orsted"),
        ("Łódź Software", "lodz-software"),
        ("Straße AG", "strasse"),
        ("ООО «Яндекс»", "яндекс"),
        ("腾讯科技有限公司", "腾讯科技"),
        ("株式会社メルカリ", "メルカリ"),
        ("株式会社", "株式会社"),
        ("Ελληνικά", "ελληνικά"),
        ("Ｆｕｌｌ Ｗｉｄｔｈ Ltd", "full-width"),
        ("LLC", "llc"),
        ("Company Ltd", "company"),
        ("1&1", "1-and-1"),
        ("Authorize.Net", "authorize-net"),
        ("Kahoot!", "kahoot"),
        ("!!!", "sign-21-21-21"),
        ("McDonald’s", "mcdonald"),
    ],
)
def test_a_key_is_the_same_for_all_ways_to_write_a_name(name: str, key: str) -> None:
    assert organisation_key(name) == key


@given(st.text(max_size=60))
def test_a_key_is_never_empty_and_fits_into_an_iri(name: str) -> None:
    key = organisation_key(name)
    assert key
    assert not set(key) & set(' <>"{}|\\^`/?#%')
    ox.NamedNode(f"{BASE}agent/{key}")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("AWS", "amazon-web-services"),
        ("Facebook, Inc.", "meta"),
        ("google llc", "google"),
        ("Twitter International Company", "twitter"),
        ("Example Widgets GmbH", "example-widgets"),
    ],
)
def test_an_alias_leads_to_its_organisation(name: str, key: str) -> None:
    assert organisations().key(name) == key


def test_what_is_known_of_an_organisation() -> None:
    known = organisations().get("google-analytics")
    assert known is not None
    assert (known.name, known.operator) == ("Google Analytics", "google")
    assert known.kind == expand("pg:AnalyticsProvider")
    assert known.role == expand("dpv:ServiceProvider")
    assert "Universal Analytics" in known.aliases
    assert organisations().get("example-widgets") is None


# The file


def test_every_organisation_is_whole() -> None:
    terms, known = vocabulary(), organisations()
    assert len(known) >= 450
    assert len([item for item in known if item.operator]) >= 100
    for item in known:
        assert item.key == organisation_key(item.name), item.name
        assert item.kind is not None, item.name
        assert terms.is_a(item.kind, "pg:KindOfService"), item.name
        assert item.role in (expand("dpv:ServiceProvider"), expand("dpv:ThirdParty")), item.name
        assert item.operator is None or known.get(item.operator) is not None, item.name
        assert item.operator != item.key, item.name


def test_no_name_is_that_of_two_organisations() -> None:
    names: dict[str, str] = {}
    for item in organisations():
        for name in (item.name, *item.aliases):
            assert names.setdefault(name.casefold(), item.key) == item.key, name
    assert len(names) >= 1200


def test_the_operators_have_no_circle() -> None:
    for item in organisations():
        seen, at = {item.key}, item.operator
        while at is not None:
            assert at not in seen, item.name
            seen.add(at)
            known = organisations().get(at)
            at = known.operator if known else None


def test_the_file_says_nothing_else() -> None:
    source = (files("privagraph.ontology") / "organisations.ttl").read_bytes()
    said = {quad.predicate.value for quad in ox.parse(source, format=ox.RdfFormat.TURTLE)}
    assert said == {
        expand(term)
        for term in (
            "rdf:type",
            "foaf:name",
            "skos:altLabel",
            "skos:hiddenLabel",
            "pg:operatedBy",
            "pg:kindOfService",
        )
    }
