"""The frame of every page in a real browser: it is read without scripts, by keyboard, and in either theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

READABLE = {
    "/": ["Kranichfeder Learning GmbH", "Nine Otters LLC"],
    "/policies/{small}": ["Privacy Policy for Piñata Habits", "data category"],
    "/policies/{hostile}?role=data_category": ["your email address", '<script>alert("email")</script>'],
    "/explorer?form=tables&policy={hostile}": ["Email Address", "Bramble & Sons Ltd"],
    "/questions": ["Ask in your own words", "retention"],
    "/questions/evidence-of?concept=pd%3AEmailAddress": ["your email address"],
    "/query?query=SELECT+%3Ftitle+%7B+%3Fpolicy+dct%3Atitle+%3Ftitle+%7D": ["Wörterwald privacy notice"],
    "/validation?policy={hostile}": ["GDPR"],
    "/compare?policy={small}&policy={large}": ["Nine Otters LLC", "Kranichfeder Learning GmbH"],
    "/resource?iri={practice}": ["your email address"],
    "/upload": ["Upload"],
    "/void": ["SPARQL"],
}
"""Pages that say what they have to say without a script, and words that are on them."""


def test_pages_are_readable_without_scripts(
    new_page: Callable[..., Page], served_places: dict[str, str]
) -> None:
    page = new_page(java_script_enabled=False)
    missing = {}
    for address, words in READABLE.items():
        answer = page.goto(address.format(**served_places))
        assert answer is not None
        assert answer.status == 200
        shown = page.locator("main").inner_text()
        missing[address] = [each for each in words if each not in shown]
    assert {address: words for address, words in missing.items() if words} == {}


def test_the_frame_is_used_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert page.url.endswith("#main")
    names = ["privagraph", "Policies", "Explorer", "Questions", "SPARQL", "Validation", "Compare", "Upload"]
    page.goto("/")
    page.keyboard.press("Tab")
    for name in names:
        page.keyboard.press("Tab")
        link = page.get_by_role("banner").get_by_role("link", name=name, exact=True)
        expect(link).to_be_focused()
        assert link.evaluate("node => parseFloat(getComputedStyle(node).outlineWidth)") >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/upload")
    expect(page.get_by_role("link", name="Upload", exact=True)).to_have_attribute("aria-current", "page")


GROUND = "() => getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_theme_is_chosen_and_remembered(system: str, new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme=system)
    page.goto("/")
    first = page.evaluate(GROUND)
    other = "dark" if system == "light" else "light"
    page.get_by_role("button", name=f"Use {other} colours").click()
    chosen = page.evaluate(GROUND)
    assert chosen != first
    page.goto("/questions")
    assert page.evaluate(GROUND) == chosen
    page.get_by_role("button", name=f"Use {system} colours").click()
    assert page.evaluate(GROUND) == first
    assert page.context.cookies() == []


def test_a_page_that_is_not_there_says_so(
    page: Page, check_accessibility: Callable[[Page], None], expect_complaint: Callable[[str], None]
) -> None:
    answer = page.goto("/policies/none-of-this-name")
    assert answer is not None
    assert answer.status == 404
    expect_complaint("status of 404")
    expect(page.locator("main")).to_contain_text("There is no policy none-of-this-name.")
    check_accessibility(page)
    page.get_by_role("link", name="To the overview").click()
    expect(page.locator("h1")).to_have_text("Policies")


def test_every_link_of_the_first_page_leads_somewhere(page: Page) -> None:
    page.goto("/")
    found = page.evaluate("() => [...document.links].map(link => link.href.split('#')[0])")
    places = sorted({address for address in found if address.startswith(page.url)})
    assert len(places) >= 10
    asked = {address: page.request.get(address).status for address in places}
    assert {address: status for address, status in asked.items() if status != 200} == {}
