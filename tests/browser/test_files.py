"""The pages that stand alone, opened from the disk: they ask nobody, and everybody can use them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from privagraph.cli import cli

FILES = {
    "report": ("report", "{graph}"),
    "report-of-one": ("report", "{graph}", "--policy", "{hostile}"),
    "graph-of-a-policy": ("export", "--graph", "{graph}", "--to", "html", "--policy", "{hostile}"),
    "graph-of-sharing": ("export", "--graph", "{graph}", "--to", "html", "--view", "sharing"),
    "comparison": ("compare", "--graph", "{graph}", "woerterwald.html", "{hostile}", "--format", "html"),
    "difference": ("diff", "--graph", "{graph}", "woerterwald.html", "{hostile}", "--format", "html"),
    "validation": ("validate", "--graph", "{graph}", "--format", "html"),
}


@pytest.fixture(params=FILES.values(), ids=FILES.keys())
def written(request: pytest.FixtureRequest, served_graph: Path, tmp_path: Path) -> Path:
    """A file that the command line wrote."""
    path = tmp_path / "page.html"
    hostile = 'hostile <b> & "co".txt'
    arguments = [each.format(graph=served_graph, hostile=hostile) for each in request.param]
    done = CliRunner().invoke(cli, [*arguments, "--output", str(path)])
    assert done.exit_code in (0, 1), done.output
    return path


def test_a_file_is_there_for_everybody(
    written: Path,
    page: Page,
    check_accessibility: Callable[[Page], None],
    check_contrast: Callable[[Page], None],
    check_width: Callable[[Page, int], None],
) -> None:
    page.goto(written.as_uri())
    assert page.locator("h1").count() == 1
    check_accessibility(page)
    for width in (3840, 1280, 400):
        check_width(page, width)
    page.emulate_media(color_scheme="dark")
    check_contrast(page)
    assert page.evaluate("'taken' !== document.title && !document.querySelector('[onerror], [onload]')")
