"""IRIs: each follows from what it names, and is an IRI whatever the name."""

from __future__ import annotations

import dataclasses

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.errors import InputError
from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.iris import PolicyIris, checked_base, content_hash, policy_iri

_TEXT = "We keep your name."
_DOCUMENT = Document(_TEXT, (Block(BlockKind.PARAGRAPH, 0, len(_TEXT)),), "a.txt", "text/plain", "00")
_IRIS = PolicyIris("https://example.org/", "https://example.org/policy/0123")


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/id/", "https://example.org/id/"),
        ("https://example.org/id#", "https://example.org/id#"),
        ("urn:example:privacy", "urn:example:privacy/"),
    ],
)
def test_a_base_ends_where_names_can_follow(base: str, expected: str) -> None:
    assert checked_base(base) == expected


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org/id",
        "https://a b.org/",
        "https://x/<y>",
        "/id/",
        "https:",
        "https://[x/",
        "https://x/%zz",
    ],
)
def test_a_base_that_is_no_absolute_iri_is_refused(base: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_base(base)
    assert caught.value.source == base
    assert "example.org" in caught.value.advice


def test_a_policy_is_named_after_its_text_and_layout_alone() -> None:
    twin = dataclasses.replace(
        _DOCUMENT, source="b.html", media_type="text/html", input_hash="ff", title="T", encoding="latin-1"
    )
    assert policy_iri(twin) == policy_iri(_DOCUMENT)
    assert policy_iri(_DOCUMENT).endswith(content_hash(_DOCUMENT)[:16])


@pytest.mark.parametrize(
    "change",
    [
        {"text": "We keep your names"},
        {"blocks": (Block(BlockKind.LIST_ITEM, 0, len(_TEXT)),)},
        {"blocks": (Block(BlockKind.PARAGRAPH, 0, 7), Block(BlockKind.PARAGRAPH, 8, len(_TEXT)))},
        {"blocks": (Block(BlockKind.PARAGRAPH, 0, len(_TEXT), language="de"),)},
    ],
)
def test_another_text_or_layout_is_another_policy(change: dict[str, object]) -> None:
    assert policy_iri(dataclasses.replace(_DOCUMENT, **change)) != policy_iri(_DOCUMENT)


def test_the_iri_of_a_policy_stays_from_release_to_release() -> None:
    """People cite these IRIs: a change here is a change of the graph model."""
    assert policy_iri(_DOCUMENT) == "https://w3id.org/privagraph/id/policy/c596d128442c37d2"


@given(st.text(min_size=1))
def test_any_name_of_an_organisation_makes_an_iri_of_one_segment(key: str) -> None:
    iri = _IRIS.agent(key)
    assert pyoxigraph.NamedNode(iri).value == iri
    segment = iri.removeprefix("https://example.org/agent/")
    assert "/" not in segment
    assert segment not in ("", ".", "..")


def test_names_are_percent_encoded() -> None:
    assert _IRIS.agent("müller & söhne/ag") == "https://example.org/agent/m%C3%BCller%20%26%20s%C3%B6hne%2Fag"
    assert _IRIS.agent("..") == "https://example.org/agent/%2E%2E"


def test_the_officer_belongs_to_the_controller_where_there_is_one() -> None:
    assert _IRIS.officer("acme") == "https://example.org/agent/acme/dpo"
    assert _IRIS.officer(None) == "https://example.org/policy/0123/dpo"


def test_a_second_mention_on_the_same_words_has_an_iri_of_its_own() -> None:
    assert _IRIS.mention(1, 5, "purpose") == "https://example.org/policy/0123/mention/1-5-purpose"
    assert _IRIS.mention(1, 5, "purpose", 2) == "https://example.org/policy/0123/mention/1-5-purpose-2"
