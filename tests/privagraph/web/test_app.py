"""The application as a whole: its errors are pages, and nothing that is typed into an address is a bug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from privagraph.errors import QueryLimitError, ServiceError, UnknownTermError
from privagraph.web.site import PageError
from privagraph.web.workers import TaskError


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
