"""What holds of every document, whatever the bytes were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from privagraph.errors import InputError
from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes

Check = Callable[[Document], None]
calm = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

WORDS = st.sampled_from(
    "We collect your name. | e-mail address | Privacy Policy | HOW WE SHARE | What do we keep? | We "
    "share with: | 1. Data | (a) your age; | • phone | "
    "Last updated: May 3, 2024 | Acme Ltd. | 12 Mill Lane | Leeds LS1 4AP | Name | Purpose\tGround | "
    "a | b | Имя | 名前と住所 | الاسم | שם | 👩\u200d💻🇺🇦 | e\u0301\u0300 | \u00ad | \ud800 | \u2028 | | - "
    "| ## x".split(" | ")
)
LINES = st.lists(
    st.tuples(st.sampled_from(["", "  ", "    ", "\t"]), WORDS, st.sampled_from(["\n", "\n\n", "\r\n", " "])),
    max_size=40,
).map(lambda parts: "".join(indent + words + end for indent, words, end in parts))
TAGS = st.sampled_from(
    "p div h1 h2 h3 ul ol li table tr td th thead tbody dl dt dd b strong a span br pre section main "
    "article nav header footer form button details summary "
    "blockquote script style template iframe svg math select option".split()
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        " class='cookie-banner'",
        " hidden",
        " style='display:none'",
        " role=dialog",
        " colspan=3",
        " rowspan=9",
        " scope=row",
        " lang=de",
        " id=main",
        " aria-level=9",
        " style='font-weight:bold'",
    ]
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Tag soup: start tags, end tags and words in any order."""
    pieces: list[str] = []
    for _ in range(draw(st.integers(0, 40))):
        kind = draw(st.integers(0, 2))
        if kind == 0:
            pieces.append(f"<{draw(TAGS)}{draw(ATTRIBUTES)}>")
        elif kind == 1:
            pieces.append(f"</{draw(TAGS)}>")
        else:
            pieces.append(draw(WORDS))
    return "".join(pieces)


@calm
@given(text=LINES)
@example(text="•\n• \n(1)\n1.\n-\n")
@example(text="|\n||\n| |\n---|---\n")
def test_plain_text(check_invariants: Check, text: str) -> None:
    _check(check_invariants, text, "a.txt")


@calm
@given(text=st.text(max_size=300))
def test_any_text(check_invariants: Check, text: str) -> None:
    _check(check_invariants, text, "a.txt")
    _check(check_invariants, text, "a.md")


@calm
@given(text=markup())
@example(text="<table><tr><td rowspan=5>a<td colspan=5>b<tr><td>c")
@example(text="<ul><ul><ul><li><h1>a</h1><p>b<ul><li>c")
@example(text="<h1><h2><p>x</p></h2><ul><li>y</ul></h1>")
def test_markup(check_invariants: Check, text: str) -> None:
    _check(check_invariants, f"<html><body>{text}", "a.html")


@calm
@given(
    text=st.one_of(LINES, markup()),
    prefix=st.sampled_from(
        ["# T\n\n", "- a\n  - b\n\n", "| a | b |\n|---|---|\n| c | d |\n\n", "---\ntitle: x\n---\n"]
    ),
)
def test_markdown(check_invariants: Check, text: str, prefix: str) -> None:
    _check(check_invariants, prefix + text, "a.md")


@calm
@given(
    data=st.binary(max_size=400),
    name=st.sampled_from(["a.txt", "a.html", "a.md", "a.pdf", "a.docx", "a", "a.mhtml"]),
)
@example(data=b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>", name="a.pdf")
@example(data=b"PK\x03\x04word/document.xml", name="a.docx")
@example(
    data=b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--", name="a.mhtml"
)
@example(data=b"\xff\xfe", name="a.txt")
@example(data=b"\xff\xfe\x00\xd8a\x00", name="a.txt")
def test_any_bytes_give_a_document_or_an_input_error(check_invariants: Check, data: bytes, name: str) -> None:
    found = _read(data, name)
    if isinstance(found, InputError):
        assert found.source == name
        assert found.reason
        assert found.advice
    else:
        check_invariants(found)


@calm
@given(
    data=st.binary(max_size=300),
    head=st.sampled_from(
        [
            b"%PDF-1.4\n",
            b"PK\x03\x04word/document",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"<html>",
            b"{",
            b"MIME-Version: 1.0\n",
        ]
    ),
)
def test_bytes_that_pretend_to_be_a_format(check_invariants: Check, data: bytes, head: bytes) -> None:
    found = _read(head + data, "a")
    if isinstance(found, InputError):
        assert found.source == "a"
    else:
        check_invariants(found)


def _read(data: bytes, name: str) -> Document | InputError:
    """The document, or the error that says why there is none."""
    try:
        return read_bytes(data, name=name)
    except InputError as error:
        return error


def _check(check_invariants: Check, text: str, name: str) -> None:
    found = _read(text.encode("utf-8", "replace"), name)
    if isinstance(found, InputError):
        assert found.source == name
    else:
        check_invariants(found)


@pytest.mark.parametrize(
    "words", ["naïve café e\u0301", "🇺🇦👩‍💻 emoji", "名前と住所", "שם וכתובת", "\U0001f512\U0001f512"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
def test_offsets_count_code_points(words: str, name: str) -> None:
    text = f"{words}\n\n{words} We keep your name and your address in the book of the house.\n"
    if name == "a.html":
        text = "".join(f"<p>{part}</p>" for part in text.strip().split("\n\n"))
    document = read_bytes(text.encode(), name=name)
    last = document.blocks[-1]
    assert document.text_of(last).startswith(words)
    assert document.text[last.start : last.start + len(words)] == words
