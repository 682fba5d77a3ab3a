"""The page of a policy, asked without a browser."""

from __future__ import annotations

import html
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from privagraph.web.policies import PolicyCard


@pytest.fixture(scope="module")
def cards(client: TestClient) -> dict[str, PolicyCard]:
    """The policies that are served, by their files."""
    app = client.app
    assert isinstance(app, FastAPI)
    return {card.sources[0].rpartition("/")[2]: card for card in app.state.site.policies}


def shown(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def links(page: str, pattern: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(rf'href="([^"]*{pattern}[^"]*)"', page)]


def test_the_text_is_there_with_headings_lists_and_a_table(
    client: TestClient, cards: dict[str, PolicyCard]
) -> None:
    page = shown(client, f"/policies/{cards['woerterwald.html'].key}")
    assert re.search(r'<h3 class="line" id="h\d+" dir="auto"><span class="words">1. Who we are', page)
    assert re.search(r'<li class="line"><span class="words" dir="auto">', page)
    assert '<nav aria-label="Headings of the policy">' in page


def test_the_summary_says_whose_it_is_and_leads_on(client: TestClient, cards: dict[str, PolicyCard]) -> None:
    card = cards["woerterwald.html"]
    page = shown(client, f"/policies/{card.key}")
    assert f'<h1 dir="auto">{card.name}</h1>' in page
    for start in (
        "/validation?policy=",
        "/explorer?policy=",
        "/compare?policy=",
        "/questions/denials?policy=",
    ):
        assert f'href="{start}{card.key}"' in page
    assert "format=turtle" in page
    assert card.effective in page
    contact = re.search(r'href="([^"]*\?at=[^"]*)">hallo@kranichfeder.example</a>', page)
    assert contact is not None
    assert 'class="at">hallo@kranichfeder.example</mark>' in shown(client, contact[1])


def test_every_mark_leads_to_a_page_that_tells_of_it(
    client: TestClient, cards: dict[str, PolicyCard]
) -> None:
    page = shown(client, f"/policies/{cards['pinata-habits.md'].key}")
    marks = links(page, r"\?mention=")
    assert len(set(marks)) > 50
    for address in sorted(set(marks))[::25]:
        told = shown(client, address)
        assert '<div class="told mention' in told
        assert re.search(r'<a id="at" class="m [^"]* on[ "]', told)
    for address in sorted(set(links(page, r"\?practice=")))[::5]:
        told = shown(client, address)
        assert re.search(r'<div class="told (practice|denial denied)"', told)
        assert re.search(r'<span id="at" class="s[^"]* on"', told)


def test_a_mention_is_found_by_its_iri_too(client: TestClient, cards: dict[str, PolicyCard]) -> None:
    card = cards["pinata-habits.md"]
    name = links(shown(client, f"/policies/{card.key}"), r"\?mention=")[0].split("mention=")[1].split("#")[0]
    iri = f"{card.iri}/mention/{name}"
    assert iri in client.get(f"/policies/{card.key}/panel", params={"mention": iri}).text


def test_denials_are_never_told_as_practices(client: TestClient, cards: dict[str, PolicyCard]) -> None:
    card = cards["pinata-habits.md"]
    page = shown(client, f"/policies/{card.key}")
    denied = re.findall(r'<a class="did denied[^"]*"[^>]*>([^<]*)', page)
    assert len(denied) == card.denials
    assert all(" not " in each for each in denied)
    done = re.findall(r'<a class="did(?! denied)[^"]*"[^>]*>([^<]*)', page)
    assert len(done) == card.practices
    assert not [each for each in done if " not " in each]


def test_fragments_are_parts_of_the_page(client: TestClient, cards: dict[str, PolicyCard]) -> None:
    key = cards["hostile.txt"].key
    page = shown(client, f"/policies/{key}?role=data_category")
    text = shown(client, f"/policies/{key}/text?role=data_category")
    assert text.strip() in page
    assert set(re.findall(r'data-r="(\w+)"', text)) == {"data_category"}
    assert "Choose marked words" in shown(client, f"/policies/{key}/panel")
    assert "<html" not in text


def test_words_that_are_html_are_shown_as_words(client: TestClient, cards: dict[str, PolicyCard]) -> None:
    key = cards["hostile.txt"].key
    page = shown(client, f"/policies/{key}?find=%3Cscript%3E&at=0-60")
    assert "&lt;script&gt;document.title" in re.sub(r"</?(?:mark|a|span)[^>]*>", "", page)
    assert not re.search(r"<script(?! (?:type=\"module\" )?src=\"/static/)", page)
    assert 'onerror="' not in page
    for address in links(page, r"mention=") + links(page, r"practice="):
        assert "<img" not in shown(client, address).replace('<img src="/static/', "")


def test_what_an_address_asks_in_vain_is_said(client: TestClient, cards: dict[str, PolicyCard]) -> None:
    key = cards["hostile.txt"].key
    assert "not marked in this policy" in shown(client, f"/policies/{key}?mention=1-2-right")
    assert "beyond its end" in shown(client, f"/policies/{key}?at=5-999999999")
    assert "0 places" in shown(client, f"/policies/{key}?find=zeppelin")
    assert client.get("/policies/nothing").status_code == 404
    assert client.get("/policies/nothing/panel").status_code == 404


def test_a_version_that_was_replaced_says_by_which(client: TestClient, cards: dict[str, PolicyCard]) -> None:
    assert "This version was replaced" not in shown(client, f"/policies/{cards['hostile.txt'].key}")
