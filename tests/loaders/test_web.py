"""Fetching from a real server on the loopback interface, which the tests allow by option."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from privagraph.errors import AddressNotAllowedError, RejectedDocumentError, UnreadableSourceError
from privagraph.loaders.readers import read
from privagraph.loaders.sources import sources
from privagraph.loaders.web import WebOptions, _is_public, fetch

PAGE = "<html><body><h1>Privacy</h1><p>Нам довіряють – we keep the names of all guests of the house.</p></body></html>"
LOCAL = WebOptions(allow_private=True, step_seconds=30.0, total_seconds=60.0, largest=100_000)
HASTY = replace(LOCAL, step_seconds=0.5, total_seconds=1.0)


class _Handler(BaseHTTPRequestHandler):
    """A small site with every kind of page that makes trouble."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        host, port = self.server.server_address[:2]
        if path == "/policy":
            self._send(PAGE.encode("windows-1251", "replace"), "text/html; charset=windows-1251")
        elif path == "/text":
            self._send(b"We keep the names of all guests.", "text/plain")
        elif path == "/gzip":
            self._send(gzip.compress(PAGE.encode()), "text/html; charset=utf-8", encoding="gzip")
        elif path == "/bomb":
            self._send(gzip.compress(b" " * 50_000_000), "text/html", encoding="gzip")
        elif path == "/broken-gzip":
            self._send(b"not gzip", "text/html", encoding="gzip")
        elif path == "/large":
            self._send(b"x" * 200_000, "text/plain")
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self._pour(b"x" * 50_000, 0.0)
        elif path == "/drip":
            self.send_response(200)
            self.end_headers()
            self._pour(b"x", 0.2)
        elif path == "/drip-headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self._pour(b"x", 0.2)
        elif path == "/silent":
            time.sleep(20)
        elif path == "/loop":
            self._redirect("/loop")
        elif path == "/moved":
            self._redirect("/policy?from=moved")
        elif path == "/elsewhere":
            self._redirect(f"http://127.0.0.2:{port}/policy")
        elif path == "/metadata":
            self._redirect("http://169.254.169.254/latest/meta-data")
        elif path == "/file":
            self._redirect("file:///etc/passwd")
        elif path == "/host":
            self._send(self.headers["Host"].encode(), "text/plain")
        elif path.startswith("/status/"):
            self.send_response(int(path.rsplit("/", 1)[1]))
            self.end_headers()
        assert host

    def _send(self, body: bytes, kind: str, encoding: str | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def _pour(self, piece: bytes, pause: float) -> None:
        try:
            for _ in range(100):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is what these tests are about."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_with_its_encoding_and_address(site: str) -> None:
    page = fetch(f"{site}/policy", options=LOCAL)
    assert (page.media_type, page.charset, page.url) == ("text/html", "windows-1251", f"{site}/policy")
    document = read(sources([f"{site}/policy"]).found[0], web=LOCAL)
    assert document.source == document.url == f"{site}/policy"
    assert document.encoding == "cp1251"
    assert document.text.startswith("Privacy\n\nНам довіряють – we keep")


def test_what_the_server_says_of_the_format_counts(site: str) -> None:
    assert read(sources([f"{site}/text"]).found[0], web=LOCAL).media_type == "text/plain"


def test_redirects_are_followed_and_the_address_is_the_last(site: str) -> None:
    assert fetch(f"{site}/moved", options=LOCAL).url == f"{site}/policy?from=moved"


def test_compressed_pages(site: str) -> None:
    assert fetch(f"{site}/gzip", options=LOCAL).data.decode() == PAGE


def test_the_host_header_is_the_name_and_not_the_number(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    assert fetch(f"http://localhost:{port}/host", options=LOCAL).data.decode() == f"localhost:{port}"


@pytest.mark.parametrize("path", ["/large", "/endless", "/bomb"])
def test_pages_that_are_too_large(site: str, path: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        fetch(site + path, options=LOCAL)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("path", ["/silent", "/drip", "/drip-headers"])
def test_pages_that_are_too_slow(site: str, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableSourceError) as caught:
        fetch(site + path, options=HASTY)
    assert "longer than" in caught.value.reason
    assert time.monotonic() - began < 15  # the site takes twenty seconds


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/loop", "redirects more than 5 times"),
        ("/status/404", "HTTP 404"),
        ("/status/500", "HTTP 500"),
        ("/status/204", "no page"),
        ("/broken-gzip", "decompress"),
    ],
)
def test_answers_that_are_no_page(site: str, path: str, words: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        fetch(site + path, options=LOCAL)
    assert words in caught.value.reason
    assert caught.value.source == site + path


@pytest.mark.parametrize("status", [403, 429, 503])
def test_sites_that_refuse_programs(site: str, status: int) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        fetch(f"{site}/status/{status}", options=LOCAL)
    assert caught.value.code == "bot-wall"


def test_loopback_is_not_fetched_unless_allowed(site: str) -> None:
    with pytest.raises(AddressNotAllowedError) as caught:
        fetch(f"{site}/policy")
    assert "127.0.0.1" in caught.value.reason


def test_a_redirect_to_a_private_address_is_not_followed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The first hop is allowed as if it were public, the second is checked for what it is.
    monkeypatch.setattr("privagraph.loaders.web._is_public", lambda number: number == "127.0.0.1")
    with pytest.raises(AddressNotAllowedError) as caught:
        fetch(f"{site}/metadata")
    assert "169.254.169.254" in caught.value.reason
    with pytest.raises(AddressNotAllowedError) as caught:
        fetch(f"{site}/elsewhere")
    assert "127.0.0.2" in caught.value.reason


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(AddressNotAllowedError) as caught:
        fetch("http://two-faced.example/")
    assert "10.0.0.1" in caught.value.reason


def test_the_connection_goes_to_the_address_that_was_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rsplit(":", 1)[1])
    calls: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        calls.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("privagraph.loaders.web.socket.getaddrinfo", resolve)
    page = fetch(f"http://rebinding.example:{port}/host", options=LOCAL)
    assert page.data.decode() == f"rebinding.example:{port}"
    # The name is resolved once, by the check; what follows is the number.
    assert [host for host in calls if host != "127.0.0.1"] == ["rebinding.example"]


@pytest.mark.parametrize("address", ["ftp://inn.example/a", "file:///etc/passwd", "gopher://inn.example"])
def test_other_schemes_are_not_fetched(address: str) -> None:
    with pytest.raises(AddressNotAllowedError) as caught:
        fetch(address)
    assert "http" in caught.value.reason


def test_a_redirect_to_another_scheme_is_not_followed(site: str) -> None:
    with pytest.raises(AddressNotAllowedError) as caught:
        fetch(f"{site}/file", options=LOCAL)
    assert "file:///etc/passwd" in caught.value.reason


@pytest.mark.parametrize(
    "address", ["http://", "http://:80/", "http://[::1", "http://a:99999/", "http://inn.example:x/"]
)
def test_words_that_are_no_address(address: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        fetch(address, options=LOCAL)
    assert "no address" in caught.value.reason


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1",
        "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:db8::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(number: str) -> None:
    assert not _is_public(number)


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_addresses_that_are_public(number: str) -> None:
    assert _is_public(number)
