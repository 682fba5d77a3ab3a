"""A language-model service on the loopback interface that replays answers, good and bad ones."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.llm import LlmExtractor
from privagraph.loaders.readers import read_bytes

POLICY = """# Privacy Policy of Kestrel Kites Ltd

Kestrel Kites Ltd runs this shop. You can reach us at privacy@kestrel.example.

## Who receives data

We share your delivery address with couriers. We do not sell your email address to advertisers.

## What we collect

When you order we collect:

- your name
- your payment details, which we keep for ten years
"""


def mention(role: str, quote: str, concept: str | None = None, polarity: str = "affirmed") -> dict[str, Any]:
    return {"role": role, "quote": quote, "concept": concept, "polarity": polarity}


RECORDED: dict[str, list[dict[str, Any]]] = {
    "We share your delivery address": [
        mention("data_category", "your delivery address", "pd:PhysicalAddress"),
        mention("recipient", "couriers", "dpv:ServiceProvider"),
        mention("data_category", "your email address", "pd:EmailAddress", "denied"),
        mention("recipient", "advertisers", None, "denied"),
    ],
    "your name": [mention("data_category", "your name", "pd:Name")],
    "your payment details": [
        mention("data_category", "your payment details", "pd:PaymentCard"),
        mention("retention", "for ten years"),
    ],
}
"""What a model said of the policy, by the beginnings of its passages; of all others it said nothing."""


class Service(ThreadingHTTPServer):
    """The service. What is put on ``script`` is sent first; then every passage gets its recorded answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.script: deque[Callable[[_Handler], None]] = deque()
        self.always: Callable[[_Handler], None] | None = None
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    def passages(self, number: int = -1) -> list[dict[str, Any]]:
        """The passages of a request."""
        said: list[dict[str, Any]] = json.loads(self.asked[number]["messages"][1]["content"])["passages"]
        return said

    def texts(self) -> list[list[str]]:
        """The texts of the passages of all requests."""
        return [[passage["text"] for passage in self.passages(n)] for n in range(len(self.asked))]

    # What can be put on the script

    @staticmethod
    def fails(
        status: int, told: str = "", *, retry_after: str | None = None, location: str | None = None
    ) -> Callable[[_Handler], None]:
        """An error with what the service says of it."""
        extra = {"Retry-After": retry_after, "Location": location}
        body = json.dumps({"error": {"message": told, "type": "invalid"}}).encode()
        return lambda handler: handler.send(status, body, extra)

    @staticmethod
    def says(content: object) -> Callable[[_Handler], None]:
        """An answer with some content, good or bad."""
        return lambda handler: handler.send(200, chat(content))

    @staticmethod
    def sends(data: bytes) -> Callable[[_Handler], None]:
        """Bytes that need not be of the interface."""
        return lambda handler: handler.send(200, data)

    @staticmethod
    def waits(seconds: float) -> Callable[[_Handler], None]:
        """No answer, for a while."""
        return lambda handler: time.sleep(seconds)

    @staticmethod
    def drips(seconds: float) -> Callable[[_Handler], None]:
        """A byte now and then, so that no single wait is long."""
        return lambda handler: handler.drip(seconds)


def chat(content: object) -> bytes:
    """An answer of the interface."""
    message = {"role": "assistant", "content": content}
    return json.dumps(
        {
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }
    ).encode()


def recorded(passages: list[dict[str, Any]]) -> str:
    """The recorded answer about some passages."""
    found = [
        {
            "id": passage["id"],
            "mentions": next(
                (said for start, said in RECORDED.items() if passage["text"].startswith(start)), []
            ),
        }
        for passage in passages
    ]
    return json.dumps({"passages": found})


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.headers.append({"path": self.path, **self.headers})
        act = self.server.script.popleft() if self.server.script else self.server.always
        if act is not None:
            act(self)
        else:
            self.send(200, chat(recorded(self.server.passages())))

    def send(self, status: int, body: bytes, extra: dict[str, str | None] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (extra or {}).items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        try:
            self.send_response(200)
            self.end_headers()
            while time.monotonic() < until:
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass  # the client has had enough, as it should

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that it has
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    """The service, for one test."""
    running = Service()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join(5)


@pytest.fixture
def document() -> Document:
    """The policy that the recorded answers are about."""
    return read_bytes(POLICY.encode(), name="kestrel.md")


@pytest.fixture
def policy_text() -> str:
    """The policy as it stands in a file."""
    return POLICY


@pytest.fixture
def claim() -> Callable[..., dict[str, Any]]:
    """Makes a mention as a model writes it."""
    return mention


@pytest.fixture
def make(service: Service, tmp_path: Path) -> Callable[..., LlmExtractor]:
    """Makes an extractor that asks the service and loses no time."""

    def extractor(**options: Any) -> LlmExtractor:
        chosen = {"cache": tmp_path / "answers", "pause": 0.01, "timeout": 5.0, **options}
        return LlmExtractor(service.url, "tiny", **chosen)

    return extractor


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRIVAGRAPH_LLM_KEY", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
