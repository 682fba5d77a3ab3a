"""Limits of time, memory and size, on a real server: what strikes, and that everybody else goes on."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from privagraph.web import Settings, create_app

Serving = Callable[[FastAPI], AbstractContextManager[str]]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a"
LARGE = "SELECT * { ?s ?p ?o }"
SECONDS = 1.0


@pytest.fixture(scope="module")
def strict(graph_folder: Path, serving: Serving) -> Iterator[str]:
    settings = Settings(seconds=SECONDS, memory_bytes=400_000_000, workers=2, waiting=2)
    with serving(create_app(str(graph_folder), settings=settings)) as address:
        yield address


@pytest.fixture(scope="module")
def patient(graph_folder: Path, serving: Serving) -> Iterator[str]:
    settings = Settings(seconds=120, memory_bytes=400_000_000, answer_bytes=100_000, workers=2)
    with serving(create_app(str(graph_folder), settings=settings)) as address:
        yield address


def ask(server: str, query: str, *, timeout: float = 30, accept: str = "*/*") -> httpx.Response:
    return httpx.post(f"{server}/sparql", data={"query": query}, headers={"Accept": accept}, timeout=timeout)


def test_a_query_that_takes_too_long_is_stopped(strict: str) -> None:
    begun = time.monotonic()
    answer = ask(strict, ENDLESS)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert "stopped after 1 seconds" in answer.text
    assert time.monotonic() - begun < SECONDS + 10
    assert ask(strict, "ASK {}").status_code == 200


def test_a_query_that_takes_too_much_memory_is_stopped(patient: str) -> None:
    answer = ask(patient, GREEDY, timeout=70)
    assert answer.status_code == 503
    assert "more memory than the 0.4 GB" in answer.text
    assert ask(patient, "ASK {}").status_code == 200


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (LARGE, "application/sparql-results+json"),
        (LARGE, "text/csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples"),
    ],
)
def test_an_answer_that_is_too_large_is_stopped(patient: str, query: str, accept: str) -> None:
    answer = ask(patient, query, accept=accept)
    assert answer.status_code == 422
    assert "larger than the 0.1 MB" in answer.text


def test_an_answer_below_the_limit_is_whole(patient: str) -> None:
    answer = ask(patient, LARGE + " LIMIT 200", accept="text/csv")
    assert 10_000 < len(answer.content) < 100_000


def test_pages_come_while_queries_take_their_time(patient: str) -> None:
    """With more queries under way than processes may take them, and then all their clients leave."""
    place = urlsplit(patient)
    body = urlencode({"query": ENDLESS})
    with ExitStack() as stack:
        asking = [
            stack.enter_context(socket.create_connection((place.hostname, place.port))) for _ in range(3)
        ]
        for each in asking:
            each.sendall(
                f"POST /sparql HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {len(body)}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()
            )
        time.sleep(0.3)
        for path in ("/", "/resource?iri=dpv:Collect", "/resource?iri=dpv:Use"):
            assert httpx.get(f"{patient}{path}", timeout=60).status_code == 200
        answered, _, _ = select.select(asking, [], [], 0)
        assert not answered, "the queries are under way, or wait"
    assert ask(patient, "ASK {}", timeout=60).status_code == 200


def test_more_queries_than_can_wait_are_sent_away_at_once(strict: str) -> None:
    with ThreadPoolExecutor(12) as pool:
        answers = [each.result() for each in [pool.submit(ask, strict, ENDLESS) for _ in range(12)]]
    away = [each for each in answers if "too many requests wait" in each.text]
    assert {each.status_code for each in answers} == {503}
    assert away
    assert {each.headers["retry-after"] for each in away} == {"5"}
    assert ask(strict, "ASK {}").status_code == 200


def test_a_client_that_goes_away_frees_its_process(patient: str) -> None:
    with pytest.raises(httpx.ReadTimeout):
        ask(patient, ENDLESS, timeout=1)
    begun = time.monotonic()
    assert ask(patient, "ASK {}").status_code == 200
    assert time.monotonic() - begun < 30, "it waited for the query of the client that is gone"
