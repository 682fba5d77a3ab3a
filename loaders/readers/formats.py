"""What bytes are: by their own marks first, by the file's extension only where the marks leave it open."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from privagraph.errors import RejectedDocumentError, UnsupportedFormatError
from privagraph.loaders.readers.encoding import wide_encoding

__all__ = ["DOCX", "EXTENSIONS", "HTML", "MARKDOWN", "MHTML", "PDF", "PLAIN", "detect"]

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MHTML = "multipart/related"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

EXTENSIONS: dict[str, str] = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mkd": MARKDOWN,
    ".mdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".mhtml": MHTML,
    ".mht": MHTML,
    ".pdf": PDF,
    ".docx": DOCX,
}
"""The extensions that a folder is searched for, and what they promise."""

_READ_HERE = "save it as PDF, DOCX, HTML, Markdown or plain text"

# Documents of a kind that people do have policies in, and that are not read here.
_KNOWN_DOCUMENTS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "a Rich Text (RTF) document"),
    (b"%!PS", "a PostScript document"),
)
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"xl/workbook", "an Excel workbook"),
    (b"ppt/presentation", "a PowerPoint presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"mimetypeapplication/epub+zip", "an e-book (EPUB)"),
    (b"Index/Document.iwa", "an Apple Pages document"),
)
_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ", "xz-compressed data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"OggS", "a media file"),
    (b"ID3", "a media file"),
    (b"wOF", "a font"),
    (b"\0asm", "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|link|"
    rb"script|style|div|main|article|"
    rb"section|header|h[1-6]|p|table|ul|ol|center|font|span|b|strong|a|nav|br|form|img|base|"
    rb"noscript)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(
    rb"</(?:p|div|h[1-6]|ul|ol|li|table|td|span|a|strong|b|em|section|body|html|head|title)\s*>|<br\s*/?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(rb"<[a-zA-Z!/?]")
_XML_START = re.compile(rb"^\s*<\?xml\b|^\s*<(?:rss|feed|svg|urlset|sitemapindex|plist)\b", re.IGNORECASE)
_MHTML_START = re.compile(
    rb"^(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,20}?content-type:\s*multipart/related",
    re.IGNORECASE,
)
_ATX_HEADING = re.compile(rb"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_MARKDOWN_SIGNS = re.compile(
    rb"\*\*[^*\n]+\*\*|__[^_\n]+__|\[[^\]\n]+\]\((?:https?:|mailto:|#|/)[^)\s]*\)|^\|?[ \t]*:?-{3,}:?[ "
    rb"\t]*\|",
    re.MULTILINE,
)
_LOOK = 16_384


def detect(data: bytes, *, name: str, media_type: str | None = None) -> str:
    """What the bytes are.

    Args:
        data: The bytes, all of them.
        name: The name of the source, whose extension decides between text formats that the bytes leave open.
        media_type: What HTTP says, which counts as much as an extension.

    Returns:
        One of the media types of this module.

    Raises:
        RejectedDocumentError: The bytes are no text and no document: code ``empty``, ``binary`` or ``encrypted``.
        UnsupportedFormatError: A document of a kind that is not read here.
    """
    head = data[:_LOOK]
    if not data.strip(b" \t\r\n\0\x0b\x0c\xef\xbb\xbf\xfe\xff"):
        raise RejectedDocumentError(
            name, "empty", "the file has no content", "check that it was saved or fetched whole"
        )
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip(data, name)
    if head.startswith(_OLE):
        raise _ole(data, name)
    for magic, what in _KNOWN_DOCUMENTS:
        if head.startswith(magic):
            raise UnsupportedFormatError(name, f"{what} is not a format that is read here", _READ_HERE)
    for magic, what in _BINARY:
        if head.startswith(magic):
            raise RejectedDocumentError(
                name, "binary", f"{what}, not a text", "give the policy's text instead"
            )
    if head[4:12] in (b"ftypisom", b"ftypmp42", b"ftypheic", b"ftypavif", b"ftypqt  "):
        raise RejectedDocumentError(
            name, "binary", "a media file, not a text", "give the policy's text instead"
        )
    return _text(_narrow(head), data, name, media_type)


def _narrow(head: bytes) -> bytes:
    """The beginning with one byte for each ASCII character, whatever its encoding, for the look at its marks."""
    for mark in (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"):
        if head.startswith(mark):
            return head[len(mark) :].replace(b"\0", b"")
    return head.replace(b"\0", b"") if wide_encoding(head) else head


def _text(head: bytes, data: bytes, name: str, media_type: str | None) -> str:
    """Which text format it is."""
    if _looks_binary(head, data):
        raise RejectedDocumentError(
            name,
            "binary",
            "the bytes are no text in any encoding",
            "give a policy as PDF, DOCX, HTML, Markdown or plain text",
        )
    hint = EXTENSIONS.get(PurePosixPath(name.split("?")[0].lower()).suffix)
    told = (media_type or "").split(";")[0].strip().lower()
    if told in (HTML, "application/xhtml+xml"):
        hint = HTML
    elif told in (MARKDOWN, "text/x-markdown"):
        hint = MARKDOWN
    if _MHTML_START.match(head):
        return MHTML
    tags = len(_HTML_TAG.findall(head))
    if _HTML_START.match(head) and (tags or b"<html" in head.lower() or hint == HTML):
        return (
            MARKDOWN
            if hint == MARKDOWN and _ATX_HEADING.search(head) and b"<html" not in head.lower()
            else HTML
        )
    if _XML_START.match(head) and hint != MARKDOWN:
        if b"<html" in head.lower():
            return HTML
        raise UnsupportedFormatError(name, "XML that is no web page", _READ_HERE)
    if head.lstrip()[:1] == b"{" and _is_json_lines(data):
        raise UnsupportedFormatError(
            name, "this is JSON Lines: many documents, not one", "save it as a .jsonl file and map that"
        )
    if head.lstrip()[:1] in (b"{", b"[") and _is_json(data):
        raise UnsupportedFormatError(name, "JSON data is not a document", _READ_HERE)
    if hint == HTML:
        return HTML if _ANY_TAG.search(head) or _ANY_TAG.search(data) else PLAIN
    if hint == MARKDOWN:
        return MARKDOWN
    if tags >= 6 and head.lstrip()[:1] == b"<":
        return HTML
    headings = len(_ATX_HEADING.findall(head))
    signs = len(_MARKDOWN_SIGNS.findall(head))
    if headings >= 3 or (headings >= 1 and signs >= 2) or (hint is None and signs >= 4):
        return MARKDOWN
    return PLAIN


def _looks_binary(head: bytes, data: bytes) -> bool:
    """Whether the bytes hold what no text holds: many control characters, or none of its order."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(data):
        text = data[: len(data) - len(data) % 2][:_LOOK].decode(
            "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace"
        )
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return False
        odd = sum(character == "\ufffd" or 0xE000 <= ord(character) <= 0xF8FF for character in text)
        return odd > 0.02 * max(1, len(text))
    controls = sum(byte < 0x20 and byte not in b"\t\n\r\x0c\x1b\x1a" for byte in head) + head.count(b"\x7f")
    return controls > 0.01 * len(head) and controls >= 2


