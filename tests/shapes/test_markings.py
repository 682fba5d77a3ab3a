from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from privagraph.shapes.markings import TEXT_FORMATS, read_marked, words_in

ACCENTED = {"café": "caf&eacute;", "cafés": "caf&#233;s", "été": "&#xE9;t&eacute"}


def found(raw: str, media_type: str) -> dict[str, str]:
    """Each word of a file and what stands at its place there."""
    marked = read_marked(raw, media_type)
    return {
        word.text: raw[marked.start(word.start) : marked.end(word.end - 1)] for word in words_in(marked.text)
    }


def same(*words: str) -> dict[str, str]:
    return {word: word for word in words}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("We keep\r\n  data.", same("We", "keep", "data")),
        ("in\u00advisible \u200bmarks\ufeff", {"invisible": "in\u00advisible", "marks": "marks"}),
        ("a < b & c &amp; d", same("a", "b", "c", "amp", "d")),
        ("我们🪁を3日", same("我", "们", "を", "3", "日")),
        ("", {}),
    ],
)
def test_plain_text(raw: str, words: dict[str, str]) -> None:
    assert found(raw, "text/plain") == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("<p>We <b>ke</b>ep data</p>", {"We": "We", "keep": "ke</b>ep", "data": "data"}),
        ("<td>one</td><td>two</td>three<br>four", same("one", "two", "three", "four")),
        (
            "caf&eacute; caf&#233;s &#xE9;t&eacute",
            {"café": "caf&eacute;", "cafés": "caf&#233;s", "été": "&#xE9;t&eacute"},
        ),
        ("a&nbsp;b &unknown; s&shy;ell", {"a": "a", "b": "b", "unknown": "unknown", "sell": "s&shy;ell"}),
        ("a<!-- <b>no</b> -->b<script>var x = '<p>';</script> c", {"ab": "a<!-- <b>no</b> -->b", "c": "c"}),
        ("<style>p {}</STYLE >a <template><p>x</p></template>b", same("a", "b")),
        ("1 < 2 <", same("1", "2")),
        ("open <b never closed", same("open", "b", "never", "closed")),
        ("end <!-- open", same("end")),
        ("end <script> open", same("end")),
    ],
)
def test_html(raw: str, words: dict[str, str]) -> None:
    assert found(raw, "text/html") == words
    assert found(raw, "application/xhtml+xml") == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("# We **k**eep *data*", {"We": "We", "keep": "k**eep", "data": "data"}),
        (
            "[our site](https://x.example/a_(b)) and [terms][t] end",
            same("our", "site", "and", "terms", "end"),
        ),
        ("<me@x.example> <https://y.example>", same("me", "x", "example", "https", "y")),
        (r"\*not\* em\phasis", {"not": "not", "em": "em", "phasis": "phasis"}),
        ("`code` ~~gone~~ snake_case", same("code", "gone", "snake", "case")),
        (
            "| a | b |\n|---|---|\n| R&amp;D | <i>d</i>o |",
            {"a": "a", "b": "b", "R": "R", "D": "D", "do": "d</i>o"},
        ),
        ("[not a link] (really)", same("not", "a", "link", "really")),
    ],
)
def test_markdown(raw: str, words: dict[str, str]) -> None:
    assert found(raw, "text/markdown") == words


def test_a_format_without_lines_is_not_read() -> None:
    assert "application/pdf" not in TEXT_FORMATS
    with pytest.raises(KeyError):
        read_marked("", "application/pdf")


HOSTILE = [
    "<a",
    "<!--",
    "<script",
    "<script></script",
    "](",
    "](a(b",
    "](aaaa",
    "&a",
    "*`\\",
    "[",
    "<x@y",
    "<b>",
    "\xad",
]


@pytest.mark.parametrize("media_type", ["text/html", "text/markdown"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_grows_in_proportion(
    piece: str,
    media_type: str,
    work: Callable[..., int],
    patience: Callable[[], AbstractContextManager[None]],
) -> None:
    def steps(characters: int) -> int:
        return work(lambda: read_marked(piece * (characters // len(piece)) + ">", media_type))

    assert steps(10_000) < 12 * steps(1_000)
    with patience():
        marked = read_marked(piece * (400_000 // len(piece)) + ">", media_type)
    assert len(marked.text) <= 400_001
