from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.shapes.derivation.observations import Observation


@pytest.mark.parametrize(
    "words",
    [
        "We are the controller of your personal data. We act as a processor of your personal data.",
        "We act only as a data processor.\n\nWe are the data controller for all personal data under this policy.",
        "We are the controller of meal plans. We act as a processor of meal plans.",
    ],
)
def test_two_roles_for_the_same_data(observed: Callable[[str], list[Observation]], words: str) -> None:
    (found,) = [each for each in observed(words) if each.kind == "pg:RoleContradiction"]
    assert len(found.spans) == 2


@pytest.mark.parametrize(
    "words",
    [
        "We are the controller of account data. We act as a processor of meal plans.",
        "We are the controller of your personal data. When a school hires us, we act as a processor.",
        "We are the controller of your personal data. We act as a processor on behalf of our customers.",
        "We are the controller of your personal data. Hostway acts as a processor of your personal data.",
        "We are either controller or processor of your personal data.",
    ],
)
def test_roles_that_go_together(observed: Callable[[str], list[Observation]], words: str) -> None:
    assert [each.kind for each in observed(words)] == []
