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
from privagraph.loaders.readers.inline_lists import Piece, split_inline_list
from privagraph.loaders.readers.lines import Line, join_wrapped
from privagraph.loaders.readers.markers import Chain, Marker, chains, marker_of
from privagraph.loaders.readers.tables import cell_drafts, from_rows
from privagraph.loaders.readers.text_tables import take_tables

__all__ = ["lay_out", "reads_like_heading"]

_ENDS_SENTENCE = (".", "!", ";", ",", ":")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE_LINE = re.compile(
    r"\b(?:(?:last |date )?(?:updated?|changed?|revised|modified|amended|published|reviewed)|"
    r"effective|revision|version|in force|dated?|as of)\b.*\d"
    rf"|^\W*(?:\d{{1,4}}[./-]){{2}}\d{{1,4}}\W*$|"
    rf"^\W*(?:\d{{1,2}}\S{{0,2}}\s+)?{_MONTH}\.?\s+(?:\d{{1,2}}\S{{0,2}}\s+)?\d{{4}}\W*$",
    re.IGNORECASE,
)
# What stands above a table of contents introduces it and heads nothing.
_CONTENTS = re.compile(
    r"(?:table of )?contents:?|index:?|(?:in|on) this (?:policy|notice|page|document):?|overview of "
    r"contents:?",
    re.IGNORECASE,
)
_REACH = re.compile(r"^\S+@\S+\.\w+$|^(?:https?://|www\.)\S+$|^\+?[\d\s().-]{7,}$", re.IGNORECASE)
_FAR = 100
_VERB_ENDING = re.compile(r"\b(?:is|are|was|were|will|may|can|shall|must|has|have|does|do)\b", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into is of on or our the this to under us via we what when "
    "which who why with your you "
    "do does how that not it be are if its any all their than about".split()
)


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


def reads_like_heading(text: str, *, longest: int = 110) -> bool:
    """Whether a line could be a heading by its words alone: short, a beginning, no sentence that ends.

    Args:
        text: The line in canonical form.
        longest: The greatest length in characters.
    """
    if not 2 <= len(text) <= longest or len(text.split()) > 18 or "\n" in text:
        return False
    if text.endswith(_ENDS_SENTENCE) and not text.endswith(("Inc.", "Ltd.", "etc.", "Co.")):
        return False
    letters = [character for character in text if character.isalpha()]
    if (
        len(letters) < 2
        or (text[0].islower() and not _title_case(text))
        or _REACH.match(text)
        or _DATE_LINE.search(text)
    ):
        return False
    # A sentence in the middle, an address or a plea shows that this is prose whose end is lost.
    return not re.search(r"[a-z]{3}[.;] [A-Z]|https?://|www\.|\S@\S|\bplease\b", text)


