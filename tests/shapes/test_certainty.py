"""How sure the extraction below a finding is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from privagraph.shapes import certainty
from privagraph.shapes.certainty import FEWEST, absences, certainty_of
from privagraph.shapes.results import Certainty, CertaintyKind, Evidence
from privagraph.shapes.rules import profiles


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def counts() -> Mapping[str, tuple[int, int]]:
        return {"gdpr:often": (9, 12), "gdpr:seldom": (FEWEST - 1, FEWEST - 1), "gdpr:just": (0, FEWEST)}

    monkeypatch.setattr(certainty, "absences", counts)


def words(confidence: float | None) -> Evidence:
    return Evidence(0, 4, "your", confidence=confidence)


def test_a_finding_on_words_is_as_sure_as_the_least_sure_of_them() -> None:
    found = certainty_of("gdpr:often", [words(0.9), words(None), words(0.6)])
    assert found == Certainty(CertaintyKind.EXTRACTION, 0.6)


@pytest.mark.usefixtures("counted")
def test_a_finding_on_nothing_is_as_sure_as_such_findings_were() -> None:
    assert certainty_of("gdpr:often", []) == Certainty(CertaintyKind.ABSENCE, 0.75, 9, 12)
    assert certainty_of("gdpr:just", []) == Certainty(CertaintyKind.ABSENCE, 0.0, 0, FEWEST)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("rule", ["gdpr:seldom", "gdpr:unheard-of", "own.ttl:shape"])
def test_of_few_policies_or_none_no_share_is_told(rule: str) -> None:
    assert certainty_of(rule, []) is None


@pytest.mark.usefixtures("counted")
def test_words_of_no_known_confidence_say_nothing_of_an_absence() -> None:
    assert certainty_of("gdpr:often", [words(None)]) is None


def test_the_counts_are_counts_of_rules_that_there_are() -> None:
    items = {rule.name for each in profiles() for rule in each.rules if rule.is_item}
    assert len(absences()) >= 10
    assert set(absences()) <= items
    assert all(0 <= right <= of for right, of in absences().values())
