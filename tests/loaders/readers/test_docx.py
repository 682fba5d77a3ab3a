from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from privagraph.errors import RejectedDocumentError, UnreadableSourceError
from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes

Outline = Callable[..., list[str]]


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_headings_lists_tables_and_addresses_in_order(
    outline: Outline, check_invariants: Callable[[Document], None]
) -> None:
    source = docx.Document()
    source.core_properties.title = "Kiln Privacy"
    source.sections[0].header.paragraphs[0].text = "Running header"
    source.add_heading("Privacy at the Kiln", 0)
    source.add_paragraph("Changed on 4 March 2024")
    source.add_heading("What we keep", 1)
    source.add_paragraph("We keep:")
    source.add_paragraph("your name", style="List Bullet")
    source.add_paragraph("how to reach you", style="List Bullet")
    source.add_paragraph("e-mail", style="List Bullet 2")
    source.add_paragraph("your age", style="List Bullet")
    table = source.add_table(rows=2, cols=2)
    for place, text in zip(
        table._cells, ("Data", "Purpose", "Name", "to write your pot's label by hand"), strict=True
    ):
        place.text = text
    source.add_heading("Firing", 2)
    source.add_paragraph().add_run("Third firms").bold = True
    source.add_paragraph("There are none.")
    source.add_paragraph("Kiln Ltd\n12 Mill Lane\nLeeds LS1 4AP")
    data = saved(source)
    assert outline(data, "kiln.docx") == [
        "# Privacy at the Kiln",
        "Changed on 4 March 2024",
        "## What we keep",
        "We keep:",
        "- your name",
        "- how to reach you",
        "  - e-mail",
        "- your age",
        "[0.0.0] Data",
        "[0.0.1] Purpose",
        "[0.1.0] Name < Data",
        "[0.1.1] to write your pot's label by hand < Name < Purpose",
        "### Firing",
        "#### Third firms",
        "There are none.",
        "Kiln Ltd / 12 Mill Lane / Leeds LS1 4AP",
    ]
    document = read_bytes(data, name="kiln.docx")
    check_invariants(document)
    assert document.title == "Privacy at the Kiln"
    assert document.encoding is None


def test_numbering_gives_the_depth_and_links_keep_their_text(outline: Outline) -> None:
    source = docx.Document()
    source.add_paragraph("We share with:")
    for depth, text in ((0, "banks"), (1, "Bell Bank"), (0, "courts")):
        paragraph = source.add_paragraph(text)
        number = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", str(depth)), ("w:numId", "1")):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            number.append(element)
        paragraph._p.get_or_add_pPr().append(number)
    paragraph = source.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    run = OxmlElement("w:r")
    text_element = OxmlElement("w:t")
    text_element.text = "our list"
    run.append(text_element)
    link.append(run)
    paragraph._p.append(link)
    deleted = OxmlElement("w:del")
    gone = OxmlElement("w:r")
    gone_text = OxmlElement("w:delText")
    gone_text.text = "deleted words"
    gone.append(gone_text)
    deleted.append(gone)
    paragraph._p.append(deleted)
    assert outline(saved(source), "a.docx") == [
        "We share with:",
        "- banks",
        "  - Bell Bank",
        "- courts",
        "See our list",
    ]


def test_a_style_that_is_based_on_a_heading_is_one(outline: Outline) -> None:
    source = docx.Document()
    style = source.styles.add_style("Clause", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = source.styles["Heading 2"]
    source.add_paragraph("Your rights", style="Clause")
    source.add_paragraph("Ask us.")
    assert outline(saved(source), "a.docx") == ["## Your rights", "Ask us."]


def test_a_document_without_styles_is_read_by_its_layout(outline: Outline) -> None:
    source = docx.Document()
    for text in (
        "Kiln Privacy Policy",
        "We keep the names of all who fire their pots with us, and nothing more.",
        "YOUR RIGHTS",
        "You may ask us for a copy of your page.",
    ):
        source.add_paragraph(text)
    assert outline(saved(source), "a.docx")[::2] == ["# Kiln Privacy Policy", "## YOUR RIGHTS"]


def test_merged_cells_and_nested_tables(outline: Outline) -> None:
    source = docx.Document()
    table = source.add_table(rows=3, cols=2)
    for place, text in zip(table._cells, ("Data", "Why", "Name", "bill", "", "label"), strict=True):
        place.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    inner = table.cell(2, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "inner", "cell"
    assert outline(saved(source), "a.docx") == [
        "[0.0.0] Data",
        "[0.0.1] Why",
        "[0.1.0] Name < Data",
        "[0.1.1] bill < Name < Why",
        "[0.2.1] label < Name < Why",
        "[1.0.0] inner",
        "[1.0.1] cell < inner",
    ]


def test_a_damaged_file_is_named() -> None:
    data = saved(docx.Document())
    for broken in (data[: len(data) // 2], data.replace(b"word/document.xml", b"word/document.xm_")):
        with pytest.raises(UnreadableSourceError) as caught:
            read_bytes(broken, name="a.docx")
        assert "damaged" in caught.value.reason


def test_a_zip_bomb_is_refused_unopened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 70_000_000)
    with pytest.raises(RejectedDocumentError) as caught:
        read_bytes(stream.getvalue(), name="bomb.docx")
    assert caught.value.code == "too-large"


def test_entities_are_not_expanded() -> None:
    data = saved(docx.Document())
    stream = io.BytesIO()
    bomb = (
        b"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b "
        b"'&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
        b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        b"<w:body><w:p><w:r><w:t>We keep &c;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "word/document.xml" else old.read(name))
    assert "haha" not in read_bytes(stream.getvalue(), name="a.docx").text
