"""Cells of a table as drafts: which cell heads which row and column.

Formats differ in what they say of headers. What they say is followed (``<th>``, ``scope``, a header row of DOCX or of
Markdown); where they are silent, a first row of short labels above longer or other rows is a header row, and the first
column heads the rows of any table of two columns or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.blocks import Draft

__all__ = ["Cell", "cell_drafts", "from_rows"]

_LABEL = 60


@dataclass(slots=True)
class Cell:
    """One cell in its grid.

    Attributes:
        row: Row number from 0.
        column: Column number from 0.
        texts: The words, one string for each block in the cell.
        rows: How many rows it spans.
        columns: How many columns it spans.
        heads_column: The format says that it heads its column or columns.
        heads_row: The format says that it heads its row.
        strong: All of its words are bold.
        language: The language that the format names for it.
    """

    row: int
    column: int
    texts: list[str]
    rows: int = 1
    columns: int = 1
    heads_column: bool = False
    heads_row: bool = False
    strong: bool = False
    language: str | None = None


def from_rows(rows: Sequence[Sequence[str]], *, header: bool) -> list[Cell]:
    """The cells of a plain grid of strings; ``header`` says that the first row is known to be one."""
    return [
        Cell(row=row, column=column, texts=[text], heads_column=header and row == 0)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def cell_drafts(cells: Sequence[Cell], *, table: int) -> list[Draft]:
    """The drafts of a table's cells, row by row, with their headers.

    Args:
        cells: The cells; none may overlap.
        table: The number of the table in its document.

    Returns:
        One draft for each block of each cell that holds words; blocks of one cell share row and column.
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    filled = [cell for cell in ordered if any(text.strip() for text in cell.texts)]
    _infer_headers(filled)
    drafts: list[Draft] = []
    column_heads: dict[int, Draft] = {}
    row_heads: dict[int, Draft] = {}
    for cell in filled:
        own: list[Draft] = []
        for text in cell.texts:
            if not text.strip():
                continue
            draft = Draft(
                kind=BlockKind.TABLE_CELL,
                text=text,
                table=table,
                row=cell.row,
                column=cell.column,
                row_header=None if cell.heads_column else row_heads.get(cell.row),
                column_header=column_heads.get(cell.column),
                language=cell.language,
            )
            own.append(draft)
        if cell.heads_column:
            for column in range(cell.column, cell.column + cell.columns):
                column_heads[column] = own[0]
        if cell.heads_row:
            for row in range(cell.row, cell.row + cell.rows):
                row_heads[row] = own[0]
        drafts.extend(own)
    return drafts


def _infer_headers(cells: Sequence[Cell]) -> None:
    """Mark the header cells where the format is silent."""
    if not cells:
        return
    rows = {cell.row for cell in cells}
    columns = {cell.column for cell in cells}
    first_row, first_column = min(rows), min(columns)
    if len(columns) >= 2 and len(rows) >= 2 and not any(cell.heads_column for cell in cells):
        top = [cell for cell in cells if cell.row == first_row]
        rest = [cell for cell in cells if cell.row != first_row]
        labels = all(_is_label(cell) for cell in top) and len(top) >= 2
        bold = all(cell.strong for cell in top) and not all(cell.strong for cell in rest)
        longer = _longest(rest) > 1.5 * _longest(top) or len(rows) >= 3
        if (
            not any(cell.heads_row and cell.column != first_column for cell in top)
            and labels
            and (bold or longer)
        ):
            for cell in top:
                cell.heads_column = True
    if len(columns) >= 2 and not any(cell.heads_row for cell in cells):
        for cell in cells:
            if (
                cell.column == first_column
                and not cell.heads_column
                and sum(map(len, cell.texts)) <= 2 * _LABEL
            ):
                cell.heads_row = True


def _is_label(cell: Cell) -> bool:
    """Whether the words of a cell could head a column: few, and no sentence."""
    text = " ".join(cell.texts).strip()
    return (
        0 < len(text) <= _LABEL
        and not text.endswith((".", ";"))
        and not any(character.isdigit() for character in text[:2])
    )


def _longest(cells: Sequence[Cell]) -> int:
    """The length of the longest cell."""
    return max((sum(map(len, cell.texts)) for cell in cells), default=0)
