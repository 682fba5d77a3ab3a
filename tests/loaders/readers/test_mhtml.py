from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.errors import UnsupportedFormatError
from privagraph.loaders.readers import read_bytes

PAGE = """From: <Saved by Blink>
Snapshot-Content-Location: https://inn.example/privacy
Subject: Privacy
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--x"

----x
Content-Type: text/html; charset=windows-1252
Content-Transfer-Encoding: quoted-printable
Content-Location: https://inn.example/privacy

<html><body><h1>Privacy</h1><p>We don=92t sell the names of our guests to=
 anybody.</p></body></html>
----x
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
----x--
"""


def test_a_page_saved_as_one_file(outline: Callable[..., list[str]]) -> None:
    data = PAGE.replace("\n", "\r\n").encode()
    assert outline(data, "page.mhtml") == ["# Privacy", "We don’t sell the names of our guests to anybody."]
    document = read_bytes(data, name="page.mhtml")
    assert document.url == "https://inn.example/privacy"
    assert document.encoding == "cp1252"


def test_a_saved_page_without_a_page() -> None:
    with pytest.raises(UnsupportedFormatError):
        read_bytes(PAGE.replace("text/html", "text/css").encode(), name="page.mhtml")
