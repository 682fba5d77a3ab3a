"""Word documents (DOCX): paragraphs, lists and tables in the order of the body, structure by style and numbering.

Headers, footers, comments, footnote marks and deleted text are left out; the text of links, content controls, inserted
text and text boxes is kept.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from privagraph.errors import RejectedDocumentError, UnreadableSourceError
from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.addresses import hold_addresses
from privagraph.loaders.readers.blocks import Draft, Reading
from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.layout import lay_out
from privagraph.loaders.readers.lines import Line
from privagraph.loaders.readers.tables import Cell, cell_drafts
from privagraph.loaders.readers.wording import reads_like_heading

__all__ = ["read_docx"]

_LARGEST_XML = 20_000_000  # a tree in memory takes many times this
_LARGEST_PART = 60_000_000
_LARGEST_WHOLE = 300_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_STYLE = re.compile(
    r"^(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek)\s*(\d)$", re.IGNORECASE
)
_LIST_STYLE = re.compile(r"^list(?:\s+(?:bullet|number|continue))?(?:\s+(\d))?$", re.IGNORECASE)
_SKIPPED = frozenset(
    f"{_W}{name}"
    for name in (
        "del moveFrom instrText delText footnoteReference endnoteReference commentReference "
        "rPr pPr sectPr tblPr trPr tcPr sdtPr"
    ).split()
)
# What python-docx and lxml let through when a file is broken in a way they do not know.
_BROKEN = (
    *(zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError),
    *(RecursionError, NotImplementedError, RuntimeError, SyntaxError),
)
_DEEPEST_TABLE = 8


def read_docx(data: bytes, *, name: str) -> Reading:
    """Read a Word document.

    Args:
        data: The bytes of the file.
        name: The name of the source, for messages.

    Returns:
        Its blocks, title and language.

    Raises:
        UnreadableSourceError: The file is damaged.
        RejectedDocumentError: It unpacks to more than a document can be (``too-large``).
    """
    import docx
    from docx.opc.exceptions import OpcError

    _check_sizes(data, name)
    try:
        document = docx.Document(BytesIO(data))
        reader = _Reader(document)
        reader.read(document.element.body, depth=0)
        reader.finish()
        title = document.core_properties.title
        language = document.core_properties.language
    except (OpcError, *_BROKEN) as exc:
        raise _damaged(name) from exc
    return Reading(drafts=reader.drafts, title=title or None, language=language or None)


def _damaged(name: str) -> UnreadableSourceError:
    """The error for a file that is no whole DOCX."""
    return UnreadableSourceError(name, "a damaged DOCX file", "open it in a word processor and save it again")


def _check_sizes(data: bytes, name: str) -> None:
    """Refuse an archive that unpacks to more than a document can be; no entry yields more than it announces."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
            xml = [
                entry.file_size
                for entry in archive.infolist()
                if entry.filename.lower().endswith((".xml", ".rels"))
            ]
            locked = any(entry.flag_bits & 1 for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeError) as exc:
        raise _damaged(name) from exc
    if locked:
        raise RejectedDocumentError(
            name,
            "encrypted",
            "the document is protected with a password",
            "remove the password and save it again",
        )
    if (
        max(xml, default=0) > _LARGEST_XML
        or max(sizes, default=0) > _LARGEST_PART
        or sum(sizes) > _LARGEST_WHOLE
        or len(sizes) > 20_000
    ):
        raise RejectedDocumentError(
            name,
            "too-large",
            "the DOCX unpacks to more than a document can be",
            "give the policy alone, without pictures or other documents",
        )


