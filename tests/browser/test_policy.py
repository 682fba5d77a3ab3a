"""The page of a policy, used by clicking and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def policy(page: Page, served_places: dict[str, str]) -> Page:
    """The page of the larger example."""
    return opened(page, f"/policies/{served_places['large']}")


def opened(page: Page, address: str) -> Page:
    """Open an address and wait until its script listens."""
    page.goto(address)
    page.locator('html[data-ready="policy"]').wait_for(state="attached")
    return page


def mark(page: Page, words: str, role: str = "") -> Locator:
    """A mark in the text."""
    wanted = f'#text a.m[data-r="{role}"]' if role else "#text a.m"
    return page.locator(wanted, has_text=re.compile(f"^{re.escape(words)}$")).first


def heading(page: Page) -> Locator:
    """What the panel is about."""
    return page.locator("#panel h2")


def chosen(page: Page) -> Locator:
    """The marks that are chosen."""
    return page.locator("#text a.m.on")


def test_a_click_on_a_mark_tells_of_it(policy: Page) -> None:
    mark(policy, "teachers").click()
    expect(heading(policy)).to_contain_text("data subject")
    expect(policy.locator("#panel blockquote")).to_have_text("teachers")
    expect(policy).to_have_url(re.compile(r"\?mention=\d+-\d+-data_subject$"))
    expect(chosen(policy)).to_have_text("teachers")
    policy.reload()
    expect(heading(policy)).to_contain_text("data subject")
    expect(chosen(policy)).to_be_in_viewport()


def test_the_way_back_leads_to_what_was_chosen_before(policy: Page) -> None:
    mark(policy, "teachers").click()
    expect(policy.locator("#panel blockquote")).to_have_text("teachers")
    mark(policy, "Stripe").click()
    expect(policy.locator("#panel blockquote")).to_have_text("Stripe")
    policy.go_back()
    expect(policy.locator("#panel blockquote")).to_have_text("teachers")
    policy.go_back()
    expect(heading(policy)).to_have_text("Choose marked words")
    policy.go_forward()
    expect(chosen(policy)).to_have_text("teachers")


def test_enter_moves_into_the_panel_and_escape_back(policy: Page) -> None:
    first = policy.locator('#text a.m[tabindex="0"]')
    first.focus()
    words = first.inner_text()
    policy.keyboard.press("Enter")
    expect(heading(policy)).to_be_focused()
    expect(policy.locator("#panel blockquote")).to_have_text(words)
    policy.keyboard.press("Escape")
    expect(heading(policy)).to_have_text("Choose marked words")
    expect(first).to_be_focused()
    assert "mention" not in policy.url


def test_the_text_is_one_stop_of_the_tab_key_for_marks(policy: Page) -> None:
    expect(policy.locator('#text a.m[tabindex="0"]')).to_have_count(1)
    mark(policy, "parents").click()
    expect(policy.locator('#text a.m[tabindex="0"]')).to_have_text("parents")


def test_letters_step_from_mark_to_mark_and_to_their_kind(policy: Page) -> None:
    mark(policy, "teachers").click()
    expect(chosen(policy)).to_have_text("teachers")
    for key, words in (("j", "pupils"), ("j", "parents"), ("k", "pupils"), ("ArrowRight", "parents")):
        policy.keyboard.press(key)
        expect(chosen(policy)).to_have_text(words)
        expect(policy.locator("#panel blockquote")).to_have_text(words)
    policy.keyboard.press("J")
    expect(policy.locator("#panel h2")).to_contain_text("data subject")
    expect(chosen(policy)).to_have_text("visitors")
    policy.keyboard.press("p")
    expect(policy.locator("#panel .told.practice, #panel .told.denial")).to_be_visible()
    expect(policy).to_have_url(re.compile(r"\?practice="))


def test_letters_are_letters_outside_the_text(policy: Page) -> None:
    policy.locator("#words").press_sequentially("jp")
    assert "mention" not in policy.url
    policy.locator("header a").first.focus()
    policy.keyboard.press("j")
    expect(heading(policy)).to_have_text("Choose marked words")


def test_the_arrows_of_the_panel_do_what_the_letters_do(policy: Page) -> None:
    mark(policy, "teachers").click()
    policy.get_by_role("link", name="Next", exact=True).click()
    expect(chosen(policy)).to_have_text("pupils")
    policy.get_by_role("link", name="Next of this kind").click()
    expect(chosen(policy)).to_have_text("parents")
    policy.get_by_role("link", name="Previous", exact=True).click()
    expect(chosen(policy)).to_have_text("pupils")


def test_a_denial_is_told_with_what_is_denied(policy: Page) -> None:
    denial = policy.locator("#text a.did.denied").first
    denial.click()
    expect(policy.locator("#panel .told.denial")).to_be_visible()
    expect(heading(policy)).to_contain_text("does not")
    expect(policy.locator("#text .s.denied.on")).to_be_in_viewport()
    # "Personal data" refers to data without naming any, and is no mark.
    assert (
        policy.locator("#text a.m.arg").count() == policy.locator("#panel a[data-m][href*=mention]").count()
    )
    policy.locator("#panel a[data-m][href*=mention]").first.click()
    expect(policy.locator("#panel .told.mention")).to_contain_text("Denied with it")


def test_boxes_choose_what_is_marked(policy: Page) -> None:
    everything = policy.locator("#text a.m").count()
    policy.get_by_label("purpose", exact=False).first.uncheck()
    expect(policy.locator('#text a.m[data-r="purpose"]')).to_have_count(0)
    assert policy.locator("#text a.m").count() < everything
    assert "role=data_category" in policy.url
    assert "role=purpose" not in policy.url
    policy.get_by_role("link", name="None", exact=True).click()
    expect(policy.locator("#text a.m")).to_have_count(0)
    policy.reload()
    expect(policy.locator("#text a.m")).to_have_count(0)
    policy.get_by_role("link", name="All", exact=True).click()
    expect(policy.locator("#text a.m")).to_have_count(everything)
    policy.get_by_label("Only").select_option("denied")
    expect(policy.locator("#text a.m:not(.denied)")).to_have_count(0)
    assert policy.locator("#text a.m.denied").count() > 0


def test_words_are_found_while_they_are_typed(policy: Page) -> None:
    policy.get_by_label("Find in the text").press_sequentially("PUPIL")
    hits = policy.locator("#hits")
    expect(hits).to_have_text(re.compile(r"^\d+ places$"))
    number = int(hits.inner_text().split()[0])
    assert number > 3
    for step in (1, 2):
        policy.keyboard.press("Enter")
        expect(hits).to_have_text(f"{step} of {number} places")
    policy.keyboard.press("Shift+Enter")
    expect(hits).to_have_text(f"1 of {number} places")
    assert policy.url.endswith("find=PUPIL")
    policy.reload()
    expect(hits).to_have_text(f"{number} places")
    policy.get_by_label("Find in the text").fill("")
    expect(hits).to_have_text("")


def test_words_at_offsets_are_lit_and_in_sight(page: Page, served_places: dict[str, str]) -> None:
    key = served_places["hostile"]
    opened(page, f"/policies/{key}?role=data_category")
    name = page.locator("#text a.m").last.get_attribute("data-m")
    assert name is not None
    start, end = name.split("-")[:2]
    words = page.locator("#text a.m").last.inner_text()
    opened(page, f"/policies/{key}?at={start}-{end}#at")
    expect(page.locator("mark.at")).to_have_text(words)
    expect(page.locator("mark.at")).to_be_in_viewport()
    mark(page, words).click()
    page.locator("#panel blockquote a").click()
    expect(page.locator("mark.at")).to_have_text(words)


def test_emoji_and_foreign_scripts_do_not_move_the_marks(page: Page, served_places: dict[str, str]) -> None:
    opened(page, f"/policies/{served_places['hostile']}")
    expect(mark(page, "your email address")).to_be_visible()
    news = page.locator('#text a.m[data-r="purpose"]').last
    words = news.inner_text()
    news.click()
    expect(page.locator("#panel blockquote")).to_have_text(words)
    expect(page.locator("#text")).to_contain_text('<script>alert("email")</script>')


def test_on_a_small_screen_the_panel_is_a_sheet(
    new_page: Callable[..., Page], served_places: dict[str, str], check_accessibility: Callable[[Page], None]
) -> None:
    page = new_page(viewport={"width": 400, "height": 800}, has_touch=True)
    opened(page, f"/policies/{served_places['large']}")
    expect(page.locator("#panel")).to_be_hidden()
    words = mark(page, "teachers")
    words.tap()
    expect(heading(page)).to_contain_text("data subject")
    box, sheet = words.bounding_box(), page.locator("#panel").bounding_box()
    assert box is not None
    assert sheet is not None
    assert box["y"] + box["height"] <= sheet["y"]
    check_accessibility(page)
    page.get_by_role("link", name="Close", exact=True).tap()
    expect(page.locator("#panel")).to_be_hidden()


def test_everybody_can_use_the_panel(
    policy: Page, check_accessibility: Callable[[Page], None], check_contrast: Callable[[Page], None]
) -> None:
    policy.locator("#text a.did.denied").first.click()
    expect(policy.locator("#panel .told.denial")).to_be_visible()
    check_accessibility(policy)
    policy.emulate_media(color_scheme="dark")
    check_contrast(policy)


def test_without_a_script_a_mark_leads_to_what_it_says(
    new_page: Callable[..., Page], served_places: dict[str, str]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/policies/{served_places['large']}")
    mark(page, "teachers").click()
    expect(heading(page)).to_contain_text("data subject")
    expect(chosen(page)).to_be_in_viewport()
    page.get_by_label("Find in the text").fill("pupil")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("mark.hit").first).to_have_text(re.compile("pupil", re.IGNORECASE))
    page.get_by_label("Only").select_option("denied")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator("#text a.m:not(.denied)")).to_have_count(0)


def test_the_outline_follows_the_reader(policy: Page) -> None:
    link = policy.locator("#outline a").nth(4)
    link.click()
    expect(policy.locator(f"#text [id='{(link.get_attribute('href') or '')[1:]}']")).to_be_in_viewport()
    policy.mouse.wheel(0, 20)
    expect(policy.locator("#outline a[aria-current]")).to_have_count(1)
