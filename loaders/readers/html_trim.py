"""What is left of a page's furniture when its markup did not give it away: link lists at both ends, stray lines.

Only blocks that are nothing but links, notices of copyright and the words of buttons go, and only before the first and
after the last words that are a policy's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.blocks import Draft
from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.html_tree import Element
from privagraph.loaders.readers.layout import lay_out
from privagraph.loaders.readers.lines import Line

__all__ = ["Trace", "by_layout", "trim"]


@dataclass(slots=True)
class Trace:
    """Where a block came from.

    Attributes:
        container: The element it stood in.
        link: The share of its words that are links.
        bold: Whether all of its words are bold.
    """

    container: Element | None = None
    link: float = 0.0
    bold: bool = False


_FURNITURE = re.compile(
    r"^(?:©|\(c\)|copyright\b).{0,160}$|^.{0,60}all rights reserved\W*.{0,60}$|^powered by .{0,40}$|"
    r"^back to (?:top|home)\W*$|"
    r"^(?:menu|close|search|home|login|log in|sign in|sign up|share|tweet|print|next|previous|read "
    r"more|loading\W*|open menu|toggle navigation)$",
    re.IGNORECASE,
)


def trim(drafts: Sequence[Draft], traces: dict[int, Trace]) -> list[Draft]:
    """The blocks without what is left of menus at both ends, and without a linked table of contents.

    Args:
        drafts: All blocks of the page.
        traces: Where each came from, by the identity of the draft.
    """
    prose = [index for index, draft in enumerate(drafts) if _is_prose(draft, traces)]
    if not prose:
        return list(drafts)
    homes = {id(_home(traces.get(id(drafts[index])))) for index in prose}
    first = next(
        (i for i in range(prose[0]) if drafts[i].kind is BlockKind.HEADING and drafts[i].level == 1), prose[0]
    )
    kept: list[Draft] = []
    headings = {_bare(draft.text) for draft in drafts if draft.kind is BlockKind.HEADING}
    listed = [draft for draft in drafts if _is_entry(draft, traces, headings)]
    entries = {id(draft) for draft in listed} if len(listed) >= 3 else set()
    for index, draft in enumerate(drafts):
        trace = traces.get(id(draft), Trace())
        outside = index < first or index > prose[-1]
        if id(draft) in entries:
            continue
        if outside and (
            _FURNITURE.match(clean_line(draft.text)) or (trace.link >= 0.8 and id(_home(trace)) not in homes)
        ):
            continue
        kept.append(draft)
    while (
        kept
        and kept[-1].kind is BlockKind.HEADING
        and drafts
        and kept[-1] is not drafts[-1]
        and traces[id(kept[-1])].link < 0.8
    ):
        # A heading whose links were just cut.
        if any(draft is kept[-1] for draft in drafts[: prose[-1] + 1]):
            break
        kept.pop()
    return kept


def _is_prose(draft: Draft, traces: dict[int, Trace]) -> bool:
    """Whether a block is words of a policy beyond doubt: a sentence or more, mostly not links, no notice of rights."""
    trace = traces.get(id(draft), Trace())
    if trace.link > 0.5 or draft.kind is BlockKind.HEADING:
        return False
    words = clean_line(draft.text)
    return len(words) >= 60 and not _FURNITURE.match(words)


def _home(trace: Trace | None) -> Element | None:
    """The element whose children a block's own element and its neighbours are; lists and paragraphs are not a home."""
    element = trace.container if trace else None
    while element is not None and element.tag in (
        "p",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "a",
    ):
        element = element.parent
    return element


def _is_entry(draft: Draft, traces: dict[int, Trace], headings: set[str]) -> bool:
    """Whether a block is an entry of a linked table of contents: nothing but a link, in the words of a heading."""
    trace = traces.get(id(draft), Trace())
    return draft.kind is not BlockKind.HEADING and trace.link >= 0.9 and _bare(draft.text) in headings


def _bare(text: str) -> str:
    """The words of a heading or an entry, for comparison: without number and case."""
    return re.sub(r"^[\W\d]+|\W+$", "", clean_line(text)).casefold()


def by_layout(drafts: list[Draft]) -> list[Draft]:
    """Read a page without a single heading and list by its layout, as if its paragraphs were the lines of a text."""
    paragraphs = [draft for draft in drafts if draft.kind is BlockKind.PARAGRAPH]
    structured = sum(draft.kind is BlockKind.HEADING for draft in drafts)
    if structured or len(paragraphs) < 6 or len(paragraphs) < 0.5 * len(drafts):
        return drafts
    found: list[Draft] = []
    run: list[Draft] = []
    for draft in [*drafts, None]:
        if (
            draft is not None
            and draft.kind is BlockKind.PARAGRAPH
            and draft.intro is None
            and not draft.language
        ):
            run.append(draft)
            continue
        if run:
            found.extend(_read_again(run))
            run = []
        if draft is not None:
            found.append(draft)
    return _with_intros(found)


def _read_again(run: list[Draft]) -> list[Draft]:
    """The paragraphs of a run by their layout; those that stay as they were stay the same objects."""
    lines = [
        Line(text=text, gap=True, raw=text, fixed="\n" in text)
        for text in (_lines(draft.text) for draft in run)
        if text
    ]
    by_text = {clean_line(draft.text): draft for draft in run}
    again = lay_out(lines, wrapped=False)
    kept: list[Draft] = []
    for draft in again:
        same = by_text.get(clean_line(draft.text))
        if same is not None and draft.kind is BlockKind.PARAGRAPH:
            by_text.pop(clean_line(draft.text))
            kept.append(same)
            for other in again:
                if other.intro is draft:
                    other.intro = same
        else:
            kept.append(draft)
    return kept


def _lines(text: str) -> str:
    """The words of a paragraph, its line breaks kept."""
    return "\n".join(line for line in (clean_line(part) for part in text.split("\n")) if line)


def _with_intros(drafts: list[Draft]) -> list[Draft]:
    """Mend references to paragraphs that were read again."""
    known = {id(draft) for draft in drafts}
    before: Draft | None = None
    for draft in drafts:
        if draft.kind is BlockKind.LIST_ITEM and draft.intro is not None and id(draft.intro) not in known:
            draft.intro = before
        if draft.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            before = draft
    return drafts
