"""PDF: the text layer, laid out again as lines, with what repeats on every page taken away.

A PDF holds glyphs at places; paragraphs, headings and lists are for the eye. pypdf gives the text of a page in the
order in which it was drawn, with position, size and font of each stretch. From these come lines, from the lines blocks,
by the same rules as for plain text; larger or bold lines are headings.

Not done: text recognition in pictures, and the order of pages whose columns were drawn across each other.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from privagraph.errors import RejectedDocumentError, UnreadableSourceError
from privagraph.loaders.readers.blocks import Reading
from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.layout import lay_out
from privagraph.loaders.readers.limits import too_large
from privagraph.loaders.readers.lines import Line
from privagraph.loaders.readers.markers import marker_of
from privagraph.loaders.readers.pdf_rows import Budget, Row, TooMuchError, rows_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

__all__ = ["read_pdf"]

_MOST_PAGES = 2000
# What pypdf may spend on one stream or tree; its own bounds let one page take minutes and gigabytes.
_LIMITS = {
    "array_based_stream_maximum_output_length": 8_000_000,
    "lzw_maximum_output_length": 8_000_000,
    "page_tree_maximum_entries": 20_000,
    "run_length_maximum_output_length": 8_000_000,
    "stream_decoding_work_maximum_length": 40_000_000,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 500,
    "zlib_maximum_output_length": 8_000_000,
}
# What pypdf lets through when a file is broken in a way it does not know.
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, ArithmeticError, AssertionError,
           NotImplementedError, OSError, EOFError, struct.error, zlib.error, UnicodeError)  # fmt: skip
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.|seite)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|von|\|)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_JUNK_TITLE = re.compile(
    r"^(?:microsoft word\b.*|untitled.*|.*\.(?:docx?|pdf|indd|html?|txt)|document\d*|about:blank)$",
    re.IGNORECASE,
)


def read_pdf(data: bytes, *, name: str) -> Reading:
    """Read a PDF by its text layer.

    Args:
        data: The bytes of the file.
        name: The name of the source, for messages.

    Returns:
        Its blocks, title and language.

    Raises:
        RejectedDocumentError: It is protected with a password (``encrypted``), holds pictures of text (``scanned``) or
            draws more than a policy can hold (``too-large``).
        UnreadableSourceError: It is damaged.
    """
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    with _quiet(), apply_configuration(None, **_LIMITS):
        try:
            reader = PdfReader(BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise _encrypted(name)
            pages = min(len(reader.pages), _MOST_PAGES)
            rows: list[Row] = []
            budget = Budget()
            pictures = broken = heavy = 0
            for number in range(pages):
                try:
                    page = reader.pages[number]
                    found = rows_of(page, number, budget)
                except LimitReachedError:
                    heavy += 1
                    continue
                except (PyPdfError, *_BROKEN):
                    broken += 1
                    continue
                rows.extend(found)
                pictures += not found and _has_pictures(page)
            title, language = _metadata(reader)
        except DependencyError as exc:
            raise _encrypted(name) from exc
        except (LimitReachedError, TooMuchError) as exc:
            raise too_large(name, "more pages, objects or words than a PDF may have") from exc
        except (PyPdfError, *_BROKEN) as exc:
            raise UnreadableSourceError(
                name,
                "a damaged PDF file",
                "open it in a PDF viewer and save it again, or give the text in another format",
            ) from exc
    if not any(any(character.isalnum() for character in row.text) for row in rows):
        if pictures:
            raise RejectedDocumentError(
                name,
                "scanned",
                "a PDF of pictures without a text layer",
                "run text recognition (OCR) on it first, or give the text",
            )
        if heavy:
            raise too_large(name, "pages of megabytes of drawing without text")
        if broken:
            raise UnreadableSourceError(
                name, "a damaged PDF file", "open it in a PDF viewer and save it again"
            )
    notes: list[str] = []
    kept, cut = _without_repeats(rows)
    if cut:
        notes.append(f"Left out {cut} headers, footers and page numbers of the PDF.")
    if pictures:
        notes.append(f"{pictures} pages of the PDF are pictures without text and were not read.")
    if broken:
        notes.append(f"{broken} pages of the PDF are damaged and were not read.")
    if heavy:
        notes.append(f"{heavy} pages of the PDF hold megabytes of drawing and were not read.")
    if pages < len(reader.pages):
        notes.append(f"Only the first {_MOST_PAGES} pages of the PDF were read.")
    return Reading(
        drafts=lay_out(_lines(kept), wrapped=True, headings=_silent(kept)),
        title=title,
        language=language,
        notes=notes,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's complaints about odd files off the terminal: what matters is told in notes and errors."""
    logger = logging.getLogger(
        "pypdf"
    )  # the level counts for the loggers beneath it too; "disabled" would not
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _encrypted(name: str) -> RejectedDocumentError:
    """The error for a PDF that needs a password."""
    return RejectedDocumentError(
        name, "encrypted", "the PDF is protected with a password", "remove the password and save it again"
    )


