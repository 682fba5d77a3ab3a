"""From the rows of a table, or objects by line, to sources: which column is what."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from privagraph.loaders.collections.dates import iso
from privagraph.loaders.collections.naming import RecordNames, in_one_line
from privagraph.loaders.collections.troubles import broken, empty, too_large
from privagraph.loaders.inputs import Columns, LeftOut, Source
from privagraph.loaders.readers.formats import HTML, PLAIN
from privagraph.loaders.readers.reading import LARGEST
from privagraph.ontology.evidence import shortened

__all__ = ["USUAL", "Choice", "Row", "chosen_columns", "sources_of"]

USUAL: Mapping[str, tuple[str, ...]] = {
    "html": ("html", "policy_html", "raw_html", "html_content", "page_html", "markup"),
    "text": (
        "text", "policy_text", "plain_text", "policy", "privacy_policy", "markdown", "content", "body", "document",
    ),
    "id": ("id", "policy_id", "document_id", "doc_id", "uid", "uuid", "name", "domain", "file", "filename"),
    "url": ("url", "policy_url", "source_url", "address", "link", "uri", "href", "website"),
    "date": (
        "date", "collected", "retrieved", "crawled", "fetched", "collected_at", "retrieved_at", "crawled_at",
        "fetched_at", "crawl_date", "snapshot_date", "published", "timestamp", "year",
    ),
}  # fmt: skip
"""The names of columns that are looked for where the user names none, the likeliest first; case does not matter."""

_TRIED = 1000
_SHOWN = 20
_USUAL_KEYS = 200
_LONGEST_ADDRESS = 2000
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f<>\"{}|\\^`\ud800-\udfff]+")
_KINDS = {dict: "an object", list: "a list", bool: "a truth value", int: "a number", float: "a number"}


@dataclass(frozen=True, slots=True)
class Row:
    """One record as a file has it.

    Attributes:
        place: Where it is, such as ``corpus.jsonl:17``.
        number: Which record it is, from 1.
        values: What it holds, by column.
        escaped: Whether lone surrogates in it stand for bytes that are not UTF-8, as with ``surrogateescape``.
    """

    place: str
    number: int
    values: Mapping[str, object]
    escaped: bool = False


def sources_of(
    rows: Iterable[Row | LeftOut], name: str, columns: Columns, header: Sequence[str] | None = None
) -> Iterator[Source | LeftOut]:
    """Make sources of rows.

    Args:
        rows: The rows, and what is left out among them.
        name: What the collection is called.
        columns: What the user said of the columns.
        header: The names of all columns; None where each row has its own.

    Returns:
        The sources. Where there is no policy in any of the first rows, or which column is meant cannot be told, that is
        said once for the whole file.
    """
    if header is not None and (lacking := _lacking(columns, header)):
        yield _without_policies(name, lacking, header)
        return
    unread: dict[str, str] = {}
    for part, choice in chosen_columns(columns, tuple(header or ())).items():
        if header is not None and header.count(choice.column) > 1:
            if choice.named or part in ("html", "text"):
                yield _doubled(name, part, choice.column)
                return
            unread[part] = (
                f"The column “{_shown(choice.column)}” stands more than once, so none of them is read; "
                f"--column-{part} names another."
            )
    notes = tuple(unread.values())
    usual = lru_cache(maxsize=64)(partial(_chosen, columns, unread))
    names = RecordNames(name)
    waiting: list[LeftOut] | None = []
    seen: dict[str, None] = {}
    for row in rows:
        if isinstance(row, LeftOut):
            yield row
            continue
        keys = tuple(row.values)
        made = _source(
            row, names, usual(keys) if len(keys) <= _USUAL_KEYS else _chosen(columns, unread, keys), notes
        )
        if waiting is None or not isinstance(made, LeftOut) or made.code != "columns":
            yield from waiting or ()
            yield made
            waiting = None
            continue
        waiting.append(made)
        seen.update(dict.fromkeys(keys[: _SHOWN + 1]) if len(seen) <= _SHOWN else ())
        if len(waiting) == _TRIED:
            break
    if waiting:
        yield _without_policies(name, _lacking(columns, ()), list(seen))


def _without_policies(name: str, lacking: str, header: Sequence[str]) -> LeftOut:
    """A file that has no policies in the columns that were looked at."""
    return LeftOut(
        name,
        "columns",
        f"has no column {lacking}; it has: {_listed(header)}",
        "say which column holds the policies, with --column-text or --column-html",
    )


def _doubled(name: str, part: str, column: str) -> LeftOut:
    """A file in which one of the columns that are read stands more than once."""
    return LeftOut(
        name,
        "doubled",
        f"has more than one column “{_shown(column)}”, so that it cannot be told which is meant",
        f"give the others another name in the file, or say with --column-{part} which other column to take",
    )


def _listed(header: Sequence[str]) -> str:
    """The names of columns, the first of them where there are many."""
    there = ", ".join(map(_shown, header[:_SHOWN])) + (", …" if len(header) > _SHOWN else "")
    return there or "none"


def _chosen(columns: Columns, unread: Collection[str], header: tuple[str, ...]) -> dict[str, Choice]:
    """The column of each part of a record, without the parts that are not read."""
    return {part: choice for part, choice in chosen_columns(columns, header).items() if part not in unread}


def _source(
    row: Row, names: RecordNames, chosen: Mapping[str, Choice], noted: tuple[str, ...]
) -> Source | LeftOut:
    """The source that a row is; what is noted of the whole file is noted of it too."""
    given = {part: row.values.get(choice.column) for part, choice in chosen.items()}
    part = "html" if given.get("html") not in (None, "", b"") or "text" not in given else "text"
    if part not in given:
        return LeftOut(
            row.place,
            "columns",
            f"the record holds no policy; it has: {_listed(tuple(row.values))}",
            "see docs/corpora.md for the columns that are read",
        )
    try:
        content = _content(given[part], escaped=row.escaped)
    except _NoTextError as error:
        return broken(row.place, f"its “{_shown(chosen[part].column)}” {error}")
    name = names.name(given.get("id"), row.number)
    if not content.strip():
        return empty(name, _shown(chosen[part].column))
    if len(content) > LARGEST:
        return too_large(name, LARGEST)
    notes = list(noted)
    return Source(
        name,
        content=content,
        media_type=HTML if part == "html" else PLAIN,
        url=_told("url", given, chosen, notes, _address),
        collected=_told("date", given, chosen, notes, iso),
        notes=tuple(notes),
    )


def _told(
    part: str,
    given: Mapping[str, object],
    chosen: Mapping[str, Choice],
    notes: list[str],
    read: Callable[[object], str | None],
) -> str | None:
    """What a column says; where the user named it, and it says something else, that is noted."""
    value = given.get(part)
    if value is None or value == "":
        return None
    made = read(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)
    if made is None and chosen[part].named:
        what = "no date" if part == "date" else "no address"
        notes.append(f"The column “{_shown(chosen[part].column)}” holds {what} but “{_shown(value)}”.")
    return made


class _NoTextError(ValueError):
    """A value holds something else than a policy."""


def _content(value: object, *, escaped: bool) -> bytes:
    """The bytes of a policy."""
    if value is None:
        return b""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise _NoTextError(f"is no text but {_KINDS.get(type(value), 'something else')}")
    try:
        return value.encode("utf-8", "surrogateescape" if escaped else "strict")
    except UnicodeEncodeError as error:
        raise _NoTextError(f"holds half of a character at {error.start}: a lone surrogate") from error


def _address(value: object) -> str | None:
    """An address on the web, or the name of a site."""
    text = value.strip() if isinstance(value, str) else ""
    plausible = "." in text and len(text) <= _LONGEST_ADDRESS and not _NO_ADDRESS.search(text)
    return text if plausible else None


def _shown(value: object) -> str:
    """A value in one line of words."""
    if isinstance(value, bytes):
        value = value[:400].decode("utf-8", "replace")
    text = value[:400] if isinstance(value, str) else type(value).__name__
    if isinstance(value, int | float):
        text = repr(value)[:400]
    return shortened(in_one_line(text), 60)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which column holds a part of a record.

    Attributes:
        column: The column.
        named: Whether the user said so.
    """

    column: str
    named: bool


