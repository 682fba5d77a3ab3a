from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from typing import Any

import brotli
import pytest
import zstandard

from privagraph.loaders.collections import warc
from privagraph.loaders.readers import read as read_source
from privagraph.loaders.sources import stream

Read = Callable[..., Any]
URL = "https://mill.example/privacy"
PAGE = b"<html><body><h1>Privacy</h1><p>We keep names.</p></body></html>"
DATE = "2021-07-03T08:30:00Z"


class Crawl:
    """Writes a WARC file by the letter of ISO 28500; each record is a member of its own where it is packed."""

    def __init__(self, *, packed: bool = False) -> None:
        self.data = b""
        self._packed = packed

    def add(
        self,
        body: bytes = PAGE,
        *,
        url: str = URL,
        kind: str = "response",
        status: str = "200 OK",
        headers: dict[str, str] | None = None,
        warc: dict[str, str] | None = None,
    ) -> Crawl:
        """Add a record; a response is HTML unless its headers say otherwise."""
        told = headers if headers is not None else {"Content-Type": "text/html"}
        block = body
        if kind == "response":
            block = f"HTTP/1.1 {status}\r\n{_lines(told)}\r\n".encode() + body
        head = {
            "WARC-Type": kind,
            "WARC-Record-ID": "<urn:uuid:7d1a3d0e-3c7b-4f43-9d6b-5ad1c6d1a001>",
            "WARC-Target-URI": url,
            "WARC-Date": DATE,
            "Content-Type": told.get("Content-Type", "") if kind == "resource" else "application/http",
            "Content-Length": str(len(block)),
            **(warc or {}),
        }
        record = f"WARC/1.0\r\n{_lines(head)}\r\n".encode() + block + b"\r\n\r\n"
        self.data += gzip.compress(record) if self._packed else record
        return self


def _lines(headers: dict[str, str]) -> str:
    return "".join(f"{key}: {value}\r\n" for key, value in headers.items())


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "crawl.warc.zst"])
def test_a_page_is_a_source(read: Read, name: str) -> None:
    data = Crawl(packed=name.endswith(".gz")).add(headers={"Content-Type": "text/html; charset=utf-8"}).data
    (page,), left_out = read(zstandard.compress(data) if name.endswith(".zst") else data, name)
    assert left_out == []
    assert (page.name, page.url, page.collected) == (f"{name}#{URL}", URL, DATE)
    assert (page.content, page.media_type) == (PAGE, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("headers", "body", "media_type"),
    [
        ({"Content-Type": "application/pdf"}, b"%PDF-1.4", "application/pdf"),
        ({"Content-Type": "text/plain; charset=iso-8859-1"}, b"caf\xe9", "text/plain; charset=iso-8859-1"),
        ({}, PAGE, "text/html"),
        ({"Content-Type": "application/octet-stream"}, b"%PDF-1.7", "application/pdf"),
        ({"content-type": "TEXT/HTML"}, PAGE, "TEXT/HTML"),
    ],
)
def test_documents_of_other_kinds(read: Read, headers: dict[str, str], body: bytes, media_type: str) -> None:
    (page,), _ = read(Crawl().add(body, headers=headers).data, "crawl.warc")
    assert (page.content, page.media_type) == (body, media_type)


