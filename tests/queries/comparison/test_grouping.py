"""Readable parents of concepts."""

from __future__ import annotations

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.comparison.grouping import group_of


@pytest.mark.parametrize(
    ("topic", "concept", "group", "label"),
    [
        ("Personal data", "pd:BirthDate", "pd:PhysicalCharacteristic", "Birth date, age, body and looks"),
        ("Personal data", "pd:EmailAddress", "pd:Contact", "Contact details"),
        ("Personal data", "pd:Contact", "pd:Contact", "Contact details"),
        ("Personal data", "pd:CreditCardNumber", "pd:Financial", "Payments and money"),
        ("Personal data", "pd:Language", "pd:Language", "Language"),
        ("Purposes", "dpv:TargetedAdvertising", "dpv:Marketing", "Marketing and advertising"),
        (
            "Purposes",
            "dpv:FraudPreventionAndDetection",
            "dpv:EnforceSecurity",
            "Security and protection against fraud",
        ),
    ],
)
def test_group(topic: str, concept: str, group: str, label: str) -> None:
    assert group_of(topic, expand(concept)) == (expand(group), label)


@pytest.mark.parametrize(
    ("topic", "concept"),
    [
        ("Personal data", "dpv:PersonalData"),
        ("Rights", "eu-gdpr:A17"),
        ("Purposes", "https://example.org/no-term"),
    ],
)
def test_no_group(topic: str, concept: str) -> None:
    assert group_of(topic, expand(concept) if "://" not in concept else concept) is None


def test_there_are_few_enough_groups_to_read() -> None:
    words = vocabulary()
    kinds = [each.iri for each in words if words.is_a(each.iri, "dpv:PersonalData")]
    groups = {group[1] for each in kinds if (group := group_of("Personal data", each)) is not None}
    assert len(kinds) > 200
    assert len(groups) < 50
