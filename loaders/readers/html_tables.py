"""Tables of web pages: the grid of their cells, and whether they hold data or only arrange the page."""

from __future__ import annotations

from dataclasses import dataclass

from privagraph.loaders.readers.html_tree import Element

__all__ = ["Place", "grid_of", "is_data_table"]

_WIDEST = 100
_MOST_COLUMNS = 500  # further right, cells stand in their order and span nothing
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """A cell and where it stands.

    Attributes:
        element: The ``td`` or ``th``.
        row: Row number from 0.
        column: Column number from 0.
        rows: How many rows it spans.
        columns: How many columns it spans.
        heads_column: The markup says that it heads its column.
        heads_row: The markup says that it heads its row.
    """

    element: Element
    row: int
    column: int
    rows: int
    columns: int
    heads_column: bool
    heads_row: bool


def grid_of(table: Element) -> list[Place]:
    """The cells of a table, not those of tables within it, each in its place (spans are honoured, within reason)."""
    rows = _rows(table)[:_MOST_ROWS]
    places: list[Place] = []
    taken: dict[int, int] = {}  # column → the row up to which a cell from above fills it
    for number, (row, in_head) in enumerate(rows):
        cells = [child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")]
        all_heads = bool(cells) and all(cell.tag == "th" for cell in cells)
        column = 0
        for cell in cells:
            while taken.get(column, -1) >= number:
                column += 1
            wide = _span(cell.attributes.get("colspan"), _WIDEST)
            tall = min(_span(cell.attributes.get("rowspan"), len(rows)), len(rows) - number)
            if column >= _MOST_COLUMNS:
                wide = tall = 1
            scope = cell.attributes.get("scope", "").lower()
            heads_column = scope in ("col", "colgroup") or (
                not scope
                and (in_head or (all_heads and (len(cells) > 1 or number == 0)))
                and not (all_heads and len(rows) == 1)
            )
            heads_row = scope in ("row", "rowgroup") or (
                cell.tag == "th" and not heads_column and not all_heads
            )
            places.append(Place(cell, number, column, tall, wide, heads_column, heads_row))
            if tall > 1:
                for filled in range(column, min(column + wide, _MOST_COLUMNS)):
                    taken[filled] = number + tall - 1
            column += wide
    return places


def is_data_table(table: Element, grid: list[Place]) -> bool:
    """Whether a table holds data; one that only arranges a page is read as if it were not there."""
    if table.attributes.get("role") in ("presentation", "none"):
        return False
    if any(place.element.find("table") is not None for place in grid):
        return False
    if (
        any(place.heads_column or place.heads_row for place in grid)
        or table.find("caption", "thead") is not None
    ):
        return True
    columns = {place.column for place in grid if place.element.text_size}
    rows = {place.row for place in grid if place.element.text_size}
    holds_blocks = any(
        place.element.find("h1", "h2", "h3", "h4") is not None
        or (place.element.text_size > 600 and place.element.find("p", "div", "ul", "br") is not None)
        for place in grid
    )
    if len(columns) <= 1:
        structured = any(
            place.element.find("p", "div", "ul", "ol", "h1", "h2", "h3", "h4") is not None for place in grid
        )
        return not holds_blocks and not structured
    if holds_blocks and any(place.element.find("h1", "h2", "h3") is not None for place in grid):
        return False
    return len(rows) > 1 or not holds_blocks


def _rows(table: Element) -> list[tuple[Element, bool]]:
    """The rows of a table, and whether each is in its head."""
    rows: list[tuple[Element, bool]] = []
    for child in table.children:
        if not isinstance(child, Element):
            continue
        if child.tag == "tr":
            rows.append((child, False))
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(
                (row, child.tag == "thead")
                for row in child.children
                if isinstance(row, Element) and row.tag == "tr"
            )
    return rows


def _span(text: str | None, most: int) -> int:
    """A span as it can be believed."""
    return (
        min(max(1, int(text)), max(1, most))
        if text and text.isascii() and text.isdigit() and len(text) < 6
        else 1
    )
