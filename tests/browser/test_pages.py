"""Every page in a real browser: it opens, asks nobody else, complains of nothing, and everybody can use it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

CheckPage = Callable[[Page], None]
CheckWidth = Callable[[Page, int], None]
WIDTHS = (400, 1280, 3840)


def settle(page: Page) -> None:
    """Wait until the page is whole: where a script draws, it says so."""
    if "/explorer" in page.url:
        page.locator("html[data-ready]").wait_for(state="attached")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_a_page_is_there_for_everybody(
    page_address: str,
    page: Page,
    check_accessibility: CheckPage,
    check_contrast: CheckPage,
    check_width: CheckWidth,
) -> None:
    answer = page.goto(page_address)
    assert answer is not None
    assert answer.status == 200
    settle(page)
    assert page.locator("h1").count() == 1
    assert re.fullmatch(r".+ · privagraph", page.title())
    check_accessibility(page)
    for width in WIDTHS[::-1]:
        check_width(page, width)
    page.emulate_media(color_scheme="dark")
    check_contrast(page)
    assert page.evaluate("'taken' !== document.title && !document.querySelector('[onerror], [onload]')")
    assert page.context.cookies() == []
