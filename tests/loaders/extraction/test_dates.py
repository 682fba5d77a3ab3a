from __future__ import annotations

from datetime import date

import pytest

from privagraph.loaders.extraction.dates import policy_dates


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
