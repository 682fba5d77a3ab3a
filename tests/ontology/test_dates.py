from __future__ import annotations

from datetime import date

import pytest

from privagraph.ontology.dates import find_dates, kind_of_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 5, 2024", date(2024, 3, 5)),
        ("5th of March 2024", date(2024, 3, 5)),
        ("9 October, 2020", date(2020, 10, 9)),
        ("Dec. 31st, 2021", date(2021, 12, 31)),
        ("2023-02-01", date(2023, 2, 1)),
        ("31/12/2023", date(2023, 12, 31)),
        ("12/31/2023", date(2023, 12, 31)),
        ("04.04.2022", date(2022, 4, 4)),
        ("May 2019", date(2019, 5, 1)),
    ],
)
def test_a_date_is_read(text, expected):
    assert [day for _, _, day in find_dates(f"on {text} we", 0, len(text) + 6)] == [expected]


@pytest.mark.parametrize(
    "text", ["02/09/2023", "30 February 2020", "2023-13-45", "Section 2019", "version 1.2.2020.3x"]
)
def test_what_cannot_be_relied_on_is_no_date(text):
    assert list(find_dates(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("Last updated:", "updated"),
        ("This notice is effective as of", "effective"),
        ("Effective in full, last revised on", "updated"),
        ("We were founded on", None),
    ],
)
def test_what_a_date_is_for_the_policy(cue, expected):
    assert kind_of_date(cue) == expected


def test_a_text_of_dates_takes_as_long_for_each_as_a_short_one(work):
    def steps(dates: int) -> int:
        text = "Last updated: 1 May 2020, then 3 June 2021. " * dates
        return work(lambda: list(find_dates(text, 0, len(text))))

    assert steps(500) < 12 * steps(50)
