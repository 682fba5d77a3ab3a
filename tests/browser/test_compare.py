"""The page that compares policies in a real browser: policies are chosen, and their words are a click away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def compared(page: Page, served_places: dict[str, str]) -> Page:
    """Two policies side by side."""
    page.goto("/compare?policy={large}&policy={small}".format(**served_places))
    expect(page.get_by_role("region", name="Comparison")).to_be_visible()
    return page


def test_rows_are_shown_as_asked(page: Page) -> None:
    page.goto("/compare")
    for name in ("Kranichfeder", "Nine Otters"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    expect(page.locator("#told")).to_have_text("2 chosen")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("region", name="Comparison")).to_be_visible()
    page.evaluate("window.same = true")
    rows = page.locator(".compared tbody tr:visible")
    groups = rows.count()
    page.get_by_label("Show what is below each group").check()
    assert rows.count() > groups
    page.get_by_label("Only where policies differ").check()
    assert page.locator(".compared tr[data-alike]:visible").count() == 0
    assert page.evaluate("window.same")
    address = page.url
    shown = rows.count()
    page.goto("/")
    page.goto(address)  # the address holds what was chosen
    expect(page.get_by_label("Only where policies differ")).to_be_checked()
    assert rows.count() == shown


def test_a_cell_leads_to_the_words(compared: Page) -> None:
    cell = compared.locator(".compared td details").first
    cell.locator("summary").click()
    cell.locator("q a").first.click()
    compared.wait_for_url(re.compile(r"/policies/.+\?at=\d+-\d+#at"))
    expect(compared.locator("#at")).to_be_visible()


def test_what_changed(compared: Page, check_accessibility: Callable[[Page], None]) -> None:
    page = compared
    page.get_by_role("link", name="What changed from").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed")
    expect(page.locator("article.change").first).to_be_visible()
    check_accessibility(page)
    first = page.locator("main .lead").first.inner_text()
    page.get_by_role("link", name="The other way round").click()
    expect(page.locator("main .lead").first).not_to_have_text(first)
    page.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("region", name="Comparison")).to_be_visible()


def test_download(compared: Page, save: Callable[[Page, Callable[[], None]], Path]) -> None:
    file = save(compared, compared.get_by_role("link", name="CSV").click)
    assert file.name == "comparison.csv"
    assert file.read_text("utf-8").startswith("topic,group,row")


def test_everybody_can_use_it(
    compared: Page,
    check_accessibility: Callable[[Page], None],
    check_contrast: Callable[[Page], None],
    check_width: Callable[[Page, int], None],
) -> None:
    compared.locator(".compared td summary").first.click()
    check_accessibility(compared)
    compared.emulate_media(color_scheme="dark")
    check_contrast(compared)
    for width in (3840, 400):
        check_width(compared, width)


def test_policies_are_found_by_name(page: Page) -> None:
    page.goto("/compare")
    page.get_by_role("checkbox", name=re.compile("Kranichfeder")).check()
    page.get_by_label("Policies named").fill("otters")
    page.get_by_label("Policies named").press("Enter")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_role("checkbox", name=re.compile("Kranichfeder"))).to_be_checked()


def test_without_scripts(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/compare")
    for name in ("Kranichfeder", "Nine Otters"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_label("Show what is below each group").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".compared tr[data-below]").first).to_be_visible()
