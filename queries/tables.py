"""Rows as a table that fits a terminal.

For people only: IRIs become CURIEs and take in their labels, long cells are cut, rows that do not fit the width are
wrapped, and where there are too many columns to stand side by side each row becomes a small block of its own. Programs
read csv, tsv or json, which cut nothing.

Cells hold words of documents that anyone may have written. No control character of theirs reaches the terminal, where
it could move the cursor or turn the reading direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from privagraph.ontology.namespaces import compact
from privagraph.ontology.shown import one_line
from privagraph.queries.values import Iri

__all__ = ["cell", "columns_of", "folded", "is_number", "table"]

_LONGEST = 80
"""A column is not wider than this, however wide the terminal is."""
_NARROWEST = 14
"""A column of text is not wrapped into less than this."""
_WORD = 27
"""A word no longer than this, such as a CURIE or ``…/policy/0123456789abcdef``, is not broken."""
_LINES = 3
"""A wrapped cell takes no more lines than this."""
_GAP = "  "
_CUT = "…"


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, width: int | None = None) -> str:
    """Rows under their columns' names.

    Args:
        columns: The names.
        rows: The values.
        width: How many characters fit side by side; None for as many as it takes.

    Returns:
        The lines, without a line end after the last.

    Example:
        >>> print(table(["role", "mentions"], [["purpose", 12], ["right", 7]]))
        role     mentions
        ───────  ────────
        purpose        12
        right           7
    """
    if not columns:
        return ""
    columns, rows = folded(columns, rows)
    cells = [[cell(value) for value in row] for row in rows]
    right = [bool(rows) and all(is_number(row[index]) for row in rows) for index in range(len(columns))]
    every = range(len(columns))
    kept, alike = list(every), [index for index in every if len({row[index] for row in cells}) == 1]
    widths = _widths(columns, cells, kept, width)
    lines: list[str] = []
    if width is not None and widths != _widths(columns, cells, kept, None) and len(rows) > 1:
        apart = [index for index in kept if index not in alike] or kept  # what all rows share is said once
        fitted = _widths(columns, cells, apart, width)
        if fitted is not None and apart != kept:
            kept, widths = apart, fitted
            lines = [
                *(_cut(f"{columns[index]}: {cells[0][index] or '(none)'}", width) for index in alike),
                "",
            ]
    if widths is None:
        return _blocks(columns, cells, width or _LONGEST)
    ends = [right[index] for index in kept]
    lines += [
        _line([columns[index] for index in kept], widths, ends),
        _GAP.join("─" * each for each in widths),
    ]
    for row in cells:
        wrapped = [
            [_cut(row[index], each)] if width is None else _wrapped(row[index], each)
            for index, each in zip(kept, widths, strict=True)
        ]
        for number in range(max(map(len, wrapped))):
            parts = [part[number] if number < len(part) else "" for part in wrapped]
            lines.append(_line(parts, widths, ends))
    return "\n".join(lines)


def folded(
    columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    """The same columns and rows with each column ``x_label`` taken into the column ``x``."""
    pairs = {
        index: columns.index(f"{name}_label")
        for index, name in enumerate(columns)
        if f"{name}_label" in columns
    }
    kept = [index for index in range(len(columns)) if index not in pairs.values()]
    folded = [
        [_named(row[index], row[pairs[index]]) if index in pairs else row[index] for index in kept]
        for row in rows
    ]
    return [columns[index] for index in kept], folded


def _named(thing: object, label: object) -> object:
    """An IRI with its label, where that says more than the IRI does."""
    if not isinstance(thing, Iri) or label is None:
        return label if thing is None else thing
    short, text = _short(thing), str(label)
    name = short.partition(":")[2]
    if short == thing or short.startswith(_CUT):
        return text
    if text.replace(" ", "").casefold() == name.replace("_", "").casefold():
        return thing
    if text.startswith(f"{name} "):
        return short + text[len(name) :]
    return f"{short} ({text})"


def cell(value: object) -> str:
    """A value on one line.

    Example:
        >>> cell(None), cell(True), cell(Decimal("0.90"))
        ('', 'true', '0.90')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return one_line(_short(value) if isinstance(value, Iri) else str(value))


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) or char in "\u200d\ufe0f" else 2 if _is_wide(char) else 1
        for char in text
    )


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def is_number(value: object) -> bool:
    """Whether a value is a number, or nothing."""
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def _short(iri: str) -> str:
    """A CURIE; or, for an IRI without a prefix, what tells it from its neighbours."""
    short = compact(iri)
    if short != iri or len(iri) <= _LONGEST // 2:
        return short
    return f"{_CUT}/" + "/".join(iri.split("/")[-2:])


def _cut(text: str, width: int) -> str:
    """A text that takes no more than a number of columns."""
    return text if columns_of(text) <= width else _head(text, width - 1).rstrip() + _CUT


def _head(text: str, width: int) -> str:
    """The longest beginning of a text that takes no more than a number of columns."""
    used = 0
    for index, char in enumerate(text):
        used += columns_of(char)
        if used > width:
            return text[:index]
    return text


def _widths(
    columns: Sequence[str], cells: Sequence[Sequence[str]], kept: Sequence[int], width: int | None
) -> list[int] | None:
    """Widths at which columns stand side by side, the widest giving way first; None when they cannot."""
    natural = [
        min(max([columns_of(columns[i]), *(columns_of(row[i]) for row in cells)]), _LONGEST) for i in kept
    ]
    if width is None:
        return natural
    words = [max((columns_of(word) for row in cells for word in row[i].split()), default=0) for i in kept]
    least = [
        min(each, max(_NARROWEST, columns_of(columns[i]), min(word, _WORD)))
        for each, word, i in zip(natural, words, kept, strict=True)
    ]
    space = width - len(_GAP) * (len(kept) - 1)

    def capped(cap: int) -> list[int]:
        return [max(low, min(each, cap)) for low, each in zip(least, natural, strict=True)]

    if sum(least) > space:
        return None
    cap = max(natural)
    while sum(capped(cap)) > space:
        cap -= 1
    return capped(cap)


def _wrapped(text: str, width: int) -> list[str]:
    """A text on lines of a width, broken at blanks where there are any; the last is cut."""
    lines: list[str] = []
    rest = text
    while columns_of(rest) > width and len(lines) < _LINES - 1:
        part = _head(rest, width)
        if not rest[len(part)].isspace() and " " in part:
            part = part[: part.rindex(" ")]
        lines.append(part.rstrip())
        rest = rest[len(part) :].lstrip()
    return [*lines, _cut(rest, width)]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = []
    for text, width, ends in zip(cells, widths, right, strict=True):
        blanks = " " * (width - columns_of(text))
        parts.append(blanks + text if ends else text + blanks)
    return _GAP.join(parts).rstrip()


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Each row as lines of a column's name and its value; empty cells are left out."""
    head = max(map(columns_of, columns))
    room = max(width - head - len(_GAP), _NARROWEST)
    lines: list[str] = []
    for number, row in enumerate(rows, start=1):
        lines += ["", f"─── {number} ".ljust(min(width, 40), "─")]
        for name, text in zip(columns, row, strict=True):
            if text:
                lines += _block(name.ljust(head), text, room)
    return "\n".join(lines[1:]) if lines else _GAP.join(columns)


def _block(name: str, text: str, room: int) -> list[str]:
    first, *others = _wrapped(text, room)
    return [f"{name}{_GAP}{first}", *(" " * (len(name) + len(_GAP)) + line for line in others)]