def _is_json(data: bytes) -> bool:
    """Whether the bytes are JSON."""
    import json

    if len(data) > 5_000_000:
        return bool(re.match(rb'^\s*[\[{]\s*["\[{]', data[:200]))
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_json_lines(data: bytes) -> bool:
    """Whether each of the first two lines is an object of JSON."""
    lines = data.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 2)[:2]
    return len(lines) == 2 and all(line.startswith(b"{") and _is_json(line) for line in lines)


def _zip(data: bytes, name: str) -> str:
    """Which document a ZIP archive is."""
    if b"word/document" in data:
        return DOCX
    for sign, what in _ZIP_KINDS:
        if sign in data:
            raise UnsupportedFormatError(name, f"{what} is not a format that is read here", _READ_HERE)
    if name.lower().endswith(".docx"):
        raise UnsupportedFormatError(
            name, "a damaged or incomplete DOCX file", "open it in a word processor and save it again"
        )
    raise RejectedDocumentError(
        name, "binary", "a ZIP archive, not a document", "unpack it and give the folder"
    )


def _ole(data: bytes, name: str) -> Exception:
    """The error for an OLE file: an encrypted Office document, or one of the time before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return RejectedDocumentError(
            name,
            "encrypted",
            "the document is protected with a password",
            "remove the password in Word and save it again",
        )
    return UnsupportedFormatError(
        name, "an Office document in the format before 2007 (.doc)", "save it as DOCX or PDF"
    )
