"""Structure read from the layout of lines: headings, lists and their depth, what introduces a list, tables, addresses.

Plain text says nothing of its structure, but its author laid it out for eyes, and this module sees what they see:
short lines that stand alone, capitals, numbers that count on, bullets, indentation, blank lines. The same eyes serve
the text of PDF pages, ``<pre>`` in HTML and paragraphs that are full of ``<br>``.

The rules look at habits of the whole text before they judge a line: whether blank lines part its blocks, whether it
was broken to a width, and whether a sequence of numbers heads sections or lists items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.addresses import join_addresses
from privagraph.loaders.readers.blocks import Draft
from privagraph.loaders.readers.heading_levels import Levels
from privagraph.loaders.readers.headings import Headings
from privagraph.loaders.readers.inline_lists import Piece, split_inline_list
from privagraph.loaders.readers.lines import Line, join_wrapped
from privagraph.loaders.readers.markers import Marker, chains, marker_of
from privagraph.loaders.readers.tables import cell_drafts, from_rows
from privagraph.loaders.readers.text_tables import take_tables
from privagraph.loaders.readers.wording import ends_like_prose, is_date_line

__all__ = ["lay_out"]


def lay_out(
    lines: Sequence[Line], *, wrapped: bool | None = None, headings: bool = True, first_table: int = 0
) -> list[Draft]:
    """The blocks that the layout of some lines shows.

    Args:
        lines: The lines in order, as :func:`~privagraph.loaders.readers.lines.text_lines` makes them.
        wrapped: Whether the text was broken to fit a width; None to find out.
        headings: Whether a line may be a heading by its looks alone; lines marked strong always are.
        first_table: The number of the first table.

    Returns:
        The drafts in the order of the text.
    """
    whole = join_wrapped(join_addresses(take_tables(list(lines))), wrapped=wrapped)
    return _Layout(whole, headings=headings, first_table=first_table).drafts()


@dataclass(slots=True)
class _Open:
    """A list that is open: the mark of its items, how far they are indented, and what introduces it."""

    style: str
    indent: int
    intro: Draft | None
    last: Draft


class _Layout:
    """One pass over whole lines."""

    def __init__(self, lines: list[Line], *, headings: bool, first_table: int) -> None:
        self._lines = lines
        self._may_head = headings
        self._table = first_table
        self._markers: list[Marker | None] = [None if line.fixed else marker_of(line.text) for line in lines]
        self._chains = chains(self._markers)
        self._drop_doubtful_numbers()
        self._headings = Headings(lines, self._markers, self._chains, by_looks=headings)
        self._chain_depth: dict[int, tuple[int, Draft | None]] = {}

    def drafts(self) -> list[Draft]:
        """The blocks of all lines."""
        kinds = [self._headings.is_heading(index) for index in range(len(self._lines))]
        levels = Levels(self._lines, self._markers, self._chains, kinds)
        implicit = self._implicit_lists(kinds)
        found: list[Draft] = []
        stack: list[_Open] = []
        intro: Draft | None = None
        for index, line in enumerate(self._lines):
            marker = self._markers[index]
            if line.rows:
                found.extend(cell_drafts(from_rows(line.rows, header=line.header), table=self._table))
                self._table += 1
                stack, intro = [], None
            elif kinds[index]:
                draft = Draft(kind=BlockKind.HEADING, text=line.text, level=levels.of(index))
                found.append(draft)
                stack, intro = [], draft
            elif marker is not None:
                found.append(self._item(index, line, marker, stack, intro))
            elif index in implicit:
                depth = min(implicit[index], len(stack) + 1)
                draft = Draft(kind=BlockKind.LIST_ITEM, text=line.text, level=depth)
                draft.intro = stack[depth - 2].last if depth > 1 else intro
                stack = [
                    *stack[: depth - 1],
                    _Open(style="", indent=line.indent, intro=draft.intro, last=draft),
                ]
                found.append(draft)
            elif not line.fixed and (pieces := split_inline_list(line.text)):
                stack, intro = [], self._run_together(pieces, found)
            else:
                draft = Draft(kind=BlockKind.PARAGRAPH, text=line.text)
                found.append(draft)
                if stack and line.indent > stack[-1].indent and not line.text.endswith(":"):
                    draft.intro = stack[-1].last  # a second paragraph of the item
                    continue
                stack, intro = [], draft
        return found

    @staticmethod
    def _run_together(pieces: Sequence[Piece], found: list[Draft]) -> Draft | None:
        """Add the parts of a paragraph that runs a list together; the last paragraph among them."""
        intro: Draft | None = None
        for text, item in pieces:
            if item:
                found.append(Draft(kind=BlockKind.LIST_ITEM, text=text, level=1, intro=intro))
            else:
                intro = Draft(kind=BlockKind.PARAGRAPH, text=text)
                found.append(intro)
        return intro

    def _drop_doubtful_numbers(self) -> None:
        """Take back markers that are no markers: a year, a quantity, a letter that begins a sentence."""
        for index, chain in list(self._chains.items()):
            marker = self._markers[index]
            if marker is None:
                continue
            lone = len(chain.members) == 1
            bare = marker.style in ("1", "1 -") and len(chain.members) < 3
            letter = marker.style in ("a.", "A.", "i.", "a)", "A)", "i)") and lone and chain.last != 1
            large = lone and marker.numbers[0][1] > 40
            if bare or letter or large:
                self._markers[index] = None
                del self._chains[index]

    # --- lists ---------------------------------------------------------------------------------------------------

    def _item(self, index: int, line: Line, marker: Marker, stack: list[_Open], intro: Draft | None) -> Draft:
        """The draft of an item, and the lists that are open after it."""
        text = line.text if marker.counts else line.text[marker.width :]
        draft = Draft(kind=BlockKind.LIST_ITEM, text=text)
        chain = self._chains.get(index)
        style = chain.style if chain else marker.style
        known = self._chain_depth.get(id(chain)) if chain else None
        starts = chain is not None and chain.members[0] == index
        place = next(
            (
                i
                for i in range(len(stack) - 1, -1, -1)
                if stack[i].style == style and abs(stack[i].indent - line.indent) <= 1
            ),
            None,
        )
        if place is not None and starts and stack[place].last.text.endswith(":"):
            place = None  # the same numbers begin again beneath an item that introduces them
            stack.append(_Open(style=style, indent=line.indent, intro=stack[-1].last, last=draft))
        elif place is not None:
            del stack[place + 1 :]
            stack[-1].last = draft
        elif known is not None:
            depth, introduced = known
            del stack[depth - 1 :]
            stack.append(_Open(style=style, indent=line.indent, intro=introduced, last=draft))
        else:
            self._open(stack, line, marker, style, draft, intro)
        draft.level = len(stack)
        draft.intro = stack[-1].intro
        if chain is not None:
            self._chain_depth[id(chain)] = (draft.level, draft.intro)
        return draft

    @staticmethod
    def _open(
        stack: list[_Open], line: Line, marker: Marker, style: str, draft: Draft, intro: Draft | None
    ) -> None:
        """Open a list for an item that goes on none: beneath the last item, or beside it."""
        while stack and line.indent < stack[-1].indent - 1:
            stack.pop()
        beside = stack[-1] if stack else None
        if beside is None:
            stack.append(_Open(style=style, indent=line.indent, intro=intro, last=draft))
            return
        beneath = (
            line.indent > beside.indent + 1
            or beside.last.text.endswith(":")
            or (beside.style.endswith(".") and style.startswith("("))
            or (beside.style[:1] in "1IA(" and not marker.counts and line.indent >= beside.indent)
            or (marker.depth > 1 and style.startswith(beside.style))
        )
        if beneath:
            stack.append(_Open(style=style, indent=line.indent, intro=beside.last, last=draft))
        else:
            stack[-1] = _Open(style=style, indent=line.indent, intro=beside.intro, last=draft)

    def _implicit_lists(self, kinds: Sequence[bool]) -> dict[int, int]:
        """Lists without bullets: runs of short lines without a full stop, by index, with their depth."""
        found = self._indented_lists(kinds)
        at = 0
        while at < len(self._lines):
            if at in found:
                at += 1
                continue
            end = at
            while (
                end < len(self._lines)
                and self._could_be_item(end, kinds)
                and (end == at or not self._lines[end].gap)
            ):
                end += 1
            run = range(at, end)
            introduced = at > 0 and (kinds[at - 1] or self._lines[at - 1].text.endswith(":"))
            if self._may_head and (len(run) >= 3 or (len(run) == 2 and introduced)) and at > 0:
                found.update(self._depths(run))
            at = max(end, at + 1)
        return found

    def _indented_lists(self, kinds: Sequence[bool]) -> dict[int, int]:
        """Lists without bullets that are indented beneath a line that ends with a colon."""
        found: dict[int, int] = {}
        at = 0
        while at + 1 < len(self._lines):
            base = self._lines[at]
            at += 1
            if not base.text.endswith(":") or kinds[at - 1] or base.fixed:
                continue
            depths: list[int] = []
            while at < len(self._lines) and self._lines[at].indent > base.indent + 1:
                line = self._lines[at]
                if kinds[at] or line.fixed or self._markers[at] is not None or len(line.text) > 300:
                    break
                while depths and line.indent < depths[-1] - 1:
                    depths.pop()
                if not depths or line.indent > depths[-1] + 1:
                    depths.append(line.indent)
                found[at] = len(depths)
                at += 1
        return found

    def _could_be_item(self, index: int, kinds: Sequence[bool]) -> bool:
        """Whether a line could be an item of a list without bullets."""
        line = self._lines[index]
        if kinds[index] or line.fixed or self._markers[index] is not None:
            return False
        return (
            len(line.text) <= 160
            and not ends_like_prose(line.text.rstrip(",;"))
            and not is_date_line(line.text)
        )

    def _depths(self, run: range) -> dict[int, int]:
        """The depth of each item of a run: where labelled lines take turns with others, those belong beneath."""
        labelled = {index: bool(re.search(r"\S\s[-–—]\s\S", self._lines[index].text)) for index in run}
        turns = sum(labelled[index] and index + 1 in run and not labelled[index + 1] for index in run)
        depths: dict[int, int] = {}
        for index in run:
            beneath = turns >= 2 and not labelled[index] and index - 1 in run and labelled[index - 1]
            depths[index] = 2 if beneath else 1
        return depths
