from __future__ import annotations

from datetime import date

import pytest

from privagraph.loaders.extraction.dates import find_dates, policy_dates


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
    ("lines", "effective", "updated"),
    [
        (["Last updated: March 5, 2024"], None, date(2024, 3, 5)),
        (["Effective date: 8 March 2023", "Last updated: 1 March 2023"], date(2023, 3, 8), date(2023, 3, 1)),
        (["Last updated", "1 March 2023"], None, date(2023, 3, 1)),
        (["This notice is effective as of 2024-01-02."], date(2024, 1, 2), None),
        (["Our policy has been updated 24th May 2018."], None, date(2018, 5, 24)),
        (["We were founded on March 5, 2004."], None, None),
        (["Effective January 1, 2020, last revised on June 2, 2021"], date(2020, 1, 1), date(2021, 6, 2)),
        (["Privacy notice. Version dated 4 December 2024"], None, date(2024, 12, 4)),
    ],
)
def test_dates_of_a_policy(document, lines, effective, updated):
    assert policy_dates(document(*lines)) == (effective, updated)
