"""Web pages: the blocks of the policy in them.

The tree is walked once. Inline text is gathered until a block begins or ends, and then becomes a heading, a paragraph,
an item or part of a cell, by the elements around it. Where markup is silent, its looks speak: a paragraph that is bold
from end to end is a heading, a paragraph of lines parted by ``<br>`` is read as a text of lines is, a page without any
heading is read by its layout altogether.

What a library for main-content detection would do is done here with rules that never drop prose; the reasons are in
``docs/decisions/0008-reading-web-pages.md``.
"""

from __future__ import annotations

from privagraph.loaders.readers.addresses import hold_addresses
from privagraph.loaders.readers.blocks import Reading
from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.html_cut import Cutter
from privagraph.loaders.readers.html_tree import parse
from privagraph.loaders.readers.html_trim import by_layout, trim
from privagraph.loaders.readers.html_walk import Walker

__all__ = ["read_html"]


def read_html(markup: str) -> Reading:
    """Read a web page.

    Args:
        markup: The decoded page.

    Returns:
        Its blocks, title and language, and notes on what was cut.
    """
    page = parse(markup)
    walker = Walker(Cutter(page.body))
    walker.walk(page.body)
    drafts = trim(walker.composer.drafts, walker.composer.traces)
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
