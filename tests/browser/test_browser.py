"""The browser of these tests notices what a page must not do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

FAULTS = {
    "<script>console.error('spilt')</script>": "^console: spilt",
    "<script>console.warn('nearly')</script>": "^console: nearly",
    "<script>throw new Error('dropped')</script>": "^uncaught: Error: dropped",
    "<script>alert('taken')</script>": "^dialog: taken",
    "<img alt='' src='http://elsewhere.invalid/pixel.gif'>": "elsewhere[.]invalid|ERR_",
    "<img alt='' src='/static/nothing.png'>": "^console: Failed to load resource",
}


def show(page: Page, html: str) -> None:
    """Have a page of the server's origin hold what no page of ours does."""
    page.route("**/shown", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/shown")


@pytest.mark.parametrize(("html", "pattern"), FAULTS.items())
def test_what_a_page_must_not_do_is_seen(
    html: str, pattern: str, page: Page, complaints: list[str], expect_complaint: Callable[[str], None]
) -> None:
    show(page, f"<!doctype html><html lang=en><title>Fault</title><link rel=icon href=data:,>{html}")
    page.evaluate("0")  # what was said before its answer has arrived
    assert complaints
    expect_complaint(pattern)


def test_what_shuts_people_out_is_seen(page: Page, check_accessibility: Callable[[Page], None]) -> None:
    show(
        page,
        "<!doctype html><html><title>Fault</title><link rel=icon href=data:,><main><h1>Fault</h1><input>",
    )
    with pytest.raises(AssertionError, match="html-has-lang") as caught:
        check_accessibility(page)
    assert "label (critical)" in str(caught.value)
