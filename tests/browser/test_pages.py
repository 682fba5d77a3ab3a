"""Every page in a real browser: it opens, asks nobody else, complains of nothing, and everybody can use it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("address", ["/"])
def test_a_page_opens_for_everybody(
    address: str, page: Page, check_accessibility: Callable[[Page], None]
) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    check_accessibility(page)