def chosen_columns(columns: Columns, header: tuple[str, ...]) -> dict[str, Choice]:
    """The column of each part of a record: ``html``, ``text``, ``id``, ``url``, ``date``; of those that are there.

    Args:
        columns: What the user said of them.
        header: All columns that there are.
    """
    known = {_folded(column): column for column in reversed(header)}
    chosen: dict[str, Choice] = {}
    for part, usual in USUAL.items():
        told: str | None = getattr(columns, part)
        if told is not None:
            column = told if told in header else known.get(_folded(told))
        elif part in ("html", "text") and (columns.html or columns.text):
            continue  # the user said where the policies are
        else:
            column = next((known[name] for name in usual if name in known), None)
        if column is not None:
            chosen[part] = Choice(column, told is not None)
    return chosen


def _lacking(columns: Columns, header: Sequence[str]) -> str:
    """The columns that a table must have and does not, in words."""
    chosen = chosen_columns(columns, tuple(header))
    told = [
        getattr(columns, part) for part in USUAL if getattr(columns, part) is not None and part not in chosen
    ]
    if told and header:
        return " and ".join(f"“{_shown(column)}”" for column in told)
    if "text" in chosen or "html" in chosen:
        return ""
    named = [column for column in (columns.html, columns.text) if column is not None]
    usual = list(map(_shown, named)) or ["text", "html", "policy_text", "content", "body"]
    return " or ".join(f"“{column}”" for column in usual)


def _folded(column: str) -> str:
    """A column's name as it is compared."""
    return column.strip().lower().replace(" ", "_").replace("-", "_")
