"""Inputs for fuzzing: what a few bytes stand for in each format, and the seeds to begin with.

Random bytes hardly ever pass the checksums of a DOCX or the tables of a PDF. So besides whole files there are kinds in
which the bytes are only the part that a reader works on: the body of a DOCX, what a page of a PDF draws, the page in an
MHTML, and the words of a policy, one for each byte.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CRASHES = Path(__file__).parent / "crashes"

WORDS = (
    "we|our|us|you|your|they|their|it|who|which|that|this|these|such as|including|for example|and|or|and/or|but|"
    "nor|neither|not|do not|never|no|only|except|unless|if|when|where|until|as long as|because|so that|in order to|"
    "to|for|from|with|by|of|in|on|at|under|about|within|outside|through|is|are|be|been|may|will|can|must|shall|might|"
    "could|collect|use|share|sell|disclose|store|keep|delete|retain|process|transfer|receive|provide|improve|send|ask|"
    "request|object|withdraw|consent|agree|collected|used|shared|sold|stored|processed|name|e-mail address|phone|"
    "location|IP address|cookies|payment data|health data|device identifiers|photos|contacts|usage data|"
    "personal information|data|information|children|users|customers|visitors|service providers|partners|advertisers|"
    "authorities|affiliates|third parties|Google Analytics|Brindle & Daughters Ltd|Tarn Harbour GmbH|the Company|"
    "advertising|marketing|analytics|security|newsletters|orders|legal claims|support|research|contract|"
    "legitimate interests|legal obligation|your consent|Article 6(1)(f) GDPR|CCPA|Germany|the United States|the EEA|"
    "standard contractual clauses|30 days|two years|encryption|right to access|right to erasure|opt out|complaint|"
    "supervisory authority|data protection officer|dpo@tarn.example|https://tarn.example/privacy|+44 20 7946 0000|"
    "12 Mill Lane, Leeds LS1 4AP|1 May 2024|Last updated:|Privacy Policy|Privacy Policy of Tarn Harbour|Your rights|"
    ".|. |,|;|:|?|!|(|)|[|]|“|”|\"|'|’|-|–|—|/|%|&|@|#|*|•|1.|(a)|ii)|\n|\n\n|\n- |\n# |\n| |\t| | |x|A|I|the|a|an|"
    "all|any|some|each|other|both|either|as|than|then|also|however|we do not sell|we may share|you have the right to|"
    "\u05e9\u05dd|\u0627\u0633\u0645|\u540d\u524d|e\u0301|\u0301|\U0001f469\u200d\U0001f4bb|\U0001d518|\u200d|\u00ad|"
    "\ufeff|\u00a0|\u2028|\ufffd|\u0130|\u00df|\ufb01|\u1e9e"
).split("|")


def words_of(data: bytes) -> str:
    """A text with a word or a sign of a policy for each byte."""
    return " ".join(WORDS[byte % len(WORDS)] for byte in data)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCX = {
    "[Content_Types].xml": f"<Types xmlns='{_PACKAGE}/content-types'>"
    "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    f"<Override PartName='/word/document.xml' ContentType='{_TYPE}.document.main+xml'/>"
    f"<Override PartName='/word/styles.xml' ContentType='{_TYPE}.styles+xml'/></Types>",
    "_rels/.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>"
    f"<Relationship Id='r' Type='{_OFFICE}/officeDocument' Target='word/document.xml'/></Relationships>",
    "word/_rels/document.xml.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>"
    f"<Relationship Id='s' Type='{_OFFICE}/styles' Target='styles.xml'/></Relationships>",
    "word/styles.xml": f"<w:styles xmlns:w='{_W}'>"
    "<w:style w:type='paragraph' w:styleId='Heading1'><w:name w:val='heading 1'/><w:basedOn w:val='Loop'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Loop'><w:name w:val='loop'/><w:basedOn w:val='Loop'/></w:style>"
    "</w:styles>",
}


def docx_of(body: bytes, before: bytes = b"") -> bytes:
    """A DOCX whose main part holds a body; a declaration of its type may stand before it."""
    document = b"<?xml version='1.0'?>%s<w:document xmlns:w='%s'><w:body>%s</w:body></w:document>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _DOCX.items():
            archive.writestr(name, part)
        archive.writestr("word/document.xml", document % (before, _W.encode(), body))
    return made.getvalue()


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of objects, numbered from 1, with a right table of them."""
    made = b"%PDF-1.7\n"
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d %s>>\nstartxref\n%d\n%%%%EOF" % (
        (size, table, size, trailer, len(made))
    )


