"""Uploads in a real browser: a file and a text are mapped, and what goes wrong is told beside the form."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

TEAPOTS = """\
# Privacy policy of Teapot Parade

Teapot Parade Ltd runs this shop for teapots.

We collect your email address to deliver the teapots you order.

We share your email address with <script>document.title = "taken"</script> advertisers if you agree.
"""
SLOW = 60_000
"""Milliseconds that mapping may take on a busy machine."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of its own, with an empty graph, for uploads change what is served."""
    command = [sys.executable, "-m", "privagraph", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert address
        yield address[0]
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.fixture(scope="module")
def teapots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A policy."""
    file = tmp_path_factory.mktemp("upload") / "teapots <b>.md"
    file.write_text(TEAPOTS, "utf-8")
    return file


def test_a_file_is_mapped_and_read(
    page: Page,
    teapots: Path,
    save: Callable[[Page, Callable[[], None]], Path],
    check_accessibility: Callable[[Page], None],
) -> None:
    page.goto("/upload")
    page.get_by_label("The policy", exact=True).set_input_files(teapots)
    page.get_by_role("button", name="Map the file").click()
    expect(page.get_by_role("progressbar", name="Steps done")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Questions ready")).to_be_visible()
    check_accessibility(page)
    job = page.url
    page.wait_for_url("**/policies/*", timeout=SLOW)
    expect(page.locator("main")).to_contain_text("deliver the teapots")
    assert "taken" not in page.title()
    page.goto(job)  # it says what came of it, and does not lead on again
    expect(page.get_by_role("heading", level=1)).to_contain_text("is in the graph")
    expect(page.locator("pre")).to_have_text("privagraph map 'teapots <b>.md' --output graph")
    file = save(page, page.get_by_role("link", name="Turtle").click)
    assert '"teapots <b>.md"' in file.read_text("utf-8")
    check_accessibility(page)
    page.goto("/upload")
    expect(page.get_by_role("row").filter(has_text="Teapot Parade Ltd")).to_be_visible()
    check_accessibility(page)
    assert "taken" not in page.title()


def test_a_text_is_mapped_without_scripts(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/upload")
    page.get_by_label("The words of the policy").fill(
        "Privacy policy. We collect your name and email address to answer you. We share them with nobody."
    )
    page.get_by_label("What to call it").fill("answers")
    page.get_by_role("button", name="Map the text").click()
    # the page looks by itself every two seconds
    expect(page.get_by_role("heading", level=1)).to_have_text("answers.txt is in the graph", timeout=SLOW)
    page.get_by_role("link", name="Read it").click()
    expect(page.locator("main")).to_contain_text("share them with nobody")


def test_too_large_a_file_is_not_sent(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"data " * 2_100_000)
    page.goto("/upload")
    page.get_by_label("The policy", exact=True).set_input_files(file)
    told = page.get_by_role("alert")
    expect(told).to_have_text(re.compile(r"It has 10\.5 MB, and 10 MB are the most"))
    page.get_by_role("button", name="Map the file").click()
    expect(told).to_be_visible()
    assert page.url.endswith("/upload")


def test_the_server_refuses_too_large_a_file(
    new_page: Callable[..., Page], tmp_path: Path, expect_complaint: Callable[[str], None]
) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"data " * 2_100_000)
    page = new_page(java_script_enabled=False)
    page.goto("/upload")
    page.get_by_label("The policy", exact=True).set_input_files(file)
    page.get_by_role("button", name="Map the file").click()
    expect(page.get_by_role("alert")).to_contain_text("larger than 10 MB")
    expect_complaint("413")


def test_what_is_no_policy_is_told(
    page: Page,
    tmp_path: Path,
    expect_complaint: Callable[[str], None],
    check_accessibility: Callable[[Page], None],
) -> None:
    picture = tmp_path / "photo.html"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    page.goto("/upload")
    page.get_by_label("The policy", exact=True).set_input_files(picture)
    page.get_by_role("button", name="Map the file").click()
    expect(page.locator("#wrong")).to_contain_text("photo.html: a PNG picture, not a text")
    check_accessibility(page)
    expect_complaint("422")
    cake = tmp_path / "cake.txt"
    cake.write_text(
        "Beat two eggs with sugar and flour. Bake it for an hour, and serve it with jam.", "utf-8"
    )
    page.get_by_label("The policy", exact=True).set_input_files(cake)
    page.get_by_role("button", name="Map the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("cake.txt could not be mapped", timeout=SLOW)
    expect(page.locator("main")).to_contain_text("Give a privacy policy.")
    check_accessibility(page)


def test_stop(page: Page, teapots: Path) -> None:
    page.goto("/upload")
    page.get_by_label("The policy", exact=True).set_input_files(teapots)
    page.get_by_role("button", name="Map the file").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("was stopped")
