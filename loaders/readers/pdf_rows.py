"""The lines of a PDF page, put together from the stretches of text that pypdf finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.limits import MOST_TEXT

if TYPE_CHECKING:
    from pypdf import PageObject

__all__ = ["Budget", "Row", "TooMuchError", "rows_of"]

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)


class TooMuchError(Exception):
    """The pages of a PDF draw more than a policy can hold."""


@dataclass(slots=True)
class Budget:
    """What the pages of a PDF may still draw, all of them together; one page may stand in the file many times.

    Attributes:
        operations: How many drawing operations.
        text: How many characters.
    """

    operations: int = 5_000_000
    text: int = 2 * MOST_TEXT

    def spend(self, operations: int, text: int) -> None:
        """Take from the budget.

        Args:
            operations: How many operations were drawn.
            text: How many characters were drawn.

        Raises:
            TooMuchError: Nothing is left.
        """
        self.operations -= operations
        self.text -= text
        if self.operations < 0 or self.text < 0:
            raise TooMuchError


@dataclass(slots=True)
class Row:
    """A line on a page.

    Attributes:
        text: Its words.
        x: Where it begins.
        y: How high it stands.
        size: The size of most of its letters.
        bold: Whether all of it is bold.
        page: The number of its page.
        raw: Its words with a tab where a wide space parts them, as between the columns of a table.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    page: int
    raw: str = ""

    def x_offset(self, left: float, size: float) -> float:
        """How many letters further right than the margin it begins."""
        return max(0.0, (self.x - left) / max(1.0, 0.5 * size))


def rows_of(page: PageObject, number: int, budget: Budget) -> list[Row]:
    """The lines of a page in the order they were drawn.

    Args:
        page: The page.
        number: Its number, from 0.
        budget: What may still be drawn.

    Raises:
        TooMuchError: The budget is spent.
    """
    rows: list[Row] = []
    pieces: list[tuple[str, float, float, float, bool]] = []

    def finish() -> None:
        text = clean_line("".join(piece[0] for piece in pieces))
        if text:
            inked = [piece for piece in pieces if piece[0].strip()]
            sizes: Counter[float] = Counter()
            bold = total = 0
            for piece in inked:
                letters = len(piece[0].strip())
                sizes[round(piece[3], 1)] += letters
                total += letters
                bold += letters if piece[4] else 0
            size = sizes.most_common(1)[0][0]
            rows.append(
                Row(text, inked[0][1], inked[0][2], size, bold >= 0.95 * total, number, _spaced(inked, size))
            )
        pieces.clear()

    def visit(text: str, current: Any, matrix: Any, font: Any, size: Any) -> None:
        if not text:
            return
        budget.spend(0, len(text))
        across = matrix[4] * current[0] + matrix[5] * current[2] + current[4]
        up = matrix[4] * current[1] + matrix[5] * current[3] + current[5]
        scale = abs(matrix[3] * current[3]) or abs(matrix[1] * current[2]) or 1.0
        heavy = bool(font and _BOLD.search(str(font.get("/BaseFont", ""))))
        parts = text.split("\n")
        tall = float(size or 0) * float(scale)
        for index, part in enumerate(parts):
            # A new line, told by pypdf or by the height (a footnote's mark is raised by less than this).
            if index or (
                pieces and part.strip() and abs(pieces[-1][2] - float(up)) > 0.8 * max(tall, pieces[-1][3])
            ):
                finish()
            if part:
                pieces.append((part, float(across), float(up), tall, heavy))

    page.extract_text(visitor_text=visit, visitor_operand_before=lambda *_: budget.spend(1, 0))
    finish()
    return rows


def _spaced(pieces: Sequence[tuple[str, float, float, float, bool]], size: float) -> str:
    """The words of a row with a tab where the next piece begins much further right than the last can have ended."""
    raw = ""
    end = 0.0
    for text, x, _, _, _ in pieces:
        if raw and x - end > size:
            raw = f"{raw.rstrip()}\t"
        raw += text
        end = x + 0.5 * size * len(text.rstrip())
    return raw
