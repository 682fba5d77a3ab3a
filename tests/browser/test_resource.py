"""Linked data and the description of the graph, followed by clicking: from a node to its words, and to its data."""

from __future__ import annotations

import pyoxigraph as ox
from playwright.sync_api import Page, expect


def test_a_practice_leads_to_its_words_and_its_concepts(page: Page, served_places: dict[str, str]) -> None:
    page.goto("/resource?iri=" + served_places["practice"])
    expect(page.locator("h1")).to_have_text("Collect: your email address, your location")
    quotes = page.locator("blockquote")
    expect(quotes.first).to_contain_text('<script>alert("email")</script>')
    page.get_by_role("link", name="See them in the policy").nth(1).click()
    page.wait_for_url("**/policies/*?at=*#at")
    expect(page.locator("#at")).to_have_text("your email address")
    page.go_back()
    page.get_by_role("link", name="Collect (dpv:Collect)").click()
    expect(page.locator("h1")).to_have_text("Collect")
    expect(page.locator("main .kind")).to_have_text("Concept")


def test_a_node_leads_to_its_neighbours_and_to_a_query(page: Page, served_places: dict[str, str]) -> None:
    address = "/resource?iri=https%3A%2F%2Fw3id.org%2Fdpv%2Fpd%23EmailAddress"
    page.goto(address)
    page.get_by_role("link", name="Contact", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Contact")
    page.goto(address)
    page.get_by_role("link", name="Neighbours in the explorer").click()
    page.locator("html[data-ready]").wait_for(state="attached")
    assert page.url.partition("/explorer?node=")[2].startswith(
        "https%3A%2F%2Fw3id.org%2Fdpv%2Fpd%23EmailAddress"
    )
    page.goto(address)
    page.get_by_role("link", name="ask for these").click()
    page.wait_for_url("**/query?query=*")
    expect(page.get_by_role("cell", name="Privacy at Thistle").first).to_be_visible()


def test_the_data_of_a_node_is_a_click_away(page: Page, served_places: dict[str, str]) -> None:
    page.goto("/resource?iri=" + served_places["iri"])
    link = page.get_by_role("link", name="Turtle")
    answer = page.request.get(page.evaluate("node => node.href", link.element_handle()))
    assert answer.headers["content-type"].startswith("text/turtle")
    assert len(list(ox.parse(answer.body(), ox.RdfFormat.TURTLE))) >= 10


def test_the_graph_describes_itself(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="About this graph").click()
    expect(page.locator("h1")).to_have_text("About this graph")
    expect(page.locator("dl div", has_text="Policies").locator("dd")).to_have_text("3")
    page.get_by_role("link", name="pg:Mention", exact=True).click()
    expect(page.locator("h1")).to_have_text("Mention")
    page.go_back()
    page.get_by_role("link", name="Ask in SPARQL").click()
    expect(page.locator("h1")).to_have_text("SPARQL")