def test_what_the_archive_found_and_the_extension_count_where_the_server_is_silent(read: Read) -> None:
    crawl = Crawl().add(b"words", headers={}, warc={"WARC-Identified-Payload-Type": "text/plain"})
    crawl.add(b"words", headers={}, url="https://mill.example/policy.md?x=1")
    pages, _ = read(crawl.data, "crawl.warc")
    assert [each.media_type for each in pages] == ["text/plain", "text/markdown"]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("br", brotli.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("zstd", zstandard.compress),
        ("gzip", bytes),
        ("br", bytes),
        ("identity", bytes),
    ],
)
def test_what_was_packed_for_the_way_is_unpacked(
    read: Read, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": coding}
    (page,), left_out = read(Crawl().add(pack(PAGE), headers=headers).data, "crawl.warc")
    assert (page.content, left_out) == (PAGE, [])


def test_chunks_are_joined(read: Read) -> None:
    headers = {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}
    chunked = (
        b"10\r\n"
        + PAGE[:16]
        + b"\r\n"
        + f"{len(PAGE) - 16:x}".encode()
        + b"\r\n"
        + PAGE[16:]
        + b"\r\n0\r\n\r\n"
    )
    (page,), _ = read(Crawl().add(chunked, headers=headers).data, "crawl.warc")
    assert page.content == PAGE


@pytest.mark.parametrize(
    ("end", "content", "noted"),
    [
        (b"\r\n0\r\n\r\n", PAGE, False),
        (b"\r\n0\r\n", PAGE, False),
        (b"\r\n000\r\nExpires: never\r\n\r\n", PAGE, False),
        (b"\r\n", PAGE, True),
        (b"\r\n7f\r\n<p>We sell ", PAGE + b"<p>We sell ", True),
    ],
)
def test_chunks_that_break_off_are_noted(read: Read, end: bytes, content: bytes, noted: bool) -> None:
    headers = {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}
    (page,), _ = read(Crawl().add(b"%x\r\n" % len(PAGE) + PAGE + end, headers=headers).data, "crawl.warc")
    assert page.content == content
    assert [each.startswith("The answer of the server breaks off") for each in page.notes] == [True] * noted


def test_chunks_that_the_archive_joined_are_no_break(read: Read) -> None:
    headers = {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}
    (page,), _ = read(Crawl().add(headers=headers).data, "crawl.warc")
    assert (page.content, page.notes) == (PAGE, ())


def test_what_cannot_be_unpacked_is_left_out(read: Read) -> None:
    crawl = Crawl()
    for coding, body in (
        ("gzip", gzip.compress(PAGE)[:-20]),
        ("br", brotli.compress(PAGE)[:-9]),
        ("lzma", PAGE),
    ):
        crawl.add(body, headers={"Content-Type": "text/html", "Content-Encoding": coding})
    pages, left_out = read(crawl.add().data, "crawl.warc")
    assert len(pages) == 1
    assert [each.source for each in left_out] == ["crawl.warc:1", "crawl.warc:2", "crawl.warc:3"]
    assert "too early" in left_out[0].reason
    assert "lzma" in left_out[2].reason


def test_other_records_are_passed_over_and_counted(tmp_path: Any) -> None:
    path = tmp_path / "crawl.warc"
    crawl = Crawl().add(b"a: b", kind="metadata").add(status="404 Not Found").add(status="404 Not Found")
    crawl.add(headers={"Content-Type": "image/png"}).add(kind="revisit").add(url="dns:mill.example")
    path.write_bytes(crawl.add(kind="resource", headers={"Content-Type": "text/html"}).data)
    found = stream([path])
    assert [each.name for each in found] == [f"crawl.warc#{URL}"]  # type: ignore[union-attr]  # no LeftOut
    assert found.passed_over == (
        "crawl.warc: records that are no pages: 2 HTTP 404, 1 dns: no page, 1 image/png, 1 metadata, 1 revisit",
    )


def test_a_page_that_was_crawled_twice_has_two_names(read: Read) -> None:
    pages, _ = read(Crawl().add().add(PAGE.replace(b"names", b"towns")).data, "crawl.warc")
    assert [each.name for each in pages] == [f"crawl.warc#{URL}", f"crawl.warc#{URL}~2"]


def test_a_page_that_the_crawler_cut_says_so(read: Read) -> None:
    (page,), _ = read(Crawl().add(warc={"WARC-Truncated": "length"}).data, "crawl.warc")
    assert page.notes == ("The crawler kept only a part of this page (length).",)


@pytest.mark.parametrize("packed", [False, True])
def test_before_the_break_everything_is_handed_out(read: Read, packed: bool) -> None:
    whole = Crawl(packed=packed).add().add(url="https://inn.example/privacy").data
    name = "crawl.warc.gz" if packed else "crawl.warc"
    (page,), (trouble,) = read(whole[:-30], name)
    assert page.url == URL
    assert (trouble.source, trouble.code) == (f"{name}:2", "cut-off")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"no archive at all\r\n\r\n" + data,
        lambda data: data.replace(b"Content-Length: ", b"Content-Length: 1", 1),
        lambda data: data.replace(b"Content-Length: 1", b"Content-Length: ", 1),
        lambda data: data.replace(b"Content-Length: ", b"Length: ", 1),
        lambda data: data.replace(b"Content-Length: ", b"Content-Length: -", 1),
        lambda data: data.replace(b"WARC/1.0", b"WARC/1.0" + b"x: y\r\n" * 300_000, 1),
        lambda data: data[:20],
    ],
)
def test_a_damaged_file_ends_in_one_line(
    read: Read, damage: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    _, left_out = read(damage(Crawl().add().add().data), "crawl.warc")
    assert [each.code for each in left_out] == ["cut-off"]
    assert capsys.readouterr().err == ""


def test_a_record_larger_than_any_policy(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST_RECORD", 1000)
    monkeypatch.setattr(warc, "LARGEST", 800)
    bomb = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    crawl = Crawl().add(b"x" * 5000).add(gzip.compress(b"x" * 50_000), headers=bomb).add()
    pages, left_out = read(crawl.data, "crawl.warc")
    assert len(pages) == 1
    assert [(each.source, each.code) for each in left_out] == [
        ("crawl.warc:1", "too-large"),
        (f"crawl.warc#{URL}", "too-large"),
    ]


def test_the_encoding_that_the_server_named_is_used(read: Read) -> None:
    body = "<html><body><p>Здравствуйте, мы храним имена.</p></body></html>".encode("koi8-r")
    (page,), _ = read(
        Crawl().add(body, headers={"Content-Type": "text/html; charset=KOI8-R"}).data, "crawl.warc"
    )
    document = read_source(page)
    assert document.encoding == "koi8-r"
    assert document.url == URL
    assert document.collected == DATE
