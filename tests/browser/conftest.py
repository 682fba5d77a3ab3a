"""A real browser for the tests of the pages: Chromium, which is not allowed to complain, nor to ask elsewhere.

Chromium is the one that the system has (``apt-get install chromium``; else its path in the variable ``CHROMIUM``).
Without it these tests are skipped, but not in continuous integration (``CI=true``), where they fail.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    expect,
    sync_playwright,
)

from privagraph.browser import text
from privagraph.errors import MissingDependencyError

expect.set_options(timeout=20_000)  # machines that test are slow; what is there at once takes no longer

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe is asked to check: WCAG 2.2, levels A and AA, and what its authors advise."""
CHECK = """async only => {
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return found.violations.flatMap(each => each.nodes.map(node =>
    `${each.id} (${each.impact}): ${each.help}\\n    ${node.target.join(" ")}\\n    ${node.html}\\n    ${
      node.failureSummary.replace(/\\n\\s*/g, "; ")}`));
}"""
RENDERED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
OVERFLOW = """() => {
  const root = document.scrollingElement, width = root.clientWidth;
  if (root.scrollWidth <= width) return [];
  const scrolled = node => {
    if (getComputedStyle(node).position === 'absolute') return false;  // it may escape the frame around it
    while ((node = node.parentElement) && node !== root && node !== document.body)
      if (getComputedStyle(node).overflowX !== 'visible') return true;
    return false;
  };
  return [`${root.scrollWidth} > ${width}`, ...[...document.querySelectorAll('body *')].filter(node =>
    node.getBoundingClientRect().right > width + 1 && !scrolled(node)).map(node => node.outerHTML.slice(0, 150))
    .slice(0, 5)];
}"""
VENDORED = ("axe.min.js", "cytoscape.min.js", "yasqe.min.js")
"""What the build fetches, and the pages need."""
LOCAL = frozenset({"data", "blob", "file", "about"})
"""Schemes of addresses that reach no other machine."""


def absent(what: str, advice: str) -> NoReturn:
    """Skip a test for want of something, or fail it where everything has to be there."""
    told = f"{what} is not there; {advice}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(told, pytrace=False)
    pytest.skip(told)


def watch(context: BrowserContext, host: str, complaints: list[str]) -> None:
    """Write down what the pages of a context do that they must not do."""

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location
            complaints.append(f"console: {message.text} ({place.get('url')}:{place.get('lineNumber')})")

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.netloc != host and address.scheme not in LOCAL:
            complaints.append(f"request elsewhere: {request.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what the reader left, or saved as a file
            complaints.append(f"no answer: {request.url} {request.failure}")

    def opened(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()  # else the page hangs

    context.on("console", said)
    context.on(
        "weberror", lambda error: complaints.append(f"uncaught: {error.error.stack or error.error.message}")
    )
    context.on("request", asked)
    context.on("requestfailed", failed)
    context.on("dialog", opened)


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """The program; looked for before anything is served, and so is what other people wrote for browsers."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        absent("Chromium", "install the package chromium, or name the program in the variable CHROMIUM")
    for name in VENDORED:
        try:
            text(name)
        except MissingDependencyError:
            absent(name, "install privagraph again, editable, where npm's registry can be reached")
    return program


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium; as long as it runs, no other event loop can run here, hence one for each module."""
    # the sandbox wants a user of its own; containers run tests as root
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the pages of a test did that they must not do, one line each; at the end it has to be empty."""
    return []


@pytest.fixture
def expect_complaint(complaints: list[str]) -> Callable[[str], None]:
    """Takes out the complaints that match a pattern, of which there must be one."""

    def expect(pattern: str) -> None:
        kept = [each for each in complaints if not re.search(pattern, each)]
        assert len(kept) < len(complaints), f"nothing like {pattern!r} in {complaints}"
        complaints[:] = kept

    return expect


@pytest.fixture
def new_page(browser: Browser, server: str, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens an empty page that is watched; options are those of playwright's ``Browser.new_context``."""
    opened: list[BrowserContext] = []

    def made(**options: Any) -> Page:
        wanted = {"base_url": server, "viewport": {"width": 1280, "height": 800}, "locale": "en-GB"} | options
        context = browser.new_context(**wanted)
        context.set_default_timeout(30_000)
        watch(context, urlsplit(server).netloc, complaints)
        opened.append(context)
        return context.new_page()

    yield made
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """An empty page, 1280 pixels wide, light; ``page.goto("/explorer")`` asks the server of the tests."""
    return new_page()


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that checks whether everybody can use a page."""
    return text("axe.min.js")


def find_nothing(page: Page, axe: str, only: dict[str, Any]) -> None:
    """Fail where axe finds something in the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    page.evaluate(RENDERED)
    found = page.evaluate(CHECK, only)
    assert not found, f"{page.url}\n  " + "\n  ".join(found)


@pytest.fixture
def check_accessibility(axe: str) -> Callable[[Page], None]:
    """Fails where not everybody can use the page as it is now, as far as axe can say."""
    return lambda page: find_nothing(page, axe, {"type": "tag", "values": RULES})


@pytest.fixture
def check_contrast(axe: str) -> Callable[[Page], None]:
    """Fails where the page as it is now has words that are hard to tell from their ground."""
    return lambda page: find_nothing(page, axe, {"type": "rule", "values": ["color-contrast"]})


@pytest.fixture
def check_width() -> Callable[[Page, int], None]:
    """Fails where the page has to be scrolled sideways; what scrolls in a frame of its own may be wider."""

    def check(page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(RENDERED)
        assert page.evaluate(OVERFLOW) == [], f"{page.url} at {width}"

    return check


@pytest.fixture
def save(tmp_path: Path) -> Callable[[Page, Callable[[], None]], Path]:
    """Does what starts a download, and hands out the file."""

    def saved(page: Page, start: Callable[[], None]) -> Path:
        with page.expect_download() as download:
            start()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    return saved
