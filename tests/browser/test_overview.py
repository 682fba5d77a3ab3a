"""The overview, used by clicking and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def overview(page: Page) -> Page:
    """The first page, with what comes after it."""
    page.goto("/")
    page.locator('html[data-ready="overview"]').wait_for(state="attached")
    return page


def test_the_list_follows_what_is_typed(overview: Page) -> None:
    overview.get_by_label("Find").press_sequentially("otter")
    expect(overview.locator("#found")).to_have_text("1 policy")
    expect(overview.locator("#list a.name")).to_have_text("Nine Otters LLC")
    expect(overview).to_have_url(re.compile(r"/\?q=otter$"))
    overview.get_by_label("Find").fill("zeppelin")
    expect(overview.locator("#found")).to_have_text("No policy fits.")
    overview.get_by_role("link", name="Show all").click()
    expect(overview.locator("#list a.name")).to_have_count(3)
    expect(overview.get_by_label("Find")).to_have_value("")


def test_headings_sort_and_keep_the_focus(overview: Page) -> None:
    practices = overview.locator("thead").get_by_role("link", name="Practices")
    practices.focus()
    overview.keyboard.press("Enter")
    expect(overview.locator('th[aria-sort="descending"]')).to_contain_text("Practices")
    expect(overview.locator("#list a.name").first).to_have_text("Kranichfeder Learning GmbH")
    expect(practices).to_be_focused()
    overview.keyboard.press("Enter")
    expect(overview.locator('th[aria-sort="ascending"]')).to_contain_text("Practices")
    overview.reload()
    expect(overview.locator('th[aria-sort="ascending"]')).to_contain_text("Practices")


def test_what_is_chosen_to_compare_stays_chosen(overview: Page) -> None:
    button = overview.get_by_role("button", name="Compare the chosen")
    expect(button).to_be_disabled()
    overview.get_by_label("Compare Nine Otters LLC").check()
    overview.get_by_label("Find").fill("kranich")
    expect(overview.locator("#found")).to_have_text("1 policy")
    expect(overview.locator("#list a.name")).to_have_text("Kranichfeder Learning GmbH")
    overview.get_by_label("Compare Kranichfeder Learning GmbH").check()
    expect(overview.locator("#chosen")).to_have_text(re.compile("^2 chosen: "))
    button.click()
    expect(overview).to_have_url(re.compile(r"/compare\?policy=\w+&policy=\w+$"))


def test_figures_come_after_the_page(
    overview: Page, check_accessibility: Callable[[Page], None], check_contrast: Callable[[Page], None]
) -> None:
    expect(overview.get_by_role("heading", name="Organisations that receive data")).to_be_visible()
    check_accessibility(overview)
    overview.emulate_media(color_scheme="dark")
    check_contrast(overview)
    overview.locator(".bars a").last.click()
    expect(overview).to_have_url(re.compile("/questions/policies-with"))


def test_a_small_screen_shows_cards(
    new_page: Callable[..., Page], check_accessibility: Callable[[Page], None]
) -> None:
    page = new_page(viewport={"width": 400, "height": 800})
    page.goto("/")
    page.locator('html[data-ready="overview"]').wait_for(state="attached")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Sort by").select_option("-denials")
    expect(page).to_have_url(re.compile("sort=-denials"))
    expect(page.locator("#list a.name").first).to_have_text("Nine Otters LLC")
    check_accessibility(page)


def test_the_theme_button_says_what_it_does(overview: Page) -> None:
    overview.get_by_role("button", name="Use dark colours").click()
    expect(overview.locator("html")).to_have_attribute("data-theme", "dark")
    overview.reload()
    expect(overview.get_by_role("button", name="Use light colours")).to_be_visible()


def test_without_a_script_forms_and_links_do_the_same(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Find").fill("otter")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#list a.name")).to_have_text("Nine Otters LLC")
    page.goto("/")
    page.locator("thead").get_by_role("link", name="Denials").click()
    expect(page.locator('th[aria-sort="descending"]')).to_contain_text("Denials")
    for box in page.locator('#list input[type="checkbox"]').all()[:2]:
        box.check()
    page.get_by_role("button", name="Compare the chosen").click()
    expect(page).to_have_url(re.compile(r"/compare\?policy=\w+&policy=\w+$"))
