"""Real SPARQL servers on this machine, some of which fail on purpose."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from privagraph.queries.endpoints.addresses import AUTHORIZATION


@pytest.fixture(autouse=True)
def nobody_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No password and no record of whoever runs the tests."""
    monkeypatch.delenv(AUTHORIZATION, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


class Troubled(ThreadingHTTPServer):
    """A server before another one that does what it is told before it hands a request on.

    Attributes:
        faults: What happens to the next requests, in order: ``503``, ``429`` and the like; ``drop`` breaks the
            connection in the middle of the request, ``mute`` after it was handed on; ``hold`` keeps the client
            waiting, and never hands it on; "" hands it on.
        seen: Method, path and headers of each request.
        holding: Is set once a request is held.
        released: When it is set, the connections of held requests are broken.
    """

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = behind.removesuffix("/query")
        self.faults: list[str] = []
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.holding, self.released = threading.Event(), threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/query"
        self.password: str | None = None
        self.client = httpx.Client(trust_env=False, timeout=30, verify=False)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away."""


class _Handler(BaseHTTPRequestHandler):
    server: Troubled
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def log_message(self, *args: object) -> None:
        """Keep the output of tests clean."""

    def _serve(self) -> None:
        server = self.server
        server.seen.append((self.command, self.path, dict(self.headers)))
        fault = server.faults.pop(0) if server.faults else ""
        size = int(self.headers["Content-Length"])
        if fault == "drop":
            self.rfile.read(min(size, 10))
            self._break()
            return
        body = self.rfile.read(size)
        if fault == "hold":
            server.holding.set()
            server.released.wait()
            self._break()
        elif server.password is not None and self.headers.get("Authorization") != server.password:
            self._answer(401, b"not you: " + self.headers.get("Authorization", "").encode())
        elif fault.isdigit():
            self._answer(int(fault), b"busy", retry_after="0")
        else:
            kept = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
            done = server.client.request(self.command, server.behind + self.path, content=body, headers=kept)
            if fault == "mute":
                self._break()
            elif fault == "half":
                self.send_response(200)
                self.send_header("Content-Type", done.headers["content-type"])
                self.send_header("Content-Length", str(len(done.content)))
                self.end_headers()
                self.wfile.write(done.content[:-5])
                self._break()
            else:
                self._answer(
                    done.status_code, done.content, kind=done.headers.get("content-type", "text/plain")
                )

    def _break(self) -> None:
        self.close_connection = True
        with suppress(OSError):  # the client may be gone already
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, body: bytes, *, kind: str = "text/plain", retry_after: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if retry_after:
            self.send_header("Retry-After", retry_after)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)


@pytest.fixture
def troubled(sparql_server: str) -> Iterator[Troubled]:
    """A server that fails as a test tells it to, before one that works."""
    trouble = Troubled(sparql_server)
    thread = threading.Thread(target=trouble.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield trouble
    finally:
        trouble.released.set()
        trouble.shutdown()
        thread.join(timeout=20)
        trouble.server_close()
        trouble.client.close()
