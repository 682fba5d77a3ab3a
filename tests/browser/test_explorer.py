"""The explorer, used by clicking and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

CheckPage = Callable[[Page], None]
Save = Callable[[Page, Callable[[], None]], Path]
SELECTED = "() => explorer.graph.cy.elements(':selected').map(each => each.id())"
NODE = "label => explorer.graph.scene().nodes.find(each => each.label === label)?.id"


def opened(page: Page, address: str) -> None:
    """Open an address and wait for its picture."""
    page.goto(address)
    ready(page)


def ready(page: Page) -> None:
    """Wait for the picture."""
    page.locator('html[data-ready="yes"]').wait_for(state="attached")


def place(page: Page, label: str) -> tuple[float, float]:
    """Where a node is on the screen."""
    box = page.locator("#graph").bounding_box()
    assert box is not None
    page.evaluate(
        "() => { explorer.graph.cy.stop(true, true).fit(); }"
    )  # no value: it would be all of the graph
    at = page.evaluate(
        "label => { const node = explorer.graph.cy.nodes().filter(each => each.data('item')?.label === label);"
        " return node.renderedPosition(); }",
        label,
    )
    return box["x"] + at["x"], box["y"] + at["y"]


def counted(page: Page) -> tuple[int, int]:
    """How many nodes and edges are shown, as the page says."""
    told = re.search(r"([\d,]+) nodes, ([\d,]+) edges", page.locator("#counts").inner_text())
    assert told is not None
    return int(told[1].replace(",", "")), int(told[2].replace(",", ""))


def test_it_begins_with_the_practices_of_a_policy(page: Page, check_accessibility: CheckPage) -> None:
    opened(page, "/explorer")
    expect(page.locator("#counts")).to_contain_text("To begin with:")
    assert counted(page)[0] > 5
    expect(page.locator("#start")).to_contain_text("Named by the most policies")
    check_accessibility(page)


def test_a_new_picture_is_wholly_in_sight_on_a_large_screen(page: Page) -> None:
    page.set_viewport_size({"width": 3840, "height": 2160})
    opened(page, "/explorer")
    low, room = page.evaluate(
        "() => [explorer.graph.cy.elements().renderedBoundingBox().y2,"
        " document.querySelector('#graph').clientHeight]"
    )
    assert low <= room


def test_a_node_is_found_with_the_keyboard(page: Page, check_accessibility: CheckPage) -> None:
    opened(page, "/explorer?view=sharing")
    page.get_by_role("combobox", name="Find a node").focus()
    page.keyboard.type("email addr")
    option = page.get_by_role("option", name=re.compile(r"^Email Address \d"))
    expect(option).to_be_visible()
    check_accessibility(page)
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator("#find")).to_have_attribute("aria-activedescendant", "option-0")
    page.keyboard.press("Enter")
    expect(page.locator("#scene-title")).to_have_text("Around Email Address")
    ready(page)
    expect(page.locator("#panel-item h3")).to_have_text("Email Address")
    assert "node=" in page.url
    expect(page.locator("#stage")).to_be_focused()


def test_escape_closes_the_suggestions(page: Page) -> None:
    opened(page, "/explorer")
    page.locator("#find").fill("advert")
    expect(page.locator("#found")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#find")).to_have_attribute("aria-expanded", "false")


def test_kinds_are_hidden_and_the_address_says_so(page: Page) -> None:
    opened(page, "/explorer?view=practices")
    before = counted(page)
    page.get_by_label(re.compile("^Purposes")).uncheck()
    expect(page).to_have_url(re.compile("hide=purpose"))
    expect(page.get_by_label(re.compile("^Purposes"))).to_be_focused()
    assert counted(page)[0] < before[0]
    page.reload()
    ready(page)
    expect(page.get_by_label(re.compile("^Purposes"))).not_to_be_checked()
    shown = page.evaluate("() => explorer.graph.cy.nodes('[group=\"purpose\"]:visible').length")
    assert shown == 0
    page.get_by_role("checkbox", name=re.compile(r"^personal data \d")).uncheck()
    expect(page).to_have_url(re.compile("without=dpv%3AhasPersonalData"))
    page.go_back()
    page.go_back()
    expect(page.get_by_label(re.compile("^Purposes"))).to_be_checked()
    assert counted(page) == before


def test_the_same_is_hidden_here_and_in_the_tables(page: Page) -> None:
    opened(page, "/explorer?view=practices&hide=purpose&without=dpv%3AhasPersonalData&unless=possible")
    nodes, edges = counted(page)
    page.get_by_role("link", name="As tables").click()
    expect(page.locator(".lead")).to_contain_text(f"{nodes} nodes and {edges} edges")


def test_a_node_is_opened_and_closed_again(page: Page) -> None:
    opened(page, "/explorer?view=practices")
    before = counted(page)
    page.mouse.dblclick(*place(page, "Email Address"))
    expect(page).to_have_url(re.compile("open=https"))
    ready(page)
    after = counted(page)
    assert after[0] > before[0]
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#panel")).to_be_focused()
    expect(page).not_to_have_url(re.compile("open=https"))
    ready(page)
    assert counted(page) == before
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile("open=https"))
    ready(page)
    assert counted(page) == after
    page.get_by_role("button", name="Close all").click()
    ready(page)
    expect(page.get_by_role("button", name="Close all")).to_be_disabled()


def test_the_keys_of_the_graph(page: Page, check_accessibility: CheckPage) -> None:
    opened(page, "/explorer?view=practices")
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    (first,) = page.evaluate(SELECTED)
    expect(page.locator("#selected")).to_contain_text("joined with")
    page.keyboard.press("ArrowDown")
    (second,) = page.evaluate(SELECTED)
    assert first != second
    zoom = page.evaluate("() => explorer.graph.cy.stop(true, true).zoom()")
    page.keyboard.press("+")
    assert page.evaluate("() => explorer.graph.cy.zoom()") > zoom
    page.keyboard.press("Escape")
    assert page.evaluate(SELECTED) == []
    page.evaluate("id => explorer.graph.select(id)", page.evaluate(NODE, "Email Address"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("open=https"))
    ready(page)
    page.keyboard.press("c")
    expect(page).not_to_have_url(re.compile("open=https"))
    ready(page)
    page.keyboard.press("m")
    expect(page.locator("#scene-title")).to_have_text("Around Email Address")
    ready(page)
    page.keyboard.press("u")
    expect(page).not_to_have_url(re.compile("node=https"))
    ready(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    check_accessibility(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("#stage").focus()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_keys_do_nothing_elsewhere(page: Page) -> None:
    opened(page, "/explorer?view=practices")
    page.locator("#view").focus()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_hidden()


def test_every_node_is_in_a_list(page: Page, check_accessibility: CheckPage) -> None:
    opened(page, "/explorer?view=practices")
    page.get_by_text("List of the nodes").click()
    page.get_by_label("Find", exact=True).fill("email addr")
    page.locator("#nodes").get_by_role("button", name="Email Address", exact=True).click()
    expect(page.locator("#panel-item h3")).to_have_text("Email Address")
    check_accessibility(page)


def test_a_large_picture_moves_as_an_image_of_itself(page: Page) -> None:
    opened(page, "/explorer?view=full&most=1500")
    moving = "() => explorer.graph.cy.renderer().data.wheelZooming"
    assert page.evaluate("() => { explorer.graph.cy.panBy({ x: 9, y: 9 }); return true; }")
    assert page.evaluate("() => explorer.graph.cy.elements().length") > 200
    large = page.evaluate("() => explorer.graph.cy.renderer().textureOnViewport")
    assert bool(page.evaluate(moving)) == bool(large)
    page.wait_for_function(f"() => !({moving})()")


def test_the_panel_leads_to_the_words(page: Page, check_accessibility: CheckPage) -> None:
    opened(page, "/explorer?view=practices")
    page.mouse.click(*place(page, "Email Address"))
    panel = page.locator("#panel-item")
    expect(panel.locator("h3")).to_have_text("Email Address")
    expect(panel.get_by_text("In the whole graph")).to_be_visible()
    check_accessibility(page)
    panel.locator(".graph-neighbours li .graph-jump").first.click()
    expect(panel.locator(".graph-kind")).to_contain_text("Edge")
    expect(panel.locator("blockquote").first).not_to_be_empty()
    panel.get_by_role("link", name="in the text").first.click()
    expect(page).to_have_url(re.compile(r"/policies/\w+\?at=\d+-\d+#at$"))


def test_what_is_selected_is_in_the_address(page: Page) -> None:
    opened(page, "/explorer?view=practices")
    page.mouse.click(*place(page, "Email Address"))
    expect(page).to_have_url(re.compile("at=https"))
    opened(page, page.url)
    expect(page.locator("#panel-item h3")).to_have_text("Email Address")


def test_a_picture_that_is_cut_says_so(page: Page) -> None:
    opened(page, "/explorer?view=practices&most=8")
    expect(page.locator("#notes")).to_contain_text(re.compile(r"Shown are \d+ of \d+ nodes"))
    page.get_by_role("button", name="Show up to 300").click()
    expect(page).to_have_url(re.compile(r"/explorer\?view=practices$"))
    ready(page)
    expect(page.locator("#notes")).not_to_contain_text("Shown are")


def test_more_neighbours_are_shown_on_request(page: Page) -> None:
    opened(page, "/explorer?node=https%3A%2F%2Fw3id.org%2Fdpv%2Fpd%23EmailAddress&each=1")
    expect(page.locator("#notes")).to_contain_text("Not all neighbours of Email Address are shown")
    before = counted(page)
    page.get_by_role("button", name="Show 40 more of each").click()
    expect(page).to_have_url(re.compile("each=41"))
    ready(page)
    assert counted(page)[0] > before[0]


def test_a_wrong_address_says_what_is_wrong(page: Page, expect_complaint: Callable[[str], None]) -> None:
    page.goto("/explorer?node=https%3A%2F%2Fexample.org%2Fnothing")
    page.locator('html[data-ready="failed"]').wait_for(state="attached")
    expect(page.locator("#progress")).to_contain_text("says nothing of https://example.org/nothing")
    expect_complaint("status of 400")


@pytest.mark.parametrize(
    ("link", "start"), [("SVG picture", b"<"), ("GraphML", b"<?xml"), ("PNG picture", b"\x89PNG")]
)
def test_what_is_seen_is_exported(page: Page, save: Save, link: str, start: bytes) -> None:
    opened(page, "/explorer?view=practices&hide=purpose")
    page.get_by_text("Export", exact=True).click()
    file = save(page, lambda: page.get_by_role("link", name=link).click())
    content = file.read_bytes()
    assert content.startswith(start)
    if start != b"\x89PNG":
        label = page.evaluate(
            "() => explorer.graph.scene().nodes.find(each => each.group === 'purpose').label"
        )
        assert label.encode() not in content
        assert b"Email Address" in content


def test_without_a_script_there_are_tables(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/explorer?view=practices")
    page.wait_for_url(re.compile("form=tables"))
    expect(page.get_by_role("heading", name="Nodes", exact=True)).to_be_visible()
    page.get_by_label("Find a node").fill("email")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Email Address").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Around Email Address")


def test_a_small_screen(new_page: Callable[..., Page], check_accessibility: CheckPage) -> None:
    page = new_page(viewport={"width": 400, "height": 850})
    opened(page, "/explorer?view=practices")
    expect(page.locator("#view")).to_be_hidden()
    page.get_by_text("What is shown", exact=True).click()
    expect(page.locator("#view")).to_be_visible()
    page.locator("#view").select_option("sharing")
    expect(page.locator("#scene-title")).to_have_text("Who shares with whom")
    check_accessibility(page)


def test_a_policy_is_taken_away_and_added_again(page: Page, served_places: dict[str, str]) -> None:
    page.goto("/explorer?policy=" + served_places["small"])
    page.locator("html[data-ready]").wait_for(state="attached")
    chosen = page.locator("#chosen-policies")
    expect(chosen).to_have_text("Nine Otters LLC ✕")
    page.get_by_role("button", name="Without Nine Otters LLC").click()
    expect(chosen).to_have_text("")
    page.get_by_label("Choose a policy").select_option(served_places["small"])
    expect(chosen).to_have_text("Nine Otters LLC ✕")
