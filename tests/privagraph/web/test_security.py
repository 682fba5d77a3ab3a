"""Who may ask what: the guard before the pages, alone and before every address of the application."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from privagraph.web.security import Guard

ADDRESSES = [
    "/",
    "/nothing-here",
    "/policies/nothing",
    "/resource?iri=nonsense",
    "/sparql?query=nonsense",
    "/static/site.css",
    "/static/nothing.css",
    "/static/browser/house.css",
    "/static/browser/nothing.css",
]


def guarded(*hosts: str) -> TestClient:
    """An application that says yes to everything, behind the guard."""

    async def yes(request: Request) -> PlainTextResponse:
        return PlainTextResponse("yes")

    every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    app = Starlette(routes=[Route("/{path:path}", yes, methods=every)])
    app.add_middleware(
        Guard, hosts=hosts or ("localhost", "127.0.0.1", "[::1]"), posted=frozenset({"/sparql"})
    )
    return TestClient(app, base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "LOCALHOST", "[::1]", "[::1]:8000"]
)
def test_the_names_of_this_machine_are_answered_to(host: str) -> None:
    assert guarded().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "evil.example/127.0.0.1",
        "127.0.0.1@evil.example",
        "127.0.0.2",
        "[::2]:8000",
        "",
    ],
)
def test_other_names_are_refused(host: str) -> None:
    refused = guarded().get("/", headers={"host": host})
    assert refused.status_code == 421
    assert "--allow-host" in refused.text
    assert "yes" not in refused.text.split()


def test_other_names_can_be_allowed() -> None:
    allowed = {"host": "graphs.example:8000"}
    assert guarded("graphs.example").get("/", headers=allowed).status_code == 200
    assert guarded("graphs.example").get("/", headers={"host": "127.0.0.1"}).status_code == 421
    assert guarded("*").get("/", headers=allowed).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_no_page_elsewhere_changes_anything(method: str, headers: dict[str, str]) -> None:
    assert guarded().request(method, "/upload", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "none"},
    ],
)
def test_our_own_pages_and_programs_may(headers: dict[str, str]) -> None:
    assert guarded().post("/upload", headers=headers).status_code == 200


def test_asking_is_open_to_programs_and_links_from_elsewhere() -> None:
    assert guarded().get("/policies/x").status_code == 200
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    followed = {**elsewhere, "sec-fetch-dest": "document"}
    assert guarded().get("/policies/x", headers=followed).status_code == 200
    assert guarded().post("/sparql", headers=followed).status_code == 200
    assert guarded().post("/sparql/", headers=followed).status_code == 403


@pytest.mark.parametrize("dest", ["empty", "image", "iframe", "script", ""])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_page_elsewhere_has_the_server_work_behind_its_readers_back(site: str, dest: str) -> None:
    hidden = {"sec-fetch-site": site, "sec-fetch-dest": dest}
    assert guarded().get("/query/answer?query=ASK{}", headers=hidden).status_code == 403
    assert guarded().post("/sparql", headers=hidden).status_code == 403


def test_a_foreign_page_cannot_read_what_it_asks() -> None:
    """A page elsewhere may send its request, but no header lets it read the answer."""
    answer = guarded().get("/", headers={"origin": "https://evil.example"})
    assert [name for name in answer.headers if name.startswith("access-control-")] == []
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


# -- the whole application


def assert_guarded(headers: dict[str, str], where: str) -> None:
    """Every answer tells the browser the same."""
    policy = {
        name: values
        for name, *values in (
            each.split() for each in headers["content-security-policy"].split(";") if each.strip()
        )
    }
    assert policy["default-src"] == ["'none'"], where
    assert policy["base-uri"] == policy["frame-ancestors"] == ["'none'"], where
    assert policy.keys() >= {"form-action"}, where
    allowed = {source for values in policy.values() for source in values}
    assert allowed <= {"'none'", "'self'", "data:", "blob:"}, where
    assert not {"data:", "blob:"} & set(policy.get("script-src", ())), where
    assert headers["x-content-type-options"] == "nosniff", where
    assert headers["referrer-policy"] in ("same-origin", "no-referrer"), where
    assert (
        headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
    ), where
    assert "set-cookie" not in headers, where


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "DELETE", "POST"])
def test_every_answer_carries_the_headers(method: str, address: str, client: TestClient) -> None:
    answer = client.request(method, address, follow_redirects=False)
    assert answer.status_code < 500
    assert_guarded(dict(answer.headers), f"{method} {address} {answer.status_code}")


def test_refusals_carry_the_headers(client: TestClient) -> None:
    strange = client.get("/", headers={"host": "evil.example"})
    assert strange.status_code == 421
    assert_guarded(dict(strange.headers), "421")
    crossing = client.post("/upload", headers={"origin": "https://evil.example"})
    assert crossing.status_code == 403
    assert_guarded(dict(crossing.headers), "403")


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/..%5capp.py",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/browser/..%2f__init__.py",
        "/static/browser/%2e%2e/__init__.py",
        "/static/browser/package.json",
        "/static/site.css%00.js",
        "/policies/..%2f..%2fetc%2fpasswd",
        "/policies/%2e%2e",
        "/policies/%00",
        "/id/..%2f..%2fetc/passwd",
        "/questions/..%2f..%2fpolicies",
        "/questions/%2e%2e%2fpolicies.rq",
        "/jobs/..%2f..",
        "/jobs/%00",
    ],
)
def test_no_address_reaches_a_file(address: str, client: TestClient) -> None:
    answer = client.get(address, follow_redirects=False)
    assert answer.status_code in (400, 404), answer.text
    assert "root:" not in answer.text
    assert "from __future__" not in answer.text


def test_an_address_that_is_no_utf_8_is_answered(client: TestClient) -> None:
    assert client.get("/policies/%ff%fe").status_code == 404
    assert client.get("/resource?iri=%ff%fe").status_code < 500


def test_the_application_tells_nobody_what_it_is_made_of(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]
