from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.shapes.derivation.observations import Observation

PERSONAL = "We collect personal information such as your name and your IP address."


@pytest.mark.parametrize(
    "words",
    [
        "We also collect anonymous information such as your IP address.",
        "We also collect non-personal information, including your IP address.",
        "We also collect non-personal information:\n\n- your IP address;\n- the pages that you read.",
        "Your IP address is not personally identifiable.",
        "Your IP address does not identify you.",
        "Your IP address cannot identify you.",
    ],
)
def test_the_same_data_anonymous_and_personal(
    observed: Callable[[str], list[Observation]], words: str
) -> None:
    for policy in (f"{PERSONAL}\n\n{words}", f"{words}\n\n{PERSONAL}"):
        (found,) = [each for each in observed(policy) if each.kind == "pg:AnonymityContradiction"]
        assert "IP address" in found.note


@pytest.mark.parametrize(
    "words",
    [
        "We shorten your IP address, so that it is anonymous.",
        "Aggregated data such as your IP address do not identify you.",
        "Your IP address alone cannot identify you.",
        "We collect anonymous information such as the pages that you read.",
        "We collect non-personal information such as your browser type.",
    ],
)
def test_data_that_become_anonymous_or_are_others(
    observed: Callable[[str], list[Observation]], words: str
) -> None:
    assert [each.kind for each in observed(f"{PERSONAL}\n\n{words}")] == []
