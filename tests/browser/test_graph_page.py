"""The page with a graph that ``privagraph export --to html`` writes, used by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from privagraph.cli import cli


@pytest.fixture(scope="module")
def exported(served_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the practices of one of the examples."""
    file = tmp_path_factory.mktemp("exported") / "graph.html"
    arguments = [
        "--graph",
        str(served_graph),
        "--to",
        "html",
        "--view",
        "practices",
        "--policy",
        "pinata-habits.md",
    ]
    assert CliRunner().invoke(cli, ["export", *arguments, "--output", str(file)]).exit_code == 0
    return file


@pytest.fixture
def graph(page: Page, exported: Path) -> Page:
    """The page of that file, drawn."""
    page.goto(exported.as_uri())
    page.wait_for_selector("html[data-ready]")
    return page


def _click(page: Page, label: str) -> None:
    """Click a node on the canvas."""
    at = page.evaluate(
        "label => { const node = graph.cy.nodes().filter(each => each.data('item')?.label === label)[0];"
        " graph.cy.center(node); const box = graph.cy.container().getBoundingClientRect();"
        " const { x, y } = node.renderedPosition(); return [box.x + x, box.y + y]; }",
        label,
    )
    page.mouse.click(*at)


def test_a_click_shows_the_words(graph: Page) -> None:
    _click(graph, "Not sell: your personal information")
    panel = graph.locator("#panel")
    expect(panel.get_by_role("heading", name="Not sell: your personal information")).to_be_visible()
    expect(panel.locator("blockquote").first).to_contain_text("sell")
    expect(panel).to_contain_text("Denied")
    graph.keyboard.press("Escape")
    expect(panel.locator("blockquote")).to_have_count(0)


def test_the_keyboard_alone_leads_to_words_and_neighbours(graph: Page) -> None:
    graph.get_by_label("Find", exact=True).focus()
    graph.keyboard.type("health")
    expect(graph.locator(".graph-list button")).to_have_count(2)
    graph.keyboard.press("Tab")
    graph.keyboard.press("Enter")
    panel = graph.locator("#panel")
    expect(panel.get_by_role("heading", name="Health", exact=True)).to_be_visible()
    neighbour = panel.get_by_role("button", name="Not use: health data")
    neighbour.focus()
    graph.keyboard.press("Enter")
    expect(panel.locator("blockquote").first).to_contain_text("health")


def test_a_group_can_be_hidden(graph: Page) -> None:
    seen = "graph.cy.nodes(':visible').filter(node => node.data('item')?.group === 'purpose').length"
    graph.wait_for_function(f"() => {seen} > 0")
    graph.get_by_label("Purposes").uncheck()
    graph.wait_for_function(f"() => {seen} === 0")
    graph.get_by_label("Purposes").check()
    graph.wait_for_function(f"() => {seen} > 0")
    assert graph.get_by_label("Purposes").is_checked()


def test_buttons_move_the_view(graph: Page) -> None:
    before = graph.evaluate("graph.cy.zoom()")
    graph.get_by_role("button", name="Nearer").click()
    assert graph.evaluate("graph.cy.zoom()") > before
    graph.get_by_role("button", name="Fit").click()
    graph.wait_for_function("() => !graph.cy.animated()")
    box = graph.evaluate("graph.cy.elements(':visible').renderedBoundingBox()")
    assert box["x1"] >= -1
    assert box["y1"] >= -1


def test_colours_follow_the_dark(graph: Page) -> None:
    fill = "graph.cy.nodes('[group = \"data\"]').not('.frame')[0].style('background-color')"
    light = graph.evaluate(fill)
    graph.emulate_media(color_scheme="dark")
    graph.wait_for_function(f"light => {fill} !== light", arg=light)
    assert graph.evaluate(fill) != light


def test_those_who_want_no_movement_see_none(graph: Page) -> None:
    graph.emulate_media(reduced_motion="reduce")
    graph.evaluate("graph.select(graph.scene().nodes[0].id)")
    assert not graph.evaluate("graph.cy.animated()")


def test_a_picture_can_grow_and_be_replaced(graph: Page) -> None:
    added = graph.evaluate(
        """() => {
          const scene = graph.scene();
          const anchor = scene.nodes[0];
          const fresh = { ...anchor, id: "urn:new", label: "New", lines: ["New"] };
          const edge = { ...scene.edges[0], source: anchor.id, target: "urn:new", label: "leads to" };
          const ids = graph.add({ ...scene, nodes: [anchor, fresh], edges: [edge], frames: [] }, { around: anchor.id });
          return [ids, graph.neighbours("urn:new").map(each => each.node.id === anchor.id)];
        }"""
    )
    assert added == [["urn:new"], [True]]
    places = graph.evaluate("Object.values(graph.positions()).map(({ x, y }) => `${x} ${y}`)")
    assert len(set(places)) == len(places)
    count = graph.evaluate(
        "() => { const scene = graph.scene();"
        " graph.replace({ ...scene, nodes: scene.nodes.slice(0, 3), edges: [], frames: [] });"
        " return graph.cy.nodes().length; }"
    )
    assert count == 3


def test_the_picture_can_be_kept(graph: Page) -> None:
    size = graph.evaluate("graph.png({ scale: 1 }).then(blob => [blob.type, blob.size])")
    assert size[0] == "image/png"
    assert size[1] > 10_000
