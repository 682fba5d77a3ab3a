from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from privagraph.errors import RejectedDocumentError, UnreadableSourceError
from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes

Outline = Callable[..., list[str]]

LONG = (
    "The lighthouse keeps a book of all who climb it, with the name, the town and the hour, and the "
    "keeper reads it once a "
    "year when he counts how many people came and from how far away they travelled to see the lamp. "
)


class Policy(FPDF):
    """A policy with a running header and page numbers."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 8, "Lighthouse papers 2024", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 8, f"Page {self.page_no()} of 9")


def made() -> bytes:
    pdf = Policy()
    pdf.set_title("Lighthouse Privacy")
    pdf.set_lang("en")
    pdf.add_page()

    def heading(text: str, size: int) -> None:
        pdf.ln(4)
        pdf.set_font("helvetica", style="B", size=size)
        pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")

    def body(text: str) -> None:
        pdf.ln(3)
        pdf.set_font("helvetica", size=11)
        pdf.multi_cell(0, 5, text, align="L", new_x="LMARGIN", new_y="NEXT")

    heading("Privacy at the Lighthouse", 20)
    body("Last updated: 4 March 2024")
    body(LONG)
    heading("1. What we write down", 14)
    body("We write down:")
    body(
        "- your name, as you tell it to the keeper at the door before you climb the stairs to the "
        "lamp, and your town\n- the hour"
    )
    for _ in range(8):
        body(LONG * 2)
    heading("2. Your rights", 14)
    body("You may read your line in the book.")
    return bytes(pdf.output())


@pytest.fixture(scope="module")
def policy() -> bytes:
    return made()


def test_text_structure_and_what_repeats(
    outline: Outline, policy: bytes, check_invariants: Callable[[Document], None]
) -> None:
    document = read_bytes(policy, name="light.pdf")
    check_invariants(document)
    found = outline(policy, "light.pdf")
    assert found[:6] == [
        "# Privacy at the Lighthouse",
        "Last updated: 4 March 2024",
        LONG.strip(),
        "## 1. What we write down",
        "We write down:",
        "- your name, as you tell it to the keeper at the door before you climb the stairs to the "
        "lamp, and your town",
    ]
    assert found[6] == "- the hour"
    assert found[7:-2] == [(LONG * 2).strip()] * 8
    assert found[-2:] == ["## 2. Your rights", "You may read your line in the book."]
    assert "Page" not in document.text
    assert "papers 2024" not in document.text
    assert any("headers, footers and page numbers" in note for note in document.notes)
    assert document.title == "Privacy at the Lighthouse"


def test_words_torn_at_line_ends_are_mended(outline: Outline) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    for line in (
        "We keep the information of all readers. Some of this infor-",
        "mation comes from a third-",
        "party library that lends books to the schools of the island.",
    ):
        pdf.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    assert outline(bytes(pdf.output()), "a.pdf") == [
        "We keep the information of all readers. Some of this information comes from a third-party "
        "library that lends books to "
        "the schools of the island."
    ]


def test_a_password_is_needed(policy: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(policy)))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(RejectedDocumentError) as caught:
        read_bytes(stream.getvalue(), name="locked.pdf")
    assert caught.value.code == "encrypted"


def test_an_owner_password_alone_does_not_stop_reading(policy: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(policy)))
    writer.encrypt("", "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    assert "lighthouse" in read_bytes(stream.getvalue(), name="open.pdf").text


def test_a_scan_is_named() -> None:
    pdf = FPDF()
    pdf.add_page()
    gif = (
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00"
        b"\x01\x00\x00\x02\x02D\x01\x00;"
    )
    pdf.image(io.BytesIO(gif), w=100)
    with pytest.raises(RejectedDocumentError) as caught:
        read_bytes(bytes(pdf.output()), name="scan.pdf")
    assert caught.value.code == "scanned"
    assert "OCR" in caught.value.advice


def test_a_page_without_anything_is_an_empty_document() -> None:
    pdf = FPDF()
    pdf.add_page()
    assert read_bytes(bytes(pdf.output()), name="empty.pdf").blocks == ()


@pytest.mark.parametrize("cut", [0.02, 0.3, 0.9])
def test_a_damaged_file_is_named_or_read_as_far_as_it_goes(
    policy: bytes, cut: float, check_invariants: Callable[[Document], None]
) -> None:
    data = policy[: max(20, int(len(policy) * cut))]
    try:
        document = read_bytes(data, name="cut.pdf")
    except UnreadableSourceError as error:
        reason = error.reason
    else:
        check_invariants(document)
        reason = "damaged, but readable"
    assert "damaged" in reason
