"""Markdown, by the tokens of markdown-it (CommonMark with GitHub's tables).

Formatting goes, words stay: a link keeps its text, emphasis its words, code its code. YAML front matter gives the title
and is not part of the text. Raw HTML in Markdown is read as web pages are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.addresses import join_addresses
from privagraph.loaders.readers.blocks import Draft, Reading
from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.layout import lay_out
from privagraph.loaders.readers.lines import Line, text_lines
from privagraph.loaders.readers.tables import Cell, cell_drafts
from privagraph.loaders.readers.wording import reads_like_heading

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_FRONT_MATTER = re.compile(r"\A\ufeff?---[^\S\n]*\n(.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_BLANK_LINE = re.compile(r"(\n[ \t]*\n)")
_MOST_BRACKETS = 500
_FRONT_KEY = re.compile(
    r"^(title|lang|language|date|updated|last_updated|lastUpdated|last_modified_at|effective_date|"
    r"effectiveDate)\s*:\s*(.+?)\s*$",
    re.MULTILINE,
)


def read_markdown(text: str) -> Reading:
    """Read a Markdown text.

    Args:
        text: The decoded text.

    Returns:
        Its blocks; the front matter's title and language, where there are some.
    """
    from markdown_it import MarkdownIt

    front, text = _front_matter(text)
    notes: list[str] = []
    if front:
        notes.append("The front matter of the Markdown file is not part of the text.")
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").enable("strikethrough")
    try:
        tokens = parser.parse(_tamed(text))
    except RecursionError:
        tokens = []
    drafts = _Reader(tokens).drafts()
    if _letters(draft.text for draft in drafts) < 0.4 * _letters([_TARGET.sub("", text)]):
        # The parser gives up on what nests too deeply, without a word.
        notes.append("The Markdown nests too deeply; it was read as plain text.")
        drafts = lay_out(text_lines(text))
    return Reading(
        drafts=drafts,
        title=front.get("title"),
        language=front.get("lang") or front.get("language"),
        notes=notes,
    )


def _tamed(text: str) -> str:
    """The text, brackets escaped in paragraphs that have hundreds: the parser takes quadratic time for those."""
    if text.count("[") <= _MOST_BRACKETS:
        return text
    parts = _BLANK_LINE.split(text)
    return "".join(part.replace("[", "\\[") if part.count("[") > _MOST_BRACKETS else part for part in parts)


# No part runs over the sign that the next could begin with, so that the time is linear.
_TARGET = re.compile(r"\]\([^)\]\n]*\)|<[^<>\n]*>|https?://\S+|^\[[^\]\n]+\]:.*$", re.MULTILINE)


_NO_LETTER = re.compile(r"[\W_]+")


def _letters(texts: Iterable[str]) -> int:
    """How many letters and digits some texts hold."""
    return sum(len(_NO_LETTER.sub("", text)) for text in texts)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the front matter says, and the text after it; dates in it are not facts of the policy's own text."""
    found = _FRONT_MATTER.match(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not found or not re.search(r"^[\w-]+\s*:", found.group(1), re.MULTILINE):
        return {}, text
    values = {key: value.strip("\"'") for key, value in _FRONT_KEY.findall(found.group(1))}
    return {"": "yes", **values}, text.replace("\r\n", "\n").replace("\r", "\n")[found.end() :]


class _Reader:
    """One pass over the block tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._found: list[Draft] = []
        self._lists: list[tuple[Draft | None, Draft | None]] = []  # (intro, last item) of the open lists
        self._item: list[Draft | None] = []  # the first block of each open item
        self._level = 0
        self._tables = 0

    def drafts(self) -> list[Draft]:
        """The blocks of the text."""
        at = 0
        tokens = self._tokens
        while at < len(tokens):
            token = tokens[at]
            if token.type == "heading_open":
                self._heading(tokens[at + 1], int(token.tag[1:]))
                at += 3
                continue
            if token.type == "table_open":
                at = self._table(at)
                continue
            if token.type in ("bullet_list_open", "ordered_list_open"):
                self._open_list()
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
            elif token.type == "list_item_open":
                self._item.append(None)
            elif token.type == "list_item_close":
                self._item.pop()
            elif token.type == "inline":
                self._paragraph(token)
            elif token.type in ("fence", "code_block"):
                self._found.extend(lay_out(text_lines(token.content), headings=False))
            elif token.type == "html_block":
                self._raw_html(token.content)
            at += 1
        return self._found

    def _heading(self, inline: Token, level: int) -> None:
        """Read a heading."""
        text = _words(inline).replace("\n", " ")
        # The closing of "## Title ##" is taken by the parser; an anchor such as "{#collect}" is not.
        text = re.sub(r"\s*\{#[\w-]+\}\s*$", "", text)
        if any(character.isalnum() for character in text):
            self._level = level
            self._found.append(Draft(kind=BlockKind.HEADING, text=text, level=level))
            if self._item:
                self._item[-1] = None

    def _open_list(self) -> None:
        """Begin a list: what introduces it is the item it stands in, or the block before it."""
        intro: Draft | None = None
        if self._item:
            intro = self._item[-1]
        elif self._found:
            last = self._found[-1]
            intro = last if last.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) else last.intro
        self._lists.append((intro, None))

    def _paragraph(self, inline: Token) -> None:
        """Read the text of a paragraph or an item."""
        text = _words(inline)
        if not any(character.isalnum() for character in text):
            return
        if self._item and self._lists:
            if self._item[-1] is None:
                draft = Draft(
                    kind=BlockKind.LIST_ITEM,
                    text=text.replace("\n", " "),
                    level=len(self._lists),
                    intro=self._lists[-1][0],
                )
                self._item[-1] = draft
            else:
                draft = Draft(kind=BlockKind.PARAGRAPH, text=text.replace("\n", " "), intro=self._item[-1])
            self._found.append(draft)
            return
        plain = clean_line(text)
        if _is_bold(inline) and reads_like_heading(plain.rstrip(":")):
            self._found.append(
                Draft(kind=BlockKind.HEADING, text=plain, level=min(self._level + 1, 6) if self._level else 2)
            )
            return
        before = self._found[-1] if self._found else None
        for draft in _of_lines(text):
            if draft.kind is BlockKind.LIST_ITEM and draft.intro is None and before is not None:
                draft.intro = before.intro if before.kind is BlockKind.LIST_ITEM else before
            self._found.append(draft)

    def _table(self, at: int) -> int:
        """Read a table that begins at a token; the index after it."""
        cells: list[Cell] = []
        row = column = -1
        while self._tokens[at].type != "table_close":
            token = self._tokens[at]
            if token.type == "tr_open":
                row, column = row + 1, -1
            elif token.type in ("th_open", "td_open"):
                column += 1
                inline = self._tokens[at + 1]
                texts = [clean_line(part) for part in re.split(r"<br\s*/?>|\n", _words(inline, breaks=True))]
                head = token.type == "th_open"
                cells.append(
                    Cell(row=row, column=column, texts=texts, heads_column=head, strong=_is_bold(inline))
                )
            at += 1
        self._found.extend(cell_drafts(cells, table=self._tables))
        self._tables += 1
        return at + 1

    def _raw_html(self, content: str) -> None:
        """Read a block of HTML; comments and lone tags hold no words."""
        if not re.sub(r"<!--.*?(?:-->|\Z)|<[^<>]*>", "", content, flags=re.DOTALL).strip():
            return
        from privagraph.loaders.readers.html import read_html

        found = read_html(content).drafts
        tables = {draft.table for draft in found if draft.table is not None}
        for draft in found:
            if draft.table is not None:
                draft.table += self._tables
        self._tables += len(tables)
        self._found.extend(found)


def _words(inline: Token, *, breaks: bool = False) -> str:
    """The words of inline tokens: a soft break is a blank, a hard break a line end."""
    pieces: list[str] = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append("\x1f")  # told apart below
        elif token.type == "hardbreak" or (
            token.type == "html_inline" and re.match(r"<br\b", token.content, re.IGNORECASE)
        ):
            pieces.append("\n")
    text = "".join(pieces)
    return text.replace("\x1f", "\n" if breaks else " ") if breaks or "\x1f" not in text else _soft(text)


def _soft(text: str) -> str:
    """Soft line breaks as blanks, unless the lines are an address or have a bullet that Markdown does not know."""
    lines = [Line(text=clean_line(part), raw=part) for part in re.split("[\x1f\n]", text) if clean_line(part)]
    if len(lines) >= 3 and len(join_addresses(lines)) < len(lines):
        return "\n".join(line.text for line in lines)
    bullets = re.split(r"\x1f(?=[•‣◦▪■●○·–—−]\s)", text)
    return "\n".join(part.replace("\x1f", " ") for part in bullets)


def _of_lines(text: str) -> list[Draft]:
    """The blocks of a paragraph; one with hard line breaks is a text of lines."""
    if "\n" not in text:
        # A bullet that Markdown does not know still makes an item.
        return lay_out([Line(text=clean_line(text), gap=True, raw=text)], headings=False, wrapped=False)
    return lay_out(text_lines(text), headings=False, wrapped=False)


def _is_bold(inline: Token) -> bool:
    """Whether all words of a paragraph are bold."""
    depth = 0
    seen = False
    for token in inline.children or ():
        if token.type == "strong_open":
            depth += 1
        elif token.type == "strong_close":
            depth -= 1
        elif token.content.strip(" :*_") and token.type in ("text", "code_inline"):
            if not depth:
                return False
            seen = True
    return seen
