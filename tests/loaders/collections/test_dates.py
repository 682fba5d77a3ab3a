from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.collections.dates import iso
from privagraph.loaders.literals import when


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-07-03", "2021-07-03"),
        (" 2021-07-03 ", "2021-07-03"),
        ("20210703", "2021-07-03"),
        (20210703, "2021-07-03"),
        ("2021-07", "2021-07"),
        ("2021/07", "2021-07"),
        (2021, "2021"),
        (2021.0, "2021"),
        ("2021-07-03T10:30:00+02:00", "2021-07-03T08:30:00Z"),
        ("2021-07-03 08:30:00.123456", "2021-07-03T08:30:00Z"),
        ("20210703083000", "2021-07-03T08:30:00Z"),
        (1625301000, "2021-07-03T08:30:00Z"),
        ("1625301000000", "2021-07-03T08:30:00Z"),
        (date(2021, 7, 3), "2021-07-03"),
        (datetime(2021, 7, 3, 10, 30, tzinfo=timezone(timedelta(hours=2))), "2021-07-03T08:30:00Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), None),
        ("spring", None),
        ("20211399999999", None),
        ("2021-02-30", None),
        (12, None),
        (True, None),
        (None, None),
        ([], None),
        (float("nan"), None),
        (float("inf"), None),
        ("٢٠٢١", None),
    ],
)
def test_a_date_in_whatever_form(value: object, expected: str | None) -> None:
    assert iso(value) == expected


@given(st.text() | st.integers() | st.floats() | st.datetimes(timezones=st.just(UTC)) | st.dates())
def test_what_is_made_is_a_literal_that_a_store_keeps(value: object) -> None:
    made = iso(value)
    if made is not None:
        assert when(made).value == made
