from __future__ import annotations

import pytest

from privagraph.shapes.decoding import decode

GREEK = "Η πολιτική απορρήτου λέει ποια δεδομένα συλλέγουμε και γιατί τα κρατάμε τόσο καιρό. " * 20


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("für 🪁".encode(), "für 🪁"),
        ("für 🪁".encode("utf-8-sig"), "für 🪁"),
        ("für 🪁".encode("utf-16"), "für 🪁"),
        ("für 🪁".encode("utf-32"), "für 🪁"),
        ("We say “no” to this".encode("cp1252"), "We say “no” to this"),
        ('<meta charset="windows-1251"> данные'.encode("cp1251"), '<meta charset="windows-1251"> данные'),
        ('<meta charset="iso-8859-1"> “no”'.encode("cp1252"), '<meta charset="iso-8859-1"> “no”'),
        ("<meta charset=gb2312> 数据".encode("gb18030"), "<meta charset=gb2312> 数据"),
        (b"charset=base64 caf\xe9", "charset=base64 café"),
        (b"charset=no-such-thing caf\xe9", "charset=no-such-thing café"),
        (GREEK.encode("cp1253"), GREEK),
    ],
)
def test_bytes(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize("data", [b"\x81\x8d\x8f\x90\x9d" * 40, bytes(range(256)), b"\xff\xfe\x00"])
def test_any_bytes_become_text(data: bytes) -> None:
    assert isinstance(decode(data), str)