class _Reader:
    """One pass over the body."""

    def __init__(self, document: Any) -> None:
        self.drafts: list[Draft] = []
        self._document = document
        self._styles = {style.style_id: style for style in document.styles}
        self._tables = 0
        self._level = 0
        self._titled = False
        self._in_cell = False

    def read(self, parent: Any, *, depth: int) -> None:
        """Read the blocks of a body, a cell or a content control."""
        for child in parent.iterchildren():
            if child.tag == f"{_W}p":
                self._paragraph(child)
                for box in _text_boxes(child):
                    if depth < _DEEPEST_TABLE:
                        self.read(box, depth=depth + 1)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag in (
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}ins",
                f"{_W}customXml",
                f"{_W}smartTag",
                f"{_W}moveTo",
            ):
                self.read(child, depth=depth)

    def finish(self) -> None:
        """Read a document without styles by its layout, as a text of lines."""
        self.drafts = hold_addresses(self.drafts)
        headings = any(draft.kind is BlockKind.HEADING for draft in self.drafts)
        if headings or not self.drafts or any(draft.kind is not BlockKind.PARAGRAPH for draft in self.drafts):
            return
        lines = [
            Line(text=clean_line(draft.text), gap=True, raw=draft.text)
            for draft in self.drafts
            if clean_line(draft.text)
        ]
        self.drafts = lay_out(lines, wrapped=False)

    def _paragraph(self, element: Any) -> None:
        """Read one paragraph."""
        runs = list(_runs(element))
        text = "".join(words for words, _ in runs)
        plain = clean_line(text)
        if not any(character.isalnum() for character in plain):
            return
        style = self._style_of(element)
        level = self._heading_level(element, style)
        if level is not None and self._titled and self.drafts:
            level = min(level + 1, 6)  # the document's title stands above its first level
        if level is not None and not self._in_cell and len(plain) <= 250:
            self._level = level
            self.drafts.append(Draft(kind=BlockKind.HEADING, text=plain, level=level))
            return
        depth = self._list_depth(element, style)
        bold = all(
            heavy for words, heavy in runs if any(character.isalnum() for character in words)
        ) or _style_is_bold(style)
        if bold and not self._in_cell and reads_like_heading(plain.rstrip(":")):
            self.drafts.append(
                Draft(kind=BlockKind.HEADING, text=plain, level=min(self._level + 1, 6) if self._level else 2)
            )
            return
        if depth is not None:
            self.drafts.append(
                Draft(kind=BlockKind.LIST_ITEM, text=plain, level=depth, intro=self._intro(depth))
            )
            return
        lines = [Line(text=clean_line(part), raw=part) for part in text.split("\n") if clean_line(part)]
        lines[0].gap = True
        for draft in lay_out(lines, headings=False, wrapped=False):
            if draft.kind is BlockKind.LIST_ITEM and draft.intro is None:
                draft.intro = self._intro(draft.level)
            self.drafts.append(draft)

    def _intro(self, depth: int) -> Draft | None:
        """What introduces an item of some depth: the last item above it, or the block before the list."""
        for before in reversed(self.drafts):
            if before.kind is BlockKind.TABLE_CELL:
                return None
            if before.kind is not BlockKind.LIST_ITEM or before.level < depth:
                return before
            if before.level == depth:
                return before.intro
        return None

    def _style_of(self, element: Any) -> Any:
        """The style of a paragraph, or None."""
        found = element.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(found.get(f"{_W}val")) if found is not None else None

    def _heading_level(self, element: Any, style: Any) -> int | None:
        """The level of a heading, by its own outline level, its style, or what the style is based on."""
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and (outline.get(f"{_W}val") or "").isdigit():
            level = int(outline.get(f"{_W}val"))
            return min(level + 1, 6) if level < 9 else None
        for _ in range(12):
            if style is None:
                return None
            named = str(style.name or "")
            if named.lower() == "title":
                self._titled = not self.drafts or self._titled
                return 1
            if named.lower() == "subtitle":
                return None
            if match := _HEADING_STYLE.match(named):
                return min(max(int(match.group(1)), 1), 6)
            outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
            if (
                outline is not None
                and (outline.get(f"{_W}val") or "").isdigit()
                and int(outline.get(f"{_W}val")) < 9
            ):
                return min(int(outline.get(f"{_W}val")) + 1, 6)
            style = self._styles.get(_based_on(style))
        return None

    def _list_depth(self, element: Any, style: Any) -> int | None:
        """The depth of an item, by its numbering or its style; None outside lists."""
        number = element.find(f"{_W}pPr/{_W}numPr")
        depth: int | None = None
        for _ in range(12):
            if number is not None:
                identity = number.find(f"{_W}numId")
                if identity is not None and identity.get(f"{_W}val") == "0":
                    return None
                level = number.find(f"{_W}ilvl")
                told = level.get(f"{_W}val") if level is not None else "0"
                depth = int(told) + 1 if told and told.isdigit() else 1
                break
            if style is None:
                break
            if match := _LIST_STYLE.match(str(style.name or "")):
                depth = int(match.group(1) or 1)
                break
            number = style.element.find(f"{_W}pPr/{_W}numPr")
            style = self._styles.get(_based_on(style)) if number is None else style
        return min(depth, 9) if depth else None

    def _table(self, element: Any, depth: int) -> None:
        """Read a table; the tables in its cells are read after it, those nested too deeply as paragraphs."""
        if depth >= _DEEPEST_TABLE:
            for paragraph in element.iter(f"{_W}p"):
                self._paragraph(paragraph)
            return
        rows = [row for row in element.iter(f"{_W}tr") if _owner(row, f"{_W}tbl") is element]
        cells: list[Cell] = []
        above: dict[int, Cell] = {}
        inner: list[Any] = []
        for number, row in enumerate(rows):
            head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            column = _count(row.find(f"{_W}trPr/{_W}gridBefore"))
            for part in row.iter(f"{_W}tc"):
                if _owner(part, f"{_W}tr") is not row:
                    continue
                wide = max(1, _count(part.find(f"{_W}tcPr/{_W}gridSpan")))
                merge = part.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and merge.get(f"{_W}val") != "restart" and column in above:
                    above[column].rows += 1
                else:
                    cell = self._cell(part, number, column, wide, head, inner)
                    cells.append(cell)
                    above[column] = cell
                column += wide
        columns = {cell.column for cell in cells if any(cell.texts)}
        if len(columns) <= 1 and len(rows) == 1:
            # A frame around text rather than a table.
            for row in rows:
                for part in row.iter(f"{_W}tc"):
                    if _owner(part, f"{_W}tr") is row:
                        self.read(part, depth=depth + 1)
            return
        self.drafts.extend(cell_drafts(cells, table=self._tables))
        self._tables += 1
        for table in inner:
            self._table(table, depth + 1)

    def _cell(self, part: Any, row: int, column: int, wide: int, head: bool, inner: list[Any]) -> Cell:
        """The cell of a table, its paragraphs as its texts."""
        kept, self.drafts = self.drafts, []
        outer, self._in_cell = self._in_cell, True
        strong = bool(part.xpath(".//w:t")) and all(
            heavy
            for paragraph in part.iterchildren(f"{_W}p")
            for words, heavy in _runs(paragraph)
            if words.strip()
        )
        for child in part.iterchildren():
            if child.tag == f"{_W}tbl":
                inner.append(child)
            elif child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}sdt":
                for paragraph in child.iter(f"{_W}p"):
                    self._paragraph(paragraph)
        texts = [draft.text for draft in self.drafts]
        self.drafts, self._in_cell = kept, outer
        return Cell(
            row=row, column=column, texts=texts, columns=min(wide, 100), heads_column=head, strong=strong
        )


