"""The walk over the tree of a page: which element makes which kind of block."""

from __future__ import annotations

import re

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.blocks import Draft
from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.html_cut import Cutter
from privagraph.loaders.readers.html_tables import grid_of, is_data_table
from privagraph.loaders.readers.html_text import Composer, Item, Place, Run
from privagraph.loaders.readers.html_tree import Element
from privagraph.loaders.readers.html_trim import Trace
from privagraph.loaders.readers.tables import Cell, cell_drafts

__all__ = ["Walker"]

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
_LONGEST_HEADING = 200


class Walker:
    """One walk over a page."""

    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter
        self.composer = Composer()
        self._runs: list[Run] = []
        self._bold = self._link = self._pre = False
        self._language: str | None = None
        self._item: Item | None = None
        self._lists: list[tuple[Draft | None, int]] = []  # intro and depth of the lists that are open
        # What introduced the last list, and its last block.
        self._last_list: tuple[Draft | None, Draft] | None = None
        self._in_cell = False

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
                self._runs.append(Run(child, self._bold, self._link, self._pre))
            else:
                self.walk(child)

    def _inline(self, element: Element) -> None:
        """Read an inline element."""
        if "data-cfemail" in element.attributes:
            self._runs.append(
                Run(_unveiled(element.attributes["data-cfemail"]), self._bold, self._link, pre=False)
            )
        elif element.tag == "br":
            self._runs.append(Run("\n", self._bold, self._link, pre=True))
        elif element.tag == "wbr":
            return
        elif element.tag == "q":
            self._runs.append(Run("“", self._bold, self._link, pre=False))
            self._children(element)
            self._runs.append(Run("”", self._bold, self._link, pre=False))
        elif _WORD_IGNORE.search(element.attributes.get("style", "")):
            # The bullet or number that Word writes into the text; a number is worth keeping.
            words = clean_line(element.text())
            if any(character.isalnum() for character in words) and words != "o":
                self._runs.append(Run(f"{words} ", self._bold, self._link, pre=False))
        else:
            self._children(element)

    def _block(self, element: Element) -> None:
        """Read a block element; the text before it is flushed."""
        tag, attributes = element.tag, element.attributes
        role = attributes.get("role")
        if tag in _HEADINGS or role == "heading":
            self._heading(element, _HEADINGS.get(tag) or _number(attributes.get("aria-level"), 2))
        elif tag == "summary" or (tag == "button" and not element.within(*_HEADINGS, "summary", "dt")):
            self._heading(element, self.composer.level + 1 if self.composer.level else 2)
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
            and self.composer.drafts
            and self.composer.drafts[-1].kind is BlockKind.PARAGRAPH
            and self._inside(element, self.composer.drafts[-1])
        ):
            # The words came in a block of their own: <h2><p>...</p></h2>.
            self.composer.drafts[-1].kind, self.composer.drafts[-1].level, self.composer.level = (
                BlockKind.HEADING,
                level,
                level,
            )
            return
        words = clean_line("".join(run.text for run in runs))
        if not any(character.isalnum() for character in words):
            return
        sentence = len(words) > _LONGEST_HEADING and words.endswith((".", ":", ";"))
        if sentence or self._in_cell:
            self.composer.add(
                Draft(kind=BlockKind.PARAGRAPH, text=words), runs, element.parent, self._language
            )
            return
        self.composer.level = level
        self.composer.add(
            Draft(kind=BlockKind.HEADING, text=words, level=level), runs, element.parent, self._language
        )
        if self._item is not None:
            self._item.headed = True

    def _inside(self, element: Element, draft: Draft) -> bool:
        """Whether a draft was made from what is in an element."""
        container = self.composer.traces[id(draft)].container
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
        before = len(self.composer.drafts)
        self._children(element)
        self._flush(element)
        self._lists.pop()
        self._item = outer
        if len(self.composer.drafts) > before:
            self._last_list = (intro, self.composer.drafts[-1])

    def _last_item_of(self, depth: int) -> Draft | None:
        """The last block, when it is an item of some depth."""
        last = self.composer.drafts[-1] if self.composer.drafts else None
        return last if last is not None and last.kind is BlockKind.LIST_ITEM and last.level == depth else None

    def _intro_here(self) -> Draft | None:
        """What introduces a list that begins now: the block before it, or what introduced the list right before it."""
        if not self.composer.drafts:
            return None
        last = self.composer.drafts[-1]
        if last.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            return last
        if self._last_list is not None and self._last_list[1] is last:
            return self._last_list[0]  # another list right after a list: both stand under the same words
        return None

    def _list_item(self, element: Element) -> None:
        """Read an item of a list."""
        outer = self._item
        intro, depth = self._lists[-1] if self._lists else (self.composer.loose_intro(), 1)
        self._item = Item(depth=depth, intro=intro, element=element)
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
                self._item = Item(depth=base, intro=intro, element=child)
                self._children(child)
                self._flush(child)
                term = self._item.draft or term
            else:
                self._item = Item(depth=base + (term is not None), intro=term or intro, element=child)
                self._children(child)
                self._flush(child)
        self._item = outer

    def _word_item(self, element: Element, depth: int) -> None:
        """Read a paragraph that Word marked as an item of a list."""
        intro: Draft | None = None
        for before in reversed(self.composer.drafts):
            if before.kind is not BlockKind.LIST_ITEM:
                intro = before if before.kind is not BlockKind.TABLE_CELL else None
                break
            if before.level < depth:
                intro = before
                break
            if before.level == depth:
                intro = before.intro
                break
        outer, self._item = self._item, Item(depth=depth, intro=intro, element=element)
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
        kept = self.composer.drafts, self._item, self._lists, self._in_cell, self.composer.level
        cells: list[Cell] = []
        for place in grid:
            if self.cutter.cuts(place.element):
                continue
            self.composer.drafts, self._item, self._lists, self._in_cell = [], None, [], True
            bold, self._bold = self._bold, False
            self._children(place.element)
            self._flush(place.element)
            self._bold = bold
            cells.append(
                Cell(
                    row=place.row,
                    column=place.column,
                    texts=[draft.text for draft in self.composer.drafts],
                    rows=place.rows,
                    columns=place.columns,
                    heads_column=place.heads_column,
                    heads_row=place.heads_row,
                    strong=bool(self.composer.drafts)
                    and all(self.composer.traces[id(draft)].bold for draft in self.composer.drafts),
                    language=place.element.attributes.get("lang") or self._language,
                )
            )
        self.composer.drafts, self._item, self._lists, self._in_cell, self.composer.level = kept
        for draft in cell_drafts(cells, table=self.composer.tables):
            self.composer.drafts.append(draft)
            self.composer.traces[id(draft)] = Trace(container=element)
        self.composer.tables += 1

    def _flush(self, container: Element | None) -> None:
        """Make blocks of the inline text gathered so far."""
        runs, self._runs = self._runs, []
        if runs:
            place = Place(item=self._item, in_cell=self._in_cell, in_link=self._link, language=self._language)
            self.composer.compose(runs, container, place)


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