def _title_case(text: str) -> bool:
    """Whether the words that count begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if word.lower() not in _SMALL_WORDS]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _capitals(text: str) -> bool:
    """Whether the letters are all capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 3 and not any(character.islower() for character in letters)


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
        gaps = sum(line.gap for line in lines[1:])
        self._airy = gaps >= 0.25 * max(1, len(lines) - 1)
        self._heads: dict[int, bool] = {}
        self._chain_verdicts: dict[int, bool] = {}
        self._chain_depth: dict[int, tuple[int, Draft | None]] = {}

    def drafts(self) -> list[Draft]:
        """The blocks of all lines."""
        kinds = [self._is_heading(index) for index in range(len(self._lines))]
        levels = _Levels(self._lines, self._markers, self._chains, kinds)
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

    # --- headings ------------------------------------------------------------------------------------------------

    def _is_heading(self, index: int) -> bool:
        """Whether a line is a heading."""
        if index not in self._heads:
            self._heads[index] = self._judge(index)
        return self._heads[index]

    def _judge(self, index: int) -> bool:
        line, marker = self._lines[index], self._markers[index]
        if line.fixed:
            return False
        if line.strong:
            return len(line.text) <= 250
        if not self._may_head or _CONTENTS.fullmatch(line.text):
            return False
        if marker is not None:
            return marker.counts and self._chain_heads(self._chains[index]) and len(line.text) <= 200
        text = line.text
        if (
            text.endswith(":")
            and _title_case(text[:-1])
            and len(text.split()) <= 8
            and self._airy
            and line.gap
        ):
            return reads_like_heading(text[:-1]) and self._gap_after(index)
        if not reads_like_heading(text) or index + 1 >= len(self._lines):
            return False
        if _capitals(text) and (line.gap or index == 0 or not self._airy or self._gap_after(index)):
            return True
        if index == 0:
            return self._gap_after(index) or not self._airy or (_title_case(text) and self._is_prose(1))
        if self._airy:
            return self._stands_apart(index)
        return self._stands_above(index)

    def _stands_apart(self, index: int) -> bool:
        """In a text with blank lines between its blocks: whether the line begins one, and what follows is longer."""
        line = self._lines[index]
        question = line.text.endswith("?")
        if self._gap_after(index) and (line.gap or question):
            return True
        after = self._lines[index + 1]
        # A heading right above its paragraph.
        return (
            line.gap
            and (question or _title_case(line.text))
            and self._is_prose(index + 1)
            and len(after.text) > 1.5 * len(line.text)
        )

    def _stands_above(self, index: int) -> bool:
        """In a text with one paragraph a line: whether a short line stands above prose, a list, or another heading."""
        line, before = self._lines[index], self._lines[index - 1]
        if before.text.endswith(":") and not before.fixed and not self._is_prose(index + 1):
            return False
        question = line.text.endswith("?") and len(line.text.split()) >= 3
        after = self._markers[index + 1]
        if after is not None:
            return question or _title_case(line.text) or not _VERB_ENDING.search(line.text)
        below = self._lines[index + 1]
        if below.fixed or _DATE_LINE.search(below.text):
            return question or len(line.text) <= 80
        if question:
            return True
        if not self._is_prose(index + 1):
            return _title_case(line.text) and index + 2 < len(self._lines) and self._is_prose(index + 2)
        # Two short lines in a row without a full stop are a list rather than two headings.
        peer = (
            not self._ends(before.text)
            and not before.fixed
            and self._markers[index - 1] is None
            and len(before.text) <= 110
        )
        return not peer or _title_case(line.text) or self._is_heading(index - 1)

    def _is_prose(self, index: int) -> bool:
        """Whether a line is a sentence or more."""
        if index >= len(self._lines):
            return False
        line = self._lines[index]
        return len(line.text) > 110 or (self._ends(line.text) and len(line.text.split()) >= 4)

    @staticmethod
    def _ends(text: str) -> bool:
        """Whether a line ends as a sentence, a clause or an introduction does."""
        return text.rstrip("\"'”’)]").endswith((".", "!", "?", ":", ";", ","))

    def _gap_after(self, index: int) -> bool:
        """Whether a blank line follows."""
        return index + 1 >= len(self._lines) or self._lines[index + 1].gap

    def _chain_heads(self, chain: Chain) -> bool:
        """Whether the numbered lines of a chain head sections, rather than being items of a list."""
        if id(chain) not in self._chain_verdicts:
            self._chain_verdicts[id(chain)] = self._judge_chain(chain)
        return self._chain_verdicts[id(chain)]

    def _judge_chain(self, chain: Chain) -> bool:
        members = chain.members
        bodies = [self._has_body(index) for index in members]
        if len(members) >= 3 and not any(bodies[:-1]):
            return False  # a table of contents, or a list
        alike = 0
        for index, body in zip(members, bodies, strict=True):
            marker = self._markers[index]
            rest = self._lines[index].text[marker.width if marker else 0 :]
            short_sentence = (
                rest.endswith((".", ":"))
                and len(rest.split()) <= 8
                and body
                and not chain.style.startswith("(")
            )
            heads = (
                reads_like_heading(rest.rstrip(".:") if short_sentence else rest)
                and rest[:1] != rest[:1].lower()
            )
            alike += (heads or not rest) and (body or len(members) > 2)
        if len(members) == 1:
            return alike == 1 and bodies[0] and not chain.style.startswith("(")
        return alike >= 0.6 * len(members)

    def _has_body(self, index: int) -> bool:
        """Whether prose, a bullet or a table comes before the next numbered line."""
        for after in range(index + 1, min(index + _FAR, len(self._lines))):
            marker = self._markers[after]
            if marker is None or not marker.counts:
                line = self._lines[after]
                return (
                    bool(line.rows)
                    or line.fixed
                    or marker is not None
                    or self._is_prose(after)
                    or not line.strong
                )
            if self._chains[after] is self._chains[index]:
                return False
            if self._lines[after].text.endswith((";", ".", ":")) and len(self._lines[after].text) > 40:
                return True  # a numbered list beneath a numbered heading
        return False

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
            and not self._ends(line.text.rstrip(",;"))
            and not _DATE_LINE.search(line.text)
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


