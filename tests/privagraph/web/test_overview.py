"""The overview, asked without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from privagraph.mapping import map_policies
from privagraph.queries.store import GraphStore
from privagraph.queries.versions import link
from privagraph.web import create_app

EARLY = """Privacy policy of Lark & Lantern Ltd

Lark & Lantern Ltd runs this shop. Last updated: 1 March 2023.

We share your email address with Mailchimp to send you news.
"""
LATE = EARLY.replace("1 March 2023", "2 April 2025").replace("We share", "We do not share")


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a graph with two versions of a policy."""
    place = tmp_path_factory.mktemp("versions")
    (place / "early.txt").write_text(EARLY, "utf-8")
    (place / "late.txt").write_text(LATE, "utf-8")
    map_policies([place / "early.txt", place / "late.txt"], output=place / "graph")
    with GraphStore.open(place / "graph", writable=True) as store:
        by_file = {next(iter(store.named_by_source(name))): name for name in ("early.txt", "late.txt")}
        early, late = (iri for iri, _ in sorted(by_file.items(), key=lambda each: each[1]))
        link(store, late, early)
    with TestClient(create_app(str(place / "graph")), base_url="http://127.0.0.1") as made:
        yield made


def names(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'<a class="name"[^>]*>([^<]*)</a>', page)]


def test_the_policies_are_listed_with_what_leads_on(client: TestClient) -> None:
    page = client.get("/").text
    assert "Kranichfeder Learning GmbH" in names(page)
    assert re.search(
        r'<input type="checkbox" name="policy" value="\w+" aria-label="Compare Nine Otters LLC">', page
    )
    assert '<form id="compare" action="/compare" method="get">' in page
    for start in ("/policies/", "/explorer?policy=", "/validation?policy="):
        assert f'href="{start}' in page


def test_a_policy_is_found_by_words_and_the_list_is_sorted(client: TestClient) -> None:
    assert names(client.get("/", params={"q": "nine OTTERS"}).text) == ["Nine Otters LLC"]
    assert "No policy fits." in client.get("/", params={"q": "zeppelin"}).text
    page = client.get("/", params={"sort": "-practices"}).text
    assert re.search(r'<th scope="col" aria-sort="descending" class="col-practices number">', page)
    counts = [int(each) for each in re.findall(r'data-label="practices?">(\d+)<', page)]
    assert counts == sorted(counts, reverse=True)


def test_the_list_alone_is_the_list_of_the_page(client: TestClient) -> None:
    part = client.get("/overview/table", params={"sort": "name"}).text
    assert part.strip() in client.get("/", params={"sort": "name"}).text
    assert "<html" not in part


def test_names_that_are_html_are_shown_as_words(client: TestClient) -> None:
    page = client.get("/").text
    assert "&lt;script&gt;" in page
    assert not re.search(r"<script(?! (?:type=\"module\" )?src=\"/static/)", page)


def test_figures_of_the_whole_graph_come_apart(client: TestClient) -> None:
    part = client.get("/overview/figures", params={"part": "1"}).text
    page = client.get("/overview/figures").text
    assert part.strip() in page
    assert "Organisations that receive data" in part
    link = re.search(r'href="(/questions/policies-with[^"]*)"', part)
    assert link is not None
    assert client.get(html.unescape(link[1])).status_code == 200


def test_what_counts_as_without_a_concept_is_what_the_page_of_the_policy_marks(client: TestClient) -> None:
    page = client.get("/").text
    for address, number in re.findall(r'data-label="without a concept"><a href="([^"]*)">(\d+)<', page):
        text = client.get(html.unescape(address)).text
        assert len(set(re.findall(r'class="m g-\w+ [^"]*open[^"]*" data-m="([^" ]*)', text))) == int(number)


def test_versions_that_were_replaced_are_marked(versions: TestClient) -> None:
    page = versions.get("/").text
    assert page.count('<tr class="replaced">') == 1
    assert "1 of them replaced" in page
    assert versions.get("/", params={"versions": "current"}).text.count('<a class="name"') == 1
    old = re.search(r'<tr class="replaced">.*?href="(/policies/\w+)"', page, re.DOTALL)
    assert old is not None
    assert "This version was replaced" in versions.get(old[1]).text
    # the organisation is named by the old version alone
    assert "0 are named" in versions.get("/overview/figures").text


def test_an_empty_graph_says_how_to_begin(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "graph", writable=True):
        pass
    with TestClient(create_app(str(tmp_path / "graph")), base_url="http://127.0.0.1") as made:
        page = made.get("/").text
        assert 'href="/upload"' in page
        assert made.get("/overview/figures").status_code == 200
        assert made.get("/overview/table").status_code == 200
