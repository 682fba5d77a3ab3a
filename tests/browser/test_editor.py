"""The SPARQL editor in a browser: writing, completing, running, looking at answers, leaving it by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect


def write(page: Page, text: str, *, delay: int = 0) -> None:
    """Type a query in the place of the one that is there."""
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text, delay=delay)


def query_of(page: Page) -> str:
    """What stands in the editor."""
    return str(page.evaluate("yasqe.getValue()"))


@pytest.fixture
def editor(page: Page) -> Page:
    """The page of the editor."""
    page.goto("/query")
    expect(page.locator(".CodeMirror")).to_be_visible()
    return page


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (400, "dark")])
def test_everybody_can_use_it(
    new_page: Callable[..., Page], check_accessibility: Callable[[Page], None], width: int, theme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    query = 'SELECT ?s ("text" AS ?t) (1 AS ?n) { ?s a pg:PrivacyPolicy ; rdfs:label ?o # why\n} LIMIT 9'
    page.goto(f"/query?{urlencode({'query': query})}")
    expect(page.locator("#answer .count")).to_contain_text("rows")
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_example_is_run_by_a_click_and_back_brings_the_one_before(editor: Page) -> None:
    editor.get_by_role("link", name="Is anything sold?").click()
    expect(editor.locator("#answer .count")).to_contain_text("No")
    editor.locator("summary").click()
    editor.get_by_role("link", name="Which roles have words").click()
    expect(editor.get_by_role("region", name="Rows of the answer")).to_contain_text("data category")
    assert "?mentions" in query_of(editor)
    editor.go_back()
    expect(editor.locator("#answer .count")).to_contain_text("No")
    assert query_of(editor).rstrip().endswith("pg:Sell }")
    editor.reload()
    expect(editor.locator("#answer .count")).to_contain_text("No")
    assert query_of(editor).rstrip().endswith("pg:Sell }")


def test_control_and_enter_run_the_query(editor: Page) -> None:
    write(editor, "ASK { ?s a pg:PrivacyPolicy }")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator("#answer")).to_contain_text("Yes")
    assert "query=" in editor.url


def test_terms_are_completed_and_their_prefixes_declared(editor: Page) -> None:
    write(editor, "SELECT ?s { ?s ?p email", delay=20)
    hint = editor.locator(".CodeMirror-hint", has_text="Email Address · class").first
    expect(hint).to_be_visible()
    hint.click()
    assert query_of(editor).startswith("PREFIX pd: <https://w3id.org/dpv/pd#>\n")
    assert "?p pd:EmailAddress" in query_of(editor)
    editor.keyboard.type(" . ?s dpv:", delay=20)
    editor.keyboard.type("hasPurp", delay=20)
    expect(editor.locator(".CodeMirror-hint-active")).to_contain_text("dpv:hasPurpose")
    editor.keyboard.press("Enter")
    editor.wait_for_function("() => yasqe.getValue().includes('?s dpv:hasPurpose')")
    assert "PREFIX dpv: <https://w3id.org/dpv#>" in query_of(editor)


def test_prefixes_are_declared_by_one_click(editor: Page) -> None:
    editor.evaluate("yasqe.setValue('ASK { ?s skos:broader ?o ; dct:title \"oa:x\" }')")
    editor.get_by_role("button", name="Declare prefixes").click()
    lines = query_of(editor).splitlines()
    assert [line.split()[1] for line in lines[:-1]] == ["dct:", "skos:"]


def test_a_slip_is_marked_and_its_place_told(editor: Page) -> None:
    editor.evaluate("yasqe.setValue('SELECT ?s\\nWHERE { ?s ) ?o }')")
    expect(editor.locator("#syntax")).to_contain_text("Line 2, column 12: “)” cannot stand here")
    editor.locator(".parseErrorIcon").hover()
    editor.get_by_role("button", name="Run").click()
    expect(editor.get_by_role("alert")).to_contain_text("line 2, column")
    editor.get_by_role("button", name="Go there").click()
    assert editor.evaluate("yasqe.getDoc().getCursor().line") == 1


def test_prefixes_of_the_project_need_not_be_declared(editor: Page) -> None:
    editor.evaluate("yasqe.setValue('ASK { ?s dct:title ?o }')")
    expect(editor.locator("#syntax")).to_have_text(
        "The prefix dct: is not declared; the graph knows it all the same."
    )
    editor.get_by_role("button", name="Run").click()
    expect(editor.locator("#answer .count")).to_contain_text("Yes")
    editor.evaluate("yasqe.setValue('ASK { ?s nope:title ?o }')")
    expect(editor.locator("#syntax")).to_have_text("Line 1, column 10: nobody declares the prefix nope:.")


def test_the_keyboard_is_not_caught(editor: Page) -> None:
    editor.locator(".CodeMirror").click()
    editor.keyboard.press("Escape")
    assert editor.evaluate("document.activeElement.id") == "run"
    editor.keyboard.press("Tab")
    assert editor.evaluate("document.activeElement.id") == "declare"


def test_an_answer_is_drawn(editor: Page, check_accessibility: Callable[[Page], None]) -> None:
    editor.get_by_role("link", name="A graph: organisations").click()
    editor.get_by_role("button", name="Graph", exact=True).click()
    expect(editor.locator("#picture-told")).to_contain_text("edges")
    editor.get_by_role("button", name="AdMob").first.click()
    expect(editor.locator("#panel")).to_contain_text("AdMob")
    expect(editor.locator("#panel").get_by_role("link")).to_have_attribute(
        "href", "/resource?iri=https%3A%2F%2Fw3id.org%2Fprivagraph%2Fid%2Fagent%2Fadmob"
    )
    expect(editor.get_by_role("region", name="Rows of the answer")).to_be_hidden()
    check_accessibility(editor)
    editor.get_by_role("button", name="Table", exact=True).click()
    expect(editor.get_by_role("region", name="Rows of the answer")).to_be_visible()


def test_the_answer_is_saved(editor: Page, save: Callable[[Page, Callable[[], None]], Path]) -> None:
    editor.get_by_role("link", name="Which roles have words").click()
    file = save(editor, editor.get_by_role("link", name="CSV").click)
    assert file.name == "answer.csv"
    assert file.read_text("utf-8").startswith("role,mentions")


def test_a_query_is_stopped(editor: Page) -> None:
    write(editor, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }")
    editor.get_by_role("button", name="Run").click()
    editor.get_by_role("button", name="Cancel").click()
    expect(editor.locator("#answer")).to_have_text("Stopped.")
    write(editor, "ASK { }")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator("#answer")).to_contain_text("Yes")  # the process that was busy is free


def test_a_named_question_gets_into_the_editor(editor: Page) -> None:
    editor.get_by_label("The query of a named question").select_option("recipients")
    editor.get_by_role("button", name="Put into the editor").click()
    expect(editor.locator(".CodeMirror")).to_contain_text("recipient_label")
    assert "pg:role pg:recipient" in query_of(editor)


def test_it_works_without_a_script(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/query")
    page.get_by_label("SPARQL query").fill("SELECT ?title { ?s a pg:PrivacyPolicy ; dct:title ?title }")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Rows of the answer")).to_contain_text("Wörterwald")
