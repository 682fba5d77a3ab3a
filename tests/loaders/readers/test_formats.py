from __future__ import annotations

import io
import zipfile

import pytest

from privagraph.errors import RejectedDocumentError, UnsupportedFormatError
from privagraph.loaders.readers import formats, read_bytes
from privagraph.loaders.readers.formats import detect

HTML = b"<!doctype html><html><body><p>We keep names.</p></body></html>"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (HTML, "policy.txt", formats.HTML),
        (b"  \n<!-- saved --><html><p>a</p>", "policy", formats.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html><html><body/></html>", "policy.xml", formats.HTML),
        (b"<div><p>a</p><p>b</p></div>", "policy.html", formats.HTML),
        ("<html><body><p>a</p></body></html>".encode("utf-16"), "policy", formats.HTML),
        (b"We keep names.", "policy.html", formats.PLAIN),
        (b"We keep a <b>few</b> names.", "policy.htm", formats.HTML),
        (b"# Privacy\n\n## Data\n\ntext\n\n## Rights\n", "policy.txt", formats.MARKDOWN),
        (b"# one line is no Markdown\n", "policy.txt", formats.PLAIN),
        (b"text", "README.md", formats.MARKDOWN),
        (HTML, "policy.md", formats.HTML),
        (b"%PDF-1.7 ...", "policy.txt", formats.PDF),
        (b"junk before\n%PDF-1.4", "policy", formats.PDF),
        (b"plain words", "policy", formats.PLAIN),
        (b"caf\xe9 au lait", "policy", formats.PLAIN),
        (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n "
         b"boundary=x\r\n\r\n", "a.mht", formats.MHTML),
    ],
)  # fmt: skip
def test_bytes_come_first_and_the_extension_second(data: bytes, name: str, expected: str) -> None:
    assert detect(data, name=name) == expected


def test_what_http_says_counts_as_an_extension() -> None:
    assert (
        detect(b"words", name="https://inn.example/privacy", media_type="text/markdown; charset=utf-8")
        == formats.MARKDOWN
    )
    assert (
        detect(b"a <b>word</b>", name="https://inn.example/privacy", media_type="text/html") == formats.HTML
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "binary"),
        (b"\x7fELF" + bytes(100), "binary"),
        (b"\x1f\x8b\x08" + bytes(100), "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_what_is_no_document_is_rejected_by_name(data: bytes, code: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        read_bytes(data, name="policy.txt")
    assert caught.value.code == code
    assert caught.value.advice


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{\\rtf1 hello}", "RTF"),
        (b'{"policy": "text"}', "JSON"),
        (b'{"policy": "text"}\n{"policy": "more"}\n{"pol', "JSON Lines"),
        (b"<?xml version='1.0'?><rss><item/></rss>", "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc"),
        (_zip("mimetype"), "ODT"),
        (_zip("xl/workbook.xml"), "Excel"),
    ],
)
def test_documents_of_other_formats_are_named(data: bytes, what: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_bytes(data, name="policy")
    assert what in caught.value.reason
    assert "save it as" in caught.value.advice


def test_an_archive_is_told_from_a_document() -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        read_bytes(_zip("policy.txt"), name="policies.zip")
    assert caught.value.code == "binary"
    assert "archive" in caught.value.reason


def test_a_document_that_is_too_large() -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        read_bytes(b"a" * 50_000_001, name="huge.txt")
    assert caught.value.code == "too-large"
