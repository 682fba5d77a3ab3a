from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from privagraph.ontology.pauses import wait_asked_for


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("Wed, 99 Foo 2024 25:61:00 GMT", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
)
def test_a_number_or_a_date_or_nothing(told: str | None, seconds: float | None) -> None:
    assert wait_asked_for(told) == seconds


def test_a_date_to_come_is_so_many_seconds_away() -> None:
    wait = wait_asked_for(formatdate(time.time() + 4000, usegmt=True))
    assert wait is not None
    assert 3000 < wait <= 4000
