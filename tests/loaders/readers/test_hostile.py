"""Inputs made to hurt: they may be read badly, but to the end, and never with an exception that is not ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from privagraph.errors import InputError, RejectedDocumentError, UnreadableSourceError
from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes

SENTENCE = "We keep your name and your address for as long as you are a guest of our house. "
SIZE = 100_000

ATTACKS = {
    "nested elements": ("html", "<div>"),
    "nested tables": ("html", "<table>"),
    "nested cells": ("html", "<table><tr><td>"),
    "nested lists": ("html", "<ul><li>"),
    "open formatting": ("html", "<p><b id=1>x"),
    "open links": ("html", "<a href=x>x"),
    "attributes": ("html", None),
    "open quotes": ("html", '<a "'),
    "open comments": ("html", "<!--"),
    "angle brackets": ("html", "<"),
    "scripts": ("html", "<SCRIPT></SCRIPT>"),
    "cells": ("html", "<td>a</td>"),
    "spans of rows": ("html", None),
    "line breaks": ("html", SENTENCE + "<br>"),
    "brackets": ("md", "["),
    "emphasis": ("md", "**a "),
    "open tags in Markdown": ("md", "<a "),
    "open comments in Markdown": ("md", "a <!-- "),
    "open links in Markdown": ("md", "[a]("),
    "quotes": ("md", "> - "),
    "pipes": ("txt", "a|b\n"),
    "tabs": ("txt", "a\tb\n"),
    "numbers": ("txt", None),
    "short lines": ("txt", "name\n"),
    "empty lines": ("txt", "\n"),
    "hyphens": ("txt", "abc-\ndef "),
    "inline bullets": ("txt", "a: – b; – c; "),
    "one line": ("txt", SENTENCE),
    "lines": ("txt", SENTENCE + "\n"),
    "invisible characters": ("txt", "a\u200b\u00ad"),
}


def _attack(name: str) -> tuple[str, bytes]:
    extension, unit = ATTACKS[name]
    if name == "attributes":
        text = "<a " + " ".join(f"x{i}=1" for i in range(SIZE // 8)) + f">{SENTENCE}"
    elif name == "spans of rows":
        row = "<tr><td colspan=99999 rowspan=99999>a<td colspan=1000000000 rowspan=99999>b"
        text = f"<table>{row * (SIZE // len(row))}</table>{SENTENCE}"
    elif name == "numbers":
        text = "\n".join(f"{i % 90 + 1}. item" for i in range(SIZE // 9))
    else:
        assert unit is not None
        text = unit * (SIZE // len(unit)) + SENTENCE
    return extension, text.encode()


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_read_to_the_end(name: str, check_invariants: Callable[[Document], None]) -> None:
    extension, data = _attack(name)
    with suppress(InputError):
        check_invariants(read_bytes(data, name=f"attack.{extension}"))


def test_spans_make_no_table_wider_than_its_cells_need() -> None:
    row = "<tr><td colspan=99999 rowspan=99999>name<td colspan=99 rowspan=99999>purpose"
    document = read_bytes(f"<html><body><table>{row * 300}</table>".encode(), name="a.html")
    assert len(document.blocks) == 600
    assert max(block.column or 0 for block in document.blocks) < 700


def test_no_text_is_lost_in_deep_nesting() -> None:
    deep = "<div>" * 5000 + f"<h2>Data</h2><p>{SENTENCE}</p>" + "</div>" * 5000
    document = read_bytes(f"<html><body>{deep}<p>{SENTENCE}</p></body></html>".encode(), name="a.html")
    assert [document.text_of(block) for block in document.blocks] == [
        "Data",
        SENTENCE.strip(),
        SENTENCE.strip(),
    ]
    assert any("nests thousands" in note for note in document.notes)


def test_moderate_nesting_keeps_its_structure() -> None:
    deep = "<div>" * 300 + f"<h2>Data</h2><ul><li>a</li></ul><p>{SENTENCE}</p>" + "</div>" * 300
    document = read_bytes(f"<html><body>{deep}</body></html>".encode(), name="a.html")
    assert [str(block.kind) for block in document.blocks] == ["heading", "list_item", "paragraph"]
    assert document.notes == ()


_MHTML = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=%s\n\n"


def test_parts_that_nest_without_end_are_named() -> None:
    inner = b"".join(b"--b%d\n%s" % (i, _MHTML % (b"b%d" % (i + 1))) for i in range(2000))
    with pytest.raises(UnreadableSourceError) as caught:
        read_bytes(_MHTML % b"b0" + inner, name="a.mhtml")
    assert "MHTML" in caught.value.reason


# What is too large for a policy, each just above a bound of docs/robustness.md.
TOO_LARGE = {
    "text.txt": lambda: SENTENCE.encode() * (1_000_000 // len(SENTENCE) + 1),
    "lines.txt": lambda: b"name\n" * 300_000,
    "blanks.txt": lambda: SENTENCE.encode() + b"\n" * 10_000_000,
    "blanks.md": lambda: SENTENCE.encode() + b"\n" * 10_000_000,
    "prose.md": lambda: (SENTENCE.encode() + b"\n\n") * (1_000_000 // (len(SENTENCE) - 20)),
    "tags.html": lambda: b"<html><body>" + b"<p>a" * 500_000,
    "table.html": lambda: b"<html><body><table>" + (b"<tr>" + b"<td>a" * 1000) * 1000,
    "prose.html": lambda: b"<html><body><p>" + SENTENCE.encode() * (1_000_000 // len(SENTENCE) + 1),
    "parts.mhtml": lambda: _MHTML % b"b" + b"--b\nContent-Type: text/plain\n\nx\n" * 100_001,
    "bytes.txt": lambda: b"We keep your name." + b"\0" * 50_000_000,
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_too_large_for_a_policy_is_named(name: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        read_bytes(TOO_LARGE[name](), name=name)
    assert caught.value.code == "too-large"
    assert caught.value.source == name


def test_a_page_of_megabytes_of_pictures_is_read() -> None:
    picture = "<img src='data:image/png;base64," + "QUJD" * 2_000_000 + "'>"
    page = (
        f"<html><body><p>{SENTENCE}</p>{picture}<script>{'if (a < b) c();' * 100_000}</script></body></html>"
    )
    assert read_bytes(page.encode(), name="a.html").text == SENTENCE.strip()
