"""Filters from names, and what they take."""

from __future__ import annotations

import pytest

from privagraph.errors import GraphError, UnknownTermError
from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import Filters, filters_named
from privagraph.queries.networks.filters import is_or_is_under
from privagraph.queries.store import GraphStore


def test_names_become_iris(birds: GraphStore) -> None:
    found = filters_named(
        birds,
        policies=["heron.txt", "How Postrider treats data", "heron.txt"],
        data="email address",
        purpose="dpv:Marketing",
        recipient="Mapwright",
        polarity="both",
    )
    assert len(found.policies) == 2
    assert set(found.policies) < set(birds.policies())
    assert (found.data, found.purpose) == (expand("pd:EmailAddress"), expand("dpv:Marketing"))
    assert found.recipient == "https://w3id.org/privagraph/id/agent/mapwright"
    assert found.by_concept
    assert not filters_named(birds).by_concept


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        ({"policies": ["heron"]}, GraphError, "did you mean heron.txt"),
        ({"data": "dpv:Marketing"}, UnknownTermError, "no personal data term"),
        ({"purpose": "marketting"}, UnknownTermError, "dpv:Marketing"),
        ({"recipient": "Mapwrite"}, UnknownTermError, "Mapwright"),
    ],
)
def test_names_of_nothing_are_answered_with_the_nearest(
    birds: GraphStore, names: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        filters_named(birds, **names)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("asked", "otherwise", "taken"),
    [
        (None, "both", {"affirmed", "denied"}),
        (None, "affirmed", {"affirmed"}),
        ("denied", "affirmed", {"denied"}),
        ("both", "affirmed", {"affirmed", "denied"}),
    ],
)
def test_polarities(asked: str | None, otherwise: str, taken: set[str]) -> None:
    filters = Filters(polarity=asked)  # type: ignore[arg-type]  # by name
    found = {each for each in ("affirmed", "denied") if filters.takes(each, otherwise=otherwise)}  # type: ignore[arg-type]  # by name
    assert found == taken


@pytest.mark.parametrize(
    ("one", "other", "under"),
    [
        ("pd:EmailAddress", "pd:Contact", True),
        ("pd:Contact", "pd:EmailAddress", False),
        ("dpv:TargetedAdvertising", "dpv:Marketing", True),
        ("pd:Name", "pd:Name", True),
    ],
)
def test_what_is_narrower(one: str, other: str, under: bool) -> None:
    assert is_or_is_under(expand(one), expand(other)) is under
    agent = "https://example.org/agent/a"
    assert is_or_is_under(agent, agent)
    assert not is_or_is_under(agent, expand(other))
