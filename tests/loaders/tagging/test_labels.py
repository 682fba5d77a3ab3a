"""The labels, and what they stand for."""

from __future__ import annotations

import pytest

from privagraph.loaders.facts import Mention, Role
from privagraph.loaders.tagging.labels import CORPUS_ITEMS, LABELS, TRANSFER, concept_of, role_of
from privagraph.loaders.tagging.marks import labels_of
from privagraph.ontology.namespaces import expand


def test_labels_are_distinct_and_begin_with_the_items_of_the_corpus() -> None:
    assert len(set(LABELS)) == len(LABELS) == 37
    assert LABELS[: len(CORPUS_ITEMS)] == tuple(CORPUS_ITEMS.values())
    assert len(CORPUS_ITEMS) == 21


def test_every_role_has_a_label() -> None:
    assert {role_of(label) for label in LABELS} == set(Role)


@pytest.mark.parametrize(
    ("label", "role", "concept"),
    [
        ("purpose", Role.PURPOSE, None),
        ("right:A7-3", Role.RIGHT, "eu-gdpr:A7-3"),
        ("right:other", Role.RIGHT, None),
        (TRANSFER, Role.TRANSFER_DESTINATION, None),
    ],
)
def test_a_label_stands_for_a_role_and_perhaps_a_concept(label: str, role: Role, concept: str | None) -> None:
    assert (role_of(label), concept_of(label)) == (role, concept)


@pytest.mark.parametrize("label", [label for label in LABELS if concept_of(label)])
def test_concepts_of_labels_exist_and_lead_back_to_them(label: str) -> None:
    concept = concept_of(label)
    assert concept is not None
    assert labels_of(Mention(0, 1, role_of(label), expand(concept))) == (label,)


@pytest.mark.parametrize(
    ("role", "concept", "labels"),
    [
        (Role.DATA_CATEGORY, "pd:Name", ("data_category",)),
        (Role.RIGHT, "eu-gdpr:A15", ("right:A15",)),
        (Role.RIGHT, None, ("right:other",)),
        (Role.RIGHT, "eu-gdpr:A13", ("right:other",)),
        (Role.TRANSFER_SAFEGUARD, None, ("transfer_safeguard", TRANSFER)),
        (Role.TRANSFER_DESTINATION, None, ("transfer_destination", TRANSFER)),
    ],
)
def test_labels_of_a_mention(role: Role, concept: str | None, labels: tuple[str, ...]) -> None:
    assert labels_of(Mention(0, 1, role, expand(concept) if concept else None)) == labels
