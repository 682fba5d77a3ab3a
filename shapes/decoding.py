"""The text of a file of which only the bytes are known.

A byte order mark is believed first, then UTF-8 where all bytes fit, then what the page declares, and at last what
the bytes look like. It is only read to find words that are known already, so a wrong guess loses places and makes
none up.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LOOK = 4096
_SAMPLE = 200_000
# What browsers read where a page declares one of these (https://encoding.spec.whatwg.org/#names-and-labels).
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def decode(data: bytes) -> str:
    """The text that some bytes most likely are; never fails.

    Example:
        >>> decode("für uns".encode("cp1252"))
        'für uns'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in (_declared(data), _looks_like(data)):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _declared(data: bytes) -> str:
    """The encoding that a page states of itself, by Python's name; an empty string where it states none."""
    found = _DECLARED.search(data[:_LOOK])
    if not found:
        return ""
    label = found.group(1).decode("ascii")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return _WIDER.get(name, name)


def _looks_like(data: bytes) -> str:
    """Mostly ASCII is windows-1252, as English pages with torn quotation marks are; else what the bytes show."""
    sample = data[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    if high * 16 < len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return "cp1252" if best is None else best.encoding
