"""From inline text to blocks: what a stretch of words between two block elements of a page is.

A stretch is one line, or several parted by ``<br>`` or held apart by preformatted text. One line is a paragraph, an
item, a heading when it is bold from end to end, or an item by its typed bullet; several are read as the lines of a
plain text are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.blocks import Draft
from privagraph.loaders.readers.canonical import clean, clean_line
from privagraph.loaders.readers.html_tree import Element
from privagraph.loaders.readers.html_trim import Trace
from privagraph.loaders.readers.layout import lay_out
from privagraph.loaders.readers.lines import Line, text_lines
from privagraph.loaders.readers.markers import marker_of
from privagraph.loaders.readers.wording import reads_like_heading

__all__ = ["Composer", "Item", "Place", "Run"]

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(slots=True)
class Run:
    """Some inline text with the looks that matter.

    Attributes:
        text: The words as they stand in the page; a line break that counts is a run of its own.
        bold: Whether they are bold.
        link: Whether they are in a link.
        pre: Whether blanks and line ends in them count.
    """

    text: str
    bold: bool
    link: bool
    pre: bool


@dataclass(slots=True)
class Item:
    """The list item that is being read.

    Attributes:
        depth: How deep its list is.
        intro: What introduces its list.
        draft: The block of its first words, once there are some.
        headed: Whether its first words turned out to be a heading, so that what follows is no part of a list.
        element: Its element.
    """

    depth: int
    intro: Draft | None
    draft: Draft | None = None
    headed: bool = False
    element: Element | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What is around some inline text.

    Attributes:
        item: The list item it stands in.
        in_cell: Whether it stands in a cell of a table.
        in_link: Whether all of it is inside a link.
        language: The language that the nearest element names.
    """

    item: Item | None = None
    in_cell: bool = False
    in_link: bool = False
    language: str | None = None


class Composer:
    """Makes and keeps the blocks of a page.

    Attributes:
        drafts: The blocks so far.
        traces: Where each came from, by the identity of the draft.
        level: The level of the last real heading, 0 before the first.
        tables: How many tables there were.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.traces: dict[int, Trace] = {}
        self.level = 0
        self.tables = 0

    def compose(self, runs: list[Run], container: Element | None, place: Place) -> None:
        """Make blocks of some inline text.

        Args:
            runs: The text with its looks, in order.
            container: The element it stands in.
            place: What is around it.
        """
        if not any(not run.text.isspace() and run.text for run in runs):
            return
        lines = _lines_of(runs)
        if len(lines) == 1 and not _has_paragraphs(lines[0]):
            self._one(lines[0], container, place)
        elif lines:
            self._many(lines, container, place)

    def _one(self, runs: list[Run], container: Element | None, place: Place) -> None:
        """Make a block of one line of inline text."""
        words = clean_line("".join(run.text for run in runs))
        if not words or not any(character.isalnum() for character in words):
            return
        bold = _all_bold(runs)
        item = place.item
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
        elif bold and not place.in_cell and not place.in_link and reads_like_heading(words.rstrip(":")):
            draft = Draft(kind=BlockKind.HEADING, text=words, level=self._fake_level())
        else:
            marker = marker_of(words) if not place.in_cell else None
            if marker is not None and (not marker.counts or marker.style[:1] == "("):
                text = words if marker.counts else words[marker.width :]
                draft = Draft(kind=BlockKind.LIST_ITEM, text=text, level=1, intro=self.loose_intro())
            else:
                draft = Draft(kind=BlockKind.PARAGRAPH, text=words)
        self.add(draft, runs, container, place.language)

    def _many(self, lines: list[list[Run]], container: Element | None, place: Place) -> None:
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
            if _all_bold(runs) and not place.in_cell and reads_like_heading(words.rstrip(":")):
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
            headings=(preformatted or long) and not place.in_cell,
            wrapped=None if preformatted or long else False,
            first_table=self.tables,
        )
        self.tables += len({draft.table for draft in found if draft.table is not None})
        everything = [run for runs in lines for run in runs]
        intro = self.loose_intro()
        item = place.item if place.item is not None and not place.item.headed else None
        for draft in found:
            if item is not None and draft.kind is not BlockKind.TABLE_CELL:
                self._into_item(draft, item)
            elif draft.kind is BlockKind.LIST_ITEM and draft.intro is None:
                draft.intro = intro
            self.add(draft, everything, container, place.language)

    @staticmethod
    def _into_item(draft: Draft, item: Item) -> None:
        """Fit a block that came of a line break into the item it stands in."""
        if item.draft is None:
            draft.kind, draft.level, draft.intro = BlockKind.LIST_ITEM, item.depth, item.intro
            item.draft = draft
        elif draft.kind is BlockKind.LIST_ITEM:
            draft.level += item.depth
            draft.intro = draft.intro or item.draft
        else:
            draft.kind, draft.level, draft.intro = BlockKind.PARAGRAPH, 0, item.draft

    def add(self, draft: Draft, runs: list[Run], container: Element | None, language: str | None) -> None:
        """Take up a block, with what trimming wants to know of it."""
        draft.language = language
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
        return min(self.level + 1, 6) if self.level else 2

    def _is_section(self, item: Item, words: str) -> bool:
        """Whether the bold first words of an item head a section that was written as an item."""
        element = item.element
        if element is None or not reads_like_heading(words.rstrip(":")):
            return False
        return (
            element.prose_size >= 200 and element.find("p") is not None and element.text_size > 4 * len(words)
        )

    def loose_intro(self) -> Draft | None:
        """What introduces items that are no list in markup: the block before the first of them."""
        for before in reversed(self.drafts):
            if before.kind is BlockKind.LIST_ITEM:
                return before.intro
            return before if before.kind is not BlockKind.TABLE_CELL else None
        return None


def _lines_of(runs: list[Run]) -> list[list[Run]]:
    """The inline text cut at its line breaks; the breaks of preformatted text stay inside their run."""
    lines: list[list[Run]] = [[]]
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


def _has_paragraphs(runs: list[Run]) -> bool:
    """Whether a line of inline text is a text of lines in truth: preformatted, or pasted in without markup."""
    for run in runs:
        if run.pre and "\n" in run.text.strip():
            return True
        if len(run.text) > 1500 and len(_BLANK_LINE.findall(run.text)) >= 3:
            return True
    return False


def _all_bold(runs: list[Run]) -> bool:
    """Whether all words of some inline text are bold."""
    return all(run.bold for run in runs if any(character.isalnum() for character in run.text))