def _based_on(style: Any) -> str | None:
    """The identifier of the style that a style is based on."""
    found = style.element.find(f"{_W}basedOn")
    return found.get(f"{_W}val") if found is not None else None


def _style_is_bold(style: Any) -> bool:
    """Whether a style makes its text bold."""
    if style is None:
        return False
    return _on(style.element.find(f"{_W}rPr/{_W}b"))


def _on(toggle: Any) -> bool:
    """Whether an on-off property is there and on."""
    return toggle is not None and toggle.get(f"{_W}val") not in ("0", "false", "off", "none")


def _runs(paragraph: Any) -> Iterator[tuple[str, bool]]:
    """The words of a paragraph, link text and inserted text included, and whether each stretch is bold."""
    stack = [*reversed(list(paragraph.iterchildren()))]
    bold = False
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            yield node.text or "", bold
        elif tag == f"{_W}tab":
            yield "\t", bold
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n", bold
        elif tag == f"{_W}noBreakHyphen":
            yield "-", bold
        elif tag == f"{_W}drawing" or tag == f"{_W}pict" or tag == f"{_MC}AlternateContent":
            continue  # text boxes are blocks of their own
        else:
            if tag == f"{_W}r":
                bold = _on(node.find(f"{_W}rPr/{_W}b"))
                if _on(node.find(f"{_W}rPr/{_W}vanish")):
                    continue
            stack.extend(reversed(list(node.iterchildren())))


def _text_boxes(paragraph: Any) -> list[Any]:
    """The contents of the text boxes in a paragraph; of the two versions that Word writes, the first."""
    boxes: list[Any] = []
    for content in paragraph.iter(f"{_W}txbxContent"):
        above = content.getparent()
        fallback = nested = False
        while above is not None and above is not paragraph:
            fallback = fallback or above.tag == f"{_MC}Fallback"
            nested = nested or above.tag == f"{_W}txbxContent"
            above = above.getparent()
        if not fallback and not nested:
            boxes.append(content)
    return boxes


def _owner(node: Any, tag: str) -> Any:
    """The nearest element of a name around a node."""
    above = node.getparent()
    while above is not None and above.tag != tag:
        above = above.getparent()
    return above


def _count(node: Any) -> int:
    """A small count from an element's value, 0 where there is none."""
    told = node.get(f"{_W}val") if node is not None else None
    return min(int(told), 100) if told and told.isdigit() else 0