class _Levels:
    """The levels of the headings of one text: the title first, then by number, capitals, and place."""

    def __init__(
        self,
        lines: Sequence[Line],
        markers: Sequence[Marker | None],
        chained: dict[int, Chain],
        heads: Sequence[bool],
    ) -> None:
        self._levels: dict[int, int] = {}
        indices = [index for index, head in enumerate(heads) if head]
        if not indices:
            return
        title = self._title(indices, lines, markers, heads)
        styles: list[str] = []
        numbered = [i for i in indices if markers[i] is not None]
        plain = [i for i in indices if markers[i] is None and i != title]
        shouted = {i for i in plain if _capitals(lines[i].text)}
        under_plain = self._restarts(numbered, chained) or self._enclosed(numbered, plain)
        last_numbered: int | None = None
        seen_shout = seen_plain = False
        for index in indices:
            line, marker = lines[index], markers[index]
            if line.strong and marker is None:
                self._levels[index] = line.strong
                continue
            if index == title:
                self._levels[index] = 1
                continue
            if marker is None:
                shout = index in shouted
                seen_shout, seen_plain = seen_shout or shout, True
                level = 2 if shout or not seen_shout else 3
                if not shout and last_numbered is not None and not under_plain:
                    level = last_numbered
                self._levels[index] = level
                continue
            style = marker.style if marker.depth == 1 else f"1.{marker.depth}"
            if style not in styles:
                styles.append(style)
            base = 3 if under_plain and seen_plain else 2
            order = (
                marker.depth - 1
                if marker.depth > 1
                else styles.index(style)
                - sum(s.startswith("1.") and s != "1." for s in styles[: styles.index(style)])
            )
            self._levels[index] = last_numbered = min(base + order, 6)

    def of(self, index: int) -> int:
        """The level of the heading on a line."""
        return self._levels[index]

    @staticmethod
    def _title(
        indices: Sequence[int], lines: Sequence[Line], markers: Sequence[Marker | None], heads: Sequence[bool]
    ) -> int | None:
        """The index of the heading that is the title: among the first lines, unnumbered, and not a section's."""
        for index in indices[:3]:
            if index > 8 or markers[index] is not None:
                continue
            wordy = re.search(
                r"privacy|policy|notice|statement|data protection|cookie", lines[index].text, re.IGNORECASE
            )
            if wordy or index == 0:
                return index
        return None

    @staticmethod
    def _enclosed(numbered: Sequence[int], plain: Sequence[int]) -> bool:
        """Whether all numbers stand between two headings without a number, and so count beneath the first."""
        if len(numbered) < 2 or not plain:
            return False
        first, last = numbered[0], numbered[-1]
        return plain[0] < first and plain[-1] > last and not any(first < index < last for index in plain)

    @staticmethod
    def _restarts(numbered: Sequence[int], chained: dict[int, Chain]) -> bool:
        """Whether one style of numbers begins again and again: the numbers count beneath other headings."""
        firsts: dict[str, int] = {}
        for index in numbered:
            chain = chained[index]
            if chain.members[0] == index:
                firsts[chain.style] = firsts.get(chain.style, 0) + 1
        return len(firsts) == 1 and max(firsts.values()) >= 2
