from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.readers import read_bytes
from privagraph.loaders.readers.encoding import decode

ENGLISH = "We don’t sell your “personal” data – ever. The café keeps it for two years."
RUSSIAN = (
    "Мы храним имя и адрес каждого гостя столько, сколько того требует закон о гостиницах, и никому "
    "их не показываем."
)
JAPANESE = (
    "当社は、お客様の氏名および住所を法律で定められた期間だけ保管し、"
    "第三者には提供いたしません。ご質問はお問い合わせください。"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"]
)
def test_english_in_every_encoding(encoding: str) -> None:
    decoded = decode(ENGLISH.encode(encoding))
    assert decoded.text == ENGLISH
    assert decoded.broken == 0


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_other_alphabets_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=koi8-r>", "koi8-r"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251"),
        ("<?xml version='1.0' encoding='iso-8859-5'?>", "iso8859-5"),
    ],
)
def test_a_page_may_declare_its_encoding(head: str, encoding: str) -> None:
    page = f"{head}<html><body><p>{RUSSIAN}</p></body></html>".encode(encoding)
    document = read_bytes(page, name="a.html")
    assert document.text == RUSSIAN
    assert document.encoding == encoding


def test_http_may_declare_the_encoding() -> None:
    assert decode("Żółć gęślą jaźń".encode("iso-8859-2"), declared="ISO-8859-2").text == "Żółć gęślą jaźń"


def test_bytes_that_are_utf8_win_over_a_wrong_declaration() -> None:
    assert decode(ENGLISH.encode(), declared="iso-8859-1").text == ENGLISH


@pytest.mark.parametrize("label", ["latin-1", "ISO-8859-1", "us-ascii"])
def test_latin_1_means_windows_1252(label: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), declared=label).text == ENGLISH


@pytest.mark.parametrize(
    "label",
    ["utf-7", "rot13", "hex", "zlib", "unicode_escape", "idna", "no-such-encoding", "undefined", "\x00"],
)
def test_a_declaration_cannot_ask_for_what_is_no_encoding_of_documents(label: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), declared=label).text == ENGLISH


def test_utf8_with_a_few_broken_bytes_stays_utf8_and_says_so() -> None:
    data = (ENGLISH * 5).encode().replace(b"\xe2\x80\x9c", b"\xe2\x80", 1)
    document = read_bytes(data, name="a.txt")
    assert document.encoding == "utf-8"
    assert "don’t" in document.text
    assert any("U+FFFD" in note for note in document.notes)


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=12)))
def test_decoding_never_fails(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared=declared, markup=True).text, str)


@given(st.text(min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) and b"\0" not in data:
        assert decode(data).text == data.decode("utf-8")
