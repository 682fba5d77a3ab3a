"""From bytes to text, whatever the encoding.

What is believed, in this order: a byte order mark; UTF-16 and UTF-32 by their zero bytes; UTF-8 when all bytes fit;
what HTTP or the page itself declares, when the bytes fit that; mostly ASCII bytes as windows-1252, which English pages
with torn quotation marks nearly always are; the statistics of charset-normalizer; and windows-1252 at last.
Labels are read as browsers read them (https://encoding.spec.whatwg.org/): ``latin-1`` means windows-1252.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode", "wide_encoding"]

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What browsers read where a page declares the name on the left.
_LABELS = {
    label: codec
    for codec, labels in {
        "cp1252": "ascii us-ascii latin-1 latin1 l1 iso-8859-1 iso8859-1 iso_8859-1 windows-1252 cp1252 "
        "x-cp1252 x-user-defined",
        "cp1254": "iso-8859-9 latin5",
        "gb18030": "gb2312 gbk x-gbk",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j",
        "cp949": "euc-kr ks_c_5601-1987",
        "cp874": "tis-620 iso-8859-11",
        "big5hkscs": "big5",
        "utf-8": "utf8",
        "utf-16-le": "utf-16 unicode",
        "mac_roman": "x-mac-roman macintosh",
    }.items()
    for label in labels.split()
}
# Encodings of Python that decode text and are in use for documents; a page cannot ask for any other.
_ALLOWED = re.compile(
    r"utf-?8(-sig)?|utf-?16(-?[lb]e)?|utf-?32(-?[lb]e)?|cp\d{3,4}|(windows|iso)-?_?\d[\d_-]*|"
    r"koi8[-_][rut]|mac[-_]?\w+|"
    r"gb18030|gbk|hz|big5(hkscs)?|euc[-_](jp|jis[-_]2004|kr)|iso[-_]2022[-_]jp|shift[-_]jis\w*|johab|"
    r"tis-620|ptcp154",
    re.IGNORECASE,
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LOOK = 4096
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text.

    Attributes:
        text: The text; bytes that fit no character are U+FFFD.
        encoding: Python's name of the encoding.
        broken: How many bytes or sequences did not fit.
    """

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, *, declared: str | None = None, markup: bool = False) -> Decoded:
    """Decode bytes of unknown encoding; never fails.

    Args:
        data: The bytes.
        declared: What HTTP says, if it says something.
        markup: Whether declarations inside the bytes (``<meta charset>``) count.

    Returns:
        The text and the encoding that was used.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _lenient(data, name)
    wide = wide_encoding(data)
    if wide:
        return _lenient(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(data):
        return _lenient(data, "utf-8")
    for label in (declared, _declared_inside(data) if markup else None):
        codec = _codec(label)
        if codec and not codec.startswith("utf"):
            try:
                return Decoded(data.decode(codec), codec)
            except UnicodeError:
                continue
    return _guess(data)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by where the zero bytes stand."""
    sample = data[: 4096 - len(data[:4096]) % 4]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    quarter = len(sample) // 4
    zeros = [sample[offset::4].count(0) for offset in range(4)]
    if zeros[0] < 0.2 * quarter and min(zeros[2:]) > 0.9 * quarter:
        return "utf-32-le"
    if zeros[3] < 0.2 * quarter and min(zeros[:2]) > 0.9 * quarter:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    half = len(sample) // 2
    if odd > 0.5 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.5 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _lenient(data: bytes, codec: str) -> Decoded:
    """Decode with a stand-in for what does not fit."""
    text = data.decode(codec, "replace")
    name = {"utf-8-sig": "utf-8"}.get(codec, codec)
    return Decoded(text, name, broken=text.count("\ufffd"))


def _nearly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few, as when a page was cut or pasted together."""
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return whole >= 8 and broken * 20 <= whole


def _declared_inside(data: bytes) -> str | None:
    """What the page says of its own encoding."""
    found = _XML.search(data[:200]) or _META.search(data[:_LOOK])
    return found.group(1).decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    """Python's name for a declared encoding, or None for one that is unknown or decodes no text."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    name = _LABELS.get(name, name)
    if not _ALLOWED.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _guess(data: bytes) -> Decoded:
    """The likeliest encoding of bytes that declare none."""
    sample = data[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    letters = sum(0x41 <= byte <= 0x7A for byte in sample)
    if high <= 0.06 * max(1, letters):
        return _as_windows(data)
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is not None and best.encoding not in ("ascii", "utf_8"):
        return _lenient(data, codecs.lookup(best.encoding).name)
    return _as_windows(data)


def _as_windows(data: bytes) -> Decoded:
    """As windows-1252, where browsers give the five unassigned bytes their Latin-1 meaning."""
    text = data.decode("cp1252", "replace")
    return Decoded(text, "cp1252", broken=text.count("\ufffd"))
