"""From a source to a document: what is known of a source stays with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from privagraph.errors import RejectedDocumentError
from privagraph.loaders.inputs import Source
from privagraph.loaders.readers import read


def test_what_was_read_already_is_not_opened_again(tmp_path: Path) -> None:
    content = b"We keep the names of farms."
    source = Source(
        "farms.jsonl#mill",
        path=tmp_path / "not-there",
        content=content,
        media_type="text/plain",
        url="https://mill.example/privacy",
        collected="2021-07-03",
        notes=("Said of the record.",),
    )
    document = read(source)
    assert document.text == "We keep the names of farms."
    assert (document.source, document.media_type) == ("farms.jsonl#mill", "text/plain")
    assert (document.url, document.collected) == ("https://mill.example/privacy", "2021-07-03")
    assert document.input_hash == hashlib.sha256(content).hexdigest()
    assert document.notes[0] == "Said of the record."


def test_what_is_known_of_a_file_stays_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>We keep names.</p></body></html>")
    document = read(Source("a.html", tmp_path / "a.html", url="https://mill.example/p", collected="2021"))
    assert (document.url, document.collected) == ("https://mill.example/p", "2021")


@pytest.mark.parametrize(
    ("media_type", "encoding"),
    [
        ("text/html; charset=koi8-r", "koi8-r"),
        ('text/html; charset="KOI8-R"', "koi8-r"),
        ("text/html; charset=no-such", "cp1251"),
        ("", "cp1251"),
        (None, "cp1251"),
    ],
)
def test_the_encoding_in_a_media_type_counts(media_type: str | None, encoding: str) -> None:
    words = "<html><body><p>Мы храним имена и адреса всех, кто пишет нам письма.</p></body></html>"
    codec = "koi8-r" if encoding == "koi8-r" else "cp1251"
    document = read(Source("a", content=words.encode(codec), media_type=media_type))
    assert (document.encoding, document.media_type) == (encoding, "text/html")
    assert document.text.startswith("Мы храним имена")


def test_content_that_is_empty_is_left_out() -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        read(Source("farms.csv#7", content=b"", media_type="text/plain"))
    assert (caught.value.source, caught.value.code) == ("farms.csv#7", "empty")
