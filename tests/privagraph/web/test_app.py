"""The application as a whole: its errors are pages, and nothing that is typed into an address is a bug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privagraph.errors import QueryLimitError, ServiceError, UnknownTermError
from privagraph.web.app import create_app
from privagraph.web.page_error import PageError
from privagraph.web.workers import TaskError


@pytest.fixture(scope="module")
def client(served_graph: Path) -> Iterator[TestClient]:
    """A client of the graph whose addresses ``page_address`` has."""
    with TestClient(create_app(str(served_graph)), base_url="http://127.0.0.1") as made:
        yield made


@contextmanager
def failing(client: TestClient, error: Exception) -> Iterator[TestClient]:
    """The application with an address, ``/failing``, at which that happens."""

    async def fail(request: Request) -> None:
        raise error

    app = client.app
    assert isinstance(app, FastAPI)
    app.add_api_route("/failing", fail)
    routes = app.router.routes
    routes.insert(0, routes.pop())
    try:
        yield TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    finally:
        del routes[0]


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (
            PageError(404, "There is no such thing.", "Look elsewhere."),
            404,
            ["no such thing", "Look elsewhere"],
        ),
        (
            QueryLimitError("time", "stopped after 3 seconds", "ask for less"),
            503,
            ["stopped after 3", "ask for less"],
        ),
        (ServiceError("privagraph", "too many wait", "try again"), 503, ["too many wait", "try again"]),
        (UnknownTermError("<b>", scheme="pd", near=["pd:Name"]), 400, ["&lt;b&gt;", "pd:Name"]),
        (
            TaskError("ValueError: <i>", "line 7 of <u>"),
            500,
            ["bug of ours", "&lt;i&gt;", "line 7 of &lt;u&gt;"],
        ),
        (RuntimeError("<s>"), 500, ["bug of ours"]),
        (
            RequestValidationError([{"loc": ("query", "page"), "msg": "Input should be a valid integer"}]),
            400,
            ["page is not right (Input should be a valid integer)"],
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_an_error_is_a_page_that_says_what_to_do(
    error: Exception, status: int, words: list[str], client: TestClient
) -> None:
    with failing(client, error) as asked:
        answer = asked.get("/failing")
    assert answer.status_code == status
    assert [each for each in words if each not in answer.text] == []
    assert "<h1>" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r"<[bisu]>", answer.text)


# -- what is in a page


class Markup(HTMLParser):
    """What of a page could run, or be fetched from elsewhere; a page of ours has none of it.

    Attributes:
        faults: One line each.
        text: The words of the page.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults, self.text, self._data = list[str](), "", False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        data = given.get("type") in ("application/json", "application/ld+json")
        self._data = tag == "script"
        if tag in ("script", "link", "img", "iframe", "object", "embed", "source", "use"):
            place = given.get("src") or given.get("href") or given.get("data") or ""
            other = given.get("rel") == "alternate" and place.startswith(
                "/"
            )  # for programs; nothing fetches it
            if not (place.startswith("/static/") or other or (tag == "script" and data and not place)):
                self.faults.append(f"<{tag}> of {place or 'its own'}")
        if tag == "style" and given.get("id") != "__________cytoscape_stylesheet":
            self.faults.append("<style>")
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"{name}={value}")
            if re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE) and name != "value":
                self.faults.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._data = False

    def handle_data(self, data: str) -> None:
        if not self._data:
            self.text += data


def test_the_check_of_markup_is_live() -> None:
    good = "<script src=/static/a.js></script><script type=application/json>{}</script><a href=/x>y</a>"
    assert Markup(good).faults == []
    for bad in (
        "<script>1</script>",
        "<script src=https://elsewhere.example/a.js></script>",
        "<img src=x>",
        "<b onclick=f()>",
        "<b style=color:red>",
        "<a href='JavaScript:alert(1)'>",
        "<style>b{}</style>",
    ):
        assert Markup(bad).faults, bad


def test_no_word_of_a_policy_becomes_markup(page_address: str, client: TestClient) -> None:
    answer = client.get(page_address.partition("#")[0], headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
    assert "set-cookie" not in answer.headers
    page = Markup(answer.text)
    assert page.faults == []
    assert "49" not in re.findall(r"<b>(\d+)", answer.text)  # {{ 7 * 7 }} of the policy


def test_the_words_of_a_policy_are_shown_as_they_are(
    served_places: dict[str, str], client: TestClient
) -> None:
    page = Markup(client.get(f"/policies/{served_places['hostile']}").text)
    for words in (
        '<script>document.title = "taken"</script>',
        "<svg onload=alert(1)>",
        "</script></textarea><b>{{ 7 * 7 }}</b> ${7 * 7}",
        "<!-- for six years ]]>",
        "שלום עולם",
        "👩‍👩‍👧‍👦",
    ):
        assert words in page.text


# -- what readers, and others, type into an address

WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "", "0", "-1", "1e9", "99999999999999999999", "3-2", "1-2-3", "-", "true", "gdpr", "recipient", "hops",
            "<script>", "'", '"', "%", "{{7*7}}", "../..", "\x00", "https://w3id.org/dpv#Data", "urn:x", "pd:Name",
            "SELECT", "SELECT * { ?s ?p ?o }", "javascript:1", "http://[", "http://a b", "_:b", "xsd:date", "🦔",
        ]
    ),
)  # fmt: skip
NAMES = [
    "at", "role", "mention", "practice", "policy", "node", "hops", "profile", "severity", "query", "iri", "concept",
    "view", "sort", "search", "q", "page", "date", "limit", "graph", "polarity", "format", "most", "each", "opened",
]  # fmt: skip


@pytest.mark.parametrize(
    "place",
    [
        "/", "/policies/{word}", "/policies/{hostile}", "/explorer", "/questions", "/questions/{word}",
        "/questions/evidence-of", "/query", "/validation", "/compare", "/upload", "/jobs/{word}", "/resource",
        "/id/{word}", "/void", "/sparql", "/static/{word}", "/{word}",
    ],
)  # fmt: skip
@given(word=WORDS, values=st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=4))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(
    place: str,
    word: str,
    values: list[tuple[str, str]],
    client: TestClient,
    served_places: dict[str, str],
) -> None:
    path = place.format(word=quote(word, safe=""), hostile=served_places["hostile"])
    answer = client.get(path, params=values, headers={"accept": "text/html"}, follow_redirects=False)
    assert answer.status_code in (200, 303, 307, 308, 400, 404, 406), answer.text
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert Markup(answer.text).faults == []


def test_a_method_that_is_not_known_is_told_which_are(client: TestClient) -> None:
    answer = client.delete("/questions")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
