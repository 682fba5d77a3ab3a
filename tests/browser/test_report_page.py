"""The report in a browser: it works without its script, shows words where they are asked for, and prints on A4."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from privagraph.report import write_report


@pytest.fixture(scope="module")
def report(served_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on all policies of the graph, without findings."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(served_graph, path, profiles=[])
    return path


def test_links_lead_into_what_is_folded_without_the_script(
    report: Path, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(report.as_uri())
    expect(page.locator("#tools")).to_be_hidden()
    band = page.locator("#flow-1")
    expect(band).to_be_hidden()
    page.goto(f"{report.as_uri()}#flow-1")
    expect(band).to_be_visible()
    band.locator("a.ref").first.click()
    assert page.locator(".words > li:has(:target)").count() == 1


def test_what_is_below_a_group_shows_without_the_script(report: Path, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(report.as_uri())
    below = page.locator(".sides tr.below").first
    expect(below).to_be_hidden()
    page.locator("#every").check()
    expect(below).to_be_visible()
    page.locator("#differences").check()
    assert page.locator(".sides tr.alike").first.is_hidden()


def test_words_show_beside_a_number_and_there_is_a_way_back(report: Path, page: Page) -> None:
    page.goto(report.as_uri())
    number = page.locator(".matrix a.ref").first
    number.focus()
    glance = page.get_by_role("tooltip")
    expect(glance).to_be_visible()
    said = glance.inner_text()
    page.keyboard.press("Escape")
    expect(glance).to_be_hidden()
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    target = page.locator(".words > li:has(:target)")
    expect(target).to_be_in_viewport()
    assert " ".join(target.locator("blockquote").inner_text().split()) == " ".join(said.split())
    page.get_by_role("link", name="Back to where you were").click()
    assert page.evaluate("scrollY") == before
    expect(number).to_be_focused()


def test_the_theme_can_be_chosen_and_everything_opened(report: Path, page: Page) -> None:
    page.goto(report.as_uri())
    page.get_by_role("button", name="Theme: system").click()
    page.get_by_role("button", name="Theme: light").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
    page.get_by_role("button", name="Open all").click()
    assert page.locator("details:not([open])").count() == 0


def test_it_prints_on_a4_with_all_that_is_folded(report: Path, page: Page) -> None:
    page.goto(report.as_uri())
    page.emulate_media(media="print")
    expect(page.locator("nav.contents")).to_be_hidden()
    printed = page.pdf(prefer_css_page_size=True)
    boxes = {
        tuple(map(round, map(float, box.split())))
        for box in re.findall(r"/MediaBox \[([^\]]+)\]", printed.decode("latin-1"))
    }
    assert boxes == {(0, 0, 595, 842), (0, 0, 842, 595)}
