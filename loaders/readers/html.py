"""Web pages: the blocks of the policy in them.

The tree is walked once. Inline text is gathered until a block begins or ends, and then becomes a heading, a paragraph,
an item or part of a cell, by the elements around it. Where markup is silent, its looks speak: a paragraph that is bold
from end to end is a heading, a paragraph of lines parted by ``<br>`` is read as a text of lines is, a page without any
heading is read by its layout altogether.

What a library for main-content detection would do is done here with rules that never drop prose; the reasons are in
``docs/decisions/0008-reading-web-pages.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.addresses import hold_addresses
from privagraph.loaders.readers.blocks import Draft, Reading
from privagraph.loaders.readers.canonical import clean, clean_line
from privagraph.loaders.readers.html_cut import Cutter
from privagraph.loaders.readers.html_tables import grid_of, is_data_table
from privagraph.loaders.readers.html_tree import Element, parse
from privagraph.loaders.readers.html_trim import Trace, by_layout, trim
from privagraph.loaders.readers.layout import lay_out
from privagraph.loaders.readers.lines import Line, text_lines
from privagraph.loaders.readers.markers import marker_of
from privagraph.loaders.readers.tables import Cell, cell_drafts
from privagraph.loaders.readers.wording import reads_like_heading

__all__ = ["read_html"]

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary "
    "table caption tbody td tfoot "
    "th thead tr ul".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BOLD = frozenset({"b", "strong", "th"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_PRE_CLASS = re.compile(r"(?:^|\s)(?:whitespace-pre(?:-wrap|-line)?|pre-wrap|pre-line)(?:$|\s)")
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.IGNORECASE)
_ITEM_CLASS = re.compile(r"(?:bulleted|numbered)[_-]list\b", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*\S+\s+level(\d)", re.IGNORECASE)
_WORD_IGNORE = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LONGEST_HEADING = 200


def read_html(markup: str) -> Reading:
    """Read a web page.

    Args:
        markup: The decoded page.

    Returns:
        Its blocks, title and language, and notes on what was cut.
    """
    page = parse(markup)
    walker = _Walker(Cutter(page.body))
    walker.walk(page.body)
    drafts = trim(walker.drafts, walker.traces)
    drafts = hold_addresses(by_layout(drafts))
    notes = [*page.notes, *walker.cutter.notes()]
    if page.frames and sum(len(draft.text) for draft in drafts) < 400:
        notes.append(
            f"The page shows a frame from {page.frames[0][:200]}, whose text is not part of this file."
        )
    title = page.root.find("title")
    language = page.root.attributes.get("lang") or page.root.attributes.get("xml:lang")
    return Reading(
        drafts=drafts, title=clean_line(title.text()) if title else None, language=language, notes=notes
    )


@dataclass(slots=True)
class _Item:
    """The list item that is being read: its depth, what introduces its list, and the draft of its first words."""

    depth: int
    intro: Draft | None
    draft: Draft | None = None
    headed: bool = False
    element: Element | None = None


@dataclass(slots=True)
class _Run:
    """Some inline text with the looks that matter."""

    text: str
    bold: bool
    link: bool
    pre: bool


class _Walker:
    """One walk over a page."""

    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter
        self.drafts: list[Draft] = []
        self.traces: dict[int, Trace] = {}
        self._runs: list[_Run] = []
        self._bold = self._link = self._pre = False
        self._language: str | None = None
        self._item: _Item | None = None
        self._lists: list[tuple[Draft | None, int]] = []  # intro and depth of the lists that are open
        self._last_list: tuple[Element | None, Draft | None, Draft] | None = (
            None  # parent, intro, last draft of a list
        )
        self._level = 0  # of the last real heading
        self._tables = 0
        self._in_cell = False

    # --- elements --------------------------------------------------------------------------------------------------

    def walk(self, element: Element) -> None:
        """Read an element that is not cut."""
        if self.cutter.cuts(element):
            return
        kept = self._bold, self._link, self._pre, self._language
        attributes = element.attributes
        style = attributes.get("style", "")
        if element.tag in _BOLD or (style and _BOLD_STYLE.search(style)):
            self._bold = True
        elif style and re.search(r"font-weight\s*:\s*(?:normal|400)", style, re.IGNORECASE):
            self._bold = False
        self._link = self._link or (element.tag == "a" and not element.is_address)
        if (
            element.tag in ("pre", "xmp", "listing")
            or (style and _PRE_STYLE.search(style))
            or _PRE_CLASS.search(attributes.get("class", ""))
        ):
            self._pre = True
        language = attributes.get("lang") or attributes.get("xml:lang")
        if language and element.tag not in ("html", "body"):
            self._language = language
        if (
            element.tag in _BLOCKS
            or (style and _BLOCK_STYLE.search(style))
            or attributes.get("role") in ("heading", "listitem", "list")
        ):
            self._flush(element.parent)
            self._block(element)
            self._flush(element)
        else:
            self._inline(element)
        self._bold, self._link, self._pre, self._language = kept

    def _children(self, element: Element) -> None:
        """Read what is in an element."""
        for child in element.children:
            if isinstance(child, str):
                self._runs.append(_Run(child, self._bold, self._link, self._pre))
            else:
                self.walk(child)

    def _inline(self, element: Element) -> None:
        """Read an inline element."""
        if "data-cfemail" in element.attributes:
            self._runs.append(
                _Run(_unveiled(element.attributes["data-cfemail"]), self._bold, self._link, pre=False)
            )
        elif element.tag == "br":
            self._runs.append(_Run("\n", self._bold, self._link, pre=True))
        elif element.tag == "wbr":
            return
        elif element.tag == "q":
            self._runs.append(_Run("“", self._bold, self._link, pre=False))
            self._children(element)
            self._runs.append(_Run("”", self._bold, self._link, pre=False))
        elif _WORD_IGNORE.search(element.attributes.get("style", "")):
            # The bullet or number that Word writes into the text; a number is worth keeping.
            words = clean_line(element.text())
            if any(character.isalnum() for character in words) and words != "o":
                self._runs.append(_Run(f"{words} ", self._bold, self._link, pre=False))
        else:
            self._children(element)

    def _block(self, element: Element) -> None:
        """Read a block element; the text before it is flushed."""
        tag, attributes = element.tag, element.attributes
        role = attributes.get("role")
        if tag in _HEADINGS or role == "heading":
            self._heading(element, _HEADINGS.get(tag) or _number(attributes.get("aria-level"), 2))
        elif tag == "summary" or (tag == "button" and not element.within(*_HEADINGS, "summary", "dt")):
            self._heading(element, self._level + 1 if self._level else 2)
        elif tag in ("ul", "ol", "menu", "dir") or role == "list":
            self._list(element)
        elif (
            tag == "li"
            or role == "listitem"
            or (tag == "div" and _ITEM_CLASS.search(attributes.get("class", "")))
        ):
            self._list_item(element)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "table":
            self._table(element)
        elif tag == "p" and (level := _WORD_LIST.search(attributes.get("style", ""))):
            self._word_item(element, int(level.group(1)))
        elif tag == "p" and "MsoTitle" in attributes.get("class", ""):
            self._heading(element, 1)
        else:
            self._children(element)

    def _heading(self, element: Element, level: int) -> None:
        """Read a heading; one that holds blocks or a whole paragraph is no heading."""
        if (
            element.find("ul", "ol", "table", "pre") is not None
            or len(clean_line(element.text())) > 2 * _LONGEST_HEADING
        ):
            self._children(element)
            return
        self._children(element)
        runs, self._runs = self._runs, []
        if (
            not runs
            and self.drafts
            and self.drafts[-1].kind is BlockKind.PARAGRAPH
            and self._inside(element, self.drafts[-1])
        ):
            # The words came in a block of their own: <h2><p>...</p></h2>.
            self.drafts[-1].kind, self.drafts[-1].level, self._level = BlockKind.HEADING, level, level
            return
        words = clean_line("".join(run.text for run in runs))
        if not any(character.isalnum() for character in words):
            return
        sentence = len(words) > _LONGEST_HEADING and words.endswith((".", ":", ";"))
        if sentence or self._in_cell:
            self._add(Draft(kind=BlockKind.PARAGRAPH, text=words), runs, element.parent)
            return
        self._level = level
        self._add(Draft(kind=BlockKind.HEADING, text=words, level=level), runs, element.parent)
        if self._item is not None:
            self._item.headed = True

    def _inside(self, element: Element, draft: Draft) -> bool:
        """Whether a draft was made from what is in an element."""
        container = self.traces[id(draft)].container
        while container is not None:
            if container is element:
                return True
            container = container.parent
        return False

    def _list(self, element: Element) -> None:
        """Read a list."""
        depth = len(self._lists) + 1
        within = self._last_item_of(depth - 1) if self._item is None and self._lists else None
        if within is not None:
            intro: Draft | None = (
                within  # a list straight in a list, which browsers indent beneath the item before it
            )
        elif self._item is not None and self._item.draft is not None:
            intro = self._item.draft
        elif self._item is not None and not self._item.headed:
            # A list in an item without words of its own: part of the same list.
            intro, depth = (self._lists[-1][0], max(1, depth - 1)) if self._lists else (None, depth)
        else:
            intro = self._intro_here()
        if self._item is not None and self._item.headed:
            depth = 1
        outer, self._item = self._item, None
        self._lists.append((intro, depth))
        before = len(self.drafts)
        self._children(element)
        self._flush(element)
        self._lists.pop()
        self._item = outer
        if len(self.drafts) > before:
            self._last_list = (intro, self.drafts[-1])

    def _last_item_of(self, depth: int) -> Draft | None:
        """The last block, when it is an item of some depth."""
        last = self.drafts[-1] if self.drafts else None
        return last if last is not None and last.kind is BlockKind.LIST_ITEM and last.level == depth else None

    def _intro_here(self) -> Draft | None:
        """What introduces a list that begins now: the block before it, or what introduced the list right before it."""
        if not self.drafts:
            return None
        last = self.drafts[-1]
        if last.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            return last
        if self._last_list is not None and self._last_list[1] is last:
            return self._last_list[0]  # another list right after a list: both stand under the same words
        return None

    def _list_item(self, element: Element) -> None:
        """Read an item of a list."""
        outer = self._item
        intro, depth = self._lists[-1] if self._lists else (self._loose_intro(), 1)
        self._item = _Item(depth=depth, intro=intro, element=element)
        self._children(element)
        self._flush(element)
        self._item = outer

    def _definitions(self, element: Element) -> None:
        """Read a definition list: terms are items, definitions stand beneath them."""
        outer = self._item
        intro = self._intro_here()
        base = (self._lists[-1][1] if self._lists else 0) + 1
        term: Draft | None = None
        for child in _definition_parts(element):
            if self.cutter.cuts(child):
                continue
            self._flush(element)
            if child.tag == "dt":
                self._item = _Item(depth=base, intro=intro, element=child)
                self._children(child)
                self._flush(child)
                term = self._item.draft or term
            else:
                self._item = _Item(depth=base + (term is not None), intro=term or intro, element=child)
                self._children(child)
                self._flush(child)
        self._item = outer

    def _word_item(self, element: Element, depth: int) -> None:
        """Read a paragraph that Word marked as an item of a list."""
        intro: Draft | None = None
        for before in reversed(self.drafts):
            if before.kind is not BlockKind.LIST_ITEM:
                intro = before if before.kind is not BlockKind.TABLE_CELL else None
                break
            if before.level < depth:
                intro = before
                break
            if before.level == depth:
                intro = before.intro
                break
        outer, self._item = self._item, _Item(depth=depth, intro=intro, element=element)
        self._children(element)
        self._flush(element)
        self._item = outer

    def _table(self, element: Element) -> None:
        """Read a table: its cells where it holds data, what is in them where it only arranges."""
        grid = grid_of(element)
        if not grid or not is_data_table(element, grid):
            outer = self._item
            self._item = None
            self._children(element)
            self._item = outer
            return
        caption = next(
            (child for child in element.children if isinstance(child, Element) and child.tag == "caption"),
            None,
        )
        if caption is not None:
            self.walk(caption)
            self._flush(element)
        kept = self.drafts, self._item, self._lists, self._in_cell, self._level
        cells: list[Cell] = []
        for place in grid:
            if self.cutter.cuts(place.element):
                continue
            self.drafts, self._item, self._lists, self._in_cell = [], None, [], True
            bold, self._bold = self._bold, False
            self._children(place.element)
            self._flush(place.element)
            self._bold = bold
            cells.append(
                Cell(
                    row=place.row,
                    column=place.column,
                    texts=[draft.text for draft in self.drafts],
                    rows=place.rows,
                    columns=place.columns,
                    heads_column=place.heads_column,
                    heads_row=place.heads_row,
                    strong=bool(self.drafts) and all(self.traces[id(draft)].bold for draft in self.drafts),
                    language=place.element.attributes.get("lang") or self._language,
                )
            )
        self.drafts, self._item, self._lists, self._in_cell, self._level = kept
        for draft in cell_drafts(cells, table=self._tables):
            self.drafts.append(draft)
            self.traces[id(draft)] = Trace(container=element)
        self._tables += 1

    # --- text ------------------------------------------------------------------------------------------------------

    def _flush(self, container: Element | None) -> None:
        """Make blocks of the inline text gathered so far."""
        runs, self._runs = self._runs, []
        if not any(not run.text.isspace() and run.text for run in runs):
            return
        lines = _lines_of(runs)
        if len(lines) == 1 and not _has_paragraphs(lines[0]):
            self._one(lines[0], container)
        elif lines:
            self._many(lines, container)

    def _one(self, runs: list[_Run], container: Element | None) -> None:
        """Make a block of one line of inline text."""
        words = clean_line("".join(run.text for run in runs))
        if not words or not any(character.isalnum() for character in words):
            return
        bold = _all_bold(runs)
        item = self._item
        if item is not None and not item.headed:
            if item.draft is None:
                draft = Draft(kind=BlockKind.LIST_ITEM, text=words, level=item.depth, intro=item.intro)
                if bold and self._is_section(item, words):
                    draft = Draft(kind=BlockKind.HEADING, text=words, level=self._fake_level())
                    item.headed = True
                else:
                    item.draft = draft
            else:
                draft = Draft(kind=BlockKind.PARAGRAPH, text=words, intro=item.draft)
        elif bold and not self._in_cell and not self._link and reads_like_heading(words.rstrip(":")):
            draft = Draft(kind=BlockKind.HEADING, text=words, level=self._fake_level())
        else:
            marker = marker_of(words) if not self._in_cell else None
            if marker is not None and (not marker.counts or marker.style[:1] == "("):
                text = words if marker.counts else words[marker.width :]
                draft = Draft(kind=BlockKind.LIST_ITEM, text=text, level=1, intro=self._loose_intro())
            else:
                draft = Draft(kind=BlockKind.PARAGRAPH, text=words)
        self._add(draft, runs, container)

    def _many(self, lines: list[list[_Run]], container: Element | None) -> None:
        """Make blocks of inline text with line breaks in it, as of a text of lines."""
        marked: list[Line] = []
        gap = False
        for runs in lines:
            raw = "".join(run.text for run in runs)
            if not clean(raw):
                gap = True
                continue
            if any(run.pre and "\n" in run.text for run in runs) or _has_paragraphs(runs):
                marked.extend(text_lines(raw))
                continue
            words = clean_line(raw)
            strong = 0
            if _all_bold(runs) and not self._in_cell and reads_like_heading(words.rstrip(":")):
                strong = self._fake_level()
            marked.append(Line(text=words, gap=gap, strong=strong, raw=words))
            gap = False
        if not marked:
            return
        marked[0].gap = True
        preformatted = any(run.pre and run.text != "\n" for runs in lines for run in runs)
        long = sum(len(line.text) for line in marked) > 1500
        found = lay_out(
            marked,
            headings=(preformatted or long) and not self._in_cell,
            wrapped=None if preformatted or long else False,
            first_table=self._tables,
        )
        self._tables += len({draft.table for draft in found if draft.table is not None})
        everything = [run for runs in lines for run in runs]
        intro = self._loose_intro()
        item = self._item if self._item is not None and not self._item.headed else None
        for draft in found:
            if item is not None and draft.kind is not BlockKind.TABLE_CELL:
                self._into_item(draft, item)
            elif draft.kind is BlockKind.LIST_ITEM and draft.intro is None:
                draft.intro = intro
            self._add(draft, everything, container)

    @staticmethod
    def _into_item(draft: Draft, item: _Item) -> None:
        """Fit a block that came of a line break into the item it stands in."""
        if item.draft is None:
            draft.kind, draft.level, draft.intro = BlockKind.LIST_ITEM, item.depth, item.intro
            item.draft = draft
        elif draft.kind is BlockKind.LIST_ITEM:
            draft.level += item.depth
            draft.intro = draft.intro or item.draft
        else:
            draft.kind, draft.level, draft.intro = BlockKind.PARAGRAPH, 0, item.draft

    def _add(self, draft: Draft, runs: list[_Run], container: Element | None) -> None:
        """Take up a block, with what trimming wants to know of it."""
        draft.language = self._language
        total = sum(len(run.text.strip()) for run in runs)
        linked = sum(len(run.text.strip()) for run in runs if run.link)
        self.drafts.append(draft)
        self.traces[id(draft)] = Trace(
            container=container, link=linked / total if total else 0.0, bold=_all_bold(runs)
        )

    def _fake_level(self) -> int:
        """The level of a heading that is one by its looks: beneath the last real one; the first words are a title."""
        if not self.drafts:
            return 1
        return min(self._level + 1, 6) if self._level else 2

    def _is_section(self, item: _Item, words: str) -> bool:
        """Whether the bold first words of an item head a section that was written as an item."""
        element = item.element
        if element is None or not reads_like_heading(words.rstrip(":")):
            return False
        return (
            element.prose_size >= 200 and element.find("p") is not None and element.text_size > 4 * len(words)
        )

    def _loose_intro(self) -> Draft | None:
        """What introduces items that are no list in markup: the block before the first of them."""
        for before in reversed(self.drafts):
            if before.kind is BlockKind.LIST_ITEM:
                return before.intro
            return before if before.kind is not BlockKind.TABLE_CELL else None
        return None


def _lines_of(runs: list[_Run]) -> list[list[_Run]]:
    """The inline text cut at its line breaks; the breaks of preformatted text stay inside their run."""
    lines: list[list[_Run]] = [[]]
    for run in runs:
        if run.pre and run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    while lines and not any(run.text.strip() for run in lines[0]):
        lines.pop(0)
    while lines and not any(run.text.strip() for run in lines[-1]):
        lines.pop()
    return lines


def _has_paragraphs(runs: list[_Run]) -> bool:
    """Whether a line of inline text is a text of lines in truth: preformatted, or pasted in without markup."""
    for run in runs:
        if run.pre and "\n" in run.text.strip():
            return True
        if len(run.text) > 1500 and len(_BLANK_LINE.findall(run.text)) >= 3:
            return True
    return False


def _all_bold(runs: list[_Run]) -> bool:
    """Whether all words of some inline text are bold."""
    return all(run.bold for run in runs if any(character.isalnum() for character in run.text))


def _definition_parts(element: Element) -> list[Element]:
    """The ``dt`` and ``dd`` of a definition list, which may be wrapped in ``div``."""
    parts: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in ("dt", "dd"):
                parts.append(child)
            else:
                inner = _definition_parts(child)
                parts.extend(inner or [child])
    return parts


def _unveiled(code: str) -> str:
    """An e-mail address that a content network hid from programs: each byte is combined with the first."""
    try:
        key, *rest = bytes.fromhex(code)
    except ValueError:
        return "[email protected]"
    return bytes(byte ^ key for byte in rest).decode("utf-8", "replace")


def _number(text: str | None, otherwise: int) -> int:
    """A small number from an attribute."""
    return int(text) if text and text.isascii() and text.isdigit() and 1 <= int(text) <= 6 else otherwise
