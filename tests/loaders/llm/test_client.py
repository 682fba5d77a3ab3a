"""One question to a service that does well, badly, slowly, or not at all."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import pytest

from privagraph.errors import InputError, ServiceError
from privagraph.loaders.llm.client import ChatClient, NoReply, Reply, endpoint

SCHEMA: dict[str, Any] = {"type": "object"}
QUESTION = [{"role": "system", "content": "task"}, {"role": "user", "content": '{"passages": []}'}]


def ask(url: str, *, before_each: Callable[[], None] = lambda: None, **options: Any) -> Reply | NoReply:
    client = ChatClient(url, "tiny", **{"pause": 0.01, "timeout": 5.0, **options})
    return client.ask(QUESTION, SCHEMA, longest=50, before_each=before_each)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("HTTPS://api.example.org/v1/", "https://api.example.org/v1/chat/completions"),
        ("http://[::1]:8000/v1/chat/completions", "http://[::1]:8000/v1/chat/completions"),
        ("https://x.example/d/y?api-version=2", "https://x.example/d/y/chat/completions?api-version=2"),
    ],
)
def test_the_address_follows_from_the_url(url: str, address: str) -> None:
    assert endpoint(url) == address


@pytest.mark.parametrize("url", ["", "localhost:11434", "ftp://x/v1", "http://", "http://[", "http://x:y/v1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="no address of a service"):
        endpoint(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InputError, match="PRIVAGRAPH_LLM_KEY") as caught:
        endpoint("https://me:s3cret@api.example.org/v1")
    assert "s3cret" not in str(caught.value)


def test_a_question_is_asked_in_the_form_of_the_interface(service) -> None:  # type: ignore[no-untyped-def]
    reply = ask(service.url, api_key="k-123")
    assert reply == Reply('{"passages": []}', 100, 20)
    (body,) = service.asked
    assert body["model"] == "tiny"
    assert body["messages"] == QUESTION
    assert body["temperature"] == 0
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert service.headers[0]["path"] == "/v1/chat/completions"
    assert service.headers[0]["Authorization"] == "Bearer k-123"


def test_no_key_no_authorization(service) -> None:  # type: ignore[no-untyped-def]
    ask(service.url)
    assert "Authorization" not in service.headers[0]


@pytest.mark.parametrize("status", [429, 500, 503, 529])
def test_what_passes_is_tried_again(status: int, service) -> None:  # type: ignore[no-untyped-def]
    service.script += [service.fails(status, "busy"), service.fails(status, "busy")]
    counted: list[int] = []
    assert isinstance(ask(service.url, before_each=lambda: counted.append(1)), Reply)
    assert len(service.asked) == len(counted) == 3


def test_the_pause_that_is_asked_for_is_kept(service) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.fails(429, "slowly", retry_after="1"))
    start = time.monotonic()
    assert isinstance(ask(service.url), Reply)
    assert time.monotonic() - start >= 1


def test_a_pause_until_a_date_is_kept(service) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.fails(503, retry_after=formatdate(time.time() - 5, usegmt=True)))
    assert isinstance(ask(service.url), Reply)
    service.script.append(service.fails(503, retry_after=formatdate(time.time() + 4000, usegmt=True)))
    with pytest.raises(ServiceError, match=r"asks to wait (3|4)\d\d\d seconds"):
        ask(service.url)


def test_a_pause_too_long_ends_the_run(service) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.fails(429, retry_after="86400"))
    with pytest.raises(ServiceError, match="86400 seconds; run the same command later"):
        ask(service.url)


def test_a_service_that_stays_busy_ends_the_run(service) -> None:  # type: ignore[no-untyped-def]
    service.always = service.fails(429, "quota")
    with pytest.raises(ServiceError, match="no more questions for now: quota"):
        ask(service.url)
    assert len(service.asked) == 4


def test_a_question_that_breaks_the_service_has_no_reply(service) -> None:  # type: ignore[no-untyped-def]
    service.always = service.fails(500, "out of memory")
    assert ask(service.url) == NoReply("HTTP 500: out of memory")
    assert len(service.asked) == 4


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_question_that_is_refused_is_not_asked_again(status: int, service) -> None:  # type: ignore[no-untyped-def]
    service.always = service.fails(status, "context of 2048 tokens exceeded")
    assert ask(service.url) == NoReply(f"HTTP {status}: context of 2048 tokens exceeded")
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "PRIVAGRAPH_LLM_KEY"),
        (402, "payment"),
        (403, "refuses"),
        (404, "--model"),
        (302, "another address"),
    ],
)
def test_a_service_that_cannot_be_used_ends_the_run(status: int, said: str, service) -> None:  # type: ignore[no-untyped-def]
    service.always = service.fails(status, "wrong key k-123", location="http://127.0.0.1:9/")
    with pytest.raises(ServiceError, match=said) as caught:
        ask(service.url, api_key="k-123")
    assert caught.value.service == service.url.split("/")[2]
    assert "k-123" not in str(caught.value)
    assert len(service.asked) == 1


def test_a_service_that_is_not_there_ends_the_run() -> None:
    with socket.socket() as taken:
        taken.bind(
            ("127.0.0.1", 0)
        )  # bound and not listening: nobody else gets the number, and nobody answers
        port = taken.getsockname()[1]
        with pytest.raises(ServiceError, match=f"127.0.0.1:{port}: cannot be reached"):
            ask(f"http://127.0.0.1:{port}/v1")


@pytest.mark.parametrize("way", ["waits", "drips"])
def test_an_answer_that_takes_too_long_is_none(way: str, service) -> None:  # type: ignore[no-untyped-def]
    service.script.append(getattr(service, way)(30.0))
    start = time.monotonic()
    reply = ask(service.url, timeout=0.4)
    assert time.monotonic() - start < 20
    assert isinstance(reply, NoReply)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{"message": 1}]}', b"[" * 9999],
    ids=["empty", "page", "list", "no-choice", "no-message", "deep"],
)
def test_an_answer_of_another_form_is_none(data: bytes, service) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.sends(data))
    assert ask(service.url) == NoReply("the answer is not of the chat interface")


def test_a_refusal_of_the_model_is_a_reply_without_words(service) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.says(None))
    reply = ask(service.url)
    assert isinstance(reply, Reply)
    assert reply.content == ""


def test_parameters_that_a_service_refuses_are_left_out_from_then_on(service) -> None:  # type: ignore[no-untyped-def]
    service.script += [
        service.fails(400, "Unsupported parameter: 'max_tokens'"),
        service.fails(400, "Unsupported value: 'temperature' does not support 0"),
    ]
    client = ChatClient(service.url, "tiny", pause=0.01)
    for _ in range(2):
        assert isinstance(client.ask(QUESTION, SCHEMA, longest=5, before_each=lambda: None), Reply)
    assert [("max_tokens" in body, "temperature" in body) for body in service.asked] == [
        (True, True),
        (False, True),
        (False, False),
        (False, False),
    ]


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_that_knows_only_the_older_form_is_asked_in_it(status: int, service) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.fails(status, "response_format: input should be 'text' or 'json_object'"))
    assert isinstance(ask(service.url), Reply)
    assert service.asked[1]["response_format"] == {"type": "json_object", "schema": SCHEMA}