def _metadata(reader: PdfReader) -> tuple[str | None, str | None]:
    """The title and the language that the file names."""
    title = language = None
    information = reader.metadata
    if information is not None and isinstance(information.title, str):
        words = clean_line(information.title)
        title = words if words and not _JUNK_TITLE.match(words) else None
    catalog: Any = reader.trailer.get("/Root")
    catalog = catalog.get_object() if catalog is not None else {}
    told = catalog.get("/Lang") if hasattr(catalog, "get") else None
    if isinstance(told, str):
        language = told
    return title, language


def _has_pictures(page: PageObject) -> bool:
    """Whether a page shows pictures."""
    resources: Any = page.get("/Resources")
    resources = resources.get_object() if resources is not None else {}
    objects: Any = resources.get("/XObject") if hasattr(resources, "get") else None
    return bool(objects is not None and len(objects.get_object()))


def _without_repeats(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """The lines without running headers, footers and page numbers, and how many were cut."""
    by_page: dict[int, list[Row]] = {}
    for row in rows:
        by_page.setdefault(row.page, []).append(row)
    everywhere: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    ends: set[int] = set()
    for found in by_page.values():
        ordered = sorted(found, key=lambda row: -row.y)
        everywhere.update({_shape(row) for row in found})
        edges.update({_shape(row) for row in (*ordered[:3], *ordered[-3:])})
        ends.update({id(ordered[0]), id(ordered[-1])})
    pages = len(by_page)
    large = 1.1 * _body_size(rows)
    kept: list[Row] = []
    for row in rows:
        shape = _shape(row)
        # At the same height on half of the pages: at the edge of two, or anywhere on three.
        repeats = (pages > 1 and edges[shape] >= max(2, 0.5 * pages)) or everywhere[shape] >= max(
            4, 0.6 * pages
        )
        # The title may head every page; on the first page it is the title.
        title = row.page == 0 and row.size > large and id(row) in ends
        number = (
            id(row) in ends and _PAGE_NUMBER.match(row.text) and (pages > 1 or row.text.strip().isdigit())
        )
        if not number and (title or not repeats):
            kept.append(row)
    return kept, len(rows) - len(kept)


def _shape(row: Row) -> str:
    """What a running header or footer has in common on all pages: its words without numbers, and its height."""
    return f"{round(row.y / 4)} {re.sub(r'[0-9]+', '#', row.text)}"


def _body_size(rows: Sequence[Row]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _silent(rows: Sequence[Row]) -> bool:
    """Whether fonts say nothing of headings, so that words have to."""
    body = _body_size(rows)
    return sum(row.size > 1.12 * body or row.bold for row in rows if len(row.text) < 100) < 2


def _lines(rows: Sequence[Row]) -> list[Line]:
    """The rows as lines with gaps, indents and headings marked."""
    body = _body_size(rows)
    larger = sorted(
        {row.size for row in rows if row.size > 1.12 * body and len(row.text) <= 120}, reverse=True
    )
    levels = {size: min(index + 1, 5) for index, size in enumerate(larger)}
    drops = sorted(
        above.y - row.y
        for above, row in pairwise(rows)
        if above.page == row.page and 0 < above.y - row.y < 4 * max(body, 1)
    )
    leading = drops[len(drops) // 3] if drops else 0.0
    left = sorted(row.x for row in rows)[len(rows) // 10] if rows else 0.0
    lengths = sorted(len(row.text) for row in rows if abs(row.size - body) < 0.5)
    width = lengths[int(0.95 * len(lengths))] if lengths else 0
    lines: list[Line] = []
    before: Row | None = None
    for row in rows:
        strong = levels.get(row.size, 0)
        if (
            not strong
            and row.bold
            and len(row.text) <= 100
            and not row.text.endswith((".", ",", ";"))
            and marker_of(row.text) is None
        ) or (
            not strong
            and row.bold
            and len(row.text) <= 100
            and (marker := marker_of(row.text)) is not None
            and marker.counts
        ):
            strong = min(len(larger) + 1, 6)
        gap = before is None
        if before is not None:
            drop = before.y - row.y
            if before.page != row.page:
                gap = not (row.text[0].islower() or before.text[-1:] not in '.!?:"”')
            else:
                gap = drop > 1.35 * leading + 0.4 * max(0.0, row.size - body) or drop < -leading
        joins = (
            lines
            and before is not None
            and strong
            and lines[-1].strong == strong
            and row.size == before.size
            and before.page == row.page
        )
        if joins and 0 < before.y - row.y < 1.7 * row.size and marker_of(row.text) is None:  # type: ignore[union-attr]  # joins implies it
            lines[-1].text = f"{lines[-1].text} {row.text}"
        else:
            indent = max(0, round((row.x - left) / max(1.0, 0.5 * (body or 10.0))))
            if lines and before is not None and before.page == row.page and abs(before.size - row.size) < 0.5:
                first = len(row.text.split(" ", 1)[0])
                lines[-1].full = before.text.endswith(("-", "\u2010")) or len(
                    before.text
                ) + 1 + first > 0.7 * width - before.x_offset(left, body)
            lines.append(
                Line(text=row.text, indent=indent, gap=gap or bool(strong), strong=strong, raw=row.raw)
            )
        before = row
    return lines
