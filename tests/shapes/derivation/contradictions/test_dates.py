from __future__ import annotations

import pytest

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.contradictions.dates import dates_that_disagree
from privagraph.shapes.derivation.observations import Observation


def found_in(text: str) -> list[Observation]:
    return list(dates_that_disagree(PolicyView(iri="urn:policy", text=text), Layout(text)))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "Effective date: 1 May 2024\n\nWe bake.\n\nThis policy is effective as of 2 May 2024.",
            "The policy is said to hold from 2024-05-01 and 2024-05-02.",
        ),
        (
            "Last updated\n\nMay 2023\n\nWe bake.\n\nLast updated on 3 June 2023.",
            "The policy is said to have been changed last on 2023-05 and 2023-06-03.",
        ),
    ],
)
def test_two_dates(text: str, note: str) -> None:
    (found,) = found_in(text)
    assert found.note == note
    assert all("20" in text[span.start : span.end] for span in found.spans)


@pytest.mark.parametrize(
    "text",
    [
        "Effective date: 1 May 2024\n\nLast updated: 2 April 2024",
        "Effective date: 1 May 2024\n\nThis policy is effective as of May 1, 2024.",
        "Last updated: May 2024\n\nLast updated: 3 May 2024",
        "Effective date: 1 May 2024\n\nThe GDPR is effective since 25 May 2018.",
        "Effective date: 1 May 2024\n\nThe previous version was effective from 1 May 2020.",
        "Last updated: 1 May 2024\n\nOur cookie policy was last updated on 1 June 2024.",
        "Last updated: 02/09/2023\n\nLast updated: 03/09/2023",
        "We were founded on 1 May 1999 and moved on 2 May 2005.",
        "",
    ],
)
def test_dates_that_agree_or_are_of_something_else(text: str) -> None:
    assert found_in(text) == []
