"""Concepts and organisations by the names that people give them."""

from __future__ import annotations

import pytest

from privagraph.errors import GraphError, UnknownTermError
from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import Branch
from privagraph.queries.concepts import concept_named, recipient_named
from privagraph.queries.store import GraphStore


@pytest.mark.parametrize(
    "name",
    [
        "pd:EmailAddress",
        "https://w3id.org/dpv/pd#EmailAddress",
        "<pd:EmailAddress>",
        "email ADDRESS",
        "EmailAddress",
    ],
)
def test_a_concept_has_many_names(name: str) -> None:
    assert compact(concept_named(name, branch=Branch.PERSONAL_DATA)) == "pd:EmailAddress"


def test_a_label_is_looked_for_in_its_hierarchy() -> None:
    assert compact(concept_named("location", branch=Branch.PERSONAL_DATA)) == "pd:Location"
    assert compact(concept_named("location", branch=Branch.LOCATION)) == "dpv:Location"


@pytest.mark.parametrize(
    ("name", "branch", "scheme", "near"),
    [
        ("e-mail", Branch.PERSONAL_DATA, "personal data", "pd:EmailAddress"),
        ("emailadress", Branch.PERSONAL_DATA, "personal data", "pd:EmailAddress"),
        ("advertize", Branch.PURPOSE, "purpose", "dpv:Advertising"),
        ("pd:Location", Branch.PURPOSE, "purpose", ""),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(
    name: str, branch: Branch, scheme: str, near: str
) -> None:
    with pytest.raises(UnknownTermError) as caught:
        concept_named(name, branch=branch)
    assert (caught.value.term, caught.value.scheme) == (name, scheme)
    assert near in caught.value.near or not (near or caught.value.near)


def test_a_recipient_is_an_organisation_or_a_kind(sample_store: GraphStore) -> None:
    analytics = recipient_named(sample_store, "google analytics")
    assert analytics.endswith("/agent/google-analytics")
    assert (
        recipient_named(sample_store, analytics)
        == recipient_named(sample_store, "google-analytics")
        == analytics
    )
    assert compact(recipient_named(sample_store, "third party")) == "dpv:ThirdParty"
    with pytest.raises(
        UnknownTermError, match="no recipient term 'Googel Analytics'; nearest: Google Analytics"
    ):
        recipient_named(sample_store, "Googel Analytics")


def test_a_recipient_like_none_points_at_the_lists(sample_store: GraphStore) -> None:
    with pytest.raises(GraphError, match=r"knows no recipient 'zzzzzz'; `privagraph query named-recipients`"):
        recipient_named(sample_store, "zzzzzz")
