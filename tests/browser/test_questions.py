"""The questions in a browser: finding one, filling its form, reading and saving its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

_PATIENT = 60_000
"""Milliseconds for the first question in one's own words, for which each process learns all phrasings."""


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (400, "dark")])
@pytest.mark.parametrize(
    "address",
    [
        "/questions?ask=How+long+do+they+keep+payment+details",
        "/questions/recipients-of?concept=nothing",
    ],
)
def test_everybody_can_use_them(
    new_page: Callable[..., Page],
    check_accessibility: Callable[[Page], None],
    address: str,
    width: int,
    theme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    page.goto(address)
    expect(page.locator(".waiting")).to_have_count(0, timeout=_PATIENT)
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_list_narrows_while_one_types(page: Page) -> None:
    page.goto("/questions")
    page.get_by_role("searchbox", name="Find a question").press_sequentially("do not track")
    expect(page.locator("#found")).to_have_text(re.compile(r"^[1-9] of 152 questions$"))
    expect(page.get_by_role("link", name="Does the service honour Do Not Track signals?")).to_be_visible()
    expect(page.get_by_role("heading", name="Retention")).to_be_hidden()
    page.get_by_role("searchbox", name="Find a question").fill("")
    page.get_by_label("Topic").select_option("children")
    expect(page.locator("#found")).to_have_text("8 of 152 questions")


def test_a_question_in_ones_own_words_leads_to_its_answer(page: Page) -> None:
    page.goto("/questions")
    page.get_by_role("searchbox", name="Ask in your own words").fill(
        "How long does Wörterwald keep IP addresses?"
    )
    page.get_by_role("button", name="Ask").click()
    understood = page.get_by_role("region", name="Your question")
    expect(understood).to_contain_text("from “IP addresses”", timeout=_PATIENT)
    expect(understood).to_contain_text("IP Address")
    understood.get_by_role("link", name="Show the answer").click()
    expect(page).to_have_url(re.compile(r"/questions/retention-of-data\?concept=pd%3AIPAddress&policy=\w+"))
    expect(page.locator(".answer-table tbody tr")).to_have_count(1)


def test_a_concept_is_suggested_and_the_answer_leads_to_the_words(page: Page) -> None:
    page.goto("/questions/recipients-of")
    field = page.get_by_label("Concept")
    field.press_sequentially("locati", delay=20)
    expect(page.locator("datalist option[value='pd:Location']")).to_have_count(1)
    field.fill("pd:Location")
    page.get_by_role("button", name="Ask").click()
    expect(page).to_have_url(re.compile(r"concept=pd%3ALocation"))
    link = page.locator("a.words").first
    words = link.inner_text()
    link.click()
    expect(page).to_have_url(re.compile(r"/policies/\w+\?at=\d+-\d+#at"))
    assert words


def test_an_answer_is_saved(page: Page, save: Callable[[Page, Callable[[], None]], Path]) -> None:
    page.goto("/questions/denials")
    file = save(page, page.get_by_role("link", name="Markdown").click)
    assert file.name == "denials.md"
    assert file.read_text("utf-8").startswith("| source")


def test_the_pages_of_an_answer(page: Page) -> None:
    page.goto("/questions/mentions")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".count")).to_contain_text("Rows 101–")
    page.go_back()
    expect(page.locator(".count")).to_contain_text("Rows 1–100")


def test_a_slow_answer_comes_after_its_page_and_can_be_stopped(page: Page) -> None:
    held: list[str] = []
    page.route(
        "**/questions/practices/answer*", lambda route: held.append(route.request.url)
    )  # is never answered
    page.goto("/questions")
    page.evaluate(
        """() => {
          const place = Object.assign(document.createElement("div"), {
            innerHTML: '<span data-said></span><button type="button" data-cancel hidden>Cancel</button>',
          });
          document.querySelector("main").prepend(place);
          import("/static/fetched.js").then(({ fetchInto }) => fetchInto(place, "/questions/practices/answer"));
        }"""
    )
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("main > div").first).to_contain_text("Stopped.")
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    assert held


def test_the_query_opens_in_the_editor(page: Page) -> None:
    page.goto("/questions/recipients-of?concept=pd:Name")
    page.get_by_role("link", name="Open in the editor").click()
    expect(page.locator(".CodeMirror")).to_contain_text("VALUES ?concept { pd:Name }")
    expect(page.locator("#answer .count")).to_contain_text("row")


def test_they_work_without_a_script(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/questions?q=sell")
    page.get_by_role("link", name="sold", exact=False).first.click()
    expect(page.get_by_role("heading", name="Answer")).to_be_visible()
    page.goto("/questions/denials?whole=1")
    expect(page.locator(".answer-table tbody tr").first).to_be_visible()
