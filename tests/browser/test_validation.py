"""The page of validation in a real browser: policies are checked, and what is found is filtered and read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

SLOW = 60_000
"""Milliseconds that a check may take on a busy machine."""


@pytest.fixture
def checked(page: Page) -> Page:
    """The page when all is checked."""
    page.goto("/validation")
    expect(page.locator("#said")).to_contain_text("3 policies checked", timeout=SLOW)
    expect(page.locator("#running section")).to_have_count(0, timeout=SLOW)
    return page


def test_findings_come_while_policies_are_checked(page: Page) -> None:
    page.goto("/validation?profile=ccpa")  # nobody asked for it before
    expect(page.locator("#said")).to_contain_text("3 policies checked", timeout=SLOW)
    expect(page.locator("article.policy, details.policy")).to_have_count(3)
    assert page.url.endswith("profile=ccpa")


def test_filters_work_without_a_new_page(checked: Page) -> None:
    page = checked
    page.evaluate("window.same = true")
    every = page.locator(".finding").count()
    page.get_by_role("checkbox", name="warning").uncheck()
    page.get_by_role("checkbox", name="info").uncheck()
    expect(page.locator("#said")).to_contain_text("fit, in")
    page.wait_for_url("**severity=error*")
    expect(page.locator("section.rule.warning, section.rule.info")).to_have_count(0)
    errors = page.locator(".finding").count()
    assert 0 < errors < every
    page.get_by_role("group", name="Group by").get_by_role("radio", name="rule").check()
    page.wait_for_url("**group=rule*")
    expect(page.locator(".rule > h3").first).to_be_visible()
    page.get_by_label("Search the findings").fill("no such words")
    expect(page.locator("#results")).to_contain_text("Nothing that fits was found.")
    assert page.evaluate("window.same")
    address = page.url
    page.goto("/")
    page.goto(address)  # the address holds what was chosen
    expect(page.get_by_label("Search the findings")).to_have_value("no such words")
    expect(page.get_by_role("checkbox", name="warning")).not_to_be_checked()
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(".finding")).to_have_count(every)


def test_words_lead_to_the_policy(checked: Page) -> None:
    page = checked
    words = page.locator(".finding details.words").first
    words.locator("summary").click()
    quote = words.locator("mark").inner_text()
    words.get_by_role("link", name="Read it in the policy").click()
    page.wait_for_url(re.compile(r"/policies/.+\?at=\d+-\d+#at"))
    expect(page.locator("#at")).to_be_visible()
    assert " ".join(quote.split())[:15] in " ".join(page.locator("main").inner_text().split())


def test_the_matrix_leads_to_findings(checked: Page) -> None:
    link = checked.locator(".matrix td.missing a, .matrix td a:has(.missing)").first
    target = link.get_attribute("href")
    link.click()
    expect(checked.locator(f"[id='{(target or '')[1:]}']")).to_be_in_viewport()


def test_download(checked: Page, save: Callable[[Page, Callable[[], None]], Path]) -> None:
    file = save(checked, checked.get_by_role("link", name="SARIF").click)
    assert file.name == "validation.sarif"
    assert '"version": "2.1.0"' in file.read_text("utf-8")


def test_everybody_can_use_it(
    checked: Page,
    check_accessibility: Callable[[Page], None],
    check_contrast: Callable[[Page], None],
    check_width: Callable[[Page, int], None],
) -> None:
    for address in ("/validation?group=rule&severity=error", "/validation?q=nothing+fits"):
        checked.emulate_media(color_scheme="light")
        checked.goto(address)
        check_accessibility(checked)
        checked.emulate_media(color_scheme="dark")
        check_contrast(checked)
        for width in (3840, 400):
            check_width(checked, width)


def test_without_scripts(new_page: Callable[..., Page], checked: Page) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/validation")
    every = page.locator(".finding").count()
    page.get_by_label("Search the findings").fill("complain")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#said")).to_contain_text("fit, in")
    assert 0 < page.locator(".finding").count() < every