def pdf_stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream of a PDF."""
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), entries, packed)


def pdf_page(drawn: bytes, *more: bytes) -> bytes:
    """A PDF with one page that draws something; further objects have the numbers from 5."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1"
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>>>",
            pdf_stream(drawn),
            *more,
        ]
    )


def mhtml_of(page: bytes) -> bytes:
    """A saved page."""
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
    return head + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + page + b"\r\n--b--\r\n"


KINDS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "words": ("policy.txt", lambda data: words_of(data).encode()),
    "text": ("policy.txt", bytes),
    "markdown": ("policy.md", bytes),
    "html": ("policy.html", lambda data: b"<html><body>" + data),
    "mhtml": ("policy.mhtml", bytes),
    "mhtml page": ("policy.mhtml", mhtml_of),
    "docx": ("policy.docx", bytes),
    "docx body": ("policy.docx", docx_of),
    "pdf": ("policy.pdf", bytes),
    "pdf page": ("policy.pdf", pdf_page),
    "anything": ("policy", bytes),
}
"""Each kind by its name: the name of the file, and the file that some bytes make."""


def input_of(data: bytes) -> tuple[str, bytes]:
    """The name and the bytes of the file that fuzzed bytes stand for; the first byte chooses the kind."""
    kinds = list(KINDS.values())
    name, make = kinds[data[0] % len(kinds)] if data else kinds[0]
    return name, make(data[1:])


def seeds() -> Iterator[tuple[str, bytes]]:
    """Beginnings for fuzzing, each with its kind: the examples in parts, and a small file of each format."""
    for path in sorted((ROOT / "examples").iterdir()):
        kind = {".md": "markdown", ".html": "html"}.get(path.suffix)
        if kind:
            data = path.read_bytes()
            for start in range(0, len(data), 1500):
                yield kind, data[start : start + 1500]
    yield "text", (ROOT / "tests" / "hostile.txt").read_bytes()
    sentence = b"We share your name with partners for 30 days, unless you object."
    yield "words", bytes(range(256))
    yield "docx body", b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % sentence
    yield (
        "docx body",
        b"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc></w:tr></w:tbl>" % sentence,
    )
    yield (
        "docx body",
        (
            b"<w:p><w:pPr><w:pStyle w:val='Heading1'/><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>"
            b"</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Data</w:t><w:br/></w:r></w:p><w:sdt><w:sdtContent/></w:sdt>"
        ),
    )
    yield (
        "pdf page",
        b"BT /F1 12 Tf 50 700 Td (%s) Tj 0 -14 Td (\x95 name) Tj ET q 1 0 0 1 0 0 cm /X Do Q" % sentence,
    )
    yield "pdf", pdf_page(b"BT /F1 12 Tf 50 700 Td (%s) Tj ET" % sentence)
    yield "docx", docx_of(b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % sentence)
    yield "mhtml", mhtml_of(b"<html><p>%s" % sentence)
    yield "mhtml page", b"<html><table><tr><th colspan=3D2>Data<td>%s" % sentence
    yield "anything", b"\xff\xfe" + sentence.decode().encode("utf-16-le")


def write_seeds(folder: Path) -> int:
    """Write the seeds, and what once was wrong, into a folder; how many there are."""
    numbers = {kind: number for number, kind in enumerate(KINDS)}
    found = [bytes([numbers[kind]]) + data for kind, data in seeds()]
    found += [path.read_bytes() for path in sorted(CRASHES.glob("*.bin"))]
    for number, data in enumerate(found):
        (folder / f"seed-{number:03}").write_bytes(data)
    return len(found)
